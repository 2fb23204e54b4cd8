"""The truth as RDF: a description of each subject, as N-Triples or as an rdflib graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from graph.names import PREFIXES, concept_scheme_iri, expand, source_iri
from graph.records import Article, Collection, Derivation, Image, Record
from graph.terms import Form
from graph.truth import Truth
from graph.vocabulary import KINDS, VOCABULARY, Vocabulary, article_classes

if TYPE_CHECKING:
    import rdflib

Term = tuple[str, str]
"""An object: `("iri", address)`, `("name", prefixed name)`, or a literal as its prefixed datatype and lexical form."""

_IRI_FORMS = frozenset({Form.IRI, Form.RELATION})

_SHARING = frozenset(
    kind
    for kind, rows in VOCABULARY.items()
    if len({name for row in rows for name in row.predicates}) < sum(len(row.predicates) for row in rows)
)
"""The kinds of records with two fields that share a predicate."""

_ESCAPED = re.compile(r'[\\"\n\r\t\x00-\x1f\x7f]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Description(msgspec.Struct, frozen=True):
    """All triples of one subject."""

    iri: str
    """The subject."""
    classes: tuple[str, ...]
    """Its classes, as prefixed names."""
    facts: tuple[tuple[str, tuple[Term, ...]], ...]
    """Predicates, as prefixed names, each with its objects, without repeats."""


def descriptions_of(truth: Truth) -> Iterator[Description]:
    """Yield a description of every node and picture, and of the scheme of all topics, sorted by IRI."""
    scheme = concept_scheme_iri(truth.base)
    nodes = (truth.articles, truth.people, truth.providers, truth.topics)
    kinds: list[Iterator[Description]] = [
        (_describe(record, truth.base, scheme, truth.vocabulary) for record in records.values())
        for records in (*nodes, truth.images, truth.derivations, truth.collections)
    ]
    if truth.topics:
        kinds.append(iter([Description(scheme, ("skos:ConceptScheme",), ())]))
    yield from merge(*kinds, key=attrgetter("iri"))


def to_ntriples(truth: Truth) -> Iterator[str]:
    """Yield the truth as N-Triples, sorted by subject: the lines of one subject at a time, each with its line end."""
    return map(describe_in_ntriples, descriptions_of(truth))


def describe_in_ntriples(description: Description) -> str:
    """Return the triples of one subject as lines of N-Triples."""
    subject = f"<{description.iri}>"
    lines = [f"{subject} {_named('rdf:type')} {_named(name)} .\n" for name in description.classes]
    for name, terms in description.facts:
        start = f"{subject} {_named(name)} "
        for kind, value in terms:
            if kind == "iri":
                lines.append(f"{start}<{value}> .\n")
            else:
                lines.append(f'{start}"{escape_literal(value)}{_ending(kind)} .\n')
    return "".join(lines)


@cache
def _named(name: str) -> str:
    return f"<{expand(name)}>"


@cache
def _ending(datatype: str) -> str:
    return '"' if datatype == "xsd:string" else f'"^^{_named(datatype)}'


def to_rdflib(truth: Truth) -> rdflib.Graph:
    """Return the truth as an rdflib graph, with all prefixes bound.

    Takes about 20 microseconds per triple; N-Triples are streamed and suit large graphs better.
    """
    import rdflib

    triples = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        triples.bind(prefix, iri)
    terms: dict[Term, rdflib.term.Node] = {}
    predicates: dict[str, rdflib.URIRef] = {}
    for description in descriptions_of(truth):
        subject = rdflib.URIRef(description.iri)
        for name in description.classes:
            triples.add((subject, rdflib.RDF.type, rdflib.URIRef(expand(name))))
        for name, objects in description.facts:
            predicate = predicates.get(name)
            if predicate is None:
                predicate = predicates[name] = rdflib.URIRef(expand(name))
            for term in objects:
                node = terms.get(term)
                if node is None:
                    node = terms[term] = _to_node(term)
                triples.add((subject, predicate, node))
    return triples


def escape_literal(text: str) -> str:
    """Return a text escaped for a Turtle or N-Triples literal."""
    if text.isprintable() and '"' not in text and "\\" not in text:  # quicker than a search
        return text
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _describe(
    record: Record | Image | Derivation | Collection, base: str, scheme: str, vocabulary: Vocabulary
) -> Description:
    kind = type(record)
    name, classes = KINDS[kind]
    rows, values_of = _PLANS[kind]
    facts: list[tuple[str, tuple[Term, ...]]] = []
    for (is_iri, is_flag, write, predicates), value in zip(rows, values_of(record), strict=True):
        if not value and (value is None or value == () or is_flag):
            continue
        if type(value) is tuple:
            terms: tuple[Term, ...] = (
                tuple([("iri", iri) for iri in value])
                if is_iri
                else tuple([write(item, base) for item in dict.fromkeys(value)])
            )
        else:
            terms = (("iri", value),) if is_iri else (write(value, base),)
        for predicate in predicates:
            facts.append((predicate, terms))  # noqa: PERF401 - most have one predicate, for which a list is slower
    is_shared = kind in _SHARING
    if isinstance(record, Article) and (record.relations or record.literals):
        facts += _own_facts(record, vocabulary, base)
        is_shared = True
    if name == "topic":
        facts.append(("skos:inScheme", (("iri", scheme),)))
    if is_shared and len({predicate for predicate, _ in facts}) < len(facts):
        facts = _joined(facts)
    return Description(record.iri, article_classes(record) if isinstance(record, Article) else classes, tuple(facts))


def _joined(facts: list[tuple[str, tuple[Term, ...]]]) -> list[tuple[str, tuple[Term, ...]]]:
    """Return facts with the objects of each predicate together."""
    joined: dict[str, tuple[Term, ...]] = {}
    for predicate, terms in facts:
        joined[predicate] = (*joined.get(predicate, ()), *terms)
    return [(predicate, tuple(dict.fromkeys(terms))) for predicate, terms in joined.items()]


def _own_facts(article: Article, vocabulary: Vocabulary, base: str) -> list[tuple[str, tuple[Term, ...]]]:
    """Return the relations and literals of the site's own."""
    said: list[tuple[str, tuple[Term, ...]]] = [
        *(
            (row.term, tuple([("iri", iri) for iri in article.relations.get(row.name, ())]))
            for row in vocabulary.relations
        ),
        *(
            (row.term, tuple([_WRITERS[row.form](value, base) for value in article.literals.get(row.name, ())]))
            for row in vocabulary.literals
        ),
    ]
    return [(predicate, terms) for predicate, terms in said if terms]


