"""Archives as people make them, and as nobody should."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

__all__ = ["PACKERS", "packed_tar", "packed_zip"]

Members = Iterable[tuple[str, bytes]]
Mode = Literal["w", "w:gz", "w:bz2", "w:xz"]


def packed_zip(path: Path, members: Members, links: Iterable[tuple[str, str]] = ()) -> Path:
    """Write a `.zip` with files, and symbolic links with what they lead to; return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
        for name, target in links:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    return path


def packed_tar(path: Path, members: Members, links: Iterable[tuple[str, str]] = (), mode: Mode = "w") -> Path:
    """Write a `.tar` with files, and symbolic links with what they lead to; return its path."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    path.write_bytes(buffer.getvalue())
    return path


def _tar(ending: str, mode: Mode) -> Callable[..., Path]:
    def pack(folder: Path, members: Members, links: Iterable[tuple[str, str]] = ()) -> Path:
        return packed_tar(folder / f"site{ending}", members, links, mode)

    return pack


def _zip(folder: Path, members: Members, links: Iterable[tuple[str, str]] = ()) -> Path:
    return packed_zip(folder / "site.zip", members, links)


PACKERS: dict[str, Callable[..., Path]] = {
    "zip": _zip,
    "tar": _tar(".tar", "w"),
    "tar.gz": _tar(".tar.gz", "w:gz"),
    "tgz": _tar(".tgz", "w:gz"),
    "tar.bz2": _tar(".tar.bz2", "w:bz2"),
    "tar.xz": _tar(".tar.xz", "w:xz"),
}
"""For each kind of archive a function that writes one into a folder."""
