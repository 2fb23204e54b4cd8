"""SPARQL queries on triples in memory, on disk, or behind an endpoint, all with the same interface.

>>> from graph.store import Store
>>> store = Store(['<https://example.org/a> <https://schema.org/name> "A" .'])
>>> [row["name"] for row in store.query("SELECT ?name { ?article schema:name ?name }")]
['A']
"""

from __future__ import annotations

from graph.store.answers import Answer, Value
from graph.store.connection import Credentials
from graph.store.disk import Disk
from graph.store.memory import Store
from graph.store.remote import Remote

__all__ = ["Answer", "Credentials", "Disk", "Remote", "Store", "Value"]
