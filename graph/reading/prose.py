"""What the text of a document says, whatever it is written in: title, summary, headings, words, links, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec

from graph.expressions import expression
from graph.names import to_text
from graph.statements import Link

LONGEST_TITLE = 300
"""Characters of a title that is found in a text."""

LONGEST_EXCERPT = 500
"""Characters of a summary that is found in a text."""

MOST_SECTIONS = 200
"""Headings of a text that are kept."""

NAMED = "x-document-name:"
"""The prefix of the percent-encoded name of a document in an address made from a template's reference."""

_PELICAN = expression(r"(?:\{|%7B|\||%7C)(?:filename|static|attach)(?:\}|%7D|\||%7C)", re.IGNORECASE)
"""How Pelican marks the path of a file of the source."""

_NIKOLA = expression(r"link://(?:slug|filename|post_path)/([^#?]+)")
"""How Nikola names a document."""

_ENTRY = expression(r"(?:statamic://)?entry::(?=[\w-])")
"""What Statamic has before the identifier of an entry."""
_VAULT = expression(r"dendron://[^/\s]+/")
"""How Dendron names the vault of a note."""

_JOPLIN = expression(r":/([0-9a-f]{32})(?:#|$)")
"""How Joplin names a note, or an attachment."""

UNKNOWN = "\ufdd0"
"""Replaces the unknown output of a template in an address: a character that no text has."""

UNSURE = "#?"
"""Ends a target in a text that may be the path of a page or anything else, so that it is never a broken link."""

_NO_ADDRESS = "#?{`"
"""First characters of targets that are not addresses: fragments, queries, JSX expressions, names of code in Quarto."""

