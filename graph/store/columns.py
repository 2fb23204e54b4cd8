"""`SELECT *`: the columns in the order in which a reader meets them, not in that of the alphabet."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph

from graph.guard import TOKEN
from graph.names import PREFIXES

__all__ = ["with_columns"]


def with_columns(sparql: str, base_iri: str | None) -> str:
    """Return a query that names its columns where it says `SELECT *`, as it is where the engine cannot read it."""
    tokens = [token for token in TOKEN.finditer(sparql) if token.lastgroup != "blank"]
    words = [token.group().upper() for token in tokens]
    if "SELECT" not in words or "*" not in words:
        return sparql
    place = words.index("SELECT") + 1
    if words[place : place + 1] in (["DISTINCT"], ["REDUCED"]):
        place += 1
    is_within = any(token.lastgroup == "open" for token in tokens[:place])
    if is_within or words[place : place + 1] != ["*"]:
        return sparql
    try:
        results = pyoxigraph.Store().query(
            _without_rows(sparql, tokens[place:]), base_iri=base_iri, prefixes=dict(PREFIXES)
        )
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return sparql
    if not isinstance(results, pyoxigraph.QuerySolutions):
        return sparql
    columns = {variable.value for variable in results.variables}
    met = dict.fromkeys(token.group()[1:] for token in tokens if token.lastgroup == "variable")
    if not columns or not columns <= met.keys():
        return sparql
    named = " ".join(f"?{name}" for name in met if name in columns)
    return f"{sparql[: tokens[place].start()]} {named} {sparql[tokens[place].end() :]}"


def _without_rows(sparql: str, tokens: Sequence[re.Match[str]]) -> str:
    """Return a query with the same columns that finds nothing, so that nothing is joined or sorted to learn of them."""
    depth, start = 0, -1
    for token in tokens:
        if token.lastgroup == "open":
            start = token.start() if depth == 0 else start
            depth += 1
        elif token.lastgroup == "close":
            depth -= 1
            if depth == 0:
                return f"{sparql[:start]}{{ FILTER(false) {sparql[start : token.end()]} }}{sparql[token.end() :]}"
    return sparql
