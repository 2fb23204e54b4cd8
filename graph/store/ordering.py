"""A total order on terms of all types, which the engine does not have.

Oxigraph compares two literals by value if it can, and otherwise by their text: 9 comes before 10, 10 before the text
"5", and that before 9. If its sort notices such a circle, it ends the whole process. It still does in pyoxigraph
0.5.13: https://github.com/oxigraph/oxigraph/issues/1542 was closed when ORDER BY RAND() was fixed.
`tests/test_ordering.py` fails when this is fixed.

So every condition of ORDER BY is wrapped in a custom function that turns any term into a text.
"""

from __future__ import annotations

import datetime
import re
import struct
from collections.abc import Callable, Iterator

import pyoxigraph

from graph.guard import TOKEN
from graph.names import PREFIXES

_QueryTerm = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
_FUNCTION = "urn:article-graph:order"
_XSD = PREFIXES["xsd"]
# The function is slow to call, so it is called only where the engine's own order differs. The term follows this text.
_QUICKER = f"(IF(isLiteral(?x),IF(DATATYPE(?x)=<{_XSD}string>,CONCAT('4',?x),<{_FUNCTION}>(?x)),"
_BLANK, _ADDRESS, _NUMBER, _TEXT, _BOOLEAN, _TIME, _DURATION, _OTHER = "12345678"
_INTEGERS = frozenset(
    "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger "
    "unsignedInt unsignedLong unsignedShort unsignedByte".split()
)
_TIME_FORM = re.compile(
    r"(-?[0-9]{4,})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?)?(?:Z|([+-])([0-9]{2}):([0-9]{2}))?\Z"
)
_DURATION_FORM = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(\.[0-9]+)?S)?)?\Z"
)
_YEARS, _DAYS = 400, 146_097  # the calendar repeats after so many years and days
_MONTH = 2_629_746  # seconds in an average month
_SIGN_BIT = 1 << 63


def with_order(sparql: str) -> str:
    """Return a query whose ORDER BY conditions sort by `sort_key`. Linear in the text, except for nested ORDER BY."""
    if "ORDER" not in sparql.upper():
        return sparql
    edits: list[tuple[int, bool, str]] = []
    for token in TOKEN.finditer(sparql):
        if token.lastgroup == "word" and token.group().upper().startswith("ORDER"):
            for start, end in _conditions(sparql, token.start() + len("ORDER")):
                is_variable = sparql[start] in "?$"
                before = _QUICKER.replace("?x", sparql[start:end]) if is_variable else f"(<{_FUNCTION}>("
                edits += [(start, True, before), (end, False, "))")]
    pieces, done = [], 0
    for place, _, text in sorted(edits):
        pieces += [sparql[done:place], text]
        done = place
    return "".join([*pieces, sparql[done:]])


