"""Eleventy's data files beside documents: `posts/posts.json` applies to all documents of `posts`.

Of a script, such as `posts/posts.11tydata.js`, only what it states as plain text is read; it is not run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from graph.reading.configurations import FOLDER_DATA_ENDINGS, LARGEST_FOLDER_DATA, is_called_like_folder
from graph.reading.fields import by_name
from graph.reading.files import File
from graph.reading.script_text import script_fields
from graph.reading.settings import Settings
from graph.reading.sites import Scope

_MOST_FOLDERS = 2_000
_COLLECTIONS = frozenset({"tags"})
"""Fields that say in whole folders which collection documents belong to, and not what they are about."""


def with_folder_data(
    settings: Settings, files: Callable[[], Iterable[File]], read: Callable[[str], bytes | None]
) -> Settings:
    """Return the settings of a source with what the data files of its folders say, in an Eleventy site.

    `files` returns its documents, and is called only in such a site; `read` returns a file's bytes by its path, or
    `None`. A file that cannot be understood is ignored. Reads five files at most for each folder, of at most 2,000.
    """
    if settings.site.generator != "eleventy" or not settings.site.roots:
        return settings
    root = settings.site.roots[-1].folder
    folders: set[str] = set()
    for file in files():
        folder = file.path.rpartition("/")[0]
        while folder and folder not in folders and len(folders) < _MOST_FOLDERS and f"{folder}/".startswith(root):
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    scopes = [Scope(folder.removeprefix(root), "", values) for folder, values in _read_all(sorted(folders), read)]
    scopes.sort(key=lambda scope: len(scope.path))
    return replace(settings, site=replace(settings.site, defaults=(*settings.site.defaults, *scopes)))


def is_folder_data(path: str, generator: str) -> bool:
    """Return whether a file is one of Eleventy's that apply to the documents of its folder."""
    return generator == "eleventy" and is_called_like_folder(path)


def _read_all(folders: Iterable[str], read: Callable[[str], bytes | None]) -> Iterator[tuple[str, dict[str, object]]]:
    for folder in folders:
        name = folder.rpartition("/")[2]
        for ending in FOLDER_DATA_ENDINGS:
            data = read(f"{folder}/{name}{ending}")
            loaded = _load(data, ending) if data is not None and len(data) <= LARGEST_FOLDER_DATA else None
            if isinstance(loaded, dict):
                yield folder, {key: value for key, value in by_name(loaded).items() if key not in _COLLECTIONS}


def _load(data: bytes, ending: str) -> object:
    if not ending.endswith("json"):
        return script_fields(data.decode("utf-8", "replace"))
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
