"""What a build prints at its end: unexpected facts about the graph, and what to do next."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.displays import counted
from graph.names import DEFAULT_BASE
from graph.publishing.exports import EXPLORER_FILE, NTRIPLES_FILE, SEARCH_FILE, STORE_FOLDER, open_exports
from graph.publishing.report import passed_over_line
from graph.publishing.table_files import TRIPLES_FOLDER
from graph.reading.settings import SETTINGS_FILE
from graph.vocabulary import RELATIONS

_TO_OTHER_KINDS = frozenset(RELATIONS) - {"based_on", "links", "part", "related"}
_MOST_COMMANDS = 3


def notes(info: Mapping[str, object], *, base_is_chosen: bool = False) -> Iterator[str]:
    """Yield a line for each fact about a build that users may not expect, from the numbers of `Info.to_dict`.

    `base_is_chosen` says that the user chose how minted IRIs begin.
    """
    relations = info.get("relations")
    articles, unpublished = info.get("articles"), info.get("unpublished")
    is_linked = isinstance(relations, Mapping) and any(
        count for name, count in relations.items() if name not in _TO_OTHER_KINDS
    )
    if isinstance(articles, int) and articles > 1 and not is_linked:
        yield (
            "No links between articles were found. Links in texts, wiki links and lists of related articles are read."
        )
    if info.get("base") == DEFAULT_BASE and not base_is_chosen:
        yield (
            f"No site address is known, so {DEFAULT_BASE} is used. "
            f"Set it with --base https://your.site/, or as base in {SETTINGS_FILE}."
        )
    if isinstance(unpublished, int) and unpublished:
        some = counted(unpublished, "unpublished article is", "unpublished articles are")
        yield f"{some} included. Leave out what is unpublished with --published-only."
    if unread := passed_over_line(info):
        yield unread


def next_steps(out: str | os.PathLike[str], *, default: str) -> Iterator[str]:
    """Yield what to open and what to run after a build into a folder, if it wrote the files that each command needs.

    `default` is the folder that commands use if none is named.
    """
    exports = open_exports(out)
    folder = "" if str(out) == default else shlex.quote(str(out))
    named = f" --graph {folder}" if folder else ""
    if exports.has(EXPLORER_FILE):
        yield f"Open {Path(out) / EXPLORER_FILE} in a browser, or run: article-graph open{folder and f' {folder}'}"
    tops = [exports.numbers.get(name) for name in ("top_topics", "top_providers")]
    labels = [str(label) for top in tops if isinstance(top, list) for label, _ in top]
    words = next((label for label in labels if not label.startswith("-")), "WORD")  # a hyphen would begin an option
    commands = {
        f"article-graph info{named}": True,
        f"article-graph search{named} {shlex.quote(words)}": exports.has(SEARCH_FILE),
        f"article-graph analyze{named} orphans": True,
        f"article-graph query{named} 'SELECT ?title {{ ?article schema:headline ?title }}'": (
            any(map(exports.has, (STORE_FOLDER, NTRIPLES_FILE, TRIPLES_FOLDER)))
        ),
    }
    yield "Next:"
    for command in [command for command, works in commands.items() if works][:_MOST_COMMANDS]:
        yield f"  {command}"
