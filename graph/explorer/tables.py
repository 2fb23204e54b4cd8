"""What the page and Python share, written once in Python: relations, fields, classes, flags, rules of search."""

from __future__ import annotations

from dataclasses import fields

from graph.atlas.lanes import NO_DAY
from graph.explorer.numbers import INFERRED, NO_PAGE, STUB, UNPUBLISHED
from graph.names import PREFIXES, expand
from graph.records import Article, Person, Provider, Topic
from graph.relation_words import LISTED, RELATION_WORDS, words_of
from graph.search.indexing import _MOST_WEIGHT, _WEIGHT_NOT_ARTICLE, _WEIGHT_PER_DOUBLING, _WEIGHT_STUB
from graph.search.names import _BEGINNING, _LAST_WORD, _LENGTH, _MORE_TYPED, _MOST_WORDS, _RARITY, _WHOLE
from graph.search.words import _FEW, _SOME, LONGEST
from graph.vocabulary import CLASS_OF_TYPE, KINDS, PREDICATES, VOCABULARY, Form, Vocabulary

__all__ = ["DEEPEST_FOCUS", "tables_of"]

DEEPEST_FOCUS = 3
"""The most steps around a node that are in focus."""

_FORMS = {
    Form.TEXT: "text",
    Form.STATUS: "text",
    Form.INTEGER: "integer",
    Form.DECIMAL: "decimal",
    Form.FLAG: "flag",
    Form.TIME: "time",
    Form.DAY: "day",
    Form.DURATION: "duration",
    Form.IRI: "iri",
}
"""What the page calls the forms of values that it can show."""

_NAME_RULES = {
    "whole": _WHOLE,
    "last": _LAST_WORD,
    "beginning": _BEGINNING,
    "more_typed": _MORE_TYPED,
    "rarity": _RARITY,
    "length": _LENGTH,
    "most_weight": _MOST_WEIGHT,
    "per_doubling": _WEIGHT_PER_DOUBLING,
    "not_article": _WEIGHT_NOT_ARTICLE,
    "stub": _WEIGHT_STUB,
    "one_error": _FEW,
    "two_errors": _SOME,
    "most_words": _MOST_WORDS,
    "longest": LONGEST,
}
"""How names are searched: how well words fit, what counts for a node, and limits."""

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
                if row.form in _FORMS and _is_held(kind, row.name)
            ]
            for kind in kinds
        },
        "classes": {KINDS[kind][0]: list(KINDS[kind][1]) for kind in kinds},
        "types": dict(CLASS_OF_TYPE),
        "flags": {"stub": STUB, "unpublished": UNPUBLISHED, "inferred": INFERRED, "no_page": NO_PAGE},
        "nothing": NO_DAY,
        "deepest_focus": DEEPEST_FOCUS,
        "names": _NAME_RULES,
    }


def _is_held(kind: type, name: str) -> bool:
    """Tell whether the page holds a field as it was said: of most with several values it holds one joined text."""
    (field,) = (field for field in fields(kind) if field.name == name)
    return name in _HELD_APART or not str(field.type).startswith("tuple")


def _verbs(name: str) -> dict[str, str]:
    """Return the verbs of a relation without the node at its far end."""
    words = words_of(name)
    told = (verb.format(other="", also="").strip() for verb in (words.forward, words.backward))
    return dict(zip(("forward", "backward"), told, strict=True))
