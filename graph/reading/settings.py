"""What a site says of itself and its owner says of it: the base of its addresses, aliases, exclusions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.errors import SourceError
from graph.names import DEFAULT_BASE
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, Dialect
from graph.reading.yaml_text import YamlError, load_yaml
from graph.urls import clean_url

__all__ = ["CONFIGURATION_FILES", "SETTINGS_FILE", "Settings", "check_base", "read_settings"]

SETTINGS_FILE = "article-graph.toml"
"""The owner's settings, beside the content."""

CONFIGURATION_FILES = (
    SETTINGS_FILE,
    "_config.yml",
    "_config.yaml",
    "hugo.toml",
    "hugo.yaml",
    "config.toml",
    "config.yaml",
)
"""Files at the root of a source that say where the site lives, the most telling first."""

_SLASHES = re.compile(r"/+$")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read one source."""

    base: str = DEFAULT_BASE
    """What minted IRIs begin with; ends in `/`."""
    exclude: tuple[str, ...] = ()
    """Patterns as in `.gitignore` of paths to leave out."""
    platforms: frozenset[str] = frozenset()
    """Further domains that host many publishers."""
    article: Dialect = ARTICLE
    """Names of an article's fields."""

    @property
    def key(self) -> str:
        """A text that differs where documents would be read differently."""
        names = sorted((field, names) for field, names in self.article.names.items())
        return repr((self.base, self.exclude, sorted(self.platforms), names))


def check_base(base: str) -> str:
    """Return a base IRI as it is used, ending in `/`.

    Raises:
        SourceError: It is no absolute http or https address.
    """
    cleaned = clean_url(base)
    if cleaned is None or "?" in cleaned:
        message = f"--base {base!r} is not an http or https address. Write one such as {DEFAULT_BASE}."
        raise SourceError(message)
    return _SLASHES.sub("", cleaned) + "/"


def read_settings(
    read: Callable[[str], bytes | None], base: str | None, faults_of: Callable[[str], Faults]
) -> Settings:
    """Return a source's settings from its configuration files.

    `read` returns a file's bytes by its path at the root of the source, or `None`; `base`, where given, beats what any
    file says; `faults_of` returns the collection for a file's faults.
    """
    found: dict[str, Mapping[str, object]] = {}
    for name in CONFIGURATION_FILES:
        data = read(name)
        if data is not None:
            loaded = _load(name, data, faults_of(name))
            if loaded is not None:
                found[name] = loaded
    own = found.get(SETTINGS_FILE, {})
    if base is None:
        for name, values in found.items():
            base = _base_of(values)
            if base is not None:
                break
            if _states_base(values):
                faults_of(name).add("invalid-url", "the site's address is not an http address", "Write it in full")
    fields = own.get("fields", {})
    aliases = {
        ours: tuple(str(name) for name in (theirs if isinstance(theirs, list) else [theirs]))
        for ours, theirs in (fields.items() if isinstance(fields, dict) else ())
    }
    for ours in sorted(set(aliases) - set(ARTICLE.names)):
        fact = f"[fields] names no field of an article: {Faults.quote(ours)}"
        faults_of(SETTINGS_FILE).add("invalid-settings", fact, f"Use one of {', '.join(sorted(ARTICLE.names))}")
    return Settings(
        base=base or DEFAULT_BASE,
        exclude=_texts(own.get("exclude")),
        platforms=frozenset(_texts(own.get("platforms"))),
        article=ARTICLE.with_aliases(aliases) if aliases else ARTICLE,
    )


def _load(name: str, data: bytes, faults: Faults) -> Mapping[str, object] | None:
    text = data.decode("utf-8", "replace")
    try:
        value = tomllib.loads(text) if name.endswith(".toml") else load_yaml(text).value
    except (YamlError, ValueError, RecursionError) as error:
        faults.add("invalid-settings", f"the file cannot be read: {str(error)[:200]}", "Correct it; it was passed over")
        return None
    return MappingProxyType(value) if isinstance(value, dict) else None


def _states_base(values: Mapping[str, object]) -> bool:
    return any(isinstance(values.get(name), str) and values[name] for name in ("base", "webUrl", "url", "baseURL"))


def _base_of(values: Mapping[str, object]) -> str | None:
    for name in ("base", "webUrl", "baseURL", "baseurl"):
        value = values.get(name)
        cleaned = clean_url(value) if isinstance(value, str) else None
        if cleaned and "?" not in cleaned:
            return _SLASHES.sub("", cleaned) + "/"
    url = values.get("url")
    cleaned = clean_url(url) if isinstance(url, str) else None
    if cleaned is None or "?" in cleaned:
        return None
    below = values.get("baseurl")
    path = below.strip("/") if isinstance(below, str) else ""
    joined = clean_url(f"{_SLASHES.sub('', cleaned)}/{path}") or cleaned
    return _SLASHES.sub("", joined) + "/"


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
