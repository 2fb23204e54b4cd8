"""A document's fields become statements: what it is about, who published it, what it is related to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from graph.errors import Problem
from graph.names import to_text
from graph.plain_fields import ArticleFields
from graph.reading.dates import is_time, to_time
from graph.reading.describing import Descriptions
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, ELSEWHERE, LINK_FIELDS, PLACE_FIELDS, Dialect, Fields, by_name
from graph.reading.link_values import BY_FIELD, links_in, note_links_in, outside_links_in
from graph.reading.okf import FAMILIES, plain_fields
from graph.reading.own_values import OwnValues
from graph.reading.pieces import LONGEST_URL, NoteFields, Pieces, to_excerpt
from graph.reading.places import is_own_path
from graph.reading.prose import Prose
from graph.reading.publishers import leads_out
from graph.reading.settings import Settings
from graph.reading.topic_labels import Broader
from graph.reading.values import (
    READ_AS,
    Reader,
    Where,
    to_boolean,
    to_decimal,
    to_heat,
    to_integer,
    to_label,
    to_plain_label,
)
from graph.reading.yaml_memory import YamlMemory
from graph.reading.zones import site_zone
from graph.statements import NO_REFERENCES, Link, Reference, References, StatedArticle
from graph.terms import Form, terms_of
from graph.urls import clean_url, match_key

_MOST_REMEMBERED = 100_000
_MOST_LAYOUTS = 1_000
_READ_ELSEWHERE = PLACE_FIELDS | LINK_FIELDS
_REPEATED = ("title", "excerpt", "published_at")
"""The texts of an article that stubs of it repeat."""

_LinkReader = Callable[[object, str, int], Iterator[Link]]

Watch = Callable[[str, Mapping[str, object] | None, Prose, Faults], None]
"""Receives the path of each Markdown, HTML or text document that is read, its front matter with the defaults of the
site (`None` if it has none), its text, and its faults, which know the lines of fields."""

_OWN_PATH = re.compile(r"/(?!/)|(?:\./)?[\w-]+(?:/|\.html?$)")
"""How a path of the site itself begins, as Hugo's `url` states it, and no address with or without its scheme."""


class _StatedStub(msgspec.Struct, frozen=True):
    """What one raw stub states; `raw` is kept so that its `id`, the key in the cache, is not used again."""

    raw: dict[object, object]
    stated: StatedArticle | None
    problems: tuple[Problem, ...]
    unmapped: tuple[str, ...]


