"""Markdown is read by a parser (pulldown-cmark through pyromark), in one pass over its events.

The pass keeps the paragraph, heading or cell that it is in, where its links and pictures begin and end, and the code in
it, which is shown in titles and sentences but is not prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any
from urllib.parse import unquote

import pyromark

from graph.names import to_text
from graph.reading.blocks import Block, LinkSpan, add_bare_links, links_in_block, name_in_picture, without
from graph.reading.components import is_component
from graph.reading.footnotes import sentence_before, undefined_notes
from graph.reading.html_text import links_in_html, picture_lines, read_fragment
from graph.reading.instructions import (
    BLOCK_ID,
    has_instructions,
    is_instruction,
    with_blanks,
    without_attributes,
    without_instructions,
)
from graph.reading.prose import (
    LONGEST_EXCERPT,
    LONGEST_TITLE,
    MOST_SECTIONS,
    NAMED,
    FootnoteMark,
    Prose,
    count_words,
    cut_at_word,
    is_picture,
    link_to,
    tags_in,
    without_addresses,
    without_tags,
)
from graph.reading.templates import without_templates
from graph.statements import Link

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_BLOCKS = frozenset({"Paragraph", "Heading", "TableCell", "Item", "DefinitionListTitle", "DefinitionListDefinition"})
"""What holds text itself."""

_LINE_BREAKS = frozenset({"SoftBreak", "HardBreak"})
_INLINE = frozenset({"Code", "Html", "InlineHtml", "FootnoteReference"})
_SILENT = frozenset({"CodeBlock", "MetadataBlock"})
_HOLDERS = frozenset({"List", "Table", "FootnoteDefinition"})
"""Blocks in which a paragraph is not used as the summary."""

_INTERRUPTING = _BLOCKS | _SILENT | _HOLDERS | {"HtmlBlock", "BlockQuote"}
"""What ends the text of a list item before it."""

_ATTRIBUTES = re.compile(rf"(?:\{{[:#.][^{{}}]*\}}|{BLOCK_ID})\s*$")
_FIELD_LINE = re.compile(r"^[ \t]*\**[^\W\d_][\w -]{0,40}\**::[ \t][^\n]*$", re.MULTILINE)
_HTML_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_EMBEDDING_HTML = frozenset({"iframe", "embed"})
_CODE_HTML = frozenset({"code", "kbd", "pre", "samp"})
_BLOCK_HTML = frozenset({"br", "p", "div", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6"})
_VIDEO = "https://www.youtube.com/watch"
_MOST_TAGS = 1_000
_LETTER = re.compile(r"[^\W_]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def read_markdown(text: str, first_line: int = 1) -> Prose:
    """Return what a Markdown text says; its first line is line `first_line` of the file. Linear in the text."""
    if not text.strip():
        return Prose()
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    return _Pass(without_templates(text), first_line).prose()


class _Pass:
    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._data = text.encode()
        self._starts = [0, *accumulate(len(line) + 1 for line in self._data.split(b"\n"))]
        self._first_line = first_line
        self._has_fields = "::" in text
        self._has_braces = "{" in text
        self._has_instructions = has_instructions(text)
        self._blocks: list[Block] = []
        self._holders = 0
        self._headings: list[str] = []
        self._has_paragraphs = False
        self._is_titled = False
        self._excerpt: str | None = None
        self._fallback: str | None = None
        self._prose: list[str] = []
        self._visible: list[str] = []
        self._tags: dict[str, None] = {}
        self._links: list[Link] = []
        self._notes: list[FootnoteMark] = []
        self._pictured = ""
        self._open_pictures: list[tuple[str, int, int]] = []
        self._unnamed_pictures: list[int] = []
        self._html: list[str] = []
        self._html_line = 0
        self._components: list[str] = []

    def prose(self) -> Prose:
        """Run, and return what was found."""
        self._run()
        names = [heading.removesuffix(":") for heading in self._headings]
        title = self._headings[0] if self._is_titled else ""
        excerpt = self._excerpt or self._fallback
        return Prose(
            title=cut_at_word(title or self._pictured, LONGEST_TITLE) or None,
            excerpt=cut_at_word(excerpt, LONGEST_EXCERPT) if excerpt else None,
            sections=tuple(names[1:] if title else names)[:MOST_SECTIONS],
            text="\n".join(self._prose),
            word_count=count_words("\n".join(self._visible)),
            links=tuple(self._links),
            notes=tuple(self._notes),
            tags=tuple(self._tags)[:_MOST_TAGS],
            unnamed_pictures=tuple(self._unnamed_pictures),
        )

    def _run(self) -> None:
        """Follow the events. Most time is spent here, so frequent cases are handled in place."""
        blocks = self._blocks
        is_code = False
        events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(self._text, options=_OPTIONS, merge_text=True)
        for event, place in events:
            if isinstance(event, str):
                if event in _LINE_BREAKS and blocks:
                    blocks[-1].pieces.append("\n")
                    blocks[-1].size += 1
                continue
            kind, value = event.popitem()
            if kind == "Text":
                if not is_code:
                    self._add_text(value, place["start"])
            elif kind == "Start":
                name = value if isinstance(value, str) else next(iter(value))
                is_code = name in _SILENT
                self._start(name, value, place)
            elif kind == "End":
                is_code = False
                name = value if isinstance(value, str) else next(iter(value))
                if name in _ENDS:
                    self._end(name, value)
            elif kind in _INLINE:
                self._add_inline(kind, value, place["start"])
        while blocks:
            self._close(blocks.pop(), "Item", "")

    def _add_text(self, text: str, start: int) -> None:
        block = self._blocks[-1] if self._blocks else self._open_block()
        if self._has_braces and start and text.startswith("{"):
            text = without_attributes(text, self._data[start - 1])
        if "://" in text:
            block.addresses.append((block.size, start))
        elif NAMED in text:
            text = unquote(text.replace(NAMED, ""))
        if "[^" in text:
            block.notes += [(key, start, block.size + place) for key, place in undefined_notes(text)]
        block.pieces.append(text)
        block.size += len(text)

    def _add_inline(self, kind: str, text: str, start: int) -> None:
        if kind == "Html":
            self._html.append(text)
            return
        block = self._blocks[-1] if self._blocks else self._open_block()
        if kind == "InlineHtml":
            self._inline_html(block, text, start)
            return
        if kind == "FootnoteReference":
            block.notes.append((text, start, block.size))
            return
        block.code.append((block.size, block.size + len(text)))
        block.pieces.append(text)
        block.size += len(text)

    def _start(self, name: str, value: Any, place: Any) -> None:  # noqa: ANN401 - as the parser gives it
        if name in _INTERRUPTING:
            if self._blocks and self._blocks[-1].size:
                self._close(self._blocks[-1], "Item", "")
                self._blocks[-1] = Block()
            if name in _BLOCKS:
                self._open_block()
            elif name in _HOLDERS:
                self._holders += 1
            elif name == "HtmlBlock":
                self._html, self._html_line = [], self._line_of(place["start"])
        elif name in {"Link", "Image"}:
            target = value[name]["dest_url"]
            kind = value[name]["link_type"]
            line = self._line_of_address(target, place["start"], place["end"])
            if isinstance(kind, dict):
                target = f"[[{target.removesuffix(_ESCAPE)}]]"
            elif kind == "Email":
                target = ""
            block = self._blocks[-1] if self._blocks else self._open_block()
            if name == "Link":
                block.open_links.append((target, line, block.size))
            else:
                self._open_pictures.append((target, line, len(block.pieces)))

    def _end(self, name: str, value: Any) -> None:  # noqa: ANN401 - as the parser gives it
        if name == "Link":
            if self._blocks:
                self._blocks[-1].end_link()
        elif name == "Image":
            self._end_picture(*self._open_pictures.pop())
        elif name in _BLOCKS:
            self._close(self._blocks.pop(), name, value)
        elif name in _HOLDERS:
            self._holders -= 1
        else:
            self._html_block("".join(self._html), self._html_line)

    def _open_block(self) -> Block:
        """Open a block: for the parser, or for text outside of blocks."""
        block = Block()
        self._blocks.append(block)
        return block

    def _line_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1 + self._first_line

    def _line_of_address(self, target: str, start: int, end: int) -> int:
        """Return the line of a link's address; if the source writes it differently, the line of the link's end."""
        found = self._data.rfind(target.encode(), start, end)
        return self._line_of(found if found >= 0 else max(start, end - 1))

    def _end_picture(self, target: str, line: int, first: int) -> None:
        """Remove a picture's alternative text from its paragraph; an embedded note or video is a link."""
        block = self._blocks[-1] if self._blocks else self._open_block()
        words = "".join(block.pieces[first:]).strip()
        if is_picture(target) and not target.startswith("[[") and not words:
            self._unnamed_pictures.append(line)
        block.picture = block.picture or words
        block.size -= sum(map(len, block.pieces[first:]))
        del block.pieces[first:]
        while block.code and block.code[-1][1] > block.size:
            block.code.pop()
        while block.addresses and block.addresses[-1][0] >= block.size:
            block.addresses.pop()
        if target.startswith("[["):
            is_link = not is_picture(target[2:-2])
        else:
            video = link_to(target, line, "", "")
            is_link = video is not None and video.target.startswith(_VIDEO)
        if is_link:
            block.links.append(LinkSpan(target, line, block.size, block.size))

    def _inline_html(self, block: Block, tag: str, start: int) -> None:
        if (found := _HTML_NAME.match(tag)) is None:
            return
        name, closes = found[1].lower(), tag[1] == "/"
        if is_component(found[1]):
            self._component(block, found[1], tag, start)
        elif name == "a":
            if closes:
                block.end_link()
                return
            links = read_fragment(tag + "</a>").links
            line = self._line_of_address(links[0][0], start, start + len(tag.encode())) if links else 0
            block.open_links.append((links[0][0], line, block.size) if links else None)
        elif name in _CODE_HTML:
            if not closes:
                block.open_code.append(block.size)
            elif block.open_code:
                block.code.append((block.open_code.pop(), block.size))
        elif name in _EMBEDDING_HTML:
            piece = read_fragment(tag)
            line = self._line_of(start)
            block.links.extend(LinkSpan(target, line, block.size, block.size) for target, *_ in piece.links)
        elif name == "img":
            piece = read_fragment(f"<h1>{tag}</h1>")
            block.picture = block.picture or piece.pictured
            if piece.unnamed_pictures:
                self._unnamed_pictures.append(self._line_of(start))
        elif name in _BLOCK_HTML:
            block.pieces.append("\n")
            block.size += 1

    def _component(self, block: Block, name: str, tag: str, start: int) -> None:
        """Open, add or end a link if the tag of a component is one."""
        if tag[1] == "/":
            if self._components[-1:] == [name]:
                self._components.pop()
                block.end_link()
            return
        for target, *_ in read_fragment(tag).links:
            line = self._line_of_address(target, start, start + len(tag.encode()))
            if tag.endswith("/>"):
                block.links.append(LinkSpan(target, line, block.size, block.size))
            else:
                self._components.append(name)
                block.open_links.append((target, line, block.size))

    def _html_block(self, html: str, line: int) -> None:
        piece = read_fragment(html)
        for level, heading in piece.headings:
            self._heading(heading, level)
        self._picture_heading(piece.pictured)
        self._links += links_in_html(piece, html, line)
        self._unnamed_pictures += picture_lines(piece, html, line)
        self._visible.append(piece.text)
        if prose := piece.prose:
            self._prose.append(prose)
        if piece.paragraph and _LETTER.search(piece.paragraph):
            self._has_paragraphs = True
            self._excerpt = self._excerpt or piece.paragraph

    def _close(self, block: Block, name: str, value: Any) -> None:  # noqa: ANN401 - as the parser gives it
        while block.open_links:
            block.end_link()
        shown = "".join(block.pieces)
        if name == "Heading" and value[name] == "H1" and not shown.strip():
            self._picture_heading(block.picture)
        if not shown and not block.links:
            return
        if block.addresses:
            add_bare_links(block, shown, self._line_of)
        if block.links:
            told = with_blanks(shown) if self._has_instructions else shown
            self._links += links_in_block(block, shown, told, has_fields=self._has_fields)
        self._notes += [
            FootnoteMark(key, self._line_of(at), sentence_before(shown, end)) for key, at, end in block.notes
        ]
        if name == "Heading":
            bare = _ATTRIBUTES.sub("", shown) if "{" in shown or "^" in shown else shown
            self._heading(to_text(bare), int(value["Heading"][1:]))
            return
        visible = without_instructions(shown) if self._has_instructions else shown
        text = to_text(visible)
        if not text or is_instruction(text):
            return
        self._visible.append(text)
        prose = text
        if block.code or "://" in text:
            prose = to_text(without_addresses(without_instructions(without(block.code, shown))))
        if prose:
            self._prose.append(prose)
        if "#" in prose:
            self._add_tags(block, shown)
        if name == "Paragraph":
            self._paragraph(block, visible, text)

    def _add_tags(self, block: Block, shown: str) -> None:
        """Add each `#tag` outside of links and code."""
        linked = [(start, end) for _, _, start, end in block.links]
        self._tags.update(dict.fromkeys(tags_in(without([*linked, *block.code], shown))))

    def _paragraph(self, block: Block, visible: str, text: str) -> None:
        """Use a paragraph as the summary if it says more than the words of links and the values of fields."""
        if "::" in visible:
            text = to_text(_FIELD_LINE.sub("", visible))
        own = text
        if block.links:
            own = without([(start, end) for _, _, start, end in block.links], "".join(block.pieces))
        if not _LETTER.search(without_tags(own)) or not text:
            return
        self._has_paragraphs = True
        if not self._holders:
            self._excerpt = self._excerpt or text
        else:
            self._fallback = self._fallback or text

    def _picture_heading(self, words: str) -> None:
        """Take the alternative text of a picture in a heading as the title, unless a heading has words."""
        if words and not self._headings and not self._has_paragraphs:
            self._pictured = self._pictured or name_in_picture(words)

    def _heading(self, heading: str, level: int) -> None:
        """Add a heading; the title is a heading of the first level at the beginning."""
        if heading:
            if level == 1 and not self._headings and not self._has_paragraphs:
                self._is_titled = True
            self._headings.append(heading)
            self._visible.append(heading)
            self._prose.append(heading)


_ENDS = _BLOCKS | _HOLDERS | {"HtmlBlock", "Link", "Image"}
_ESCAPE = "\\"
"""The backslash before the `|` of a note's alias in a table."""
