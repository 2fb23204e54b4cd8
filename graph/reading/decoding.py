"""Bytes become text: Unicode in any of its encodings, with damage reported and never fatal."""

from __future__ import annotations

import codecs

from graph.reading.faults import Faults

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROBE = 4096


def decode(data: bytes, faults: Faults) -> str | None:
    """Return a file's text, or `None` where it holds none.

    A byte order mark decides; UTF-16 without a mark is recognised by its zero bytes. Text that is not UTF-8 is read as
    Windows-1252, the commonest other encoding of articles, and reported.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(encoding, data[len(mark) :], faults)
    head = data[:_PROBE]
    if b"\0" in head:
        zeros = _zero_pattern(head)
        if zeros is None:
            faults.add("binary-file", "the file is binary and not a text", "Remove it, or name it in 'exclude'")
            return None
        return _decode_as(zeros, data, faults)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _looks_binary(head):
            faults.add("binary-file", "the file is binary and not a text", "Remove it, or name it in 'exclude'")
            return None
        line = data.count(b"\n", 0, error.start) + 1
        fact = f"byte 0x{data[error.start]:02X} is not UTF-8, so the file was read as Windows-1252"
        faults.add("invalid-utf8", fact, "Save the file as UTF-8", line=line)
        return data.decode("cp1252", "replace")


def _decode_as(encoding: str, data: bytes, faults: Faults) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        faults.add("invalid-utf8", f"the file is not valid {encoding.upper()}", "Save the file as UTF-8")
        return data.decode(encoding, "replace")


def _zero_pattern(head: bytes) -> str | None:
    """Return UTF-16 where nearly every second byte is zero, as in western text without a byte order mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _looks_binary(head: bytes) -> bool:
    strange = sum(1 for byte in head if byte < ord(" ") and byte not in b"\t\n\r\f\x1b")
    return strange > len(head) / 20
