"""Why an answer may be empty: names in the query that the graph does not use."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

from graph.guard import TOKEN
from graph.names import PREFIXES, expand
from graph.records import Article
from graph.vocabulary import CLASS_OF_TYPE, KINDS, VOCABULARY, article_classes

_ALIKE = 0.75
_MOST_NAMES = 20
"""Names that are looked up in the graph, each in one short query."""
_LOCAL = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_SCHEME = re.compile(r"https?://(?:www\.)?|[/#]+\Z")
_TYPES = frozenset({"xsd"})
"""Prefixes of types of values, which are not nodes."""


def unused_names(sparql: str, holds: Callable[[str], bool]) -> Iterator[str]:
    """Yield a sentence for each prefix and name of a query by which nothing is found; `holds` answers an ASK query.

    Only names with a prefix of ours are looked up, in the order in which they occur.
    """
    tokens = [token for token in TOKEN.finditer(sparql) if token.lastgroup != "blank"]
    others: set[str] = set()
    for word, called, address in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.group().upper() == "PREFIX" and called.lastgroup == "name" and address.lastgroup == "address":
            prefix, declared = called.group().rstrip(":"), address.group()[1:-1]
            usual = PREFIXES.get(prefix, declared)
            others |= {prefix} if declared != usual else set()
            if declared != usual and _SCHEME.sub("", declared) == _SCHEME.sub("", usual):
                yield f"The prefix {prefix}: stands for <{usual}> in the graph, and not for <{declared}>."
    names = dict.fromkeys(token.group() for token in tokens if token.lastgroup == "name")
    for name in list(names)[:_MOST_NAMES]:
        prefix, _, local = name.partition(":")
        if prefix in others | _TYPES or prefix not in PREFIXES or not _LOCAL.fullmatch(local):
            continue
        iri = expand(name)
        if not holds(f"ASK {{ {{ ?s <{iri}> ?o }} UNION {{ ?s ?p <{iri}> }} }}"):
            known = [one.partition(":")[2] for one in _known_names() if one.startswith(f"{prefix}:")]
            meant = [] if local in known else difflib.get_close_matches(local, known, n=1, cutoff=_ALIKE)
            hint = f" Did you mean {prefix}:{meant[0]}?" if meant else ""
            yield f"Nothing in the graph has {name}.{hint}"


def _known_names() -> list[str]:
    """Return all properties and classes, as prefixed names."""
    predicates = {predicate for rows in VOCABULARY.values() for row in rows for predicate in row.predicates}
    news = article_classes(Article("", "", category="news"))
    return sorted(
        {*predicates, *news, *CLASS_OF_TYPE.values(), *(name for _, names in KINDS.values() for name in names)}
    )
