"""One table: what each field of each record means in RDF and in the network. Every writer reads it, none knows more.

Its rows are declared beside each field, in `graph.plain_fields` and `graph.records`.

Terms are from schema.org, SKOS, Dublin Core Terms and PROV-O; `ag:` holds what no standard term says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.names import expand
from graph.records import Article, Collection, Derivation, Image, Person, Provider, Topic
from graph.terms import Field, Form, terms_of

__all__ = [
    "CLASS_OF_TYPE",
    "DEFAULT_TYPE",
    "KINDS",
    "NO_VOCABULARY",
    "POINTING",
    "PREDICATES",
    "RELATIONS",
    "VOCABULARY",
    "OwnLiteral",
    "OwnRelation",
    "Vocabulary",
    "article_classes",
    "facts_of",
]


VOCABULARY: Mapping[type, tuple[Field, ...]] = MappingProxyType(
    {kind: tuple(terms_of(kind)) for kind in (Article, Provider, Topic, Person, Image, Derivation, Collection)}
)
"""For each kind of record its fields, in the order they are written."""


def facts_of(*kinds: type) -> Sequence[Field]:
    """Return the rows of kinds of records that pages list as facts, in their order: what is said, then addresses."""
    facts = (row for kind in kinds for row in VOCABULARY[kind] if row.form is not Form.RELATION and row.name != "label")
    return sorted(facts, key=lambda row: row.form in _ADDRESSES)


_ADDRESSES = frozenset({Form.IRI, Form.SOURCE})

KINDS: Mapping[type, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        Article: ("article", ("schema:CreativeWork",)),
        Provider: ("provider", ("schema:Organization",)),
        Topic: ("topic", ("skos:Concept", "schema:DefinedTerm")),
        Person: ("person", ("schema:Person",)),
        Image: ("image", ("schema:ImageObject",)),
        Derivation: ("derivation", ("prov:Derivation",)),
        Collection: ("collection", ("schema:Collection",)),
    }
)
"""For each kind of record its name in the network and its classes in RDF."""

RELATIONS: tuple[str, ...] = tuple(
    sorted({row.network for rows in VOCABULARY.values() for row in rows if row.form is Form.RELATION and row.network})
)
"""The names of all relations, sorted."""

PREDICATES: Mapping[str, str] = MappingProxyType(
    {
        row.network: row.predicates[0]
        for rows in VOCABULARY.values()
        for row in rows
        if row.form is Form.RELATION and row.network
    }
)
"""For each relation the term that it is called in RDF, as a prefixed name."""

POINTING: tuple[str, ...] = ("related", "links")
"""The relations by which articles point to others: a curator names these as related, or a text links to them."""


@dataclass(frozen=True, slots=True)
class OwnRelation:
    """A relation from articles to other nodes that a site adds to the table."""

    name: str
    """The edge key in the network, and the key in `Article.relations`."""
    term: str
    """The predicate: a prefixed name, or an IRI between `<` and `>`."""
    target: str
    """The kind of node that it leads to: `article`, `topic`, `person` or `provider`."""
    fields: tuple[str, ...]
    """The fields of documents that state it."""
    label: str
    """What the list of those it leads to is called."""
    inverse: str
    """What the list of those it comes from is called."""
    facet: bool = False
    """Whether articles can be filtered by what it leads to."""


@dataclass(frozen=True, slots=True)
class OwnLiteral:
    """A fact about articles that a site adds to the table."""

    name: str
    """The node attribute in the network, and the key in `Article.literals`."""
    term: str
    """The predicate: a prefixed name, or an IRI between `<` and `>`."""
    form: Form
    """How values are written."""
    fields: tuple[str, ...]
    """The fields of documents that state it."""
    label: str
    """What the fact is called."""
    facet: bool
    """Whether articles can be filtered by its values."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a site adds to the table: rows for articles, each sorted by name."""

    relations: tuple[OwnRelation, ...] = ()
    """Relations."""
    literals: tuple[OwnLiteral, ...] = ()
    """Facts."""

    @property
    def relation_names(self) -> tuple[str, ...]:
        """The names of all relations, those of the table and those added, sorted."""
        return tuple(sorted((*RELATIONS, *(row.name for row in self.relations)))) if self.relations else RELATIONS

    @property
    def predicates(self) -> Mapping[str, str]:
        """For each relation, of the table or added, the term that it is called in RDF."""
        return {**PREDICATES, **{row.name: row.term for row in self.relations}} if self.relations else PREDICATES

    def to_dict(self) -> dict[str, list[dict[str, object]]]:
        """Return the rows as plain Python, ready for JSON; terms are whole IRIs."""
        return {
            "relations": [
                {
                    "name": row.name,
                    "term": expand(row.term),
                    "target": row.target,
                    "label": row.label,
                    "inverse": row.inverse,
                    "facet": row.facet,
                }
                for row in self.relations
            ],
            "literals": [
                {
                    "name": row.name,
                    "term": expand(row.term),
                    "form": row.form.value,
                    "label": row.label,
                    "facet": row.facet,
                }
                for row in self.literals
            ],
        }

    @classmethod
    def from_dict(cls, stated: Mapping[str, Iterable[Mapping[str, Any]]]) -> Vocabulary:
        """Return the rows that `to_dict` wrote; which fields of documents state them is not known any more.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: `stated` is nothing that `to_dict` wrote.
        """
        relations = (OwnRelation(**{**row, "term": f"<{row['term']}>", "fields": ()}) for row in stated["relations"])
        literals = (
            OwnLiteral(**{**row, "term": f"<{row['term']}>", "form": Form(row["form"]), "fields": ()})
            for row in stated["literals"]
        )
        return cls(tuple(relations), tuple(literals))

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Return the rows of both; where both have one of a name, this one's."""
        relations = {row.name: row for row in (*other.relations, *self.relations)}
        literals = {row.name: row for row in (*other.literals, *self.literals)}
        return Vocabulary(
            tuple(relations[name] for name in sorted(relations)), tuple(literals[name] for name in sorted(literals))
        )


NO_VOCABULARY = Vocabulary()
"""What a site adds that adds nothing."""

CLASS_OF_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "video": "schema:VideoObject",
        "course": "schema:Course",
        "collection": "schema:Collection",
        "event": "schema:Event",
        "webinar": "schema:Event",
        "download": "schema:SoftwareSourceCode",
        "sample": "schema:SoftwareSourceCode",
        "attested computation": "schema:SoftwareSourceCode",
        "dataset": "schema:Dataset",
        "table": "schema:Dataset",
        "bigquery dataset": "schema:Dataset",
        "bigquery table": "schema:Dataset",
        "playbook": "schema:HowTo",
        "runbook": "schema:HowTo",
        "api endpoint": "schema:APIReference",
    }
)
"""The class of an article by its type, in lower case."""

DEFAULT_TYPE = "article"
"""The type of an article that states none."""


def article_classes(article: Article) -> tuple[str, ...]:
    """Return an article's RDF classes, the widest first: all that its type and category name, so that none is missed.

    A query for `schema:Article` finds news as well: engines that do not reason do not know that news are articles.
    """
    known = CLASS_OF_TYPE.get((article.type or DEFAULT_TYPE).lower())
    if known is not None:
        return ("schema:CreativeWork", known)
    is_news = (article.category or "").lower() == "news"
    return ("schema:CreativeWork", "schema:Article", *["schema:NewsArticle"] * is_news)
