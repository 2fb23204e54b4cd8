"""Limits above which large corpora are handled differently."""

from __future__ import annotations

MOST_WHOLE = 20_000
"""Up to this many articles, the explorer page contains everything. With more, it has no excerpts, a build also writes
`explorer.data`, and a server sends the page what it needs from there."""
