"""What was read is recalled only while all that its meaning rests on is the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from benchmarks.dialects import SITES
from graph.publishing.updating import CACHE_FILE, update

SETTINGS = "article-graph.toml"
NAMES = "[fields]\nauthors = ['tags']\n"
CHANGES = {
    "jekyll's address": ("jekyll", "_config.yml", "url: https://jekyll.example", "url: https://moved.example"),
    "jekyll's folder": ("jekyll", "_config.yml", "baseurl: /log", "baseurl: /diary"),
    "jekyll's permalinks": ("jekyll", "_config.yml", "/:year/:month/:title/", "/:year/:title.html"),
    "jekyll's permalinks of a collection": ("jekyll", "_config.yml", "/kitchen/:name/", "/food/:name/"),
    "jekyll's defaults by scope": ("jekyll", "_config.yml", "author: Ada Holm", "author: Bo Holm"),
    "jekyll's scope of defaults": ("jekyll", "_config.yml", "type: posts", "type: recipes"),
    "jekyll's zone": ("jekyll", "_config.yml", "title: The log", "title: The log\ntimezone: Asia/Tokyo"),
    "hugo's address": ("hugo", "hugo.toml", "https://hugo.example/", "https://hugo.example/log/"),
    "hugo's permalinks": ("hugo", "hugo.toml", "/:year/:month/:slug/", "/:slug/"),
    "zola's address": ("zola", "config.toml", "https://zola.example/log", "https://zola.example"),
    "docusaurus' address": ("docusaurus", "docusaurus.config.js", "baseUrl: '/'", "baseUrl: '/log/'"),
    "docusaurus' paths of docs": ("docusaurus", "docusaurus.config.js", "'manual'", "'docs'"),
    "docusaurus' paths of posts": ("docusaurus", "docusaurus.config.js", "'news'", "'blog'"),
    "mkdocs' form of addresses": ("mkdocs", "mkdocs.yml", "theme:", "use_directory_urls: false\ntheme:"),
    "hexo's permalinks": ("hexo", "_config.yml", ":year/:month/:day/:title/", ":title/"),
    "hexo's names of posts": ("hexo", "_config.yml", ":year-:month-:day-:title.md", ":title.md"),
    "astro's address": ("astro", "astro.config.mjs", "https://astro.example", "https://moved.example"),
    "own names of fields": ("obsidian", SETTINGS, "", NAMES),
    "own address": ("plain Markdown", SETTINGS, "", 'base = "https://notes.example/"\n'),
    "own exclusions": ("plain Markdown", SETTINGS, "", 'exclude = ["sea/"]\n'),
    "own platforms": ("everyday", SETTINGS, "", 'platforms = ["tide.example"]\n'),
    "people of a blog": ("docusaurus", "blog/authors.yml", "", "Ada Holm:\n  name: Ada Holm-Berg\n"),
    "data beside documents": (
        "eleventy",
        "posts/posts.json",
        '"post.njk"',
        '"post.njk", "permalink": "/x/{{ page.fileSlug }}/"',
    ),
}
"""For each thing that meaning rests on a specimen site, a file of it, and a change of what that file says."""


def exports_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every export, but not of the cache."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != CACHE_FILE}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_configuration_means_the_same_as_a_fresh_build(change: str, tmp_path: Path) -> None:
    """Where only the configuration changes, an update gives what a build from nothing gives."""
    name, file, old, new = CHANGES[change]
    site = SITES[name]()
    folder, out, fresh = (tmp_path / part for part in ("site", "out", "fresh"))
    site.write(folder)
    before = time.time() - 100  # long enough ago for the times of change to be trusted
    for path in folder.rglob("*"):
        os.utime(path, (before, before))
    update([folder], out, formats="nt,graphml", base=site.base)
    text = site.files.get(file, "")
    assert old in text
    (folder / file).write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
    update([folder], out, formats="nt,graphml", base=site.base)
    update([folder], fresh, formats="nt,graphml", base=site.base, cache=False)
    assert exports_of(out) == exports_of(fresh)
