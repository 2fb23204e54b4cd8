"""Which folders are bundles of the Open Knowledge Format, by the front matter of their files.

A folder whose `index.md` has `okf_version` says so itself. Otherwise it is a bundle if every concept has a `type`, no
site generator is configured, most documents are Markdown, and something rules out the other dialects, whose documents
may have types as well: a field that only this format has, or an unusual type. Only the heads of a few files are read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from graph.reading.fences import find_fence, first_sign
from graph.reading.files import LIST_ENDINGS, File, bytes_if_any
from graph.reading.kinds import RECORDS, ending_of

INDEX = "index.md"
"""The name of the file that lists a folder of a bundle."""

LOG = "log.md"
"""The name of the file with the history of a folder of a bundle."""

_HEAD = 16_384
"""Bytes of a file's head, in which front matter is looked for."""
_MOST_INDEXES = 500
_MOST_HEADS = 2_000
_MOST_OF_FOLDER = 50
"""How many indexes, how many concepts, and how many concepts of one folder are read to recognise a bundle."""
_MOST_UNTYPED = 3
"""After so many documents without a type, a folder is not read any further."""
_SHARE = 0.8
"""If at least this share of a folder's documents have a type, and it shows the format, missing types are mistakes."""
_PAGES = frozenset(".htm .html .rst .txt".split())
_ATTACHMENTS = _PAGES | LIST_ENDINGS | RECORDS
"""Endings of files that are read elsewhere, but in a bundle are attachments of its concepts, such as pages."""
_FEWEST = 2
"""The fewest concepts that show a bundle which is not the whole source."""

_KEY = re.compile(r"""^(["']?)([A-Za-z_][\w-]{0,60})\1[ \t]*:(?:[ \t]+(.*))?$""", re.MULTILINE)
_ACTOR = re.compile(r"\bby[\"']?[ \t]*:")
_RESOURCE = re.compile(r"\bresource[\"']?[ \t]*:")
_REPOSITORY_FILE = re.compile(
    r"(?:readme|contributing|changelog|code_of_conduct|security|licen[cs]e|notice|agents|claude|gemini)\.md",
    re.IGNORECASE,
)
_PLAIN_TYPES = frozenset(
    "article audio author book collection course doc docs document download event home journal news note "
    "organisation organization page person podcast post profile project provider publisher sample section tag topic "
    "video webinar".split()
)
"""Types that documents have in other dialects."""
_FOREIGN_FIELDS = frozenset(
    "aliases canonical canonical_url canonicalurl categories cssclasses date draft layout menu originalurl permalink "
    "pubdate publish published publisheddatetime sidebar_position slug taxonomies taxonomy url weburl weight".split()
)
"""Fields, lower-cased, by which other dialects are known."""


_MarkCounts = Counter[str]
"""How many of a folder's documents are `typed` or `untyped`; have a field of the format's own (`telling`), a type that
no other dialect has (`unusual`), or fields of other dialects (`foreign`); and how many more pages than concepts there
are, which a bundle would not read (`surplus`)."""


def find_bundles(files: Iterable[File], *, has_generator: bool) -> tuple[str, ...]:
    """Return the folders of a source that are bundles, sorted, each empty or ending in `/`.

    With a generator only folders that say so count. Reads the heads of at most 500 indexes and 2,000 other documents,
    each before the next file is asked for.
    """
    declared: set[str] = set()
    seen: dict[str, _MarkCounts] = defaultdict(Counter)
    of_folder: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    surplus: dict[str, int] = defaultdict(int)
    indexes = heads = 0
    for file in files:
        folder, _, name = file.path.rpartition("/")
        if name == INDEX:
            indexes += 1
            if indexes <= _MOST_INDEXES and declares_version(bytes_if_any(file.read) or b""):
                declared.add(f"{folder}/" if folder else "")
            continue
        if has_generator or name == LOG or is_repository_file(name):
            continue
        if not name.endswith(".md"):
            surplus[folder] += ending_of(name) in _PAGES
            continue
        surplus[folder] -= 1
        counts = of_folder[folder]
        if heads >= _MOST_HEADS or counts[0] >= _MOST_OF_FOLDER or counts[1] >= _MOST_UNTYPED:
            continue
        heads += 1
        counts[0] += 1
        one = _look(_front_matter_in(bytes_if_any(file.read) or b""))
        counts[1] += one["untyped"]
        for above in _folders_above(folder):
            seen[above].update(one)
    for folder, more in surplus.items():
        for above in _folders_above(folder):
            if above in seen:
                seen[above]["surplus"] += more
    return tuple(sorted(declared | _shown(seen, declared)))


