"""The words of titles: what tells groups of articles apart where their topics do not."""

from __future__ import annotations

import re

from graph.analysis.relations import Network, nodes_of_kind, text_of

__all__ = ["words_by_article"]

_WORD = re.compile(r"[^\W_](?:[\w.+#&'’-]*[\w+#])?")


def words_by_article(network: Network) -> dict[str, list[str]]:
    """Return the different words of each article's title, in lower case and sorted.

    Articles without a title are left out, also those whose label is their IRI.
    A word has two letters at least, and begins and ends with a letter or digit (`C++` and `C#` too); numbers are none.
    """
    titles = {article: text_of(network, article, "label") for article in nodes_of_kind(network, "article")}
    found = {
        article: sorted({word for word in _WORD.findall(title.casefold()) if _telling(word)})
        for article, title in titles.items()
        if title and title != article
    }
    return {article: words for article, words in found.items() if words}


def _telling(word: str) -> bool:
    """Return whether a word is more than a letter or a number."""
    return len(word) > 1 and any(character.isalpha() for character in word)
