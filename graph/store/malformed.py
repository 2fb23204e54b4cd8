"""One-line messages, with places, for queries that the engine cannot parse.

The engine's own messages list what its grammar expected, often far from the wrong word:
https://github.com/oxigraph/oxigraph/issues/129. `tests/test_store.py` fails once pyoxigraph names the word itself.
"""

from __future__ import annotations

import difflib
import re

from graph.displays import reason_of
from graph.errors import QueryError
from graph.guard import TOKEN
from graph.names import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, )([A-Z][^\[\]\"',]* [^\[\]\"',]*[a-z])(?=,|$)")
_SIGN = re.compile(r'"([^\w\\"]{1,3})"(?=,|$)')
_NAME_BEFORE = re.compile(r"(?:^|[^\w.-])([A-Za-z][\w.-]*|):[\w.%-]*\s*\Z")
_BLANK = r"(?:\s|#[^\r\n]*+)"
_UPDATE = re.compile(
    rf"(?:{_BLANK}++|BASE{_BLANK}*+<[^>]*+>|PREFIX{_BLANK}++[^\s:<]*+:{_BLANK}*+<[^>]*+>)*+"
    r"(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile("[\"'\\\\]")
_WORDS = frozenset(
    """
    a ABS ADJUST AND AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR
    HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL LCASE LIMIT
    MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX
    REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER
    STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE
    UNDEF UNION URI UUID VALUES VERSION WHERE YEAR
    """.split()
)
"""The words of SPARQL in upper case; only `a` is case-sensitive."""
_ALIKE = 0.75
_MOST_SIGNS = 6
_LONGEST_NEAR = 30
_NO_PREFIX = "Prefix not found"


def malformed(sparql: str, error: SyntaxError) -> QueryError:
    """Return the error for a query that the engine cannot parse: where, near what, and why if that is known.

    The engine lists everything its grammar tried last, which is mostly misleading; only reasons and signs are kept.
    """
    if _UPDATE.match(sparql):
        return QueryError("This is an update, and the data is read-only. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if (found := _PLACE.search(str(error))) is None:
        return QueryError(f"The query is malformed: {reason_of(error)}. Correct it.")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = sparql.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    before = "\n".join([*lines[: line - 1], text[: column - 1]])
    prefix = _undeclared_prefix(sparql, before) if _NO_PREFIX in expected else None
    if prefix is not None:
        return QueryError(
            f"The query, at {line}:{column}, uses the prefix {prefix!r}, which is not declared. Declare it."
        )
    if (wrong := _unknown_word(sparql, len(before))) is not None:
        word, start = wrong[0], wrong.start()
        place = f"{sparql.count(chr(10), 0, start) + 1}:{start - sparql.rfind(chr(10), 0, start)}"
        meant = difflib.get_close_matches(word.upper(), sorted(_WORDS), n=1, cutoff=_ALIKE)
        remedy = (
            f"Did you mean {meant[0]}?" if meant else "Variables begin with ?, and names with a prefix such as schema:."
        )
        return QueryError(
            f"The query is malformed at {place}, near {word[:_LONGEST_NEAR]!r}: SPARQL has no such word. {remedy}"
        )
    started = text[: column - 1].split(" ")[-1]  # the word that the engine had begun to read
    near = "".join(character if character.isprintable() else " " for character in started + text[column - 1 :])
    where = f"near {near[:_LONGEST_NEAR].strip()!r}" if near.strip() else "at the end of the line"
    return QueryError(f"The query is malformed at {line}:{column}, {where}{_why(expected)}. Correct it there.")


def _unknown_word(sparql: str, end: int) -> re.Match[str] | None:
    """Return the first word that is not a word of SPARQL, if it begins before `end`, where the engine stopped.

    Text after an unclosed quotation mark is ignored. Linear in the text.
    """
    reached = 0
    for token in TOKEN.finditer(sparql):
        if token.start() > end or _QUOTES.search(sparql, reached, token.start()):
            return None
        reached = token.end()
        if token.lastgroup == "word" and token[0] != "a" and (token[0] == "A" or token[0].upper() not in _WORDS):
            return token
    return None


def _why(expected: str) -> str:
    if reasons := [reason for reason in _REASON.findall(expected) if reason != _NO_PREFIX]:
        return f": {reasons[0][0].lower()}{reasons[0][1:]}"
    signs = [sign for sign in _SIGN.findall(expected) if sign not in {"$", "~", "{|"}]
    return f": expected {' or '.join(signs)}" if 0 < len(signs) <= _MOST_SIGNS else ""


def _undeclared_prefix(sparql: str, before: str) -> str | None:
    """Return the prefix of the name at the end of a text, if it is not declared."""
    found = _NAME_BEFORE.search(before)
    if found is None or found[1] in PREFIXES:
        return None
    declared = re.search(rf"(?i)\bprefix\s+{re.escape(found[1])}:", sparql)
    return None if declared else f"{found[1]}:"
