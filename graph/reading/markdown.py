"""Markdown is read by a parser (pulldown-cmark through pyromark), in one pass over its events.

The pass keeps the paragraph, heading or cell that it is in, where its links and pictures begin and end, and the code in
it, which is shown in titles and sentences but is no prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pyromark

from graph.names import to_text
from graph.reading.html_text import HtmlPiece, read_fragment
from graph.reading.prose import (
    LONGEST_EXCERPT,
    LONGEST_TITLE,
    MOST_SECTIONS,
    NAMED,
    Note,
    Picture,
    Prose,
    bare_addresses,
    count_words,
    cut,
    is_picture,
    link_to,
    sentence_around,
    without_addresses,
)
from graph.reading.templates import without_templates
from graph.statements import Link

__all__ = ["read_markdown"]

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_ENDS_BLOCK = frozenset(
    {"Paragraph", "Heading", "TableCell", "Item", "DefinitionListTitle", "DefinitionListDefinition"}
)
_LINE_BREAKS = frozenset({"SoftBreak", "HardBreak"})
_SILENT = frozenset({"CodeBlock", "MetadataBlock"})
_HOLDERS = frozenset({"List", "Table", "FootnoteDefinition"})
"""Blocks in which a paragraph is no summary."""

_MARKER = re.compile(r"^(?::::+|\[TOC\]|\[\[?_?TOC_?\]?\]|\{:|\\\w+|import\s|export\s|@\w+\[)", re.IGNORECASE)
"""What begins a line that is an instruction and no prose."""

_CONTAINER = re.compile(r"^[ \t]*:::+[^\n]*$", re.MULTILINE)
_CALLOUT = re.compile(r"^\s*\[!\w+\][+-]?[ \t]*")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}\s*$")
_FIELD = re.compile(r"(?:^|[(\[])\s*(?:[-*+]\s+)?\**([^\W\d_][\w -]{0,40}?)\**::\s*[^\n]*$", re.MULTILINE)
_FIELD_NAME = re.compile(r"^\s*[^\W\d_][\w -]{0,40}::\s*", re.MULTILINE)
_BLOCK_HTML = re.compile(r"</?(?:br|p|div|li|td|h[1-6])\b", re.IGNORECASE)
_VIDEO = "https://www.youtube.com/watch"
_UNDEFINED_NOTE = re.compile(r"\[\^([^\s\[\]^]{1,200})\](?!:)")
_ENDINGS, _LONGEST_ENDING = " \n.!?…\"'”’»)]", 10
"""What ends a sentence, and at most how much of it."""
_LETTER = re.compile(r"[^\W_]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def read_markdown(text: str, first_line: int = 1) -> Prose:
    """Return what a Markdown text says; its first line is line `first_line` of the file. Linear in the text."""
    if not text.strip():
        return Prose()
    text = _SURROGATES.sub("\ufffd", text)
    return _Pass(without_templates(text), first_line).prose()


class _Block:
    """A paragraph, heading or cell, while its events come."""

    __slots__ = ("code", "line", "links", "notes", "open", "pieces", "size")

    def __init__(self, line: int) -> None:
        self.line = line
        self.pieces: list[str] = []
        self.size = 0
        self.code: list[tuple[int, int]] = []
        self.links: list[tuple[str, bool, int, int]] = []
        """Target, whether it is a note, and where its words stand."""
        self.open: list[tuple[str, bool, int] | None] = []
        self.notes: list[tuple[str, int]] = []
        """Name of each footnote, and where it is attached."""

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)


class _Pass:
    """One pass over the events of a text."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        data = text.encode()
        self._starts = _line_starts(data)
        self._first_line = first_line
        self._has_fields = "::" in text
        self._blocks: list[_Block] = []
        self._holders: list[str] = []
        self._headings: list[tuple[int, str]] = []
        self._paragraphs = 0
        self._is_titled = False
        self._excerpt: str | None = None
        self._fallback: str | None = None
        self._prose: list[str] = []
        self._words = 0
        self._links: list[Link] = []
        self._pictures: list[Picture] = []
        self._notes: list[Note] = []
        self._opened_pictures: list[tuple[str, int, int]] = []
        self._html: list[str] = []
        self._html_line = 0
        self._silent = 0

    def prose(self) -> Prose:
        """Run, and return what was found."""
        self._run()
        title, sections = self._title()
        excerpt = self._excerpt or self._fallback
        return Prose(
            title=cut(title, LONGEST_TITLE) if title else None,
            is_headed=title is not None,
            excerpt=cut(excerpt, LONGEST_EXCERPT) if excerpt else None,
            sections=tuple(sections[:MOST_SECTIONS]),
            text="\n".join(self._prose),
            word_count=self._words,
            links=tuple(self._links),
            pictures=tuple(self._pictures),
            notes=tuple(self._notes),
        )

    def _run(self) -> None:
        handlers: dict[str, Callable[[Any, int], None]] = {
            "Text": self._on_text,
            "Start": self._on_start,
            "End": self._on_end,
            "Code": self._on_code,
            "InlineHtml": self._on_inline_html,
            "FootnoteReference": self._on_note,
        }
        for event, place in pyromark.events_with_range(self._text, options=_OPTIONS):
            if isinstance(event, str):
                if event in _LINE_BREAKS and self._blocks and not self._silent:
                    self._blocks[-1].add("\n")
                continue
            ((kind, value),) = event.items()
            if kind == "Html":
                self._html.append(str(value))
            elif kind in handlers:
                handlers[kind](value, place["start"])
        while self._blocks:
            self._close("Item", None)

    def _on_text(self, text: str, start: int) -> None:
        if not self._silent:
            if NAMED in text:
                text = unquote(text.replace(NAMED, ""))
            self._block_at(start).add(text)

    def _on_code(self, code: str, start: int) -> None:
        if not self._silent:
            block = self._block_at(start)
            block.code.append((block.size, block.size + len(code)))
            block.add(code)

    def _on_note(self, key: str, start: int) -> None:
        if not self._silent:
            block = self._block_at(start)
            block.notes.append((key, block.size))

    def _on_start(self, value: Any, start: int) -> None:  # noqa: ANN401 - as the parser tells it
        name, detail = (value, {}) if isinstance(value, str) else next(iter(value.items()))
        if name in _SILENT:
            self._silent += 1
        elif name == "Link":
            block = self._block_at(start)
            is_note = isinstance(detail["link_type"], dict)
            target = "" if detail["link_type"] == "Email" else detail["dest_url"]
            block.open.append((target.rstrip("\\") if is_note else target, is_note, block.size))
        elif name == "Image":
            target = detail["dest_url"].rstrip("\\")
            target = f"[[{target}]]" if isinstance(detail["link_type"], dict) else target
            self._opened_pictures.append((target, self._line_of(start), len(self._block_at(start).pieces)))
        elif name == "HtmlBlock":
            self._html, self._html_line = [], self._line_of(start)
        elif name in _ENDS_BLOCK:
            self._blocks.append(_Block(self._line_of(start)))
        elif name in _HOLDERS:
            self._holders.append(name)

    def _on_end(self, value: Any, _start: int) -> None:  # noqa: ANN401 - as the parser tells it
        name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if name in _SILENT:
            self._silent -= 1
        elif name == "Link":
            self._end_link()
        elif name == "Image":
            self._end_picture(*self._opened_pictures.pop())
        elif name == "HtmlBlock":
            self._html_block("".join(self._html), self._html_line)
        elif name in _ENDS_BLOCK:
            self._close(name, detail)
        elif name in _HOLDERS:
            self._holders.pop()

    def _block_at(self, start: int) -> _Block:
        """Return the block that is open; a list item without a paragraph, or stray text, opens one."""
        if not self._blocks:
            self._blocks.append(_Block(self._line_of(start)))
        return self._blocks[-1]

    def _line_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1 + self._first_line

    def _end_link(self) -> None:
        block = self._blocks[-1] if self._blocks else None
        if block is not None and block.open:
            opened = block.open.pop()
            if opened is not None:
                block.links.append((opened[0], opened[1], opened[2], block.size))

    def _end_picture(self, target: str, line: int, first: int) -> None:
        """Take a picture's alternative text out of its paragraph; an embedded note or video is a link."""
        block = self._blocks[-1]
        alternative = "".join(block.pieces[first:])
        del block.pieces[first:]
        block.size -= len(alternative)
        block.code = [span for span in block.code if span[1] <= block.size]
        note = target[2:-2] if target.startswith("[[") else None
        if note is not None:
            if is_picture(note):
                self._pictures.append(Picture(note, "", line))
            else:
                block.links.append((note, True, block.size, block.size))
        elif (video := link_to(target, line, "", "")) is not None and video.target.startswith(_VIDEO):
            block.links.append((target, False, block.size, block.size))
        elif target:
            self._pictures.append(Picture(target, to_text(alternative), line))

    def _on_inline_html(self, tag: str, start: int) -> None:
        block = self._block_at(start)
        lower = tag[:12].lower()
        if lower.startswith("</a"):
            self._end_link()
        elif lower.startswith(("<a ", "<a\n", "<a\t")):
            piece = read_fragment(tag + "</a>")
            block.open.append((piece.links[0][0] if piece.links else "", False, block.size))
        elif lower.startswith(("<img", "<iframe", "<video", "<source")):
            piece = read_fragment(tag)
            line = self._line_of(start)
            self._pictures.extend(Picture(address, words, line) for address, words in piece.pictures)
            block.links.extend((target, False, block.size, block.size) for target, *_ in piece.links)
        elif _BLOCK_HTML.match(tag):
            block.add("\n")

    def _html_block(self, html: str, line: int) -> None:
        piece = read_fragment(html)
        self._pictures.extend(Picture(address, words, line) for address, words in piece.pictures)
        for level, heading in piece.headings:
            self._heading(heading, level)
        position = 0
        for target, start, end in piece.links:
            found = html.find(target, position) if target else -1
            if found >= 0:
                position = found
            here = line + (html.count("\n", 0, found) if found >= 0 else 0)
            self._add_link(target, here, to_text(piece.text[start:end]), sentence_around(piece.text, start, end), "")
        self._add_prose(piece)

    def _add_prose(self, piece: HtmlPiece) -> None:
        self._words += count_words(piece.text)
        prose = piece.prose
        if prose:
            self._prose.append(prose)
        if piece.paragraph and _LETTER.search(piece.paragraph):
            self._paragraphs += 1
            if self._excerpt is None:
                self._excerpt = piece.paragraph

    def _close(self, name: str, level: str | None) -> None:
        block = self._blocks.pop()
        while block.open:
            opened = block.open.pop()
            if opened is not None:
                block.links.append((opened[0], opened[1], opened[2], block.size))
        shown = "".join(block.pieces)
        if not shown and not block.links:
            return
        spans = sorted((start, end) for _, _, start, end in block.links)
        self._block_links(block, shown, spans)
        if block.notes or "[^" in shown:
            self._block_notes(block, shown)
        if name == "Heading":
            self._heading(to_text(_ATTRIBUTES.sub("", shown)), int((level or "H1")[1:]))
            return
        visible = _CALLOUT.sub("", _CONTAINER.sub("", shown)) if ":::" in shown or "[!" in shown else shown
        text = to_text(visible)
        self._words += count_words(text)
        prose = to_text(without_addresses(_without_code(shown, block.code)))
        if prose and not _MARKER.match(prose):
            self._prose.append(prose)
        linked = sum(end - start for start, end in spans)
        if name == "Paragraph" and _LETTER.search(text) and not _MARKER.match(text) and linked < len(shown.strip()):
            self._paragraphs += 1
            self._summary(to_text(_FIELD_NAME.sub("", visible)) if self._has_fields else text)

    def _heading(self, heading: str, level: int) -> None:
        if heading:
            if level == 1 and not self._headings and not self._paragraphs:
                self._is_titled = True
            self._headings.append((level, heading))
            self._words += count_words(heading)
            self._prose.append(heading)

    def _summary(self, text: str) -> None:
        """Take the first paragraph that stands by itself, else the first in a list, a table or a footnote."""
        if not self._holders:
            self._excerpt = self._excerpt or text
        else:
            self._fallback = self._fallback or text

    def _block_links(self, block: _Block, shown: str, spans: list[tuple[int, int]]) -> None:
        bare = [
            (shown[start:end], False, start, end)
            for start, end in bare_addresses(shown)
            if not any(start < last and first < end for first, last in (*spans, *block.code))
        ]
        for target, is_note, start, end in sorted((*block.links, *bare), key=lambda link: link[2]):
            line = block.line + shown.count("\n", 0, start)
            words = to_text(shown[start:end])
            sentence = sentence_around(shown, start, end)
            field = self._field_before(shown, start) if self._has_fields else ""
            self._add_link(f"[[{target}]]" if is_note else target, line, words, sentence, field)

    def _block_notes(self, block: _Block, shown: str) -> None:
        undefined = [
            (found[1], found.start())
            for found in _UNDEFINED_NOTE.finditer(shown)
            if not any(start <= found.start() < end for start, end in block.code)
        ]
        line, counted = block.line, 0
        for key, place in sorted((*block.notes, *undefined), key=lambda note: note[1]):
            line, counted = line + shown.count("\n", counted, place), place
            before = shown[max(0, place - _LONGEST_ENDING) : place]
            end = place - len(before) + len(before.rstrip(_ENDINGS))  # a note behind a full stop belongs before it
            self._notes.append(Note(key, line, _UNDEFINED_NOTE.sub("", sentence_around(shown, end, end))))

    @staticmethod
    def _field_before(shown: str, start: int) -> str:
        line = shown[shown.rfind("\n", 0, start) + 1 : start]
        found = _FIELD.search(line) if "::" in line else None
        return to_text(found[1]).lower() if found else ""

    def _add_link(self, target: str, line: int, words: str, sentence: str, field: str) -> None:
        link = link_to(target, line, words, sentence, field)
        if link is not None and not (link.is_note and is_picture(link.target)):
            self._links.append(link)

    def _title(self) -> tuple[str | None, list[str]]:
        """Return the title, which is a heading of the first level with nothing before it, and the other headings."""
        names = [heading.removesuffix(":") for _, heading in self._headings]
        if not self._is_titled:
            return None, names
        return self._headings[0][1], names[1:]


def _line_starts(data: bytes) -> list[int]:
    starts = [0]
    position = data.find(b"\n")
    while position != -1:
        starts.append(position + 1)
        position = data.find(b"\n", position + 1)
    return starts


def _without_code(shown: str, code: list[tuple[int, int]]) -> str:
    if not code:
        return shown
    parts: list[str] = []
    end = 0
    for start, stop in code:
        parts.append(shown[end:start])
        end = stop
    return " ".join([*parts, shown[end:]])
