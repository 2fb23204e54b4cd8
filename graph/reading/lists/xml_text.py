"""Inspects XML before it is read: whether it may be read, how it is encoded, and where its parts begin.

Nothing is ever fetched or expanded: a document that declares entities is refused whole.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from xml.parsers import expat

from graph.reading.decoding import decode
from graph.reading.faults import Faults

_PROBE = 8_192
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})["']""")
_DECLARED = re.compile(r"""(<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["'])[\w.:-]{2,40}""")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^<]{0,4000})")


class RefusedError(Exception):
    """An XML document that is not read, and why; `line` is where."""

    def __init__(self, kind: str, fact: str, line: int) -> None:
        super().__init__(fact)
        self.kind, self.fact, self.line = kind, fact, line


def root_element_of(data: bytes) -> tuple[str, str] | None:
    """Return the name of a document's root element without its prefix, and its attributes as they are written.

    Only the first kilobytes are read; `None` where they are not XML, or a template of it.
    """
    head = _head(data)
    position = 0
    while True:
        position = len(head) - len(head[position:].lstrip())
        if head.startswith("<?", position):
            end = head.find("?>", position)
        elif head.startswith("<!--", position):
            end = head.find("-->", position)
        elif head.startswith("<!DOCTYPE", position):
            end = _end_of_doctype(head, position)
        else:
            break
        if end == -1:
            return None
        position = head.find(">", end) + 1
    found = _ROOT.match(head, position)
    return (found[2], found[3].partition(">")[0]) if found else None


def to_utf8(data: bytes, faults: Faults) -> bytes | None:
    """Return a document as UTF-8, read as it declares; `None` where it is not text."""
    text: str | None = None
    declared = _ENCODING.search(data[:_PROBE])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            text = None
    if text is None:
        text = decode(data, faults)
    if text is None:
        return None
    return _DECLARED.sub(r"\1utf-8", text, count=1).encode("utf-8", "replace")


def new_parser(encoding: str | None = None) -> expat.XMLParserType:
    """Return a parser that refuses to declare entities, and gives names as `namespace name`.

    What it parses may raise `RefusedError` and `expat.ExpatError`.
    """
    parser = expat.ParserCreate(encoding, " ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refusing(parser)
    return parser


def _refusing(parser: expat.XMLParserType) -> Callable[..., None]:
    def refuse(name: str, *_: object) -> None:
        fact = f"the file declares the entity {Faults.quote(name)}, and entities are not expanded"
        raise RefusedError("xml-entities", fact, parser.CurrentLineNumber)

    return refuse


def _head(data: bytes) -> str:
    head = data[:_PROBE]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    if b"\0" in head[:4]:
        return head.replace(b"\0", b"").decode("utf-8", "replace")
    return head.decode("utf-8-sig", "replace")


def _end_of_doctype(head: str, position: int) -> int:
    closing, opening = head.find(">", position), head.find("[", position)
    return closing if opening == -1 or closing < opening else head.find("]", opening)
