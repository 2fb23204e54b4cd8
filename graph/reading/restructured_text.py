"""reStructuredText becomes fields and a page of HTML, by docutils, which may read no other file and print nothing."""

from __future__ import annotations

import contextlib
import html
import io
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.reading.faults import LONGEST_REASON, Faults
from graph.reading.fences import first_sign
from graph.reading.headers import find_header
from graph.reading.sphinx_links import LABEL_MARK

if TYPE_CHECKING:
    from docutils import nodes

_LONGEST = 200_000
"""Characters; docutils needs some seconds for so many."""
_LONGEST_LINE = 10_000
"""Characters, as docutils has it; a document with a longer line would be empty."""

_SETTINGS: Mapping[str, object] = {
    "_disable_config": True,  # no configuration file of the machine or of the source
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "traceback": True,
    "smart_quotes": False,
    "strip_comments": True,
    "syntax_highlight": "none",
    "math_output": "LaTeX",
    "stylesheet_path": "",
    "embed_stylesheet": False,
    "doctitle_xform": True,
    "docinfo_xform": True,
    "toc_backlinks": False,
    "output_encoding": "unicode",
}
_LISTS = frozenset({"authors", "tags", "keywords", "categories"})
_ALONE = threading.Lock()
"""docutils keeps the names that documents define in tables of its own, for all documents."""


def page_of_rst(text: str, faults: Faults) -> tuple[dict[str, object], str] | None:
    """Return the fields that a document states, title included, and its text as a page of HTML.

    `None` where it cannot be read, which is a fault: docutils is not installed, or fails at it.
    """
    try:
        import docutils.core
        import docutils.writers.html5_polyglot
    except ImportError:
        remedy = "Install 'article-graph[rst]'; the file was left out"
        faults.add("missing-extra", "reStructuredText is read with docutils, which is not installed", remedy)
        return None
    if len(text) > _LONGEST or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        fact = f"the document has more than {_LONGEST:,} characters, or {_LONGEST_LINE:,} in one line"
        faults.add("too-long", fact, "Cut it into several; the file was left out")
        return None
    begin = first_sign(text)
    header = find_header(text, begin) if text.startswith(".. ", begin) else None
    settings = {**_SETTINGS, "warning_stream": io.StringIO()}
    try:
        with _own_names():
            tree = docutils.core.publish_doctree(text, source_path=faults.path, settings_overrides=settings)
            fields = {**_taken_fields(tree), **(header.fields if header else {})}
            if labels := _labels_of(tree):
                stated = fields.get("aliases")
                fields["aliases"] = [*(stated if isinstance(stated, list) else [stated] if stated else []), *labels]
            writer = docutils.writers.html5_polyglot.Writer()
            docutils.core.publish_from_doctree(tree, writer=writer, settings_overrides=settings)
    except Exception as error:  # noqa: BLE001 - whatever docutils lets slip, the content is at fault
        fact = f"the reStructuredText cannot be read: {str(error)[:LONGEST_REASON] or type(error).__name__}"
        faults.add("invalid-rst", fact, "Correct the document; the file was left out")
        return None
    title = tree.get("title")
    if title and "title" not in fields:
        fields["title"] = title
    heading = f"<h1>{html.escape(title)}</h1>\n" if title else ""
    body = writer.parts.get("fragment", "")
    return fields, f"<!doctype html>\n<html><body>\n{heading}{body}\n</body></html>\n" if body.strip() else ""


def _taken_fields(tree: nodes.document) -> dict[str, object]:
    """Remove the field list from a document, and return it."""
    from docutils import nodes

    fields: dict[str, object] = {}
    for info in list(tree.findall(nodes.docinfo)):
        for node in info.children:
            if isinstance(node, nodes.field):
                name, value = node[0].astext(), node[1].astext()
            elif isinstance(node, nodes.authors):
                fields["authors"] = [author.astext() for author in node.children]
                continue
            else:
                name, value = type(node).__name__, node.astext()
            if value := " ".join(value.split()):
                is_list = name.lower() in _LISTS
                fields[name] = [one.strip() for one in value.split(",") if one.strip()] if is_list else value
        info.parent.remove(info)
    return fields


def _labels_of(tree: nodes.document) -> list[str]:
    """Return the labels that a document gives to its parts, marked, for links from other documents of Sphinx."""
    labels = []
    for name, is_explicit in tree.nametypes.items():
        node = tree.ids.get(tree.nameids.get(name) or "") if is_explicit else None
        if node is not None and "refuri" not in node and node.tagname not in {"footnote", "citation"}:
            labels.append(LABEL_MARK + name)
    return labels


@contextlib.contextmanager
def _own_names() -> Iterator[None]:
    """Add the roles of Sphinx, and forget the roles that a document defines after reading it."""
    from docutils.parsers.rst import directives, roles

    known_roles: dict[str, Any] = vars(roles)["_roles"]  # there is no other way to forget a role
    known_directives: dict[str, Any] = vars(directives)["_directives"]  # nor a directive
    with _ALONE:
        before = dict(known_roles), dict(known_directives)
        try:
            from graph.reading.sphinx_words import DIRECTIVES, ROLES

            known_roles.update(ROLES)
            known_directives.update(DIRECTIVES)
            yield
        finally:
            for known, old in zip((known_roles, known_directives), before, strict=True):
                known.clear()
                known.update(old)
