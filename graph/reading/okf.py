"""Documents of an Open Knowledge Format bundle: concepts, with their sources, trust and lifecycle, and indexes.

The format is specified in `okf/SPEC.md` of https://github.com/GoogleCloudPlatform/knowledge-catalog. Versions 0.1 and
0.2 are read. What is malformed is a fault of the one field, and the rest is kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from graph.expressions import expression
from graph.names import to_text
from graph.pairs import by_key
from graph.reading.dates import to_time
from graph.reading.faults import Faults
from graph.reading.fields import Dialect, by_name
from graph.reading.link_values import links_in
from graph.reading.pieces import LONGEST_EXTRA, LONGEST_NAME, LONGEST_URL, MOST_EXTRA, to_excerpt
from graph.reading.prose import Prose
from graph.reading.values import Where, to_integer, to_label
from graph.records import Scalar
from graph.statements import Link, StatedArticle, StatedCollection, StatedConcept, StatedMaterial
from graph.urls import clean_url, encode_iri

FAMILIES = frozenset("sources usage_window generated verified status stale_after timestamp".split())
"""Fields that have a meaning of their own in a bundle."""

_PATHS = ("computation", "executor", "attester")
"""Fields of a computation that name a document, or hold the `resource` that does."""

_HUMAN = expression(r"human:\s*\S")
_SCHEME = expression(r"(?!(?:javascript|data|vbscript|file|mailto):)[a-z][a-z0-9+.-]{1,30}:\S+", re.IGNORECASE)
_CITATIONS = expression(r"(#{1,6})[ \t]+citations?[ \t]*#*[ \t]*", re.IGNORECASE)
_HEADING = expression(r"(#{1,6})(?:[ \t]|$)")
_CODE_FENCE = expression(r" {0,3}(`{3,}|~{3,})")
_STATUSES = frozenset({"draft", "stable", "deprecated"})
_MOST_MATERIALS = 10_000
_MOST_VERIFIERS = 1_000
_DEEPEST_EXTRA = 6
_LARGEST_WRITTEN = 10**100


def plain_fields(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return the fields of a concept that mean what they mean in any document."""
    return {name: value for name, value in fields.items() if name not in FAMILIES}


def concept_prose(prose: Prose) -> Prose:
    """Return the text of a concept, whose headings are all sections: without a title it is called by its file."""
    if prose.title is None:
        return prose
    return msgspec.structs.replace(prose, title=None, sections=(prose.title, *prose.sections))


def report_missing_type(faults: Faults) -> None:
    """Report a document of a bundle that does not say what kind of concept it is."""
    faults.add("missing-type", "the concept has no type", "Write 'type: ...' in its front matter", line=1)


def as_concept(
    article: StatedArticle,
    fields: Mapping[str, object],
    prose: Prose,
    body: tuple[str, int],
    dialect: Dialect,
    zone: dt.tzinfo | None,
    faults: Faults,
) -> StatedArticle:
    """Return an article with what its fields say in a bundle.

    `body` is its text, and the line of the file on which it begins; lists and mappings that `dialect` does not know
    are kept as texts; times without a zone are read in `zone`.
    """
    kind = fields.get("type")
    if kind is None or kind == "":
        report_missing_type(faults)
    generated = _mapping(fields.get("generated"), "generated", faults)
    changed = to_time(generated.get("at"), faults, ("generated", "at"), zone)
    if not changed:
        changed = to_time(fields.get("timestamp"), faults, ("timestamp",), zone)
    verified_by, verified_at = _verified(fields.get("verified"), zone, faults)
    expires = to_time(fields.get("stale_after"), faults, ("stale_after",), zone)
    concept = StatedConcept(
        describes=_described(fields.get("resource")),
        status=_status(fields.get("status"), faults),
        expires=expires[: len("2026-09-23")] if expires else None,
        generated_by=to_label(generated.get("by"), faults, ("generated", "by")),
        verified_by=verified_by,
        verified_at=verified_at,
        trust_tier=_tier(verified_by),
        based_on=tuple(_materials(fields, prose, body, zone, faults)),
    )
    unknown = [
        (name, value)
        for name, value in plain_fields(fields).items()
        if isinstance(value, dict | list) and name.lower() not in dialect.meanings
    ]
    extra = {**article.extra, **_kept(unknown)}
    if concept.describes is None:
        extra |= _kept((name, fields[name]) for name in ("resource",) if isinstance(fields.get(name), str))
    return replace(article, modified_at=changed or article.modified_at, concept=concept, extra=extra)


