"""Configuration files of generators, and where a document then lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from graph.reading.faults import Faults
from graph.reading.places import places_of
from graph.reading.settings import Settings, read_settings

Files = Mapping[str, str]

JEKYLL = "url: https://s.example\n"
HUGO = 'baseURL = "https://s.example/"\n'
ZOLA = 'base_url = "https://s.example"\n'
MKDOCS = "site_url: https://s.example/\n"
HEXO = "url: https://s.example\nsource_dir: source\n"
QUARTO = "website:\n  site-url: https://s.example\n"
PELICAN = "SITEURL = 'https://s.example'\n"
DOCUSAURUS = (
    "export default { url: 'https://s.example', baseUrl: '/', presets: [['classic', {docs: {%s}, blog: {%s}}]] };"
)

STARLIGHT = "import starlight from '@astrojs/starlight'; export default {site: 'https://s.example'}"
SPHINX = "project = 'S'\nextensions = ['myst_parser']\nhtml_baseurl = 'https://s.example/'\n"


def settings_of(files: Files) -> Settings:
    """Return the settings of a source that holds these configuration files, which must be without a fault."""
    faults: dict[str, Faults] = {}
    encoded = {path: text.encode() for path, text in files.items()}
    settings = read_settings(encoded.get, None, lambda path: faults.setdefault(path, Faults(path)))
    assert not [problem for one in faults.values() for problem in one.problems]
    return settings


def places(settings: Settings, path: str, fields: Mapping[str, object], title: str | None = None) -> list[str]:
    """Return the places of one document, as paths below the site's base."""
    stated = fields.get("date")
    published_at = stated.isoformat() if isinstance(stated, dt.date) else None
    found = places_of(path, fields, settings, Faults(path), published_at=published_at, title=title)
    return ["/" + place.removeprefix(settings.base).removeprefix("/") for place in found.addresses]


DAY = {"date": dt.date(2021, 3, 4)}
MOMENT = {"date": dt.datetime(2021, 3, 4, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))}
