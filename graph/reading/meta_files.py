"""Nikola's posts in two files: `walk.meta` states the fields of the text beside it, `walk.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph.reading.decoding import decode
from graph.reading.faults import Faults
from graph.reading.files import File
from graph.reading.front_matter import split_front_matter
from graph.reading.settings import Settings
from graph.reading.yaml_memory import YamlMemory

META_ENDING = ".meta"
"""The extension of such a file, in place of the extension of the text."""

LARGEST_META = 100_000
"""The most bytes of such a file; larger ones are not read."""


def with_meta_files(
    settings: Settings,
    files: Callable[[], Iterable[File]],
    read: Callable[[str], bytes | None],
    faults_of: Callable[[str], Faults],
) -> Settings:
    """Return the settings of a source with the fields in the files beside its documents, in a site of Nikola.

    `files` returns its documents, and is called only in such a site; `read` returns a file's bytes by its path, or
    `None`. Front matter may be Nikola's own or any other. Reads at most one small file for each document.
    """
    if settings.site.generator != "nikola":
        return settings
    memory = YamlMemory()
    told: dict[str, Mapping[str, object]] = {}
    for file in files():
        path = file.path.rpartition(".")[0] + META_ENDING
        data = read(path)
        text = decode(data, faults_of(path)) if data and len(data) <= LARGEST_META else None
        taken = split_front_matter(text.replace("\r\n", "\n"), faults_of(path), memory) if text else None
        if taken is not None and taken.fields:
            told[file.path] = taken.fields
    return settings.with_told(told)