def path_links(fields: Mapping[str, object], faults: Faults) -> tuple[Link, ...]:
    """Return the links of fields that name another document of the bundle, as paths from the document or the bundle."""
    found: list[Link] = []
    resource = fields.get("resource")
    if isinstance(resource, str) and "://" not in resource and _is_path(resource):
        found += _by_path(resource, "resource", faults)
    for name in _PATHS:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("resource")
        if isinstance(value, str) and ("://" in value or _is_path(value)):
            found += _by_path(value, name, faults)
    return tuple(found)


def listing(path: str, fields: Mapping[str, object] | None, faults: Faults) -> StatedCollection:
    """Return what the index at a path says of its folder."""
    said = fields or {}
    if said.get("type") not in (None, "") and "okf_version" not in said:
        fact = "an index is not a concept, but this one has a type"
        faults.add("reserved-name", fact, "Give the concept a name of its own", where=("type",))
    folder = path.rpartition("/")[0].rpartition("/")[2]
    name = to_label(said.get("title"), faults, ("title",))
    return StatedCollection(
        name=name or to_text(folder.replace("-", " ").replace("_", " ")),
        description=to_excerpt(said.get("description"), faults, ("description",)),
    )


def _mapping(value: object, name: str, faults: Faults) -> Mapping[str, object]:
    if isinstance(value, dict):
        return by_name(value)
    if value is not None:
        fact = f"'{name}' is not a mapping: {faults.quote(value)}"
        faults.add("not-a-mapping", fact, "Write it as { by: ..., at: ... }", where=(name,))
    return {}


def _verified(value: object, zone: dt.tzinfo | None, faults: Faults) -> tuple[tuple[str, ...], str | None]:
    """Return who confirmed a concept, and when last; one mapping counts as a list."""
    actors: dict[str, None] = {}
    times: list[str] = []
    events = value if isinstance(value, list) else [] if value is None else [value]
    for position, event in enumerate(events[:_MOST_VERIFIERS]):
        where: Where = ("verified", position)
        if not isinstance(event, dict):
            fact = f"'verified' holds {faults.quote(event)}, which is not a mapping"
            faults.add("not-a-mapping", fact, "Write it as { by: ..., at: ... }", where=where)
            continue
        said = by_name(event)
        actor = to_label(said.get("by"), faults, (*where, "by"))
        if actor is None:
            faults.add("no-actor", "'verified' does not say by whom", "Write 'by: human:...'", where=where)
            continue
        actors[actor] = None
        if time := to_time(said.get("at"), faults, (*where, "at"), zone):
            times.append(time)
    return tuple(actors), max(times, default=None)


def _status(value: object, faults: Faults) -> str | None:
    """Return the status of a concept; the words of the format in lower case, others as written."""
    stated = to_label(value, faults, ("status",))
    return stated.lower() if stated and stated.lower() in _STATUSES else stated


def _tier(verified_by: Sequence[str]) -> str:
    if not verified_by:
        return "unverified"
    return "human-reviewed" if any(_HUMAN.match(actor) for actor in verified_by) else "machine-confirmed"


def _described(resource: object) -> str | None:
    """Return the address of what a concept describes, with any scheme; `None` if it has none."""
    if not isinstance(resource, str) or not 0 < len(resource) <= LONGEST_URL:
        return None
    resource = resource.strip()
    if (cleaned := clean_url(resource)) is not None and "://" in resource:
        return cleaned
    if resource[:8].lower().startswith(("http://", "https://")):
        return None
    return encode_iri(resource) if _SCHEME.fullmatch(resource) and resource.isprintable() else None


