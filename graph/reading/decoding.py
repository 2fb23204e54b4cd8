"""Bytes become text: Unicode in any of its encodings, or an older one, with damage reported and never fatal."""

from __future__ import annotations

import codecs
import re

from graph.expressions import expression
from graph.reading.faults import Faults

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROBE = 4096
_SAMPLE = 65_536
_DECLARED = expression(
    rb"""(?:<meta[^>]{0,200}?\bcharset|<\?xml[^>]{0,200}?\bencoding|^#.{0,40}?\bcoding)\s*[=:]\s*["']?([\w.:-]{2,40})""",
    re.IGNORECASE | re.MULTILINE,
)
_HIGH_BYTES = expression(rb"[\x80-\xff]")
_WORDS = expression(rb"[A-Za-z\x80-\xff]+")
_WESTERN = "cp1252"
_LATIN = (_WESTERN, "cp1250", "cp1254")
_OTHERS = "cp1251 koi8_r gb18030 big5 shift_jis euc_jp euc_kr cp1253 cp1255 cp1256".split()
_MOSTLY_ZERO, _HARDLY_ZERO = 0.7, 0.1
"""The shares of zeros among every second byte, and among the others, of western text in UTF-16."""
_STRANGE_IN = 20
"""A text has at most one control character in this many characters."""
_FOREIGN_SHARE = 0.6
"""A word in Latin letters is accented here and there; one in another script has hardly a byte that is ASCII."""


def decode(data: bytes, faults: Faults) -> str | None:
    """Return a file's text; `None` if it is binary.

    A byte order mark decides; UTF-16 without a mark is recognised by its zero bytes. Text that is not UTF-8 is
    reported. It is read as it declares; a few stray bytes in UTF-8 cost only these characters; otherwise the encoding
    is guessed from the text.
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
        text, how = _not_utf8(data)
        line = data.count(b"\n", 0, error.start) + 1
        fact = f"byte 0x{data[error.start]:02X} is not UTF-8, so {how}"
        faults.add("invalid-utf8", fact, "Save the file as UTF-8", line=line)
        return text


def _not_utf8(data: bytes) -> tuple[str, str]:
    """Return a text that is not UTF-8: decoded as declared, as damaged UTF-8, or as guessed."""
    declared = _DECLARED.search(data[:_PROBE])
    encoding = _known_encoding(declared[1].decode("ascii", "replace")) if declared else None
    if encoding is not None:
        return data.decode(encoding, "replace"), f"the file was read as {encoding}, which it declares"
    damaged = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in damaged)
    if strays <= sum(character > "\x7f" for character in damaged) - strays:
        kept = re.sub(
            "[\udc80-\udcff]", lambda found: bytes([ord(found.group()) - 0xDC00]).decode(_WESTERN, "replace"), damaged
        )
        return kept, f"{strays:,} such byte{'s were' if strays > 1 else ' was'} read as Windows-1252"
    encoding = _likely_encoding(data)
    name = "Windows-1252" if encoding == _WESTERN else encoding
    return data.decode(encoding, "replace"), f"the file was read as {name}"


def _known_encoding(name: str) -> str | None:
    """Return the codec of a declared encoding; Latin-1 is read as Windows-1252, as in browsers."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    encoding = _WESTERN if codec.name in {"iso8859-1", "ascii"} else codec.name
    is_text = getattr(codec, "_is_text_encoding", True)
    return encoding if is_text and not encoding.startswith(("utf", "idna", "punycode", "raw", "unicode")) else None


def _likely_encoding(data: bytes) -> str:
    """Guess the encoding from a sample of lines; Windows-1252 if nothing else fits."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE].rpartition(b"\n")[0] or data[:_SAMPLE] if len(data) > _SAMPLE else data
    words = b"".join(word for word in _WORDS.findall(sample) if not word.isascii())
    is_foreign = len(_HIGH_BYTES.findall(words)) > _FOREIGN_SHARE * len(words)
    best = from_bytes(sample, cp_isolation=[*(() if is_foreign else _LATIN), *_OTHERS]).best()
    if best is None or str(best) == sample.decode(_WESTERN, "replace"):
        return _WESTERN
    return best.encoding


def _decode_as(encoding: str, data: bytes, faults: Faults) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        faults.add("invalid-utf8", f"the file is not valid {encoding.upper()}", "Save the file as UTF-8")
        return data.decode(encoding, "replace")


def _zero_pattern(head: bytes) -> str | None:
    """Return the UTF-16 codec if nearly every second byte is zero, as in western text without a byte order mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > _MOSTLY_ZERO * half and even < _HARDLY_ZERO * half:
        return "utf-16-le"
    if even > _MOSTLY_ZERO * half and odd < _HARDLY_ZERO * half:
        return "utf-16-be"
    return None


def _looks_binary(head: bytes) -> bool:
    strange = sum(1 for byte in head if byte < ord(" ") and byte not in b"\t\n\r\f\x1b")
    return strange > len(head) / _STRANGE_IN
