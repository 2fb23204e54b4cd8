"""Where Docusaurus takes documents from: docs with their versions, blogs and pages, each in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.reading.languages import languages_in
from graph.reading.roots import Root, to_folder, to_route, to_word
from graph.reading.script_text import Literals, walk

_OF_OPTIONS = frozenset(
    {"path", "routeBasePath", "editUrl", "sidebarPath", "showReadingTime", "lastVersion", "versions"}
)
"""What tells the options of docs and blogs from other objects that are called so."""
_CURRENT = "current"
"""What Docusaurus calls the version that is being written."""


def docusaurus_roots(values: Mapping[str, object], folder: str) -> Iterator[Root]:
    """Yield the folders of documents that a configuration names, and those in use where it names none."""
    literals = values.get("literals")
    literals = literals if isinstance(literals, dict) else {}
    said = values.get("versions")
    versions = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
    own, languages = languages_in(literals)
    codes = sorted(languages - {own})
    for kind, options in (*_options(literals), ("pages", {"path": "src/pages", "routeBasePath": "/"})):
        path, stated = to_word(options.get("path")) or kind, options.get("routeBasePath")
        route = to_route(stated if isinstance(stated, str) else kind)
        name = to_word(options.get("id"))
        is_only = name in {"", "default"}
        routes = _versioned(options, versions if is_only and kind == "docs" else [], route)
        copies = f"docusaurus-plugin-content-{kind}" + ("" if is_only else f"-{name}")
        for version, place in routes.items():
            is_current = version == _CURRENT
            yield Root(
                to_folder(folder + path) if is_current else f"{folder}versioned_docs/version-{version}/", place, kind
            )
            inner = "" if kind != "docs" else "current/" if is_current else f"version-{version}/"
            for code in codes:
                yield Root(f"{folder}i18n/{code}/{copies}/{inner}", f"/{code}{place}", kind)


def _options(literals: Literals) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield `docs` or `blog` and the options of each instance, of presets and of plugins."""
    plain = {"docs", "blog"}
    for key, found in walk(literals):
        plugin, options = found.get("0"), found.get("1")
        if key in plain | {"docs", "blog"} and found.keys() & _OF_OPTIONS:
            plain.discard(key)
            yield key, found
        elif (
            isinstance(plugin, str) and plugin.endswith(("content-docs", "content-blog")) and isinstance(options, dict)
        ):
            yield plugin.rpartition("-")[2], options
        else:
            plain -= {name for name in ("docs", "blog") if found.get(name) is False}
    for kind in sorted(plain):
        yield kind, {}


def _versioned(options: Mapping[str, object], versions: list[str], route: str) -> dict[str, str]:
    """Return where each version of the docs lives: the last one at the route itself, the current one at `next/`."""
    last = to_word(options.get("lastVersion"))
    if last not in {*versions, _CURRENT}:
        last = versions[0] if versions else _CURRENT
    about = options.get("versions")
    routes = {}
    for version in (_CURRENT, *versions):
        said = about.get(version) if isinstance(about, dict) else None
        path = said.get("path") if isinstance(said, dict) else None
        if not isinstance(path, str):
            path = "" if version == last else "next" if version == _CURRENT else version
        routes[version] = to_route(route + path)
    return routes
