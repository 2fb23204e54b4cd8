"""A store on disk: one folder for each version of the triples, which is never changed, and a file that describes it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

VERSION_FILE = "version.json"
"""The file that describes a version."""


class Version(msgspec.Struct, frozen=True):
    """One version of the triples."""

    triples: int
    """The number of triples."""
    files: Mapping[str, int]
    """The size of each file in bytes; a file of another size is damaged."""

    @classmethod
    def read(cls, folder: Path) -> Version:
        """Read the description in a folder, and check the files against it.

        Raises:
            OSError: The description or a file is missing.
            ValueError: The description is damaged, or a file does not have the size stated there.
        """
        try:
            version = msgspec.json.decode((folder / VERSION_FILE).read_bytes(), type=cls)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("its description is damaged") from error
        if any((folder / name).stat().st_size != size for name, size in version.files.items()):
            raise ValueError("its files are damaged")
        return version
