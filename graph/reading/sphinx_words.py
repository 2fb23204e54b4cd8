"""The directives and roles that Sphinx adds to reStructuredText, as far as they hold text or links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import Directive

from graph.reading.prose import NAMED
from graph.reading.sphinx_links import LABEL_MARK, document_at, entries_of, split_title

_RoleResult = tuple[list[nodes.Node], list[nodes.system_message]]


class _Tree(Directive):
    """A table of contents over documents: their links."""

    has_content = True
    optional_arguments = 0
    option_spec: ClassVar[Any] = dict.fromkeys(
        "caption name glob hidden maxdepth numbered titlesonly reversed includehidden".split(), str
    )

    def run(self) -> list[nodes.Node]:
        items = nodes.bullet_list()
        for _, entry in entries_of(self.content):
            items += nodes.list_item("", nodes.paragraph("", "", _link(entry)))
        return [items] if items.children else []


class _Passage(Directive):
    """A passage that is set apart, such as what a version added: its text."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        passage = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, passage)
        return [passage]


class _Nothing(Directive):
    """Content that changes from day to day, or says nothing to a reader."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        return []


def _link(text: str) -> nodes.reference:
    shown, target = split_title(text)
    return nodes.reference(text, shown, refuri=document_at(target, ".rst"))


def _document_role(*given: Any) -> _RoleResult:  # noqa: ANN401 - as docutils calls a role
    return [_link(nodes.unescape(given[2]))], []


def _label_role(*given: Any) -> _RoleResult:  # noqa: ANN401 - as docutils calls a role
    text = nodes.unescape(given[2])
    shown, target = split_title(text)
    return [nodes.reference(text, shown, refuri=NAMED + quote(LABEL_MARK + target, safe=""))], []


def _text_role(*given: Any) -> _RoleResult:  # noqa: ANN401 - as docutils calls a role
    text = nodes.unescape(given[2])
    shown, target = split_title(text)
    return [nodes.inline(given[1], shown if shown != target else text.removeprefix("~").removeprefix("!"))], []


DIRECTIVES: Mapping[str, type[Directive]] = {
    "date": _Nothing,
    "index": _Nothing,
    "toctree": _Tree,
    **dict.fromkeys(
        "deprecated hlist only seealso tab tab-item tab-set tabs versionadded versionchanged versionremoved".split(),
        _Passage,
    ),
}
"""By name."""

ROLES: Mapping[str, Callable[..., _RoleResult]] = {
    "doc": _document_role,
    **dict.fromkeys(("numref", "ref"), _label_role),
    **dict.fromkeys(
        "abbr any attr class command data dfn download envvar exc file func guilabel kbd keyword menuselection meth "
        "mod option program samp term py:attr py:class py:data py:exc py:func py:meth py:mod py:obj".split(),
        _text_role,
    ),
}
"""By name; roles that name neither a document nor a label only keep their text."""
