"""How triples lie on disk: a folder for each version of them, which describes itself and is never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["VERSION_FILE", "Version"]

VERSION_FILE = "version.json"
"""The file of a version that describes it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the triples."""

    triples: int
    """How many they are."""
    files: Mapping[str, int]
    """The size of each of its files in bytes, which tells a whole version from a damaged one."""

    @classmethod
    def read(cls, folder: Path) -> Version:
        """Return what the version in a folder says of itself.

        Raises:
            OSError: There is none.
            ValueError: The description is damaged, or a file does not have the size that it had.
        """
        try:
            described = json.loads((folder / VERSION_FILE).read_bytes())
            version = cls(
                int(described["triples"]), {str(name): int(size) for name, size in described["files"].items()}
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("its description is damaged") from error
        if any((folder / name).stat().st_size != size for name, size in version.files.items()):
            raise ValueError("its files are damaged")
        return version