def _writer(form: Form) -> Callable[[object, str], Term]:
    match form:
        case Form.SOURCE:
            return lambda value, base: ("iri", source_iri(base, str(value)))
        case Form.TIME:
            return _to_time
        case Form.DAY:
            return lambda value, _base: ("xsd:date", str(value).partition("T")[0])
        case Form.BOOLEAN | Form.FLAG:
            return lambda value, _base: ("xsd:boolean", "true" if value else "false")
        case Form.DECIMAL:
            return lambda value, _base: ("xsd:decimal", format(Decimal(repr(value)), "f"))
        case Form.STATUS:
            return lambda value, _base: ("xsd:string", "published" if value else "unpublished")
        case _:
            datatype = form.value
            return lambda value, _base: (datatype, str(value))


def _to_time(value: object, _base: str) -> Term:
    text = str(value)
    return "xsd:dateTime", text if "T" in text else f"{text}T00:00:00Z"


_WRITERS = {form: _writer(form) for form in Form}
_PLANS = {
    kind: (
        [(row.form in _IRI_FORMS, row.form is Form.FLAG, _WRITERS[row.form], row.predicates) for row in rows],
        attrgetter(*(row.name for row in rows)),
    )
    for kind, rows in VOCABULARY.items()
}
"""For each kind of record how its fields are written and their predicates, and a function that returns all values."""


def _to_node(term: Term) -> rdflib.term.Node:
    import rdflib

    kind, value = term
    if kind == "iri":
        return rdflib.URIRef(value)
    if kind == "xsd:string":
        return rdflib.Literal(value)
    return rdflib.Literal(value, datatype=rdflib.URIRef(expand(kind)), normalize=False)
