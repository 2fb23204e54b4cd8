"""Words without accents and case, as search compares them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from hashlib import blake2b

from graph.expressions import expression
from graph.search.ranking import RANKING
from graph.urls import match_key

# Letters that Unicode does not decompose, and the form that sigma has at the end of a word.
_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d", "ς": "\u03c3"}
)
# Letters with accents that the index folds by itself, as `folded` does.
_FOLDED_BY_INDEX = str.maketrans(
    {
        sign: unicodedata.normalize("NFD", sign)[0]
        for sign in map(chr, range(0xE0, 0x180))
        if unicodedata.normalize("NFD", sign)[0].isascii()
    }
    | {"…": "..."}
)
_WORDS = expression(r"[^\W_]+[#+]*")
# Scripts without spaces, in which each character counts as a word: Thai, Hiragana, Katakana and Han.
_SIGNS = (
    "\u0e01-\u0e3a\u0e40-\u0e5b\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED = expression(f"[{_SIGNS}]")
_WORDS_AND_SIGNS = expression(rf"[{_SIGNS}]|(?:(?![{_SIGNS}])[^\W_])+[#+]*")


def cut_question(text: str) -> str:
    """Return the first characters of a question, without what is not text."""
    return text[: RANKING.longest].encode("utf-8", "replace").decode().replace("\0", " ")


def folded(text: str) -> str:
    """Return a text without accents, case and repeated white space."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.lower())
        plain = "".join(sign for sign in parts if unicodedata.category(sign)[0] != "M")
        return " ".join(plain.lower().translate(_PLAIN_LETTERS).split())
    return " ".join(text.lower().split())


def words_of(plain: str) -> list[str]:
    """Return the words of a folded text in order; characters of scripts without spaces one by one."""
    return (_WORDS_AND_SIGNS if _is_unspaced(plain) else _WORDS).findall(plain)


def differently_folded(text: str) -> Iterator[str]:
    """Yield the folded words of a text that its index, by its own folding, would have in another form.

    The index (`unicode61` of SQLite) keeps accents and vowel signs of other scripts than Latin and letters such as `ß`,
    and does not divide what is written without spaces.
    """
    if text.isascii():
        return
    for part in unicodedata.normalize("NFC", text).split():
        if not part.isascii():
            plain = folded(part)
            if plain != part.lower().translate(_FOLDED_BY_INDEX) or _is_unspaced(plain):
                yield from words_of(plain)


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
