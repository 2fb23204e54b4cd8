"""Limits above which a corpus is handled differently."""

from __future__ import annotations

MOST_WHOLE = 20_000
"""Up to this many articles, the explorer page contains everything. With more, it has no excerpts, a build also writes
`explorer.data`, and a server sends the page what it needs from there."""

MOST_HELD = 100_000
"""Up to this many records of a kind, a build holds all in memory. More are kept in a file and decoded one by one."""

MOST_STATED = 20_000
"""Up to this many statements, a build holds all in memory until they are merged. More wait in a file."""
