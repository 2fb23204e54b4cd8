"""References by path: a collection names its items by where their documents stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["Paths"]


class Paths:
    """Finds documents by the paths other documents name them by.

    A path may be written with or without its ending and the underscores of Jekyll's collections, and be relative to any
    folder above the document that names it; failing that, it is the one document whose path ends in it.
    """

    def __init__(self, by_path: Mapping[str, str], left_out: Iterable[str] = ()) -> None:
        """Look among documents by path; `left_out` are the paths of documents left out on purpose."""
        self._left_out = {_stem(path) for path in left_out}
        self._iris: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for path, iri in by_path.items():
            stem = _stem(path)
            self._iris.setdefault(stem, iri)
            self._by_name.setdefault(stem.rpartition("/")[2], []).append(stem)

    def find(self, wanted: str, naming: str) -> str | None:
        """Return the article's IRI at a path, as the document at `naming` writes it; `None` where there is none."""
        for stem in _candidates(wanted, naming):
            if stem in self._iris:
                return self._iris[stem]
        stem = _stem(wanted.strip("/"))
        ending = sorted({known for known in self._by_name.get(stem.rpartition("/")[2], ()) if _ends_in(known, stem)})
        return self._iris[ending[0]] if len(ending) == 1 else None

    def is_left_out(self, wanted: str, naming: str) -> bool:
        """Tell whether a path leads to a document that was left out on purpose."""
        return any(stem in self._left_out for stem in _candidates(wanted, naming))


def _candidates(wanted: str, naming: str) -> list[str]:
    if ".." in wanted.split("/") or "." in wanted.split("/"):
        parts = naming.split("/")[:-1]
        for part in wanted.split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part not in ("", "."):
                parts = [*parts, part]
        return [_stem("/".join(parts))]
    folders = naming.split("/")[:-1]
    return [_stem("/".join([*folders[:end], wanted.strip("/")])) for end in range(len(folders), -1, -1)]


def _stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    ending = name.rpartition(".")[2].lower()
    if ending in {"md", "markdown", "mdx", "html", "htm", "txt"}:
        name = name[: -len(ending) - 1]
    return "/".join(part.removeprefix("_") for part in (folder + slash + name).split("/"))


def _ends_in(path: str, ending: str) -> bool:
    return path == ending or path.endswith("/" + ending)
