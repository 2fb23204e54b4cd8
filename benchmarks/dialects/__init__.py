"""Specimen sites, one for each dialect: small, written by us, with everything a careful reader finds in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.dialects import (
    astro,
    docusaurus,
    eleventy,
    everyday,
    feeds,
    foam,
    hexo,
    html,
    hugo,
    jekyll,
    logseq,
    mkdocs,
    obsidian,
    okf,
    pelican,
    plain,
    quarto,
    text,
    zola,
)
from benchmarks.dialects.shape import Site

__all__ = ["SITES", "Site"]

SITES: Mapping[str, Callable[[], Site]] = {
    "everyday": everyday.site,
    "jekyll": jekyll.site,
    "hugo": hugo.site,
    "zola": zola.site,
    "docusaurus": docusaurus.site,
    "mkdocs": mkdocs.site,
    "eleventy": eleventy.site,
    "hexo": hexo.site,
    "astro": astro.site,
    "quarto": quarto.site,
    "pelican": pelican.site,
    "obsidian": obsidian.site,
    "foam": foam.site,
    "logseq": logseq.site,
    "Open Knowledge Format": okf.site,
    "plain Markdown": plain.site,
    "HTML": html.site,
    "plain text": text.site,
    "feeds and lists": feeds.site,
}
"""How each site is made, by what its dialect is called."""
