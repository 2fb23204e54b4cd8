"""HTML is read by a parser (Lexbor through selectolax): what a page states in its head, and what its body says.

If a page marks its main part (`main`, or one `article`), that part is read, otherwise the body without its navigation.
Parsing time grows with the square of the nesting depth, so anything nested deeper than real pages is read without the
parser.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.names import to_text
from graph.reading.blocks import without
from graph.reading.components import as_anchors, may_link
from graph.reading.html_bounds import is_costly
from graph.reading.html_head import stated_fields
from graph.reading.prose import (
    LONGEST_EXCERPT,
    LONGEST_TITLE,
    MOST_SECTIONS,
    Prose,
    count_words,
    cut_at_word,
    link_to,
    sentence_around,
    without_addresses,
)
from graph.statements import Link

_OPENING = re.compile(
    r"(?>\s*(?:<!--(?:(?!-->).)*-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PROBE = 2_000
_LONGEST_LINE = 1_000
"""Characters before and after a link in which its sentence is looked for."""

_SILENT = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "math", "textarea", "select", "-comment"}
)
_ASIDE = frozenset({"nav", "footer", "aside"})
"""What is navigation if a page does not mark its main part."""

_ASIDE_IN_MAIN = frozenset({"nav", "footer"})
_NOTHING: frozenset[str] = frozenset()
_CODE = frozenset({"pre", "code", "kbd", "samp"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset(
    "address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_COMMENT = re.compile(r"\s*<!--(?!-?>)[^-]*(?:-(?!-!?>)[^-]*)*-->\s*")
"""Nothing but a comment, which sites repeat without end and which need not be parsed."""

_ANY_TAG = re.compile(r"<[^<>]{0,10000}>")
_ADDRESS = re.compile(
    r"\b(?:href|src|to)\s*=\s*(?:\{\s*)?(?:\"([^\"]{0,5000})\"|'([^']{0,5000})'|([^\s\"'>{]{1,5000}))", re.IGNORECASE
)
_MOST_PICTURES = 100
"""The most pictures without alternative text that are reported for one text: each is searched for in it."""
_FEWEST_WORDS = 4
"""Words of a paragraph that may be a summary."""


class HtmlPiece(msgspec.Struct, frozen=True):
    """What a stretch of HTML says."""

    text: str
    """What a reader reads, blocks on lines of their own."""
    code: tuple[tuple[int, int], ...]
    """Spans of code in the text."""
    links: tuple[tuple[str, int, int], ...]
    """The address of each link, and the span of its words."""
    headings: tuple[tuple[int, str], ...]
    """Its headings: level and text."""
    paragraph: str | None
    """Its first paragraph."""
    unnamed_pictures: tuple[str, ...] = ()
    """The address of each picture without alternative text; none for decoration, whose text is stated to be empty."""
    pictured: str = ""
    """The alternative text of the picture that is its first heading of the first level."""

    @property
    def prose(self) -> str:
        """The text without code and addresses, each block on a line."""
        lines = without_addresses(without(self.code, self.text)).split("\n")
        return "\n".join(filter(None, map(to_text, lines)))


_SILENCE = HtmlPiece("", (), (), (), None)


def looks_like_html(text: str) -> bool:
    """Return whether a text is an HTML page and not prose."""
    return _OPENING.match(text[:_PROBE]) is not None


def read_html(text: str, first_line: int = 1) -> tuple[dict[str, object], Prose]:
    """Return the fields an HTML page states in its head, by the names of front matter, and what its body says.

    The parser gives no lines, so that of a link is where its address occurs next in the text. Linear.
    """
    if is_costly(text):
        visible = html.unescape(_ANY_TAG.sub(" ", text))
        return {}, Prose(text=to_text(visible), word_count=count_words(visible))
    tree = LexborHTMLParser(text)
    main = _main_part(tree)
    fields = stated_fields(tree, main)
    piece = _piece(main, _ASIDE if main is not None and main.tag == "body" else _ASIDE_IN_MAIN)
    title = next((heading for _, heading in piece.headings), None)
    return fields, Prose(
        title=cut_at_word(title, LONGEST_TITLE) if title else None,
        excerpt=cut_at_word(piece.paragraph, LONGEST_EXCERPT) if piece.paragraph else None,
        sections=tuple(heading for _, heading in piece.headings[1:])[:MOST_SECTIONS],
        text=piece.prose,
        word_count=count_words(piece.text),
        links=tuple(links_in_html(piece, text, first_line)),
        unnamed_pictures=tuple(picture_lines(piece, text, first_line)),
    )


def read_fragment(text: str) -> HtmlPiece:
    """Return what a piece of HTML inside another text says; components that link are links."""
    if may_link(text):
        text = as_anchors(text)
    if _COMMENT.fullmatch(text):
        return _SILENCE
    if is_costly(text):
        return HtmlPiece(html.unescape(_ANY_TAG.sub(" ", text)), (), (), (), None)
    return _piece(LexborHTMLParser(text).body, _NOTHING)


def links_in_html(piece: HtmlPiece, source: str, first_line: int) -> Iterator[Link]:
    """Yield the links of a piece of HTML, each with the line of its address in the source.

    The parser gives no lines, so the source is searched for addresses, once; links that are not found have line 0.
    """
    if not piece.links:
        return
    places: dict[str, deque[int]] = {}
    for found in _ADDRESS.finditer(source):
        written = found[1] or found[2] or found[3] or ""
        places.setdefault(html.unescape(written).strip(), deque()).append(found.start())
    position = counted = 0
    line = first_line
    for target, start, end in piece.links:
        known = places.get(target.strip(), deque())
        while known and known[0] < position:
            known.popleft()
        here = 0
        if known:
            position = known.popleft()
            line += source.count("\n", counted, position)
            counted = position
            here = line
        first = max(piece.text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1, start - _LONGEST_LINE, 0)
        last = piece.text.find("\n", end, end + _LONGEST_LINE)
        block = piece.text[first : last if last >= 0 else end + _LONGEST_LINE]
        sentence = sentence_around(block, start - first, end - first)
        if (link := link_to(target, here, to_text(piece.text[start:end]), sentence)) is not None:
            yield link


def picture_lines(piece: HtmlPiece, source: str, first_line: int) -> Iterator[int]:
    """Yield the line in the source of each picture without alternative text; 0 where it is not found."""
    position = counted = 0
    line = first_line
    for address in piece.unnamed_pictures:
        here = source.find(address, position) if address else -1
        if here >= 0:
            line += source.count("\n", counted, here)
            position, counted = here + len(address), here
        yield line if here >= 0 else 0


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    mains = tree.css("main") or tree.css("article")
    return mains[0] if len(mains) == 1 else tree.body


class _Gathering:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.code: list[tuple[int, int]] = []
        self.links: list[tuple[str, int, int]] = []
        self.headings: list[tuple[int, str]] = []
        self.paragraphs: list[str] = []
        self.unnamed_pictures: list[str] = []
        self.pictured = ""
        self.picture = ""
        """The alternative text of the first picture since a heading began."""

    def add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.size += len(text)

    def since(self, size: int) -> str:
        """Return the text that came after there were `size` characters."""
        parts, length = [], self.size
        for part in reversed(self.parts):
            if length <= size:
                break
            parts.append(part)
            length -= len(part)
        return "".join(reversed(parts))


def _piece(root: LexborNode | None, aside: frozenset[str]) -> HtmlPiece:
    """Walk over the nodes below one without recursion, leaving out the elements `aside`."""
    found = _Gathering()
    open_nodes: list[tuple[LexborNode, int]] = []
    node = root.child if root is not None else None
    while node is not None:
        tag = node.tag or ""
        below = None
        if tag == "-text":
            found.add((node.text_content or "").replace("\n", " "))
        elif tag not in _SILENT and tag not in aside:
            _enter(node, tag, found)
            if (below := node.child) is not None:
                open_nodes.append((node, found.size))
            else:
                _leave(node, tag, found.size, found)
        if below is not None:
            node = below
            continue
        while node is not None and node.next is None:
            if not open_nodes:
                node = None
                break
            node, size = open_nodes.pop()
            _leave(node, node.tag or "", size, found)
        node = node.next if node is not None else None
    return HtmlPiece(
        "".join(found.parts),
        tuple(found.code),
        tuple(found.links),
        tuple(found.headings),
        next((text for text in found.paragraphs if count_words(text) >= _FEWEST_WORDS), None)
        or next(iter(found.paragraphs), None),
        tuple(found.unnamed_pictures),
        found.pictured,
    )


def _enter(node: LexborNode, tag: str, found: _Gathering) -> None:
    if tag in _BREAKS:
        found.add("\n")
    if tag == "img":
        attributes = node.attributes
        found.picture = found.picture or attributes.get("alt") or ""
        if "alt" not in attributes and len(found.unnamed_pictures) < _MOST_PICTURES:
            found.unnamed_pictures.append(attributes.get("src") or "")
    elif tag == "h1":
        found.picture = ""
    if tag in {"iframe", "embed"}:
        address = node.attributes.get("src") or ""
        if (video := link_to(address, 0, "", "")) is not None and video.target.startswith("https://www.youtube.com/"):
            found.links.append((address, found.size, found.size))


def _leave(node: LexborNode, tag: str, size: int, found: _Gathering) -> None:
    if tag == "a":
        if target := node.attributes.get("href"):
            found.links.append((target, size, found.size))
    elif tag in _CODE:
        if not found.code or found.code[-1][1] <= size:
            found.code.append((size, found.size))
    elif tag in _HEADINGS:
        if heading := to_text(found.since(size)):
            found.headings.append((int(tag[1]), heading))
        elif tag == "h1":
            found.pictured = found.pictured or found.picture
    elif tag == "p" and len(found.paragraphs) < MOST_SECTIONS:
        paragraph = to_text(found.since(size))
        above = node.parent
        if paragraph and (above is None or above.tag != "figcaption"):
            found.paragraphs.append(paragraph)
    if tag in _BREAKS:
        found.add("\n")
