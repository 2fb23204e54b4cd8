"""Queries to the embedded engine, pyoxigraph, on triples in memory or on disk.

The engine runs in this process and cannot be interrupted, so queries that would crash it with deep nesting, or that
use the network, are refused before they reach it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pyoxigraph

from graph.errors import QueryError
from graph.guard import check_query
from graph.names import PREFIXES
from graph.store.answers import Answer, failed, to_answer
from graph.store.malformed import malformed
from graph.store.ordering import ORDERING, with_order

_FIRST_SELECT = re.compile(r"\bselect\b(?:\s+(?:distinct|reduced))?\s*(\*?)", re.IGNORECASE)


class Embedded:
    """A read-only set of triples, to which queries can be sent."""

    def __init__(self, store: pyoxigraph.Store, triples: int | None = None) -> None:
        """Take the engine's store, and the number of triples if it is known."""
        self._store, self._triples = store, triples

    def __len__(self) -> int:
        """Return the number of triples; linear in them if they are in memory."""
        return len(self._store) if self._triples is None else self._triples

    def query(
        self,
        sparql: str,
        *,
        base_iri: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of `graph.names.PREFIXES` are declared already.

        Relative IRIs in the query are resolved against `base_iri`. `default_graphs` and `named_graphs` are the dataset
        that a protocol request may name; the triples themselves are in the default graph.

        Raises:
            QueryError: The query is malformed, longer than 64 KB, nested more than 100 deep, or asks another server.
        """
        check_query(sparql)
        is_chosen = bool(
            default_graphs or named_graphs
        )  # if the request names a part of the dataset, the rest is empty
        try:
            results = self._store.query(
                with_order(sparql),
                base_iri=base_iri,
                prefixes=dict(PREFIXES),
                default_graph=[pyoxigraph.NamedNode(iri) for iri in default_graphs] if is_chosen else None,
                named_graphs=[pyoxigraph.NamedNode(iri) for iri in named_graphs] if is_chosen else None,
                custom_functions=ORDERING,
            )
        except SyntaxError as error:
            raise _malformed(sparql, base_iri, error) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise failed(error) from error

        def again() -> Answer:
            return self.query(sparql, base_iri=base_iri, default_graphs=default_graphs, named_graphs=named_graphs)

        answer = to_answer(results, self, again)
        return replace(answer, variables=_as_met(sparql, answer.variables))


def _as_met(sparql: str, variables: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of `SELECT *` in the order of the query text; the engine sorts them by name."""
    select = _FIRST_SELECT.search(sparql)
    if select is None or not select[1]:
        return variables
    met = list(dict.fromkeys(re.findall(r"[?$](\w+)", sparql)))
    return tuple(sorted(variables, key=lambda name: met.index(name) if name in met else len(met)))


def _malformed(sparql: str, base_iri: str | None, error: SyntaxError) -> QueryError:
    """Return the error in a query, with its place in the original text instead of the rewritten one."""
    try:
        pyoxigraph.Store().query(sparql, base_iri=base_iri, prefixes=dict(PREFIXES))
    except SyntaxError as original:
        return malformed(sparql, original)
    except (RuntimeError, OSError, ValueError):
        pass
    return malformed(sparql, error)