class Stater:
    """Turns raw fields into statements, under one source's settings.

    `memory` loads its YAML, so that a stub that occurs in many documents is one object, which is stated once;
    `descriptions` states topics, organisations and people. `watch` is called with every document.
    """

    def __init__(self, settings: Settings, note: NoteFields | None = None, watch: Watch | None = None) -> None:
        self.settings, self.watch = settings, watch
        # By identity: raw fields cannot be hashed.
        self._stubs: dict[tuple[int, str], _StatedStub] = {}
        self._plain_stubs: defaultdict[str, dict[int, StatedArticle]] = defaultdict(dict)  # those without problems
        self._texts: dict[str, str] = {}
        self.memory = YamlMemory(when_forgotten=self._forget)
        self._pieces = Pieces(settings, note)
        self.descriptions = Descriptions(self._pieces)
        self._link_fields = lru_cache(_MOST_LAYOUTS)(self._links_of_layout)
        self.zone = site_zone(settings.timezone) if settings.timezone else None
        """In which times are read that state no zone; `None` where the site does not say."""
        self._own = OwnValues(settings.vocabulary, self._pieces, self.descriptions, self.zone)

    def _forget(self) -> None:
        """Forget texts, and stubs, because anything loaded again is another object."""
        self._stubs.clear()
        for known in self._plain_stubs.values():
            known.clear()
        self._texts.clear()

    def take_unmapped(self) -> dict[str, int]:
        """Return how often each field that no table row knows was met since this was last asked."""
        taken, self._pieces.unmapped = self._pieces.unmapped, {}
        return taken

    def article(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedArticle:
        """State an article from its fields; `where` leads to a stub inside another document."""
        if not where:
            self._pieces.note(raw, self.settings.article, "article")
        known = Fields(raw, self.settings.article)
        same = self._texts.setdefault  # a stub mostly repeats what the document of its article says
        stated = {same(address, address): name for address, name in self._addresses(known, faults, where).items()}
        found = [self._pieces.url(known, field, faults, where) for field in ("amp_url", "cdn_amp_url")]
        found = [address and same(address, address) for address in found]
        url = next(iter(stated), None) or next(filter(None, found), None)
        amp_urls = tuple(dict.fromkeys(address for address in found if address and address != url))
        aliases = tuple(address for address in stated if address != url and address not in amp_urls)
        said = self._plain_values(known, faults, where)
        said |= {field: same(said[field], said[field]) for field in _REPEATED if field in said}
        broader: tuple[Broader, ...] = ()
        if "topics" in known.stated or "category" in known.stated:
            said["topics"], broader = self._pieces.topics(known, faults, where)
        if "images" in known.stated:
            said["images"] = self._pieces.images(*known.get("images"), faults, where)
        beside: tuple[tuple[object, tuple[str, ...]], ...] = ()
        if "provider" in known.stated:
            said["provider"], beside = self.descriptions.publisher_of(*known.get("provider"), faults, where)
        if beside or "authors" in known.stated:
            said["authors"] = self.descriptions.authors_of(known, beside, faults, where)
        if not where:
            said["related"] = self._references(known, "related", faults)
            said["parts"] = self._references(known, "parts", faults)
        said["own"] = self._own.of(known, faults, where)
        said["secured"] = known.get("secured")[0] is not None
        known.skip(_READ_ELSEWHERE)
        said["extra"] = self._pieces.leftover(known)
        addresses = [address for address in (url, *amp_urls, *aliases) if address]
        if len(self._texts) >= _MOST_REMEMBERED:
            self._forget()
        return StatedArticle(
            keys=tuple(dict.fromkeys(match_key(address) for address in addresses)),
            url=url,
            amp_urls=amp_urls,
            aliases=aliases,
            is_elsewhere=url is not None and stated.get(url, "").lower() in ELSEWHERE,
            broader=broader,
            fullness=sum(map(bool, said.values())) + len(addresses),
            **said,
        )

    def concept(self, raw: Mapping[str, object], faults: Faults) -> StatedArticle:
        """State what the document of a bundle says as any article does."""
        self._pieces.note({name: value for name, value in raw.items() if name in FAMILIES}, _OF_BUNDLES, "article")
        return self.article(plain_fields(raw), faults)

    def _plain_values(self, known: Fields, faults: Faults, where: Where) -> dict[str, Any]:
        """Return the values of the plain fields that are stated."""
        said: dict[str, Any] = self._times(known, faults, where)
        for field, read in _READERS.items():
            if field in known.stated:
                value, name = known.get(field)
                if value is not None:
                    said[field] = read(value, faults, (*where, name))
        draft = said.pop("draft", None)
        if draft is not None and said.get("published") is None:
            said["published"] = not draft
        if "ratings" in known.stated:
            said["rating_count"], said["rating_average"] = self._ratings(known.get("ratings")[0], faults, where)
        for field in _LISTS:
            if field in known.stated:
                said[field] = self._pieces.labels(known, field, faults, where)
        return said

    def _addresses(self, known: Fields, faults: Faults, where: Where) -> dict[str, str]:
        """Return the addresses of an article, the preferred one first, each with the field that holds it.

        A stub has no page of its own, so what a document only points to is the address of a stub.
        """
        found: dict[str, str] = {}
        seen: set[str] = set()
        for field in ("url", "original_url", "outside") if where else ("url", "original_url"):
            if found and field == "outside":
                break
            for value, name in known.all(field):
                is_path = isinstance(value, str) and _OWN_PATH.match(value) is not None
                if name in seen or value == "" or (is_path and not where and name.lower() not in ELSEWHERE):
                    continue  # a path of its own site is a place, and not an address
                seen.add(name)
                if (address := self._pieces.address(value, faults, (*where, name))) is not None:
                    found.setdefault(address, name)
        return found

    def links(self, raw: Mapping[str, object], faults: Faults) -> tuple[Link, ...]:
        """Return the links that fields of an article make: to outside, to other documents, and any `[[Note]]`."""
        links: list[Link] = []
        for name, read in self._link_fields(tuple(raw)):
            value = raw[name]
            if (
                value
                and not isinstance(value, bool | int | float)
                and (read is not note_links_in or _may_be_notes(value))
            ):
                links += read(value, name, faults.line_of((name,)))
        links += self._own.links(raw, faults)
        return tuple(links)

    def _links_of_layout(self, names: tuple[str, ...]) -> Sequence[tuple[str, _LinkReader]]:
        """Return the fields that may hold links, and their readers."""
        known: list[tuple[str, _LinkReader]] = []
        for name in names:
            meanings = {field for field, _ in self.settings.article.meanings.get(name.lower(), ())}
            if reader := BY_FIELD.get(name.lower()):
                known.append((name, reader))
            elif not meanings or meanings <= _OFTEN_NOTES:
                known.append((name, note_links_in))
            elif "links" in meanings:
                known.append((name, links_in))
            elif "outside" in meanings:
                known.append((name, outside_links_in))
            elif "provider" in meanings:
                known.append((name, _origins_in))
        return known

    def lines(self, raw: Mapping[str, object], faults: Faults) -> Mapping[str, int]:
        """Return the line of each field that states a relation, by the name of the relation."""
        stated = self.settings.article.layout_of(raw)
        lines = {
            relation: faults.line_of((stated[field][0],)) for relation, field in _RELATIONS.items() if field in stated
        }
        if "place" not in lines and str(raw.get("url", "")).startswith("/"):
            lines["place"] = faults.line_of(("url",))
        path = raw[stated["path"][0]] if "path" in stated else None
        if "place" not in lines and isinstance(path, str) and is_own_path(path, self.settings.site.generator):
            lines["place"] = faults.line_of((stated["path"][0],))
        return lines | self._own.lines(stated, faults)

    def _references(self, known: Fields, field: str, faults: Faults) -> References:
        value, name = known.get(field)
        if not name or isinstance(value, bool):  # themes show related posts if it is true
            return NO_REFERENCES
        if value is None:
            faults.add("empty-list", f"'{name}' is empty", "Write a list, or leave the field out", where=(name,))
            return NO_REFERENCES
        value = value["links"] if isinstance(value, dict) and isinstance(value.get("links"), list) else value
        if not isinstance(value, list):
            if next(note_links_in(value, name, 0), None) is None:  # one note is as good as a list of one
                fact = f"'{name}' is not a list: {faults.quote(value)}"
                faults.add("not-a-list", fact, "Write it as a list of articles", where=(name,))
            value = [value]
        references: list[Reference] = []
        lines = faults.lines_of(name, len(value))
        recall = self._plain_stubs[name].get
        for position, item in enumerate(value):
            if (target := recall(id(item)) or self._target(item, faults, (name, position))) is not None:
                references.append((lines[position], target))
        return References.of(references)

    def _target(self, item: object, faults: Faults, where: Where) -> StatedArticle | str | None:
        if isinstance(item, dict):
            return self._stub(item, faults, where)
        if isinstance(item, list):
            item = next((link.target for link in links_in([item], "", 0)), item)
        if isinstance(item, str) and item.strip():
            if "[" in item:
                item = next((link.target for link in links_in(item, "", 0)), item)
            if "://" not in item and not item.startswith("//"):
                return to_text(item)[:LONGEST_URL]
            return (
                self.article({"webUrl": item}, faults, where)
                if clean_url(item)
                else self._pieces.bad_url(item, faults, where)
            )
        fact = f"an item of '{where[0]}' is neither fields nor an address: {faults.quote(item)}"
        faults.add("not-an-article", fact, "Write its 'title' and 'webUrl'; it was left out", where=where)
        return None

    def _stub(self, item: dict[object, object], faults: Faults, where: Where) -> StatedArticle | None:
        """State a stub, or recall what the same object stated before, with its faults at this place."""
        name = str(where[0])
        known = self._stubs.get((id(item), name))
        if known is None:
            own, counted = Faults(""), self.take_unmapped()
            stub = self.article(by_name(item), own, (name, 0))
            if not stub.keys:
                fact = f"an article in '{name}' has no address: {faults.quote(stub.title or item)}"
                own.add("no-address", fact, "Give it a 'webUrl'; it was left out")
            unmapped, self._pieces.unmapped = tuple(self._pieces.unmapped), counted
            known = _StatedStub(item, stub if stub.keys else None, tuple(own.problems), unmapped)
            if len(self._stubs) >= _MOST_REMEMBERED:
                self._forget()
            self._stubs[id(item), name] = known
            if known.stated is not None and not known.problems and not unmapped:
                self._plain_stubs[name][id(item)] = known.stated
        for field in known.unmapped:
            self._pieces.unmapped[field] = self._pieces.unmapped.get(field, 0) + 1
        if known.problems:
            line, shown = faults.line_of(where), f"'{where[0]}.{int(where[1]) + 1}."
            for problem in known.problems:
                faults.add(problem.kind, problem.fact.replace(f"'{where[0]}.1.", shown), problem.remedy, line=line)
        return known.stated

    def _times(self, known: Fields, faults: Faults, where: Where) -> dict[str, Any]:
        """Return when an article was published and changed, and when an event begins and ends.

        A date under `published` also means that the article is not a draft, unless `draft` says so.
        """
        said: dict[str, Any] = {}
        for field in _TIMES:
            if field in known.stated:
                value, name = known.get(field)
                said |= self._time(field, value, faults, (*where, name))
        if "published" in known.stated:
            value, name = known.get("published")
            if is_time(value):
                said = {"draft": False, **self._time("published_at", value, faults, (*where, name)), **said}
        return said

    def _time(self, field: str, value: object, faults: Faults, where: Where) -> dict[str, str]:
        """Return a field's time; of a mapping such as `date: {created, updated}` both times that it may hold."""
        if not isinstance(value, dict):
            time = to_time(value, faults, where, self.zone)
            return {field: time} if time else {}
        parts = Fields(by_name(value), self.settings.article)
        said: dict[str, str] = {}
        for part in ("published_at", "modified_at"):
            inner, name = parts.get(part)
            if time := to_time(inner, faults, (*where, name), self.zone):
                said[part] = time
        if not parts.stated.keys() & {"published_at", "modified_at"}:
            to_time(value, faults, where)
        if field == "published_at":
            return said
        time = said.get(field) or said.get("published_at")
        return {field: time} if time else {}

    @staticmethod
    def _ratings(value: object, faults: Faults, where: Where) -> tuple[int | None, float | None]:
        if not isinstance(value, dict):
            return None, None
        here = (*where, "ratings")
        return to_integer(value.get("count"), faults, here), to_decimal(value.get("average"), faults, here)


def _origins_in(value: object, name: str, line: int) -> Iterator[Link]:
    """Yield the link to the page that a text comes from, if the provider's field has one."""
    return outside_links_in(value, name, line) if leads_out(value, name) else iter(())


def _may_be_notes(value: object) -> bool:
    return "[[" in value if isinstance(value, str) else isinstance(value, list)


_OFTEN_NOTES = frozenset({"category", "type"})
"""Fields of texts that vaults write as links to notes."""


def _to_first_label(value: object, faults: Faults, where: Where) -> str | None:
    return to_label(value[0] if isinstance(value, list) and value else value, faults, where)


def _to_published(value: object, faults: Faults, where: Where) -> bool | None:
    return None if is_time(value) else to_boolean(value, faults, where)


_OF_BUNDLES = Dialect({name: (name,) for name in FAMILIES})
_RELATIONS = {"about": "topics", "author": "authors", "publisher": "provider", "place": "permalink"}
"""The fields that state relations, and where a document is published."""

_PLAIN = [row for row in terms_of(ArticleFields) if row.name in ARTICLE.names]
"""The rows of the plain fields of an article that documents state by a name of their own."""

_TIMES = tuple(dict.fromkeys(row.name for row in _PLAIN if row.form is Form.TIME))
"""The fields whose value is a time."""

_LISTS = tuple(row.name for row in _PLAIN if row.is_list and row.form is Form.TEXT)
"""The fields whose value is a list of texts."""

_OWN_READERS: Mapping[str, Reader] = {
    "draft": to_boolean,
    "title": to_plain_label,
    "excerpt": to_excerpt,
    "category": _to_first_label,
    "heat": to_heat,
    "published": _to_published,
    "language": _to_first_label,
}
"""What reads the fields that are not read as their form says."""

_READERS: Mapping[str, Reader] = {
    **_OWN_READERS,
    **{
        row.name: READ_AS[row.form]
        for row in _PLAIN
        if row.form in READ_AS and not row.is_list and row.name not in _OWN_READERS
    },
}
"""What reads each field whose value is one scalar."""
