"""The language of a document that states none: by its folder or name, in sites that say which languages they have."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph
from tests.folders import write_files
from tests.placing import Files, settings_of

HUGO = "baseURL = 'https://s.example/'\ndefaultContentLanguage = 'en'\n[languages.en]\n[languages.de]\n"
HUGO_FOLDERS = "[languages.en]\ncontentDir = 'content/en'\n[languages.pt-br]\ncontentDir = 'content/pt'\n"
DOCUSAURUS = "export default {url: 'https://s.example', i18n: {defaultLocale: 'en', locales: ['en', 'fr']}}"
STARLIGHT = (
    "import starlight from '@astrojs/starlight'; export default {site: 'https://s.example', integrations: "
    "[starlight({locales: {root: {label: 'English', lang: 'en'}, fr: {label: 'Français'}}})]}"
)
VITEPRESS = "export default {locales: {root: {lang: 'en-US'}, zh: {lang: 'zh-CN'}}}"


@pytest.mark.parametrize(
    ("files", "path", "language"),
    [
        ({"hugo.toml": HUGO}, "content/a.md", "en"),
        ({"hugo.toml": HUGO}, "content/a.de.md", "de"),
        ({"hugo.toml": HUGO}, "content/a.fr.md", "en"),
        ({"hugo.toml": HUGO_FOLDERS}, "content/en/a.md", "en"),
        ({"hugo.toml": HUGO_FOLDERS}, "content/pt/a.md", "pt-br"),
        ({"hugo.toml": "baseURL = 'https://s.example/'"}, "content/de/a.md", None),
        ({"docusaurus.config.js": DOCUSAURUS}, "docs/a.md", "en"),
        ({"docusaurus.config.js": DOCUSAURUS}, "i18n/fr/docusaurus-plugin-content-docs/current/a.md", "fr"),
        ({"docusaurus.config.js": "export default {i18n: {defaultLocale: 'en'}}"}, "docs/a.md", None),
        ({"astro.config.mjs": STARLIGHT}, "src/content/docs/guides/a.md", "en"),
        ({"astro.config.mjs": STARLIGHT}, "src/content/docs/fr/guides/a.md", "fr"),
        ({".vitepress/config.ts": VITEPRESS}, "guide/a.md", "en-US"),
        ({".vitepress/config.ts": VITEPRESS}, "zh/guide/a.md", "zh"),
        ({}, "docs/it/a.md", None),
    ],
)
def test_the_place_of_a_document_says_its_language(
    tmp_path: Path, files: Files, path: str, language: str | None
) -> None:
    """A folder is a language only where the configuration says so: `docs/it` may be about computers."""
    settings_of(files)
    write_files(tmp_path, {**files, path: "# A walk\n\nUp.\n"})
    (article,) = graph.build(tmp_path).articles.values()
    assert article.language == language


def test_a_language_that_is_stated_counts(tmp_path: Path) -> None:
    """What a document says of itself is truer than its folder."""
    write_files(tmp_path, {"hugo.toml": HUGO, "content/a.de.md": "---\ntitle: A\nlang: gsw\n---\n"})
    (article,) = graph.build(tmp_path).articles.values()
    assert article.language == "gsw"
