"""Lists of articles as sources: feeds, exports, sitemaps, JSON and tables become rows. Nothing is ever fetched."""

from __future__ import annotations

from graph.reading.lists.reading import read_list
from graph.reading.lists.rows import ArticleRow

__all__ = ["ArticleRow", "read_list"]
