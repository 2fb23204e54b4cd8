"""Builds that are changed by hand, with a manifest that agrees: what another version could have written."""

from __future__ import annotations

from pathlib import Path

from graph.generations import current_generation, staging

__all__ = ["adopt", "copy", "put"]


def put(folder: Path, name: str, content: bytes | str | None) -> None:
    """Give a build another file of a name, or none."""
    before = current_generation(folder)
    with staging(folder) as staged:
        if content is not None:
            (staged.path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        staged.commit(kept=[other for other in before.files if other != name] if before else [])


def adopt(folder: Path, name: str) -> None:
    """Make a file that a test has written into the folder of a build one of its files."""
    content = (folder / name).read_bytes()
    (folder / name).unlink()
    put(folder, name, content)


def copy(folder: Path, to: Path, *names: str) -> None:
    """Make a build of some of the files of another."""
    with staging(to) as staged:
        for name in names:
            (staged.path / name).write_bytes((folder / name).read_bytes())
        staged.commit()
