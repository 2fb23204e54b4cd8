"""What a site's configuration and its owner's settings say: title, base of addresses, aliases, exclusions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from graph.errors import SourceError
from graph.names import DEFAULT_BASE
from graph.reading.configurations import load_configuration, read_configurations
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, Dialect
from graph.reading.files import is_pattern
from graph.reading.own_fields import OWN_TABLES, read_own_fields, with_own_fields
from graph.reading.permalinks import unknown_tokens
from graph.reading.record_kinds import RECORD_KINDS
from graph.reading.sites import Site, read_site
from graph.reading.toml_lines import nearest_line, toml_lines
from graph.reading.zones import site_zone
from graph.urls import clean_url, domain_of
from graph.vocabulary import NO_VOCABULARY, Vocabulary

SETTINGS_FILE = "article-graph.toml"
"""The owner's settings, beside the content."""

_OWN_NAMES = frozenset(
    {
        "base",
        "check",
        "exclude",
        "fields",
        "folder_topics",
        "hosts",
        "kinds",
        "permalinks",
        "platforms",
        "timezone",
        "title",
    }
) | frozenset(OWN_TABLES)
_LONGEST_TITLE = 200


class Settings(msgspec.Struct, frozen=True):
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
    vocabulary: Vocabulary = NO_VOCABULARY
    """The relations and literals that the owner adds."""
    timezone: str | None = None
    """The time zone of times that state none, as `site_zone` reads it; `None` where the site does not say."""
    hosts: frozenset[str] = frozenset()
    """Further domains that the site has, or had."""
    site: Site = msgspec.field(default_factory=Site)
    """Where its pages live."""
    bundles: frozenset[str] = frozenset()
    """Its folders that are bundles of the Open Knowledge Format, each empty or ending in `/`."""
    kinds: tuple[tuple[str, str], ...] = ()
    """Folders, each ending in `/`, with the kind of record that they hold, the longest first."""
    folder_topics: bool | None = None
    """Whether folders are topics; `None` to decide by whether any document states one."""

    def with_told(self, told: Mapping[str, Mapping[str, object]]) -> Settings:
        """Return these settings with what files beside pages say of them, by the paths of the pages."""
        return replace(self, site=replace(self.site, posts={**self.site.posts, **told}))

    @property
    def key(self) -> str:
        """A text that changes whenever documents would be read differently."""
        names = sorted((field, names) for field, names in self.article.names.items())
        domains = sorted(self.platforms), sorted(self.hosts)
        own = (self.base, self.exclude, domains, names, self.timezone, self.kinds, self.folder_topics, self.vocabulary)
        return repr((own, sorted(self.bundles), replace(self.site, languages=frozenset()), sorted(self.site.languages)))


def check_base(base: str) -> str:
    """Return a base IRI as it is used, ending in `/`.

    Raises:
        SourceError: It is not an absolute http or https address.
    """
    cleaned = clean_url(base)
    if cleaned is None or "?" in cleaned:
        raise SourceError(f"--base {base!r} is not an http or https address. Write one such as {DEFAULT_BASE}.")
    return cleaned.rstrip("/") + "/"


def check_title(title: str) -> str:
    """Return a title as it is used: one line of at most 200 characters.

    Raises:
        SourceError: It is empty.
    """
    cleaned = _to_line(title)
    if not cleaned:
        raise SourceError("--title is empty. Write what the site is called, or leave the option out.")
    return cleaned


def read_settings(
    read: Callable[[str], bytes | None],
    base: str | None,
    faults_of: Callable[[str], Faults],
    known: Vocabulary = NO_VOCABULARY,
) -> Settings:
    """Return a source's settings from its configuration files.

    `read` returns a file's bytes by its path at the root of the source, or `None`; `base`, if given, overrides all
    files; `faults_of` returns the collection for a file's faults; `known` are the relations and literals that other
    sources add, with which this one's may not clash.
    """
    data = read(SETTINGS_FILE)
    loaded = load_configuration(SETTINGS_FILE, data, faults_of(SETTINGS_FILE)) if data is not None else None
    own = loaded or {}
    faults_of(SETTINGS_FILE).locate(toml_lines((data or b"").decode("utf-8", "replace")), {})
    configurations = read_configurations(read, faults_of)
    found = [(SETTINGS_FILE, own), *((one.path, one.values) for one in configurations)]
    if base is None:
        for path, values in found:
            if (base := _base_of(values)) is not None:
                break
            if _states_base(values):
                faults_of(path).add("invalid-url", "the site's address is not an http address", "Write it in full")
    titles = (_to_line(values.get(name)) for _, values in found for name in ("title", "site_name"))
    title = next(filter(None, titles), "")
    site = read_site(configurations, faults_of)
    settings = Settings(base=base or DEFAULT_BASE, title=title, timezone=_timezone_of(found, faults_of), site=site)
    return _with_own(own, settings, known, faults_of(SETTINGS_FILE))


