"""The words of the pages: labels of kinds and relations, days, durations and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from graph.month_names import MONTH_NAMES
from graph.names import PREFIXES, expand
from graph.relation_words import LISTED, RELATION_WORDS
from graph.vocabulary import PREDICATES, VOCABULARY, fact_rows

KIND_NAMES: Mapping[str, str] = MappingProxyType(
    {"article": "Article", "provider": "Provider", "topic": "Topic", "person": "Person", "image": "Picture"}
)
"""The label of one thing of a kind."""

KINDS_NAMES: Mapping[str, str] = MappingProxyType(
    {"article": "Articles", "provider": "Providers", "topic": "Topics", "person": "People", "image": "Pictures"}
)
"""The label of several."""

RELATION_HEADINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **{expand(PREDICATES[name]): (RELATION_WORDS[name].outward, RELATION_WORDS[name].inward) for name in LISTED},
        expand("schema:image"): ("Pictures", "Shown by"),
        expand("schema:logo"): ("Logos", "Logo of"),
    }
)
"""For each relation the headings of its outward and inward list, in the order shown."""

FACT_NAMES: Mapping[str, str] = MappingProxyType(
    {expand(predicate): row.label for row in fact_rows(*VOCABULARY) for predicate in row.predicates}
)
"""For each predicate of a literal its label, in the order shown."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")
_MOST_DIGITS = 15


def plain_day(value: str) -> str:
    """Return a time in RDF form as a day, such as `23 May 2023`; anything else unchanged."""
    found = _DAY.match(value)
    if not found:
        return value
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return value
    return f"{day.day} {MONTH_NAMES['en'][day.month - 1]} {day.year}"


def plain_duration(value: str) -> str:
    """Return an ISO 8601 duration as `1 h 2 min`; anything else unchanged."""
    found = _DURATION.fullmatch(value)
    parts = zip(found.groups(), ("d", "h", "min", "s"), strict=True) if found else ()
    return " ".join(f"{number} {unit}" for number, unit in parts if number and int(number)) or value


def plain_number(value: str) -> str:
    """Return a number with at most two decimals; anything else, or a very large number, unchanged."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        return value
    text = f"{round(number, 2) + 0:f}"  # 0 is added, because there is no -0 in words
    return text.rstrip("0").rstrip(".") if "." in text else text


def prefixed(iri: str) -> str:
    """Return an IRI as a prefixed name such as `schema:about`, or unchanged if no prefix fits."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri[len(start) :]}"
    return iri
