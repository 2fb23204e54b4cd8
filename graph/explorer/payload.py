"""The data in a whole page: the map, which is enough for the first drawing, and the texts.

To see one: `python -c "import graph; from graph.atlas import to_atlas; from graph.explorer import to_payload;
payload = to_payload(to_atlas(graph.build('seeds').truth));
open('map.gz', 'wb').write(payload.map); open('text.gz', 'wb').write(payload.text)"`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from graph.atlas import Atlas
from graph.atlas.census import Census
from graph.errors import DamagedBuildError
from graph.evidence import EvidenceTable
from graph.explorer.columns import Columns, to_json
from graph.explorer.facets import add_facets, facets_of
from graph.explorer.header import FORMAT, Part, header_of
from graph.explorer.kept import Kept
from graph.explorer.numbers import backbone_ends, numbers_of, record_numbers, relation_rows
from graph.explorer.quotes import lines_from, quotes_from
from graph.explorer.safe_text import to_line
from graph.explorer.texts import excerpt_of, facts_of, image_of, iri_of, keywords_of, label_of, sections_of, url_of
from graph.records import Article
from graph.sizes import MOST_WHOLE

_LEVEL = 5
"""The compression level of texts: level 6 takes half as long again, to save two per cent."""


class Payload(msgspec.Struct, frozen=True):
    """The data of a whole page, as two gzip streams."""

    map: bytes
    """The header and the columns of numbers."""
    text: bytes
    """Titles, addresses, excerpts and facts, as JSON."""


def to_payload(
    atlas: Atlas,
    *,
    title: str = "article-graph",
    evidence: EvidenceTable | None = None,
    part: Part | None = None,
    kept: Kept | None = None,
) -> Payload:
    """Return the data of a page, the same bytes for the same truth. Linear in what is shown.

    With `evidence`, and up to `MOST_WHOLE` articles, it includes the sentences around links. `part` describes the whole
    graph if this is a part of it; the views and notes in `kept` are shown to all readers.
    """
    text = _to_text(atlas.census)
    if evidence is not None and len(atlas.census.articles) <= MOST_WHOLE:
        text["quotes"] = quotes_from(evidence, atlas.census)
        text["lines"] = lines_from(evidence, atlas.census)
    return Payload(_to_map(atlas, title, part, kept), gzip.compress(to_json(text), _LEVEL, mtime=0))


def number_nodes(payload: Payload) -> Mapping[str, int]:
    """Return the numbers of all nodes by their IRIs.

    Raises:
        DamagedBuildError: The payload is damaged, or of another version.
    """
    try:
        content = gzip.decompress(payload.map)
        header = json.loads(content[4 : 4 + int.from_bytes(content[:4], "little")])
        iris = [*json.loads(gzip.decompress(payload.text))["iri"], *header["iris"]]
        found = header["format"]
    except (OSError, EOFError, ValueError, KeyError, TypeError, RecursionError, zlib.error) as error:
        raise DamagedBuildError(f"The explorer's data cannot be read ({error}). Build again.") from error
    if found != FORMAT:
        raise DamagedBuildError(f"The explorer's data is of format {found}, not {FORMAT}. Build again.")
    return {iri: node for node, iri in reversed(list(enumerate(iris)))}


def _to_map(atlas: Atlas, title: str, part: Part | None, kept: Kept | None) -> bytes:
    columns = Columns()
    numbers = record_numbers(atlas.census)
    for column in numbers_of(atlas, numbers):
        columns.add(column.name, column.kind, column.values, delta=column.delta)
    for name in atlas.census.relation_names:
        columns.add_rows(name, relation_rows(atlas.census, name))
    first, second = backbone_ends(atlas)
    columns.add("backbone_from", "u32", first)
    columns.add("backbone_to", "u32", second)
    facets = facets_of(atlas.census)
    add_facets(columns, facets)
    return columns.packed(header_of(atlas, title, numbers, facets, part=part, kept=kept))


def _to_text(census: Census) -> dict[str, object]:
    is_large = len(census.articles) > MOST_WHOLE
    text: dict[str, Any] = {name: [] for name in ("label", "iri", "url", "excerpt")}
    text |= {"names": {}, **({} if is_large else {"sections": {}}), "image": [], "keywords": {}, "facts": {}}
    for node, record in enumerate(census.records()):  # only once, because articles may be read from a file
        text["url"].append(url_of(record))
        text["image"].append(image_of(record))
        if isinstance(record, Article):
            text["label"].append(label_of(record))
            text["iri"].append(iri_of(record))
        if record.names:
            text["names"][str(node)] = [to_line(name) for name in record.names]
        text["excerpt"].append(None if is_large and isinstance(record, Article) else excerpt_of(record))
        if not is_large and (sections := sections_of(record)):
            text["sections"][str(node)] = sections
        if (keywords := keywords_of(record)) is not None:
            text["keywords"][str(node)] = keywords
        if facts := facts_of(record, census.vocabulary.literals, of_many=is_large):
            text["facts"][str(node)] = facts
    return text
