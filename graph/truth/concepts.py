"""What only Open Knowledge Format bundles state: lifecycle, trust, what an article is based on, indexes of folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.names import collection_iri, derivation_iri, scope_iri
from graph.records import Article, Collection, Derivation
from graph.statements import StatedCollection, StatedConcept, Statement
from graph.truth.links import Links
from graph.truth.occurrences import Same

_FACTS = tuple(name for name in StatedConcept.__struct_fields__ if name != "based_on")
"""The fields that are copied to the record of the article."""


def with_concept(article: Article, same: Same, links: Links, base: str) -> tuple[Article, Mapping[str, Derivation]]:
    """Return an article with the fields of its best concept, and a derivation for each thing that it is based on."""
    stated = [
        (one.place, one.stated.concept) for one in same.said if not one.is_stub and one.stated.concept is not None
    ]
    if not stated:
        return article, {}
    best = stated[0][1]
    nodes: dict[str, None] = {}
    origins: dict[str, None] = {}
    derivations: dict[str, Derivation] = {}
    for (path, _), concept in stated:
        for material in concept.based_on:
            node, address = links.origin(article.iri, material.resource, path, material.line)
            if node == article.iri:
                continue
            entity = node or address or scope_iri(base, material.resource)
            (nodes if node else origins).setdefault(entity)
            iri = derivation_iri(base, (article.iri, entity, material.key))
            derivations.setdefault(
                iri,
                Derivation(
                    iri=iri,
                    entity=entity,
                    scope=None if node or address else material.resource,
                    title=material.title,
                    author=material.author,
                    usage_count=material.usage_count,
                    used_from=material.used_from,
                    used_until=material.used_until,
                    modified_at=material.modified_at,
                ),
            )
            links.note(article.iri, "based_on", path, [(material.line, entity)])
            notes = [(line, entity) for line, _ in material.notes]
            links.note(article.iri, "based_on", path, notes, [(material.key, said) for _, said in material.notes])
    derived = replace(
        article,
        based_on=tuple(nodes),
        origins=tuple(origins),
        derivations=tuple(derivations),
        **{name: getattr(best, name) for name in _FACTS},
    )
    return derived, derivations


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