_CONTENTS = frozenset({"toc", "_toc_"})
_LONGEST_SENTENCE_SIDE = 150
_WORD = expression(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON_SIGNS = "‘“”–—…•→\xa0"
"""Characters beyond ASCII that are common in English texts, and not part of a word."""

_ASCII_KINDS = bytes(ord("a" if chr(code).isalnum() else "-" if chr(code) in "'-" else " ") for code in range(128)) * 2
"""The kind of each ASCII character: part of a word (`a`), within a word (`-`), or neither."""

_LONGEST_ADDRESS = 2_000
_SENTENCE_END = expression(
    r"[.!?…\u3002\uff01\uff1f\uff61](?:(?<=[\u3002\uff01\uff1f\uff61])"
    r"|(?<!e\.g\.)(?<!i\.e\.)(?<!\bcf\.)(?<!\bvs\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bNo\.)[\"'”’»)\]]*(?=\s))\s*"
)
_BARE = expression(r"(?<![\w/@.-])https?://[^\s<>\"`{}|\\^\[\]]+", re.IGNORECASE)
_TRAILING = "?!.,:*_~'\""
_ENTITY_END = expression(r"&[A-Za-z0-9]+;$")
_SCHEME = expression(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PICTURE = expression(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|tiff?|mp[34]|m4[av]|ogg|ogv|wav|flac|webm|mov|3gp|pdf)(?:[?#]|$)",
    re.IGNORECASE,
)
_TAG = expression(r"(?<!\S)#(?=[^\W_]|_)(?:([\w/-][^#\n,;:!?()\[\]]{0,60}?\w\w)#(?!\w)|([\w/-]+))")
"""A tag, or one of several words, which Bear ends with another sign; but a letter before that may belong to `C#`."""
_LONGEST_TAG = 200
_COLOUR = expression(r"(?=[a-f]*[0-9])(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_VIDEO = expression(
    r"(?:https?:)?//(?:www\.)?(?:youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live)/|youtu\.be/)([\w-]{6,20})(?=[?&#/]|$)",
    re.IGNORECASE,
)


class FootnoteMark(msgspec.Struct, frozen=True):
    """A place in a text that a footnote is attached to."""

    key: str
    """What the footnote is called."""
    line: int
    """The line of the file, from 1; 0 where unknown."""
    sentence: str
    """The sentence around it, plain text."""


class Prose(msgspec.Struct, frozen=True):
    """What a text says of itself."""

    title: str | None = None
    """Its heading, or the first line of a plain text, as plain text."""
    excerpt: str | None = None
    """Its first paragraph, cut at a word."""
    sections: tuple[str, ...] = ()
    """Its headings after the title, in order, plain text."""
    text: str = ""
    """What a reader reads, without code and addresses: paragraphs, each on a line."""
    word_count: int = 0
    """Runs of letters and digits that a reader reads."""
    links: tuple[Link, ...] = ()
    """Its links, in order."""
    notes: tuple[FootnoteMark, ...] = ()
    """Where its footnotes are attached, in order, those that nothing defines included."""
    tags: tuple[str, ...] = ()
    """Words written as `#tag` in its paragraphs, in order, without the `#`."""
    labels: tuple[str, ...] = ()
    """What it calls its sections for links from other documents of Sphinx, in order, each marked as a label."""
    unnamed_pictures: tuple[int, ...] = ()
    """The line, from 1, of each picture without alternative text; 0 where unknown."""


def count_words(text: str) -> int:
    """Count the runs of letters and digits of a text."""
    if not text.isascii():
        text = text.replace("’", "'")
        for sign in _COMMON_SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        return _count_ascii_words(text)
    lines = text.split("\n")
    others = "\n".join(line for line in lines if not line.isascii())
    return _count_ascii_words("\n".join(filter(str.isascii, lines))) + len(_WORD.findall(others))


def _count_ascii_words(text: str) -> int:
    """Count what `_WORD` finds in ASCII text, in a fraction of the time."""
    kinds = text.encode().translate(_ASCII_KINDS) + b" "
    joined = kinds.replace(b"a-a", b"aaa").replace(b"a-a", b"aaa")  # twice for the overlapping ones of `a-a-a`
    return joined.count(b"a ") + joined.count(b"a-")


def tags_in(text: str) -> Iterator[str]:
    """Yield each `#tag` and `#tag of words#` in a text, without the signs, except numbers and colours."""
    for found in _TAG.finditer(text):
        name = (found[1] or found[2]).strip("/-")
        if len(name) <= _LONGEST_TAG and not name.replace("/", "").isdecimal() and not _COLOUR.fullmatch(name):
            yield name


def without_tags(text: str) -> str:
    """Return a text without its tags."""
    return _TAG.sub("", text) if "#" in text else text


def cut_at_word(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters, cut at a word."""
    if len(text) <= longest:
        return text
    shorter = text[: longest - 1]
    return (shorter.rpartition(" ")[0] or shorter) + "…"


def is_picture(address: str) -> bool:
    """Return whether an address or name is that of a picture, a recording or another file that is shown."""
    return _PICTURE.search(address) is not None


def link_to(target: str, line: int, words: str, sentence: str, field: str = "") -> Link | None:
    """Return the link that a target in a text makes: an address, a path, or the name that a template or note gives.

    `None` for other targets: a place in the same text, a mail address, a script, a picture's own data.
    """
    target = target.strip()
    name = None
    is_note = target.startswith("[[") and target.endswith("]]")
    if is_note:
        name = to_text(target[2:-2].partition("|")[0])
        if "dendron://" in (name[:10], words[:10]):
            name, words = (name, words) if name[:10] == "dendron://" else (words, name)
            name = _VAULT.sub("", name)
        name = "" if name.startswith("#") or name.lower() in _CONTENTS else name
    else:
        name = _name_in(target)
    if name is not None:
        link = Link(name, by_name=True, is_note=is_note, line=line, field=field, words=words, sentence=sentence)
        return link if name else None
    if found := _PELICAN.match(target):
        target = target[found.end() :]
    if not target or target[0] in _NO_ADDRESS or UNKNOWN in target or (target[0] == ":" and "`" in target):
        return None
    if _SCHEME.match(target) and not target[:8].lower().startswith(("http://", "https://")):
        return None
    if video := _VIDEO.match(target):
        target = f"https://www.youtube.com/watch?v={video[1]}"
    return Link(target, line=line, field=field, words=words, sentence=sentence)


def _name_in(target: str) -> str | None:
    """Return the name that a target gives a document by a mark of some program; `None` without such a mark."""
    if NAMED in target:
        return to_text(unquote(target.partition(NAMED)[2]))
    if target.startswith("link://") and (found := _NIKOLA.match(target)):
        return to_text(unquote(found[1]))
    if target.startswith(("@/", "@site/", "~/")):
        return target.removeprefix("@site/").removeprefix("~/")
    if target.startswith(":/") and (found := _JOPLIN.match(target)):
        return found[1] + UNSURE
    if "entry::" in target and (found := _ENTRY.match(target)):
        return target[found.end() :]
    return None


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of a paragraph around a stretch of it, as one line, cut at words where it is long."""
    first = max(0, start - _LONGEST_SENTENCE_SIDE)
    before = text[first:start]
    begin = next((found.end() for found in reversed(list(_SENTENCE_END.finditer(before)))), None)
    opening = before if begin is None else before[begin:]
    if begin is None and first:
        opening = "…" + (opening.partition(" ")[2] or opening)
    after = text[end : end + _LONGEST_SENTENCE_SIDE]
    stop = _SENTENCE_END.search(after + " ")
    closing = after if stop is None else after[: stop.end()]
    if stop is None and end + _LONGEST_SENTENCE_SIDE < len(text):
        closing = (closing.rpartition(" ")[0] or closing) + "…"
    return to_text(opening + text[start:end] + closing)


def bare_addresses(text: str) -> list[tuple[int, int]]:
    """Return the spans of bare addresses in a text, by the rules of GitHub Flavored Markdown.

    See "Autolinks (extension)" at https://github.github.com/gfm/: punctuation at the end does not belong to an address,
    nor a closing parenthesis that none opens.
    """
    if "://" not in text:
        return []
    found = []
    for match in _BARE.finditer(text):
        address = match.group()[:_LONGEST_ADDRESS]
        while True:
            if address[-1] in _TRAILING or (address[-1] == ")" and address.count(")") > address.count("(")):
                address = address[:-1]
            elif address.endswith(";") and (entity := _ENTITY_END.search(address)):
                address = address[: entity.start()]
            else:
                break
        if len(address) > len("https://"):
            found.append((match.start(), match.start() + len(address)))
    return found


def without_addresses(text: str) -> str:
    """Return a text without its addresses."""
    return _BARE.sub(" ", text) if "://" in text else text
