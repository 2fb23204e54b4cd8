"""Which document a link means: by its address, its path or its name, without rules for single sites.

The readings of a link are tried in this order: the exact place; the path from each folder above the linking document;
an address or alias; and the last part of its path, if every other part occurs in the path, slug or date of exactly one
document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from graph.reading.bundles import INDEX, LOG, bundle_of
from graph.reading.configurations import SITE_FOLDERS
from graph.reading.located import without_number
from graph.reading.sphinx_links import LABEL_MARK
from graph.truth.named_places import LearntPlaces, NamedPlaces, repository_of
from graph.truth.namesakes import Namesakes
from graph.truth.pages import DOCUMENT, Page
from graph.truth.place_keys import INDEX_FILE, clean, fold_name, place_key, stem_of

_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:-\d{4}\.|[-.])(?=.)")
_IDENTIFIED = re.compile(r"(\d{12}|\d{14})(?!\d)", re.ASCII)
"""The timestamp that identifies a note of a Zettelkasten, at the beginning of its name or title."""
_LONGEST_TARGET = 2_000
"""Characters of the longest target: browsers accept no longer address, and cleaning takes time by length."""
_FEWEST_OWN = 3
_OWN_SHARE = 0.7
"""A host or repository is the site's own if at least this many of the documents that links name there, and this share,
are in the sources: one or two may share a path by chance, and some have been removed since or not translated yet."""


class Resolver:
    """Finds the page that a link means.

    Building it is linear in the pages. A question costs a few look-ups, and more for pages that share a name, as in
    `Namesakes`.
    """

    def __init__(
        self, pages: Iterable[Page], base: str = "", hosts: Iterable[str] = (), bundles: Iterable[str] = ()
    ) -> None:
        """Index `pages`.

        `base` is the address of the site, if known. `hosts` are further hosts of the site, lower-cased and without
        `www.`; the hosts of absolute places are added. `bundles` are folders, empty or ending in `/`; rooted paths in
        their documents start there.
        """
        self._base = place_key(base) if base else ""
        self.hosts = {host for host in (*hosts, self._base.partition("/")[0]) if host}
        """Hosts at which the sources publish."""
        self._repositories: set[str] = set()
        self.words_first = False
        """Whether notes are linked as `[[words|Page]]`."""
        self._by_place: dict[str, Page] = {}
        self._by_stem: dict[str, Page] = {}
        self._by_folder: dict[str, Page] = {}
        self._by_last, self._by_unsorted, self._by_title = Namesakes(), Namesakes(), Namesakes()
        self._folders: set[str] = set()
        self._bundles = frozenset(bundles)
        self._folders_of_bundles: set[str] = set()
        ordered = sorted(pages, key=lambda page: page.path)
        for page in ordered:
            self._add(page)
        for page in ordered:
            for place in page.places[1:]:
                self._by_place.setdefault(place_key(place), page)

    def by_name(self, name: str, source: Page) -> Page | None:
        """Return the page that `source` calls `name`: a path, slug, file name, alias or title, or an address."""
        if len(name) > _LONGEST_TARGET:
            return None
        if "://" in name:
            return self.by_address(name, source)
        if name.startswith(LABEL_MARK):
            return self._by_label(name[1:], source)
        wanted = name.strip().removeprefix("@/").partition("#")[0].strip()
        if not wanted:
            return None
        if wanted.startswith(("./", "../")):
            return self._by_relative(wanted, source)
        for written in dict.fromkeys((wanted, unquote(wanted))):
            found = (
                self._by_path(written, source)
                or self._by_site(written, source)
                or self._by_words(written, source, may_sort=False)
                or self._by_title.nearest(fold_name(written), source)
                or self._by_last.nearest(fold_name(written), source)
                or self._by_last.nearest(fold_name(written).replace(" ", "-"), source)
            )
            if found is not None:
                return found
        return None

    def by_file_name(self, name: str, source: Page) -> Page | None:
        """Return the page that `source` calls `name` if its file is named so, perhaps with hyphens for spaces."""
        page = self.by_name(name, source)
        return page if page is not None and _file_name(page.path) == _file_name(name.partition("#")[0]) else None

    def by_address(self, address: str, source: Page) -> Page | None:
        """Return the page that a URL reference in `source` leads to, absolute, rooted or relative."""
        if len(address) > _LONGEST_TARGET:
            return None
        address = address.strip()
        if address.startswith("//") or "://" in address:
            return self._by_absolute(address, source)
        path = address.partition("#")[0]
        if not path:
            return None
        if path.startswith("/"):
            bare = unquote(path.partition("?")[0])
            if (bundle := bundle_of(source.path, self._bundles)) is not None:
                page = self._at_path(bundle + bare.strip("/"))
                if page is not None:
                    return page
            return self._by_site(path, source) or self._by_path(bare, source) or self._by_words(bare, source)
        return self._by_relative(path, source)

    def by_last_part(self, path: str) -> Page | None:
        """Return the only page whose name is the last part of a path: a hint and not a proof."""
        return self._by_last.only(INDEX_FILE.sub("", stem_of(path)).rpartition("/")[2])

    def is_own(self, address: str) -> bool:
        """Return whether an address is on a host of the sources."""
        cleaned = clean(address)
        return cleaned is not None and place_key(cleaned).partition("/")[0] in self.hosts

    def is_section(self, path: str, source: Page) -> bool:
        """Return whether a rooted path is a folder above known pages, for which sites generate a page."""
        return any(key.rstrip("/") in self._folders for key in self._site_keys(path, source))

    def is_in_bundle(self, source: Page) -> bool:
        """Return whether a page belongs to a bundle, whose rooted paths only lead to documents of the bundle."""
        return bundle_of(source.path, self._bundles) is not None

    def is_folder(self, path: str, source: Page) -> bool:
        """Return whether a path in a document of a bundle leads to a folder of documents, or to its index or log."""
        bundle = bundle_of(source.path, self._bundles)
        if bundle is None:
            return False
        bare = unquote(path.partition("#")[0].partition("?")[0])
        above, slash, name = bare.rpartition("/")
        bare = above + slash if name in {INDEX, LOG} else bare
        folder = bundle if bare.startswith("/") else source.path.rpartition("/")[0]
        joined = posixpath.normpath(posixpath.join("/", folder, bare.lstrip("/")))
        return joined == "/" or fold_name(joined.strip("/")) in self._folders_of_bundles

    def learn(self, named: NamedPlaces) -> None:
        """Recognise the repository of the sources, their host if it is unknown, and the order in links to notes.

        A repository belongs to the sources if most documents that links name in it are here, and a host if most of its
        addresses are places of pages here. In links to notes, words come first if at least three links make
        sense only that way, and more than make sense the other way round.
        """
        anywhere = Page("")
        odd = [end for start, end in named.in_notes if self.by_name(start, anywhere) is None]
        words_first = sum(self.by_file_name(end, anywhere) is not None for end in odd)
        self.words_first = words_first >= _FEWEST_OWN and words_first > len(named.in_notes) - len(odd)
        self._repositories = _mostly_known(named.in_repositories, self._in_repository)
        if not self.hosts:
            self.hosts = _mostly_known(named.at_hosts, lambda path: "/" + path in self._by_place)

    @property
    def learnt(self) -> LearntPlaces:
        """What is known about the sources so far, for `recall`."""
        return LearntPlaces(self._repositories, self.hosts, self.words_first)

    def recall(self, learnt: LearntPlaces) -> None:
        """Take over what another resolver of the same pages has learnt."""
        self._repositories, self.hosts, self.words_first = learnt.repositories, learnt.hosts, learnt.words_first

    def _add(self, page: Page) -> None:
        ends = set(map(fold_name, page.names))
        if not page.document:
            stem = stem_of(page.path)
            folder = INDEX_FILE.sub("", stem)
            self._by_stem.setdefault(stem, page)
            self._by_folder.setdefault(folder, page)
            ends.update((stem.rpartition("/")[2], folder.rpartition("/")[2]))
        if page.places:
            key = place_key(page.places[0])
            self._by_place.setdefault(key, page)
            ends.add(key.rpartition("/")[2])
            if not key.startswith("/"):
                self.hosts.add(key.partition("/")[0])
            while (key := key.rpartition("/")[0]) and key not in self._folders:
                self._folders.add(key)
        if self._bundles and bundle_of(page.path, self._bundles) is not None:
            above = page.path.rpartition("/")[0]
            while above and (folded := fold_name(above)) not in self._folders_of_bundles:
                self._folders_of_bundles.add(folded)
                above = above.rpartition("/")[0]
        for end in {*ends, *(_DATED.sub("", end) for end in ends)} - {""}:
            self._by_last.add(end, page)
            if end[0].isdecimal() and (name := without_number(end)) != end:
                self._by_unsorted.add(name, page)
        for identifier in {found[1] for one in (*ends, page.title) if (found := _IDENTIFIED.match(one))} - ends:
            self._by_last.add(identifier, page)
        if page.title:
            self._by_title.add(fold_name(page.title), page)

    def _by_absolute(self, address: str, source: Page) -> Page | None:
        found = repository_of(address) if self._repositories else None
        if found is not None and found[0] in self._repositories:
            return self._in_repository(found[1])
        cleaned = clean(address)
        if cleaned is None:
            return None
        key = place_key(cleaned)
        host, _, path = key.partition("/")
        page = self._by_place.get(key)
        if page is not None or host not in self.hosts or not path:
            return page
        rest = path.partition("?")[0]
        if self._base and key.startswith(self._base + "/"):
            rest = key[len(self._base) + 1 :].partition("?")[0]
        return self._by_place.get("/" + path) or self._by_path(rest, source) or self._by_words(rest, source)

    def _by_relative(self, path: str, source: Page) -> Page | None:
        """Follow a relative path from the document's folder, then from its page, then from each folder above it."""
        bare = unquote(path.partition("?")[0])
        folder = source.path.rpartition("/")[0]
        exact = posixpath.normpath(posixpath.join("/", folder, bare)).lstrip("/")
        page = self._at_path(exact) or (self._from_above(folder, bare) if bare.startswith("../") else None)
        if page is not None and (DOCUMENT.search(bare) or not source.places):
            return page
        # A browser follows a link without an ending from the page, as translations show.
        for place in source.places[:1]:
            above = place if place.endswith("/") else place.rpartition("/")[0] + "/"
            page = self._by_place.get(place_key(_joined(above, bare))) or page
        if page is not None:
            return page
        plain = "/".join(part for part in bare.split("/") if part not in ("", ".", ".."))
        if not plain:
            return None
        return self._by_path(plain, source) or self._by_words(plain, source) or self._by_label(plain, source)

    def _from_above(self, folder: str, path: str) -> Page | None:
        """Return the page at a path that leaves the source and comes back, where that is the folder of a site."""
        parts = posixpath.normpath(posixpath.join(folder, path)).split("/")
        above = parts.count("..")
        comes_back = "/".join(parts[above : 2 * above]) in SITE_FOLDERS
        return self._at_path("/".join(parts[2 * above :])) if comes_back else None

    def _by_label(self, label: str, source: Page) -> Page | None:
        """Return the page with a section that Sphinx knows by a label."""
        return self._by_last.nearest(LABEL_MARK + fold_name(label), source)

    def _by_site(self, path: str, source: Page) -> Page | None:
        return next((page for key in self._site_keys(path, source) if (page := self._by_place.get(key))), None)

    def _site_keys(self, path: str, source: Page) -> Iterator[str]:
        """Yield the places that a path of the site may mean: on the host of the page, below its base, on any host."""
        path = path.strip("/")
        if source.places and not source.places[0].startswith("/"):
            yield place_key(f"https://{place_key(source.places[0]).partition('/')[0]}/{path}")
        if self._base:
            yield place_key(f"https://{self._base}/{path}")
        yield place_key("/" + path)

    def _by_path(self, path: str, source: Page) -> Page | None:
        path = path.strip("/")
        folders = source.path.split("/")[:-1]
        for end in range(len(folders), -1, -1):
            page = self._at_path("/".join([*folders[:end], path]))
            if page is not None:
                return page
        return None

    def _at_path(self, path: str) -> Page | None:
        stem = stem_of(path)
        return self._by_stem.get(stem) or self._by_folder.get(INDEX_FILE.sub("", stem))

    def _in_repository(self, stem: str) -> Page | None:
        """Return the page at a path of the repository; the source may be a folder of it."""
        while stem:
            page = self._by_stem.get(stem) or self._by_folder.get(stem)
            if page is not None:
                return page
            stem = stem.partition("/")[2]
        return None

    def _by_words(self, path: str, source: Page, *, may_sort: bool = True) -> Page | None:
        """Return the one page whose name is the last part of a path and which has every other part.

        A name that begins with a number which `may_sort` pages is also called without it.
        """
        *rest, last = INDEX_FILE.sub("", stem_of(path)).split("/")
        named = self._by_unsorted if may_sort and last not in self._by_last else self._by_last
        return named.with_parts(last, rest) if rest else named.nearest(last, source)


def _mostly_known(named: Iterable[tuple[str, str]], find: Callable[[str], object]) -> set[str]:
    """Return the owners most of whose documents are found, given each owner and path that is named."""
    known: dict[str, int] = {}
    total: dict[str, int] = {}
    for owner, path in named:
        total[owner] = total.get(owner, 0) + 1
        known[owner] = known.get(owner, 0) + bool(find(path))
    return {owner for owner, count in known.items() if count >= _FEWEST_OWN and count >= _OWN_SHARE * total[owner]}


def _joined(above: str, path: str) -> str:
    """Join a relative path to the folder of a page's address."""
    head, slash, tail = above.partition("://")
    root, _, folder = tail.partition("/") if slash else ("", "", head)
    joined = posixpath.normpath(posixpath.join("/", folder, path))
    return f"{head}://{root}{joined}" if slash else joined


def _file_name(path: str) -> str:
    return stem_of(path.strip()).rpartition("/")[2].replace(" ", "-")
