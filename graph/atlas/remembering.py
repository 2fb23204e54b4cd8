"""The layout of an earlier build, kept in a file beside the exports: only what changed is computed again."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from graph.atlas.atlas import Layout
from graph.atlas.ground import Ground, packed
from graph.atlas.making import lay_out
from graph.checked_files import read_checked, write_checked

_SIZE = 32
_Made = TypeVar("_Made")


class _KeptMap(msgspec.Struct):
    """What the file contains."""

    ground: bytes = b""
    """The key of the ground."""
    made: dict[str, tuple[bytes, bytes]] = {}
    """The last result of each kind, by the name of its class: its key, and the result."""

    def of(self, kind: type[_Made], key: bytes | None = None) -> _Made | None:
        """Return the last result of a kind, if it has this key; `None` if it cannot be read."""
        known, content = self.made.get(kind.__name__, (b"", b""))
        if not content or key not in {None, known}:
            return None
        with contextlib.suppress(TypeError, ValueError, msgspec.MsgspecError):
            return msgspec.msgpack.decode(content, type=kind, dec_hook=_to_array)
        return None


class LayoutMemory:
    """Returns layouts like `lay_out`, and remembers the last one in a file, with its inputs."""

    def __init__(self, path: Path, frame: bytes, *, recalls: bool = True) -> None:
        """Remember in the file at `path`. `frame` changes if the same ground may be laid out otherwise.

        Unless it `recalls`, every layout is computed.
        """
        self._path, self._frame, self._recalls = path, frame, recalls

    def __call__(self, ground: Ground) -> Layout:
        """Return the layout of a ground. A damaged file is ignored; if it cannot be written, nothing is remembered."""
        known = self._read() if self._recalls else _KeptMap()
        made = _KeptMap(self._key(ground.digest()))
        if known.ground == made.ground and (layout := known.of(Layout)) is not None:
            return layout

        def step(key: bytes, kind: type[_Made], make: Callable[[], _Made], /) -> _Made:
            key = self._key(key)
            found = known.of(kind, key)
            if found is None:
                found = make()
                made.made[kind.__name__] = key, msgspec.msgpack.encode(found, enc_hook=packed)
            else:
                made.made[kind.__name__] = known.made[kind.__name__]
            return found

        layout = lay_out(ground, step)
        write_checked(self._path, msgspec.msgpack.encode(made))
        return layout

    def _key(self, digest: bytes) -> bytes:
        return hashlib.blake2b(self._frame + digest, digest_size=_SIZE).digest()

    def _read(self) -> _KeptMap:
        """Return the content of the file; an empty one if the file is missing or damaged."""
        content = read_checked(self._path)
        with contextlib.suppress(ValueError, msgspec.MsgspecError):
            return _KeptMap() if content is None else msgspec.msgpack.decode(content, type=_KeptMap)
        return _KeptMap()


def _to_array(_kind: type, value: tuple[str, bytes]) -> np.ndarray[Any, Any]:
    name, content = value
    return np.frombuffer(content, np.dtype(name)).copy()
