"""Words without accents and case, as search compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b

from graph.search.ranking import RANKING
from graph.urls import match_key

# Letters that Unicode does not decompose.
_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d"}
)
_WORDS = re.compile(r"[^\W_]+[#+]*")
# Scripts without spaces, in which each character counts as a word: Thai, Hiragana, Katakana and Han.
_UNSPACED = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e5b\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def cut(text: str) -> str:
    """Return the first characters of a question, without what is not text."""
    return text[: RANKING.longest].encode("utf-8", "replace").decode().replace("\0", " ")


def folded(text: str) -> str:
    """Return a text without accents, case and repeated white space."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(sign for sign in parts if unicodedata.category(sign)[0] != "M")
        text = plain.casefold().translate(_PLAIN_LETTERS)
    return " ".join(text.lower().split())


def words_of(plain: str) -> list[str]:
    """Return the words of a folded text in order; characters of scripts without spaces one by one."""
    found = _WORDS.findall(plain)
    if not _is_unspaced(plain):
        return found
    return [part for word in found for part in (word if _UNSPACED.search(word) else (word,))]


def indexed_words(text: str) -> Iterator[str]:
    """Yield the words of a text as the index has them: in scripts without spaces, what stands together is one word."""
    for part in unicodedata.normalize("NFC", text).split():
        yield from [part] if _is_unspaced(part) else words_of(folded(part))


def _is_unspaced(text: str) -> bool:
    return not text.isascii() and _UNSPACED.search(text) is not None


def address_name(address: str) -> str:
    """Return the key of a clean address, the same for all addresses of a page."""
    return "//" + match_key(address)


def digest(text: str) -> int:
    """Return the number by which a folded name or the key of an address is looked up.

    It is 64 bits of BLAKE2 (Aumasson et al. 2013, "BLAKE2: simpler, smaller, fast as MD5") as a signed number, which
    are taken to be unique.
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)