def _with_own(own: Mapping[str, object], settings: Settings, known: Vocabulary, faults: Faults) -> Settings:
    """Add the owner's settings, and report those that are invalid."""

    def wrong(fact: str, remedy: str, name: str) -> None:
        faults.add("invalid-settings", fact, remedy, line=nearest_line(faults, name))

    def texts(name: str, value: object) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str):
                fact = f"'{name}' holds {faults.quote(item)}, which is not a text"
                wrong(fact, "Write a list of texts", name)
        return tuple(item for item in items if isinstance(item, str))

    for name in sorted(set(own) - _OWN_NAMES):
        wrong(f"{faults.quote(name)} is not a setting", f"Use {', '.join(sorted(_OWN_NAMES))}", name)
    if not isinstance(own.get("title", ""), str):
        wrong(f"'title' is {faults.quote(own['title'])}", "Write what the site is called, as one text", "title")
    exclude = []
    for pattern in texts("exclude", own.get("exclude", [])):
        if is_pattern(pattern):
            exclude.append(pattern)
        else:
            wrong(
                f"'exclude' holds {faults.quote(pattern)}, which is not a pattern",
                "Write it as in a .gitignore",
                "exclude",
            )
    fields = _table("fields", own, "lists of names", faults)
    aliases: dict[str, tuple[str, ...]] = {}
    for written in sorted(fields):
        names = texts(f"fields.{written}", fields[written])
        if (ours := _field_called(written)) is None:
            fact = f"[fields] has {faults.quote(written)}, which is not a field of an article"
            wrong(fact, f"Use {', '.join(sorted(ARTICLE.names))}", f"fields.{written}")
        else:
            aliases[ours] = (*aliases.get(ours, ()), *names)
    aliases = _without_clashes(dict(sorted(aliases.items())), faults)
    vocabulary = read_own_fields(own, aliases, known, faults)
    article = ARTICLE.with_aliases(aliases) if aliases else ARTICLE
    patterns = _table("permalinks", own, "folders and patterns", faults)
    return replace(
        settings,
        exclude=tuple(exclude),
        platforms=frozenset(texts("platforms", own.get("platforms", []))),
        article=with_own_fields(article, vocabulary),
        vocabulary=vocabulary,
        hosts=frozenset(_hosts(texts("hosts", own.get("hosts", [])), faults)),
        site=replace(settings.site, folders=_folders(patterns, faults)),
        kinds=_kinds(_table("kinds", own, "folders and what they hold", faults), faults),
        folder_topics=_folder_topics(own.get("folder_topics"), faults),
    )


def _field_called(name: str) -> str | None:
    """Return the field of an article that a name means; `None` if it means none or several."""
    if name in ARTICLE.names:
        return name
    meanings = ARTICLE.meanings.get(name.lower(), ())
    return meanings[0][0] if len(meanings) == 1 else None


def _without_clashes(aliases: Mapping[str, tuple[str, ...]], faults: Faults) -> dict[str, tuple[str, ...]]:
    """Return further names of fields, each for the first field that it is given to; report the others."""
    users: dict[str, str] = {}
    for ours, names in aliases.items():
        for name in names:
            user = users.setdefault(name.lower(), ours)
            if user != ours:
                fact = f"[fields] gives {faults.quote(name)} to '{user}' and to '{ours}'"
                faults.add("invalid-settings", fact, f"Name it once; it is read as '{user}'", where=("fields",))
    return {ours: tuple(name for name in names if users[name.lower()] == ours) for ours, names in aliases.items()}


def _table(name: str, own: Mapping[str, object], held: str, faults: Faults) -> Mapping[str, object]:
    stated = own.get(name, {})
    if isinstance(stated, dict):
        return stated
    remedy = f"Write a table [{name}] of {held}"
    faults.add("invalid-settings", f"'{name}' is {faults.quote(stated)}", remedy, where=(name,))
    return {}


