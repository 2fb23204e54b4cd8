"""What the page and Python say alike: words and terms of relations, fields and classes, written once in Python."""

from __future__ import annotations

from graph.names import PREFIXES, expand
from graph.records import Article, Person, Provider, Topic
from graph.relation_words import LISTED, RELATION_WORDS, words_of
from graph.terms import Field, Form
from graph.vocabulary import CLASS_OF_TYPE, KINDS, PREDICATES, VOCABULARY, Vocabulary, facts_of

__all__ = ["tables_of"]

_FORMS = {
    Form.TEXT: "text",
    Form.STATUS: "text",
    Form.INTEGER: "integer",
    Form.DECIMAL: "decimal",
    Form.BOOLEAN: "boolean",
    Form.FLAG: "flag",
    Form.TIME: "time",
    Form.DAY: "day",
    Form.DURATION: "duration",
    Form.IRI: "iri",
    Form.SOURCE: "text",
}
"""What the page calls the forms of values that it can show."""

_HELD_APART = frozenset({"names", "images"})
"""Fields with several values that the page holds one by one, or the first of them."""


def tables_of(own: Vocabulary) -> dict[str, object]:
    """Return the tables as plain Python, ready for JSON; `own` are the relations and literals of the site's own."""
    kinds = (Article, Provider, Topic, Person)
    relations = [
        {
            "name": name,
            "term": PREDICATES[name],
            "outward": RELATION_WORDS[name].outward,
            "inward": RELATION_WORDS[name].inward,
            **_verbs(name),
        }
        for name in LISTED
    ]
    relations += [
        {
            "name": row.name,
            "term": f"<{expand(row.term)}>",
            "outward": row.label,
            "inward": row.inverse,
            **_verbs(row.name),
        }
        for row in own.relations
    ]
    return {
        "prefixes": dict(PREFIXES),
        "relations": relations,
        "ways": [*RELATION_WORDS, *(row.name for row in own.relations)],
        "fields": {
            KINDS[kind][0]: [
                [row.network or row.name, list(row.predicates), _FORMS[row.form]]
                for row in VOCABULARY[kind]
                if row.form is not Form.SOURCE and row.form in _FORMS and _is_held(row)
            ]
            for kind in kinds
        },
        "facts": {
            KINDS[kind][0]: [[row.network, row.label, _FORMS[row.form]] for row in facts_of(kind) if row.network]
            for kind in kinds
        },
        "classes": {KINDS[kind][0]: list(KINDS[kind][1]) for kind in kinds},
        "types": dict(CLASS_OF_TYPE),
    }


def _is_held(row: Field) -> bool:
    """Tell whether the page holds a field as it was said: of most with several values it holds one joined text."""
    return row.name in _HELD_APART or not row.is_list


def _verbs(name: str) -> dict[str, str]:
    """Return the verbs of a relation without the node at its far end."""
    words = words_of(name)
    told = (verb.format(other="", also="").strip() for verb in (words.forward, words.backward))
    return dict(zip(("forward", "backward"), told, strict=True))
