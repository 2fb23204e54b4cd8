"""What an earlier build found in texts, kept in a file beside the exports, so that only other texts are searched."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from graph.checked_files import read_checked, write_checked
from graph.reading.cache import code_version
from graph.reading.chunks import digest_of

FoundTopics = tuple[frozenset[str], Mapping[str, int]]
"""The topics that a text certainly mentions, and how it writes the words that may mean one."""

_MOST = 100_000
"""Texts that are remembered, with about 300 bytes of memory for each; of more, the first are."""


class _KeptMentions(msgspec.Struct):
    """What the file contains."""

    key: bytes = b""
    """A digest of the code and of all names that were searched for."""
    found: dict[str, tuple[frozenset[str], dict[str, int]]] = {}
    """What was found, by the digest of the text, in hexadecimal."""


class MentionMemory:
    """Remembers what searching a text for the names of topics found."""

    def __init__(self, path: Path, *, recalls: bool = True) -> None:
        """Remember in the file at `path`. Unless it `recalls`, every text is searched."""
        self._path, self._recalls = path, recalls
        self._known, self._now = _KeptMentions(), _KeptMentions()

    def begin(self, names: bytes) -> None:
        """Recall what was found when the same names were searched for. A damaged file is ignored."""
        key = digest_of(code_version() + names)
        self._now = _KeptMentions(key)
        content = read_checked(self._path) if self._recalls else None
        if content is not None:
            with contextlib.suppress(msgspec.MsgspecError):
                known = msgspec.msgpack.decode(content, type=_KeptMentions)
                self._known = known if known.key == key else _KeptMentions()

    def of(self, text: str, search: Callable[[str], FoundTopics]) -> FoundTopics:
        """Return what was found in a text, or search it."""
        digest = digest_of(text.encode("utf-8", "surrogatepass")).hex()
        found = self._known.found.get(digest) or search(text)
        if len(self._now.found) < _MOST:
            self._now.found[digest] = found[0], dict(found[1])
        return found

    def save(self) -> None:
        """Write what is remembered, and forget it; failing to write is not an error."""
        now, self._known, self._now = self._now, _KeptMentions(), _KeptMentions()
        if now.key and now.found:
            write_checked(self._path, msgspec.msgpack.encode(now, order="deterministic"))
