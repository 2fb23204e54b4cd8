"""What every truth must be: each name that a record uses leads to a record."""

from __future__ import annotations

from graph.terms import Form
from graph.truth import Truth
from graph.vocabulary import VOCABULARY

__all__ = ["assert_whole"]


def assert_whole(truth: Truth) -> None:
    """Check that each IRI a record names in a relation is a node, each picture a picture, and no node is two things."""
    kinds = (truth.articles, truth.providers, truth.topics, truth.people)
    records = [record for kind in kinds for record in kind.values()]
    nodes = {record.iri for record in records}
    assert len(nodes) == len(records)
    for record in records:
        assert record.label
        assert truth.images.keys() >= set(record.images), record.iri
        for row in VOCABULARY[type(record)]:
            if row.form is Form.RELATION:
                targets = getattr(record, row.name)
                named = {targets} - {None} if targets is None or isinstance(targets, str) else set(targets)
                assert nodes >= named, f"{record.iri}: {row.name}"
    for article in truth.articles.values():
        assert nodes.issuperset(iri for targets in article.relations.values() for iri in targets), article.iri
    for kind in (*kinds, truth.images):
        assert list(kind) == sorted(kind)
        assert all(record.iri == iri for iri, record in kind.items())
