"""One table: what each field of each record is called in RDF and in the network. Every writer uses it.

Its rows are declared beside each field, in `graph.plain_fields` and `graph.records`.

Terms are from schema.org, SKOS, Dublin Core Terms and PROV-O; `ag:` has the terms that none of these offers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from graph.names import expand
from graph.records import Article, Collection, Derivation, Image, Person, Provider, Topic
from graph.terms import Field, Form, terms_of

VOCABULARY: Mapping[type, tuple[Field, ...]] = MappingProxyType(
    {kind: tuple(terms_of(kind)) for kind in (Article, Provider, Topic, Person, Image, Derivation, Collection)}
)
"""The fields of each kind of record, in the order in which they are written."""


def fact_rows(*kinds: type) -> Sequence[Field]:
    """Return the rows that pages list as facts of some kinds of records, addresses last."""
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
"""The name of each kind of record in the network, and its classes in RDF."""

RELATION_FIELDS: Mapping[type, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        kind: tuple((row.name, row.network) for row in rows if row.network and row.form is Form.RELATION)
        for kind, rows in VOCABULARY.items()
    }
)
"""The fields of each kind of record that are relations, each with the name of the relation."""

RELATIONS: tuple[str, ...] = tuple(sorted({name for fields in RELATION_FIELDS.values() for _, name in fields}))
"""The names of all relations, sorted."""

PREDICATES: Mapping[str, str] = MappingProxyType(
    {
        row.network: row.predicates[0]
        for rows in VOCABULARY.values()
        for row in rows
        if row.form is Form.RELATION and row.network
    }
)
"""The RDF term of each relation, as a prefixed name."""

POINTING: tuple[str, ...] = ("related", "links")
"""The relations by which articles point to others: related articles, and links in texts."""


class OwnRelation(msgspec.Struct, frozen=True):
    """A relation from articles to other nodes that a site adds."""

    name: str
    """The edge key in the network, and the key in `Article.relations`."""
    term: str
    """The predicate: a prefixed name, or an IRI between `<` and `>`."""
    target: str
    """The kind of its targets: `article`, `topic`, `person` or `provider`."""
    fields: tuple[str, ...]
    """The fields of documents that state it."""
    label: str
    """The heading of its targets."""
    inverse: str
    """The heading of its sources."""
    facet: bool = False
    """Whether articles can be filtered by its targets."""


class OwnLiteral(msgspec.Struct, frozen=True):
    """A fact about articles that a site adds."""

    name: str
    """The node attribute in the network, and the key in `Article.literals`."""
    term: str
    """The predicate: a prefixed name, or an IRI between `<` and `>`."""
    form: Form
    """How values are written."""
    fields: tuple[str, ...]
    """The fields of documents that state it."""
    label: str
    """The name of the fact for readers."""
    facet: bool
    """Whether articles can be filtered by its values."""


class Vocabulary(msgspec.Struct, frozen=True):
    """The rows for articles that a site adds to the table, sorted by name."""

    relations: tuple[OwnRelation, ...] = ()
    """Relations."""
    literals: tuple[OwnLiteral, ...] = ()
    """Facts."""

    @property
    def relation_names(self) -> tuple[str, ...]:
        """The names of all relations, of the table and added, sorted."""
        return tuple(sorted((*RELATIONS, *(row.name for row in self.relations)))) if self.relations else RELATIONS

    @property
    def predicates(self) -> Mapping[str, str]:
        """The RDF term of each relation, of the table or added."""
        return {**PREDICATES, **{row.name: row.term for row in self.relations}} if self.relations else PREDICATES

    def to_dict(self) -> dict[str, list[dict[str, object]]]:
        """Return the rows as plain Python, ready for JSON; terms are whole IRIs."""
        return {
            "relations": [_to_plain(row) for row in self.relations],
            "literals": [_to_plain(row) for row in self.literals],
        }

    @classmethod
    def from_dict(cls, stated: Mapping[str, Iterable[Mapping[str, Any]]]) -> Vocabulary:
        """Return the rows that `to_dict` wrote, without the fields of documents that state them.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: `stated` is not what `to_dict` writes.
        """
        relations, literals = (
            [{**row, "term": f"<{row['term']}>", "fields": ()} for row in stated[name]]
            for name in ("relations", "literals")
        )
        return cls(
            tuple(OwnRelation(**row) for row in relations),
            tuple(OwnLiteral(**{**row, "form": Form(row["form"])}) for row in literals),
        )

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Return the rows of both; if both have a row of one name, it is this one's."""
        relations = {row.name: row for row in (*other.relations, *self.relations)}
        literals = {row.name: row for row in (*other.literals, *self.literals)}
        return Vocabulary(
            tuple(relations[name] for name in sorted(relations)), tuple(literals[name] for name in sorted(literals))
        )


def _to_plain(row: OwnRelation | OwnLiteral) -> dict[str, object]:
    """Return a row with its term as a whole IRI, without the fields of documents that state it."""
    plain = {**msgspec.structs.asdict(row), "term": expand(row.term)}
    del plain["fields"]
    if isinstance(row, OwnLiteral):
        plain["form"] = row.form.value
    return plain


NO_VOCABULARY = Vocabulary()
"""The vocabulary of a site that adds nothing."""

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
    """Return the RDF classes of an article, the widest first.

    News are also a `schema:Article`, because engines without reasoning do not know that news are articles.
    """
    if (known := CLASS_OF_TYPE.get((article.type or DEFAULT_TYPE).lower())) is not None:
        return ("schema:CreativeWork", known)
    is_news = (article.category or "").lower() == "news"
    return ("schema:CreativeWork", "schema:Article", *["schema:NewsArticle"] * is_news)
