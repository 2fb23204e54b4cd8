"""Words as search compares them: without accents and case, and with how many slips of the finger are forgiven."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from graph.urls import clean_url, match_key

__all__ = ["address_digest", "cut", "folded", "forgiven", "name_digest", "words_of"]

_LONGEST = 300
_FEW, _SOME = 4, 8  # from so many letters on, one slip is forgiven, and two

# Letters that Unicode does not take apart into a plain letter and its mark.
_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d"}
)
_WORDS = re.compile(r"[^\W_]+[#+]*")
# Scripts written without spaces, where each sign counts as a word: Thai, Hiragana, Katakana and Han.
_UNSPACED = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e5b\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def cut(text: str) -> str:
    """Return what of a question counts: its first 300 characters, and nothing that is no text."""
    return text[:_LONGEST].encode("utf-8", "replace").decode().replace("\0", " ")


def folded(text: str) -> str:
    """Return a text as search compares whole names: without accents, case and repeated white space."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(sign for sign in parts if unicodedata.category(sign)[0] != "M")
        text = plain.casefold().translate(_PLAIN_LETTERS)
    return " ".join(text.lower().split())


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in order; signs of a script without spaces one by one."""
    plain = folded(text)
    found = _WORDS.findall(plain)
    if plain.isascii() or not _UNSPACED.search(plain):
        return found
    return [part for word in found for part in (word if _UNSPACED.search(word) else (word,))]


def forgiven(length: int) -> int:
    """Return how many slips are forgiven in a word of so many letters."""
    return 0 if length < _FEW else 1 if length < _SOME else 2


def name_digest(name: str) -> int:
    """Return the number by which a whole name is looked up; names that fold to the same have the same."""
    return _digest(folded(cut(name)))


def address_digest(address: str) -> int:
    """Return the number by which an address is looked up; addresses of the same page have the same."""
    return _digest("//" + match_key(clean_url(address) or address))


def _digest(text: str) -> int:
    """Return 64 bits of BLAKE2 (Aumasson et al. 2013) as a signed number: no two texts are expected to share them."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)
