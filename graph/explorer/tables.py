"""The tables that the page shares with Python: relations, fields, classes, flags, the ranking of a search."""

from __future__ import annotations

from graph.atlas import lanes
from graph.atlas.atlas import FEWEST_LATELY, LATELY, MOST_LISTED
from graph.explorer.kept import KEPT_LIMITS
from graph.explorer.numbers import ALONE, INFERRED, NO_PAGE, STUB, UNNAMED, UNPUBLISHED
from graph.names import PREFIXES, expand
from graph.records import Article, Person, Provider, Topic
from graph.relation_words import LISTED, RELATION_WORDS, by_preference, verbs_of
from graph.search.ranking import RANKING
from graph.structure.arrays import NO_DAY
from graph.structure.trends import ENOUGH_PERIODS, FEWEST_IN_PERIOD, FEWEST_PARTS, FEWEST_TOLD, MOST_PARTS
from graph.structure.typicality import BACKGROUND, CHANCE, FEWEST_FOR_BACKGROUND, SIGNIFICANT
from graph.structure.ways import FEWEST_OF_A_HUB, LONGEST_COMPARED, SHARE_OF_A_HUB
from graph.terms import Field, Form
from graph.vocabulary import CLASS_OF_TYPE, KINDS, POINTING, PREDICATES, VOCABULARY, Vocabulary, fact_rows

DEEPEST_FOCUS = 3
"""The most steps around a node that can be in focus."""

MOST_WAYS = 3
"""The most paths between two nodes that the page compares."""

MOST_IRIS = 100
"""The most IRIs whose nodes a page asks its server for at once."""

_FORMS = {
    **{Form[name.upper()]: name for name in "text integer decimal boolean flag time day duration iri".split()},
    **dict.fromkeys((Form.STATUS, Form.SOURCE), "text"),
}
"""The forms of values that the page can show, by the names in its scripts."""

_HELD_APART = frozenset({"names", "images"})
"""Fields with several values, for which the page has each value, or the first."""


def tables_of(own: Vocabulary) -> dict[str, object]:
    """Return the tables as plain Python, ready for JSON; `own` are the relations and literals that the site adds."""
    kinds = (Article, Provider, Topic, Person)
    relations = [
        (name, PREDICATES[name], RELATION_WORDS[name].outward, RELATION_WORDS[name].inward, *verbs_of(name))
        for name in LISTED
    ]
    relations += [
        (row.name, f"<{expand(row.term)}>", row.label, row.inverse, *verbs_of(row.name)) for row in own.relations
    ]
    parts = ("name", "term", "outward", "inward", "forward", "backward")
    return {
        "prefixes": dict(PREFIXES),
        "relations": [dict(zip(parts, relation, strict=True)) for relation in relations],
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
            KINDS[kind][0]: [[row.network, row.label, _FORMS[row.form]] for row in fact_rows(kind) if row.network]
            for kind in kinds
        },
        "classes": {KINDS[kind][0]: list(KINDS[kind][1]) for kind in kinds},
        "types": dict(CLASS_OF_TYPE),
        "flags": {
            "stub": STUB,
            "unpublished": UNPUBLISHED,
            "inferred": INFERRED,
            "no_page": NO_PAGE,
            "unnamed": UNNAMED,
            "alone": ALONE,
        },
        "pointing": list(POINTING),
        "rising": {
            "lately": LATELY,
            "fewest": FEWEST_LATELY,
            "significant": SIGNIFICANT,
            "most": MOST_LISTED,
            "background": BACKGROUND,
            "fewest_for_background": FEWEST_FOR_BACKGROUND,
        },
        "trends": {
            "fewest": FEWEST_TOLD,
            "in_period": FEWEST_IN_PERIOD,
            "parts": [FEWEST_PARTS, MOST_PARTS],
            "enough": ENOUGH_PERIODS,
            "chance": CHANCE,
        },
        "timeline": {
            "most": lanes.MOST_LANES,
            "other": lanes.OTHER_LANE,
            "width": lanes.WIDTH,
            "full": lanes.FULL,
            "steep": lanes.STEEP,
            "columns": [lanes.FEWEST_COLUMNS, lanes.MOST_COLUMNS, lanes.COLUMNS_A_DAY, lanes.MORE_COLUMNS],
        },
        "nothing": NO_DAY,
        "deepest_focus": DEEPEST_FOCUS,
        "most_ways": MOST_WAYS,
        "most_iris": MOST_IRIS,
        "longest_way": LONGEST_COMPARED,
        "kept": KEPT_LIMITS,
    }


def _is_held(row: Field) -> bool:
    """Return whether the page has a field unchanged: most with several values are joined to one text."""
    return row.name in _HELD_APART or not row.is_list