def bundle_of(path: str, bundles: AbstractSet[str]) -> str | None:
    """Return the innermost bundle that a path lies in, or `None`. Takes one look-up for each folder above it."""
    if not bundles:
        return None
    return next((folder for folder in _folders_above(path.rpartition("/")[0]) if folder in bundles), None)


def declares_version(data: bytes) -> bool:
    """Return whether an index says that its folder is a bundle."""
    return any(found[2] == "okf_version" for found in _KEY.finditer(_front_matter_in(data)))


def is_attachment(path: str) -> bool:
    """Return whether a file of a bundle lies beside its concepts: a page made of them, a list, a text."""
    return ending_of(path) in _ATTACHMENTS


def is_repository_file(name: str) -> bool:
    """Return whether a file is one that repositories have whatever they hold."""
    return _REPOSITORY_FILE.fullmatch(name) is not None


def _folders_above(folder: str) -> Iterator[str]:
    """Yield a folder and its parents, the innermost first; the source is empty, the others end in `/`."""
    while folder:
        yield f"{folder}/"
        folder = folder.rpartition("/")[0]
    yield ""


def _front_matter_in(data: bytes) -> str:
    text = data[:_HEAD].decode("utf-8", "replace").replace("\r\n", "\n")
    fence = find_fence(text, first_sign(text))
    if fence is None or fence.language != "yaml":
        return ""
    return text[fence.start : fence.end if fence.end >= 0 else len(text)]


def _look(head: str) -> _MarkCounts:
    values = {found[2].lower(): (found[3] or "").strip().strip("\"'") for found in _KEY.finditer(head)}
    kind = values.get("type", "")
    if not kind or kind in {"null", "~", "[]", "{}"}:
        return Counter(untyped=1)
    acted = bool(values.keys() & {"generated", "verified"}) and _ACTOR.search(head) is not None
    derived = "sources" in values and _RESOURCE.search(head) is not None
    return Counter(
        typed=1,
        telling=int(acted or derived or "stale_after" in values or kind == "Attested Computation"),
        unusual=int(kind.lower() not in _PLAIN_TYPES),
        foreign=int(not _FOREIGN_FIELDS.isdisjoint(values)),
    )


def _is_bundle(seen: _MarkCounts, *, whole: bool) -> bool:
    """Return whether a folder looks like a bundle; `whole` if it is the whole source."""
    if not seen["typed"] or seen["foreign"] or seen["surplus"] > 0:
        return False
    if seen["telling"] and seen["typed"] >= _SHARE * (seen["typed"] + seen["untyped"]):
        return whole or seen["typed"] >= _FEWEST
    return whole and not seen["untyped"] and seen["unusual"] > 0


def _shown(seen: dict[str, _MarkCounts], declared: AbstractSet[str]) -> set[str]:
    """Return the uppermost folders that look like bundles and are not inside a declared one."""
    shown: set[str] = set()
    for folder in sorted(seen):
        inside = any(above in shown or above in declared for above in _folders_above(folder.rstrip("/")))
        holds_declared = any(one.startswith(folder) for one in declared)
        if not inside and not holds_declared and _is_bundle(seen[folder], whole=not folder):
            shown.add(folder)
    return shown