def _conditions(sparql: str, place: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each condition after ORDER: a variable, an expression in brackets, or a function."""
    by = _next(sparql, place)
    if by is None or not by.group().upper().startswith("BY"):
        return
    token = _next(sparql, by.start() + len("BY"))
    while token is not None:
        text = token.group().upper()
        if token.lastgroup == "variable":
            end = token.end()
        elif text == "(" or text.startswith(("ASC", "DESC")):
            if text != "(":
                token = _next(sparql, token.start() + len("ASC" if text.startswith("ASC") else "DESC"))
            if token is None or token.group() != "(":
                return
            end = _end_of_brackets(sparql, token)
        elif token.lastgroup in {"word", "name", "address"} and not text.startswith(("LIMIT", "OFFSET", "VALUES")):
            brackets = _next(sparql, token.end())
            if brackets is not None and brackets.lastgroup == "word":  # NOT EXISTS
                brackets = _next(sparql, brackets.end())
            if brackets is None or brackets.lastgroup != "open":
                return
            end = _end_of_brackets(sparql, brackets)
        else:
            return
        yield token.start(), end
        token = _next(sparql, end)


def _next(sparql: str, place: int) -> re.Match[str] | None:
    token = TOKEN.search(sparql, place)
    while token is not None and token.lastgroup == "blank":
        token = TOKEN.search(sparql, token.end())
    return token


def _end_of_brackets(sparql: str, opened: re.Match[str]) -> int:
    depth = 0
    for token in TOKEN.finditer(sparql, opened.start()):
        depth += {"open": 1, "close": -1}.get(token.lastgroup or "", 0)
        if depth == 0:
            return token.end()
    return len(sparql)


def sort_key(term: object) -> str:
    """Return a text that sorts terms: blank nodes, IRIs, numbers, texts, booleans, times, durations, others.

    Each kind is sorted by value: a day by its beginning, times without a zone as UTC, and months with their average
    length.
    """
    if isinstance(term, pyoxigraph.BlankNode):
        return _BLANK + term.value
    if isinstance(term, pyoxigraph.NamedNode):
        return _ADDRESS + term.value
    if not isinstance(term, pyoxigraph.Literal):
        return f"{_OTHER}{term}"
    if term.language:
        return f"{_TEXT}{term.value}\0{term.language}"
    datatype = term.datatype.value
    if datatype.startswith(_XSD):
        name = datatype[len(_XSD) :]
        if name == "string":
            return _TEXT + term.value
        try:
            return _KEYS[name](term.value)
        except (KeyError, ValueError, ArithmeticError):
            pass
    return f"{_OTHER}{term.value}\0{datatype}"


def _key_of_integer(text: str) -> str:
    number = float(text)
    rest = int(text) - int(number)  # what a double loses of a large integer
    return _NUMBER + _in_digits(number) + ("5" if rest == 0 else f"{'6' if rest > 0 else '4'}{rest % 10**9:09d}")


def _in_digits(number: float) -> str:
    """Return sixteen digits in the order of numbers."""
    if number != number:  # noqa: PLR0124 - NaN
        raise ValueError
    (bits,) = struct.unpack(">Q", struct.pack(">d", number + 0.0))  # makes -0.0 equal to 0.0
    return f"{bits ^ (2 * _SIGN_BIT - 1) if bits & _SIGN_BIT else bits | _SIGN_BIT:016x}"


def _key_of_time(text: str) -> str:
    found = _TIME_FORM.match(text)
    if found is None:
        raise ValueError
    year, month, day, hour, minute, second = (int(found[number] or 0) for number in range(1, 7))
    days = datetime.date(year % _YEARS + _YEARS, month, day).toordinal() + year // _YEARS * _DAYS
    ahead = int(f"{found[8]}1") * (int(found[9]) * 60 + int(found[10])) if found[8] else 0
    seconds = (days * 24 * 60 + hour * 60 + minute - ahead) * 60 + second
    return f"{_TIME}{_padded(seconds)}{(found[7] or '').rstrip('0')}"


def _key_of_duration(text: str) -> str:
    found = _DURATION_FORM.match(text)
    if found is None:
        raise ValueError
    years, months, days, hours, minutes, seconds = (int(found[number] or 0) for number in range(2, 8))
    whole = (years * 12 + months) * _MONTH + ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    billionths = whole * 10**9 + int((found[8] or ".")[1:10].ljust(9, "0"))
    return _DURATION + _padded(-billionths if found[1] else billionths)


def _padded(number: int) -> str:
    """Return an integer with a fixed number of digits, so that texts sort like numbers."""
    half = 10**29
    if not -half < number < half:
        raise ValueError
    return f"{number + half:030d}"


_KEYS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_INTEGERS, _key_of_integer),
    **dict.fromkeys(("decimal", "double", "float"), lambda text: _NUMBER + _in_digits(float(text)) + "5"),
    **dict.fromkeys(("date", "dateTime", "dateTimeStamp"), _key_of_time),
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), _key_of_duration),
    "boolean": lambda text: _BOOLEAN + str(int(text in {"true", "1"})),
}


ORDERING: dict[pyoxigraph.NamedNode, Callable[..., _QueryTerm | None]] = {
    pyoxigraph.NamedNode(_FUNCTION): lambda term: pyoxigraph.Literal(sort_key(term))
}
"""The custom function that `with_order` writes into queries."""