def _materials(
    fields: Mapping[str, object], prose: Prose, body: tuple[str, int], zone: dt.tzinfo | None, faults: Faults
) -> Iterator[StatedMaterial]:
    """Yield what a concept is based on: its `sources`, or in version 0.1 the links under `# Citations`."""
    value = fields.get("sources")
    if "sources" not in fields:
        for first, last in _citations(*body):
            for link in prose.links:
                if first <= link.line <= last:
                    yield StatedMaterial(link.target, title=_title_of(link), line=link.line)
        return
    notes = by_key((note.key.casefold(), (note.line, note.sentence)) for note in prose.notes)
    shared = fields.get("usage_window")
    entries = value if isinstance(value, list) else [] if value is None else [value]
    for position, entry in enumerate(entries[:_MOST_MATERIALS]):
        where: Where = ("sources", position)
        said = by_name(entry) if isinstance(entry, dict) else {"resource": entry}
        resource = to_label(said.get("resource"), faults, where, LONGEST_URL)
        if resource is None:
            fact = f"an item of 'sources' has no resource: {faults.quote(entry)}"
            faults.add("no-resource", fact, "Write 'resource: ...'; it was left out", where=where)
            continue
        window = said.get("usage_window", shared)
        used_from, used_until = _window(window, faults, where if "usage_window" in said else ("usage_window",))
        key = to_label(said.get("id"), faults, where) or ""
        count = said.get("usage_count")
        usage_count = to_integer(count, faults, (*where, "usage_count"))
        yield StatedMaterial(
            resource=resource,
            key=key,
            title=to_label(said.get("title"), faults, (*where, "title")),
            author=to_label(said.get("author"), faults, (*where, "author")),
            usage_count=usage_count,
            used_from=used_from if usage_count is not None else None,
            used_until=used_until if usage_count is not None else None,
            modified_at=to_time(said.get("last_modified"), faults, (*where, "last_modified"), zone),
            line=faults.line_of(where),
            notes=tuple(notes.pop(key.casefold(), ())) if key else (),  # of equal ids the first is meant
        )


def _title_of(link: Link) -> str | None:
    return link.words if link.words and link.words != link.target else None


def _window(value: object, faults: Faults, where: Where) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    if not isinstance(value, dict):
        fact = f"a 'usage_window' is not a mapping: {faults.quote(value)}"
        faults.add("not-a-mapping", fact, "Write it as { from: 2026-06-01, to: 2026-06-30 }", where=where)
        return None, None
    said = by_name(value)
    days = [to_time(said.get(end), faults, (*where, end)) for end in ("from", "to")]
    first, last = (day[: len("2026-06-01")] if day else None for day in days)
    return first, last


def _citations(text: str, first_line: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each section of citations."""
    if "itation" not in text.lower():
        return
    level, begin, fence = 0, 0, ""
    lines = text.split("\n")
    for number, line in enumerate(lines, first_line):
        if found := _CODE_FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        heading = None if fence else _HEADING.match(line)
        if heading is None:
            continue
        if level and len(heading[1]) <= level:
            yield begin, number - 1
            level = 0
        if not level and (found := _CITATIONS.fullmatch(line)):
            level, begin = len(found[1]), number
    if level:
        yield begin, first_line + len(lines)


def _is_path(text: str) -> bool:
    return 0 < len(text) <= LONGEST_URL and text.lower().endswith(".md") and "://" not in text


def _by_path(text: str, field: str, faults: Faults) -> Iterator[Link]:
    line = faults.line_of((field,))
    if "://" in text:
        yield from links_in(text, field, line)
    else:
        yield Link(to_text(text), line=line, field=field)


def _kept(values: Iterable[tuple[str, object]]) -> dict[str, Scalar]:
    """Return lists and mappings as short texts on one line; longer ones are left out."""
    kept: dict[str, Scalar] = {}
    for name, value in values:
        text = _on_one_line(value)
        if text and len(kept) < MOST_EXTRA:
            kept[to_text(name)[:LONGEST_NAME]] = text
    return kept


def _on_one_line(value: object) -> str | None:
    """Return a value as YAML on one line; `None` if that is too long."""
    pieces, length = [], 0
    for piece in _pieces_of(value, _DEEPEST_EXTRA):
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST_EXTRA:
            return None
    return to_text("".join(pieces))


def _pieces_of(value: object, depth: int) -> Iterator[str]:
    if not isinstance(value, dict | list):
        yield _scalar_text(value)
    elif not depth:
        yield "…"
    elif isinstance(value, dict):
        yield "{"
        named = [(name, item) for name, item in by_name(value).items() if name.lower() != "secured"]
        for position, (name, item) in enumerate(named):
            yield f"{', ' if position else ''}{name}: "
            yield from _pieces_of(item, depth - 1)
        yield "}"
    else:
        yield "["
        for position, item in enumerate(value):
            if position:
                yield ", "
            yield from _pieces_of(item, depth - 1)
        yield "]"


def _scalar_text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= _LARGEST_WRITTEN:
        return "…"
    return str(value)
