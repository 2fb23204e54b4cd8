"""Folders of bundles that have an index, as collections of what the index lists. They are not nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.names import collection_iri
from graph.records import Collection
from graph.statements import StatedCollection, Statement
from graph.truth.links import Links

__all__ = ["collections_of"]


def collections_of(statements: Iterable[Statement], links: Links, base: str, title: str) -> Mapping[str, Collection]:
    """Return the collection that each index describes, by IRI, sorted; the source as a whole is called `title`.

    Call it after the links of articles have been followed, as only an index can link to an index.
    """
    by_iri: dict[str, list[Statement]] = {}
    for statement in statements:
        if isinstance(statement.subject, StatedCollection):
            by_iri.setdefault(collection_iri(base, statement.path.rpartition("/")[0]), []).append(statement)
    links.know({statement.document: iri for iri, stated in by_iri.items() for statement in stated})
    found = {}
    for iri, stated in sorted(by_iri.items()):
        names = [one.subject.name for one in stated if isinstance(one.subject, StatedCollection) and one.subject.name]
        words = [one.subject.description for one in stated if isinstance(one.subject, StatedCollection)]
        linked = links.of(iri, stated, "part")
        found[iri] = Collection(
            iri=iri,
            label=next(iter(names), title),
            description=next(filter(None, words), None),
            parts=linked.links,
            cites=linked.cites,
            sources=tuple(sorted({one.path for one in stated})),
        )
    return found
