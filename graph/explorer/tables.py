"""What the page and Python share, written once in Python: relations, fields, classes, flags, rules of search."""

from __future__ import annotations

from graph.atlas.lanes import NO_DAY
from graph.explorer.numbers import INFERRED, NO_PAGE, STUB, UNPUBLISHED
from graph.names import PREFIXES, expand
from graph.records import Article, Person, Provider, Topic
from graph.relation_words import LISTED, RELATION_WORDS, by_preference, verbs_of
from graph.search.ranking import RANKING
from graph.structure.ways import FEWEST_OF_A_HUB, SHARE_OF_A_HUB
from graph.terms import Field, Form
from graph.vocabulary import CLASS_OF_TYPE, KINDS, PREDICATES, VOCABULARY, Vocabulary, facts_of

__all__ = ["DEEPEST_FOCUS", "tables_of"]

DEEPEST_FOCUS = 3
"""The most steps around a node that are in focus."""

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
        "ways": by_preference([*RELATION_WORDS, *(row.name for row in own.relations)]),
        "hub": {"fewest": FEWEST_OF_A_HUB, "share": SHARE_OF_A_HUB},
        "search": RANKING._asdict(),
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
        "flags": {"stub": STUB, "unpublished": UNPUBLISHED, "inferred": INFERRED, "no_page": NO_PAGE},
        "nothing": NO_DAY,
        "deepest_focus": DEEPEST_FOCUS,
    }


def _is_held(row: Field) -> bool:
    """Tell whether the page holds a field as it was said: of most with several values it holds one joined text."""
    return row.name in _HELD_APART or not row.is_list


def _verbs(name: str) -> dict[str, str]:
    return dict(zip(("forward", "backward"), verbs_of(name), strict=True))
