"""Which kinds of files are read, and how each becomes a text with front matter above it."""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Mapping

from graph.reading.faults import Faults
from graph.reading.notebooks import notebook_text
from graph.reading.restructured_text import page_of_rst

RECORDS = frozenset({".yaml", ".yml"})
"""Endings of files that hold records, in folders of data."""

_ALWAYS = frozenset(
    ".md .markdown .mdown .mdtext .mdwn .mdx .mkd .mkdn .svx .qmd .rmd .rmarkdown .ipynb .html .htm .txt".split()
)
EXTRA_OF_ENDING: Mapping[str, tuple[str, str]] = {".rst": ("docutils", "rst")}
"""For an ending the library that reads it, and the extra that installs the library."""

ENDINGS = _ALWAYS.union(EXTRA_OF_ENDING)
"""Endings of documents, whether or not the library that reads them is installed."""

LOOK_LIKE_DOCUMENTS = frozenset(
    ".adoc .asc .asciidoc .csv .doc .docx .epub .ipynb .json .jsonl .ndjson .odt .opml .org .pdf .ppt .pptx .rmd .rst "
    ".rtf .tex .textile .tsv .typ .wiki .xls .xlsx .xml .mediawiki .rdoc .pod .creole .atom .rss .fb2 .mobi .lr "
    ".tid .enex .wikitext".split()
)
"""Endings of files that people write or keep texts and data in; pictures, styles and programs are others."""


def ending_of(path: str) -> str:
    """Return the ending of a path, in lower case and with its dot; empty if it has none."""
    start, _, ending = path.rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if start and ending else ""


@functools.cache
def read_endings() -> frozenset[str]:
    """Return the endings of files that can be documents, as far as the libraries that read them are installed."""
    more = (ending for ending, (library, _) in EXTRA_OF_ENDING.items() if importlib.util.find_spec(library))
    return _ALWAYS.union(more)


def to_document_text(path: str, text: str, faults: Faults, *, text_is_rst: bool = False) -> str | None:
    """Return a file's text as Markdown or HTML with front matter; `None`, with a fault, if it is not readable.

    `text_is_rst` tells that files which end in `.txt` hold reStructuredText.
    """
    ending = ending_of(path)
    if ending == ".ipynb":
        return notebook_text(text, faults)
    if ending == ".rst" or (text_is_rst and ending == ".txt"):
        found = page_of_rst(text, faults)
        return None if found is None else f"---json\n{json.dumps(found[0])}\n---\n{found[1]}"
    return text