def _kinds(stated: Mapping[str, object], faults: Faults) -> tuple[tuple[str, str], ...]:
    """Return the kinds of records in folders, the longest folder first."""
    kinds = {}
    for folder, kind in stated.items():
        if kind in RECORD_KINDS and folder.strip("/"):
            kinds[folder.strip("/") + "/"] = str(kind)
        else:
            fact = f"[kinds] says that {faults.quote(folder)} holds {faults.quote(kind)}"
            remedy = f"Name a folder, and one of {', '.join(RECORD_KINDS)}"
            faults.add("invalid-settings", fact, remedy, line=nearest_line(faults, f"kinds.{folder}"))
    return _longest_first(kinds)


def _folder_topics(stated: object, faults: Faults) -> bool | None:
    if stated is None or isinstance(stated, bool):
        return stated
    fact = f"'folder_topics' is {faults.quote(stated)}"
    faults.add("invalid-settings", fact, "Write true or false", where=("folder_topics",))
    return None


def _timezone_of(found: Iterable[tuple[str, Mapping[str, object]]], faults_of: Callable[[str], Faults]) -> str | None:
    """Return the first time zone that is stated and known."""
    for name, values in found:
        key = next((key for key in ("timezone", "timeZone") if values.get(key)), "")
        stated = values.get(key)
        if isinstance(stated, str) and site_zone(stated) is not None:
            return stated
        if stated is not None:
            fact = f"the time zone is not known: {Faults.quote(stated)}"
            faults_of(name).add("invalid-settings", fact, "Write it as Europe/Helsinki", where=(key,))
    return None


def _hosts(stated: tuple[str, ...], faults: Faults) -> Iterator[str]:
    """Yield the valid domains, and report the others."""
    for host in stated:
        if (domain := domain_of(host)) is not None:
            yield domain
        else:
            fact = f"'hosts' holds {faults.quote(host)}, which is not a domain"
            faults.add("invalid-settings", fact, "Write it as old.example", where=("hosts",))


def _folders(stated: Mapping[str, object], faults: Faults) -> tuple[tuple[str, str], ...]:
    """Return the patterns of addresses for folders, the longest folder first."""
    patterns: dict[str, str] = {}
    for folder, pattern in stated.items():
        unknown = list(unknown_tokens(pattern)) if isinstance(pattern, str) else [pattern]
        if unknown:
            fact = f"the pattern of {faults.quote(folder)} has {faults.quote(unknown[0])}, which is not known"
            remedy = "Write one such as /:year/:month/:day/:slug/"
            faults.add("invalid-settings", fact, remedy, line=nearest_line(faults, f"permalinks.{folder}"))
        else:
            inner = folder.strip("/")
            patterns[f"{inner}/" if inner else ""] = str(pattern)
    return _longest_first(patterns)


def _longest_first(folders: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return folders and their values, so that an inner folder comes before the outer one."""
    return tuple(sorted(folders.items(), key=lambda item: (-len(item[0]), item[0])))


def _to_line(value: object) -> str:
    """Return a text as one printable line; empty if it is not a text."""
    if not isinstance(value, str):
        return ""
    printed = "".join(character if character.isprintable() else " " for character in value)
    return " ".join(printed.split())[:_LONGEST_TITLE].rstrip()


_BASES = ("base", "webUrl", "baseURL", "base_url", "site_url", "baseUrl", "baseurl")


def _states_base(values: Mapping[str, object]) -> bool:
    return any(isinstance(values.get(name), str) and values[name] for name in ("url", *_BASES[:5]))


def _base_of(values: Mapping[str, object]) -> str | None:
    """Return the configured address of the site, stated in full or in two parts."""
    for name in _BASES:
        value = values.get(name)
        cleaned = clean_url(value) if isinstance(value, str) else None
        if cleaned and "?" not in cleaned:
            return cleaned.rstrip("/") + "/"
    url = values.get("url")
    cleaned = clean_url(url) if isinstance(url, str) else None
    if cleaned is None or "?" in cleaned:
        return None
    whole = cleaned.rstrip("/")
    for name in ("baseurl", "root"):
        below = values.get(name)
        path = below.strip("/") if isinstance(below, str) else ""
        if path and not (name == "root" and whole.endswith("/" + path)):
            whole = (clean_url(f"{whole}/{path}") or whole).rstrip("/")
            break
    return whole + "/"
