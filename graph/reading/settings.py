"""What a site says of itself and its owner says of it: its title, the base of its addresses, aliases, exclusions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from graph.errors import SourceError
from graph.names import DEFAULT_BASE
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, Dialect
from graph.reading.files import is_pattern
from graph.reading.toml_text import load_toml
from graph.reading.yaml_text import YamlError, load_yaml
from graph.reading.zones import site_zone
from graph.urls import clean_url

__all__ = ["CONFIGURATION_FILES", "SETTINGS_FILE", "Settings", "check_base", "check_title", "read_settings"]

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
"""Files at the root of a source that say what the site is called and where it lives, the most telling first."""

_OWN_NAMES = frozenset({"base", "exclude", "fields", "platforms", "timezone", "title"})
_LONGEST_TITLE = 200
_SLASHES = re.compile(r"/+$")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read one source."""

    base: str = DEFAULT_BASE
    """What minted IRIs begin with; ends in `/`."""
    title: str = ""
    """What the site is called, one line; empty where it does not say."""
    exclude: tuple[str, ...] = ()
    """Patterns as in `.gitignore` of paths to leave out."""
    platforms: frozenset[str] = frozenset()
    """Further domains that host many publishers."""
    article: Dialect = ARTICLE
    """Names of an article's fields."""
    timezone: str | None = None
    """The time zone of times that state none, as `site_zone` reads it; `None` where the site does not say."""

    @property
    def key(self) -> str:
        """A text that differs where documents would be read differently."""
        names = sorted((field, names) for field, names in self.article.names.items())
        return repr((self.base, self.exclude, sorted(self.platforms), names, self.timezone))


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


def check_title(title: str) -> str:
    """Return a title as it is used: one line of at most 200 characters.

    Raises:
        SourceError: It is empty.
    """
    cleaned = _to_line(title)
    if not cleaned:
        message = "--title is empty. Write what the site is called, or leave the option out."
        raise SourceError(message)
    return cleaned


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
    titles = (_to_line(values.get("title")) for values in found.values())
    title = next(filter(None, titles), "")
    settings = _with_own(own, base or DEFAULT_BASE, title, faults_of(SETTINGS_FILE))
    return replace(settings, timezone=_timezone_of(found, faults_of))


def _with_own(own: Mapping[str, object], base: str, title: str, faults: Faults) -> Settings:
    """Return the settings with what the owner's file states; report what of it cannot be meant."""

    def wrong(fact: str, remedy: str) -> None:
        faults.add("invalid-settings", fact, remedy)

    def texts(name: str, value: object) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str):
                wrong(f"'{name}' holds {faults.quote(item)}, which is not a text", "Write a list of texts")
        return tuple(item for item in items if isinstance(item, str))

    for name in sorted(set(own) - _OWN_NAMES):
        wrong(f"{faults.quote(name)} is no setting", f"Use {', '.join(sorted(_OWN_NAMES))}")
    if not isinstance(own.get("title", ""), str):
        wrong(f"'title' is {faults.quote(own['title'])}", "Write what the site is called, as one text")
    exclude = []
    for pattern in texts("exclude", own.get("exclude", [])):
        if is_pattern(pattern):
            exclude.append(pattern)
        else:
            wrong(f"'exclude' holds {faults.quote(pattern)}, which is no pattern", "Write it as in a .gitignore")
    fields = own.get("fields", {})
    if not isinstance(fields, dict):
        wrong(f"'fields' is {faults.quote(fields)}", "Write a table [fields] of lists of names")
        fields = {}
    for ours in sorted(set(fields) - set(ARTICLE.names)):
        wrong(f"[fields] names no field of an article: {faults.quote(ours)}", f"Use {', '.join(sorted(ARTICLE.names))}")
    aliases = {ours: texts(f"fields.{ours}", fields[ours]) for ours in sorted(set(fields) & set(ARTICLE.names))}
    return Settings(
        base=base,
        title=title,
        exclude=tuple(exclude),
        platforms=frozenset(texts("platforms", own.get("platforms", []))),
        article=ARTICLE.with_aliases(aliases) if aliases else ARTICLE,
    )


def _timezone_of(found: Mapping[str, Mapping[str, object]], faults_of: Callable[[str], Faults]) -> str | None:
    """Return the time zone that the first file states which states one that is known."""
    for name, values in found.items():
        stated = next((values[key] for key in ("timezone", "timeZone") if values.get(key)), None)
        if isinstance(stated, str) and site_zone(stated) is not None:
            return stated
        if stated is not None:
            fact = f"the time zone is not known: {Faults.quote(stated)}"
            faults_of(name).add("invalid-settings", fact, "Write it as Europe/Helsinki")
    return None


def _load(name: str, data: bytes, faults: Faults) -> Mapping[str, object] | None:
    text = data.decode("utf-8", "replace")
    try:
        value = load_toml(text) if name.endswith(".toml") else load_yaml(text).value
    except YamlError as error:
        faults.add("invalid-settings", error.fact, "Correct the file; it was passed over", line=error.line)
        return None
    return MappingProxyType(value) if isinstance(value, dict) else None


def _to_line(value: object) -> str:
    """Return a text as one line without marks that nobody sees; empty where it is no text."""
    if not isinstance(value, str):
        return ""
    printed = "".join(character if character.isprintable() else " " for character in value)
    return " ".join(printed.split())[:_LONGEST_TITLE].rstrip()


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
