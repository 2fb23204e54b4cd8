"""Refuses some queries, by their text alone, before the engine sees them.

The engine runs in this process and cannot be interrupted (https://github.com/oxigraph/oxigraph/issues/1336 asks for a
timeout). Queries that are nested or chained too deeply overflow its stack, which ends the process: pyoxigraph 0.5.13
does so at ten thousand brackets. `tests/test_guard.py` fails once it no longer does.

For the engine, a token depends on what it expects at that place. The guard reads tokens as the engine does; where two
readings are possible and one of them would hide something, it refuses the query.
"""

from __future__ import annotations

import re

from graph.errors import QueryError

_SPACE = r"(?:\s|\#[^\r\n]*+)"
_PROLOGUE = re.compile(
    rf"""(?: {_SPACE} | BASE {_SPACE}*+ <[^>]*+> | VERSION {_SPACE}*+ (?:"[^"]*+"|'[^']*+')
      | PREFIX {_SPACE}*+ [^\s:<]*+ {_SPACE}*+ : {_SPACE}*+ <[^>]*+> )*+ (?P<form>[A-Za-z]*+)""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 65_536
_LONGEST_QUOTED = 40
"""Characters of a query that a message quotes."""
_LONGEST_PREFIX = 100
"""The most characters of a prefix after its first. Without a limit `a-a-a-a` takes quadratic time, because a prefix may
begin at each letter."""
_DEEPEST = 100
_MOST_STEPS = 1_000
_JOIN = 10

_CODE_POINT = r"\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|\\U00(?:10|0[0-9A-Fa-f])[0-9A-Fa-f]{4}"
_ESCAPE = rf"""\\[tbnrf"'\\]|{_CODE_POINT}"""
TOKEN = re.compile(
    rf"""
      (?P<blank> [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<address> <(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODE_POINT})*+> )
    | (?P<text> "{{3}}(?:"{{0,2}}+(?:[^"\\]|{_ESCAPE}))*+"{{3}} | '{{3}}(?:'{{0,2}}+(?:[^'\\]|{_ESCAPE}))*+'{{3}}
      | "(?:[^"\\\r\n]|{_ESCAPE})*+" | '(?:[^'\\\r\n]|{_ESCAPE})*+' )
    | (?P<variable> [?$][\w\x80-\U0010ffff]++ )
    | (?P<name> (?:[A-Za-z_\x80-\U0010ffff][\w.\-\x80-\U0010ffff]{{0,{_LONGEST_PREFIX}}}+)?:
        (?:[\w:.\-\x80-\U0010ffff]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*+ )
    | (?P<tag> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<number> [0-9]++(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)? )
    | (?P<word> [A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*+ )
    | (?P<open> [({{\[] )
    | (?P<close> [)}}\]] )
    | (?P<datatype> \^\^ )
    | (?P<joint> [;,/~] )
    | (?P<stop> \. )
    | (?P<operator> &&|\|\||[-+*|!^<] )
    """,
    re.VERBOSE,
)
"""The tokens of a query, as the engine reads them; the kind of a token is the name of its group."""

_COSTS = {
    **dict.fromkeys("UNION MINUS OPTIONAL EXISTS LATERAL FILTER BIND AS ASC DESC".split(), 1),
    **dict.fromkeys(("GRAPH", "VALUES"), _JOIN),
}
_COSTLY = re.compile("|".join(sorted(_COSTS)))
_ITEMS = frozenset({"address", "text", "variable", "name", "number"})
_TERMS = _ITEMS | {"close"}
_BEFORE_TRIPLE = frozenset("{}).")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_HIDING = re.compile(r"[#'()\[\]]")
_SIGN = re.compile(r"[-+*/|!&]")
_BLOCK = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+\{")


def query_form(sparql: str) -> str:
    """Return the first keyword after the prologue in capitals, such as `SELECT`; empty if there is none. Linear."""
    found = _PROLOGUE.match(sparql)
    return found["form"].upper() if found else ""


def check_query(sparql: str) -> None:
    """Refuse a query that would crash the engine, take minutes to plan, or ask another server.

    At most 64 KB, 100 levels of brackets and 1,000 steps; no SERVICE. An operator is one step, and a pattern to join is
    ten, because the engine plans joins in cubic time. Linear in the text.

    Raises:
        QueryError: The query is refused; the message says where and why.
    """
    if len(sparql.encode("utf-8", "replace")) > _LONGEST:
        raise QueryError(f"The query is longer than {_LONGEST:,} bytes. Shorten it.")
    reader = _QueryReader(sparql)
    for token in TOKEN.finditer(sparql):
        if token.lastgroup != "blank":
            reader.take(token)


class _QueryReader:
    """Reads a query token by token, and adds up its steps."""

    def __init__(self, sparql: str) -> None:
        self._sparql = sparql
        # Open brackets; `data` for those around VALUES and templates, which are not planned.
        self._open: list[str] = []
        self._awaits_data = False
        self._kind = self._text = ""  # of the previous token
        self._steps = 0

    def take(self, token: re.Match[str]) -> None:
        """Read the next token, or refuse the query."""
        kind = token.lastgroup or ""
        text = token.group().upper() if kind == "word" else token.group()
        if kind in {"word", "name"}:
            self._take_words(kind, text.partition(":")[0].upper(), token)
        elif kind == "address":
            self._check_address(text, token)
        elif kind == "close":
            del self._open[-1:]
        if not self._open or self._open[-1] != "data":
            self._steps += self._cost(kind, text)
        if kind == "open":
            self._nest(text, token)
        if text == "VALUES":
            self._awaits_data = True
        if self._steps > _MOST_STEPS:
            raise self._refusal(token, f"takes more than {_MOST_STEPS:,} steps to plan", "Ask in several queries")
        self._kind, self._text = kind, text

    def _cost(self, kind: str, text: str) -> int:
        """Return the steps of a token, without those of keywords."""
        inside = self._open[-1] if self._open else ""
        begins = kind in _ITEMS or text == "("
        if text == "[" or (kind == "joint" and (text != "," or inside != "(")):
            return _JOIN
        if begins and inside == "{" and self._text in _BEFORE_TRIPLE:
            return _JOIN
        if begins and inside == "(" and self._kind in _TERMS:
            return _JOIN  # the items of a collection
        if (self._text, text) in {("<", "<"), ("{", "|")}:
            return 2 * _JOIN  # statements about statements
        follows = (self._text == ")" and kind in {"word", "name", "open"}) or (not inside and self._kind in _TERMS)
        return int(kind == "operator" or text == "{" or follows)

    def _nest(self, text: str, token: re.Match[str]) -> None:
        if len(self._open) == _DEEPEST:
            raise self._refusal(token, f"is nested more than {_DEEPEST} deep", "Flatten it")
        is_data = (text == "{" and (self._awaits_data or self._text == "CONSTRUCT")) or self._open[-1:] == ["data"]
        self._open.append("data" if is_data else text)
        self._awaits_data = self._awaits_data and text != "{"

    def _take_words(self, kind: str, words: str, token: re.Match[str]) -> None:
        """Read keywords, which the engine also finds inside longer words."""
        if "SERVICE" in words and (kind == "word" or _BLOCK.match(self._sparql, token.end())):
            raise self._refusal(token, "uses SERVICE, which asks another server and is not allowed", "Remove it")
        self._steps += sum(_COSTS[word] for word in _COSTLY.findall(words))

    def _check_address(self, text: str, token: re.Match[str]) -> None:
        """Refuse an address that could also be `less than`, and would then hide a comment, a text or a bracket."""
        before = self._sparql[token.start() - 1] if token.start() else ""
        if ("(" not in self._open and before != "<") or _ABSOLUTE.match(text):
            return
        if _HIDING.search(text):
            fact = f"may mean an address or 'less than' by {text[:_LONGEST_QUOTED]}"
            raise self._refusal(token, fact, "Write the address in full, or a space after '<'")
        self._steps += len(_SIGN.findall(text))

    def _refusal(self, token: re.Match[str], fact: str, remedy: str) -> QueryError:
        start = token.start()
        line = self._sparql.count("\n", 0, start) + 1
        column = start - self._sparql.rfind("\n", 0, start)
        return QueryError(f"The query, at {line}:{column}, {fact}. {remedy}.")
