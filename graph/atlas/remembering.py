"""The layout of an earlier build, kept in a file beside the exports: it is computed again only if the map changes."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from graph.atlas.atlas import Layout
from graph.atlas.ground import Ground
from graph.atlas.making import lay_out
from graph.errors import OutputError
from graph.writing import write_with

_SIZE = 32


class LayoutMemory:
    """Returns layouts like `lay_out`, and remembers the last one in a file."""

    def __init__(self, path: Path, frame: bytes, *, recalls: bool = True) -> None:
        """Remember in the file at `path`. `frame` changes if the same ground may be laid out otherwise.

        Unless it `recalls`, every layout is computed.
        """
        self._path, self._frame, self._recalls = path, frame, recalls

    def __call__(self, ground: Ground) -> Layout:
        """Return the layout of a ground. A damaged file is passed over, and one that cannot be written is not."""
        key = hashlib.blake2b(self._frame + ground.digest(), digest_size=_SIZE).digest()
        layout = self._recall(key) if self._recalls else None
        if layout is None:
            layout = lay_out(ground)
            content = _ENCODER.encode(layout)
            with contextlib.suppress(OutputError):
                write_with(self._path, lambda path: path.write_bytes(key + _check(key, content) + content))
        return layout

    def _recall(self, key: bytes) -> Layout | None:
        try:
            with self._path.open("rb") as stream:
                if stream.read(_SIZE) != key:
                    return None
                check, content = stream.read(_SIZE), stream.read()
            if check == _check(key, content):
                return _DECODER.decode(content)
        except (OSError, TypeError, ValueError, msgspec.MsgspecError):
            pass
        return None


def _check(key: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(key + content, digest_size=_SIZE).digest()


def _to_array(_kind: type, value: tuple[str, bytes]) -> np.ndarray[Any, Any]:
    name, content = value
    return np.frombuffer(content, np.dtype(name)).copy()


_ENCODER = msgspec.msgpack.Encoder(enc_hook=lambda array: (array.dtype.str, array.tobytes()))
_DECODER = msgspec.msgpack.Decoder(Layout, dec_hook=_to_array)
