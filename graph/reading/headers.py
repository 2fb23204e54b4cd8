"""Fields at the top of a text without fences, as Pelican, MultiMarkdown, pandoc, Nikola, Logseq and Dataview have them.

A header is recognised as a whole or not at all: where one line does not fit, it is prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from graph.expressions import expression
from graph.reading.dates import is_time

_MOST_LINES = 200
_LONGEST = 40_000
_KEY_VALUE = expression(r"([A-Za-z][\w -]{0,60}):(?:[ \t]+(.*))?$")
_PROPERTY = expression(r"(\w(?:[\w /.-]{0,60}\w)?)::(?:[ \t]+(.*))?$")
_NIKOLA = expression(r"\.\. ([A-Za-z][\w-]{0,60}):(?:[ \t]+(.*))?$")
_KNOWN = frozenset(
    "title subtitle author authors date modified updated published created tags keywords category categories slug "
    "summary description abstract excerpt lang language status draft template save_as url image cover series layout "
    "permalink".split()
)
"""Names that a header's first line may have; prose such as `Note: this` has others."""
_NAMING = frozenset({"tags", "keywords", "category", "categories", "author", "authors"})
_DATING = frozenset({"date", "published", "updated", "created", "created time", "last edited time"})
"""Names of which one must be there for lines below a title to be fields; a date must be one."""
_OUTSIDE = {"URL": "link"}
"""Below a title, what is given under these names is another page, as in Notion."""
_TITLE = expression(r"#[ \t]+([^\n#]{1,300}?)[ \t]*\n[ \t]*\n(?=[A-Za-z][\w -]{0,60}:[ \t])")
_LISTS = frozenset({"tags", "keywords", "categories", "authors", "alias", "aliases"})
_ITEM = expression(r"(?:\[\[[^\[\]]*+\]\]|[^,\uff0c])++")
_REFERENCES = expression(r"(?:\[\[[^\[\]]*\]\]|#[^\s,]+)(?:[ \t]*,[ \t]*(?:\[\[[^\[\]]*\]\]|#[^\s,]+))+")
_NOTICE = expression(r"copyright\b|\(c\)|©|spdx-", re.IGNORECASE)
"""How a comment of MyST begins that says who owns a text; MyST marks comments like pandoc its title."""
_SAYS_NOTHING = {"type": "text"}
"""What Nikola writes above every post."""


class Header(msgspec.Struct, frozen=True):
    """Fields at the top of a text."""

    fields: dict[str, object]
    """By the names that the text gives them: texts, or lists of texts."""
    lines: dict[str, int]
    """The line of each field, from 1 for the header's first."""
    repeated: tuple[tuple[str, int], ...]
    """Names that occur twice, with the line of the later one."""
    end: int
    """Where in the text the header ends."""


_Lines = list[tuple[int, str, str]]
"""The number of a line, from 1, a field's name and its value."""


def find_header(text: str, begin: int) -> Header | None:
    """Return the header whose first line begins at `begin`; `None` without a header.

    Costs a few comparisons for other texts, and one pass over the header's lines for those that have one.
    """
    sign = text[begin : begin + 1]
    if sign == "%":
        return _read(text, begin, _pandoc)
    if sign == "#":
        return _below_title(text, begin)
    if text.startswith(".. ", begin):
        return _read(text, begin, _nikola)
    if text.startswith("[[!", begin):
        return _ikiwiki(text, begin)
    if text.startswith("<!--", begin):
        return _commented(text, begin)
    if text.startswith("- ", begin) or sign.isalnum() or sign == "_":
        line = _first_line(text, begin)
        if _PROPERTY.match(line.removeprefix("- ")):
            return _read(text, begin, _properties, whole=False)
        found = _KEY_VALUE.match(line)
        if found and found[1].lower() in _KNOWN:
            return _read(text, begin, _pelican)
    return None


def _first_line(text: str, begin: int) -> str:
    end = text.find("\n", begin)
    return text[begin : end if end != -1 else len(text)][:_LONGEST].rstrip()


def _read(text: str, begin: int, form: Callable[[list[str]], _Lines], *, whole: bool = True) -> Header | None:
    """Read a header of one form: up to a blank line, or, unless `whole`, as many lines as fit."""
    lines: list[str] = []
    position = begin
    while position < len(text) and len(lines) <= _MOST_LINES:
        end = text.find("\n", position)
        end = len(text) if end == -1 else end
        line = text[position:end].rstrip()
        if not line or (not whole and not _PROPERTY.match(line.strip().removeprefix("- "))):
            break
        lines.append(line)
        position = end + 1
    if len(lines) > _MOST_LINES or position - begin > _LONGEST:
        return None
    found = form(lines)
    return _header(found, min(position, len(text))) if found else None


def _header(found: _Lines, end: int) -> Header:
    fields: dict[str, object] = {}
    lines: dict[str, int] = {}
    repeated = []
    for number, name, value in found:
        if name in lines:
            repeated.append((name, number))
        lines[name] = number
        if value and _SAYS_NOTHING.get(name) != value:
            fields[name] = _value(name, value)
    return Header(fields, lines, tuple(repeated), end)


def _value(name: str, value: str) -> object:
    """Split a value into a list if its name or form says so."""
    if name.lower() in _LISTS or _REFERENCES.fullmatch(value):
        items = re.split(r"[ \t]*;[ \t]*", value) if ";" in value and "[[" not in value else _ITEM.findall(value)
        return [item.strip() for item in items if item.strip()]
    return value


def _pelican(lines: list[str]) -> _Lines:
    """Read `Title: A walk` (Pelican, MultiMarkdown); indented lines continue a field."""
    found = _pairs(enumerate(lines, 1), _KEY_VALUE, goes_on=True)
    names = {name.lower() for _, name, _ in found}
    return found if "title" in names or len(names & _KNOWN) > 1 else []


def _properties(lines: list[str]) -> _Lines:
    """Read `tags:: walks, hills` (Logseq, Dataview)."""
    return _pairs(enumerate((line.strip().removeprefix("- ") for line in lines), 1), _PROPERTY)


def _nikola(lines: list[str]) -> _Lines:
    return _pairs(enumerate(lines, 1), _NIKOLA)


def _pairs(lines: Iterable[tuple[int, str]], pattern: re.Pattern[str], *, goes_on: bool = False) -> _Lines:
    """Return the fields of numbered lines; none if a line does not fit."""
    found: _Lines = []
    for number, line in lines:
        if field := pattern.match(line):
            found.append((number, field[1], (field[2] or "").strip()))
        elif goes_on and found and line[0] in " \t":
            first, name, value = found[-1]
            found[-1] = (first, name, f"{value} {line.strip()}".strip())
        else:
            return []
    return found


def _pandoc(lines: list[str]) -> _Lines:
    """Read up to three lines that begin with `%`: title, authors, date, or a notice; indented lines continue one."""
    parts: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, 1):
        if line == "%" or line.startswith(("% ", "%\t")):
            parts.append((number, [line[1:].strip()]))
        elif parts and line[0] in " \t":
            parts[-1][1].append(line.strip())
        else:
            return []
    is_notice = bool(parts) and _NOTICE.match(parts[0][1][0]) is not None
    names = ("copyright", "license", "notice") if is_notice else ("title", "authors", "date")
    if not parts or len(parts) > len(names) or not any(part[1] != [""] for part in parts):
        return []
    return [
        (number, name, ("; " if name == "authors" else " ").join(filter(None, said)))
        for (number, said), name in zip(parts, names, strict=False)
    ]


def _below_title(text: str, begin: int) -> Header | None:
    """Read fields between the title and the text, as Notion exports the properties of a page."""
    titled = _TITLE.match(text, begin)
    header = _read(text, titled.end(), lambda lines: _pairs(enumerate(lines, 1), _KEY_VALUE)) if titled else None
    if titled is None or header is None or not any(map(_is_field, header.fields.items())):
        return None
    above = titled.group().count("\n")
    lines = {"title": 1, **{_OUTSIDE.get(name, name): line + above for name, line in header.lines.items()}}
    repeated = tuple((name, line + above) for name, line in header.repeated)
    fields = {_OUTSIDE.get(name, name): value for name, value in header.fields.items()}
    return Header({"title": titled[1].strip(), **fields}, lines, repeated, header.end)


def _is_field(stated: tuple[str, object]) -> bool:
    name = stated[0].lower()
    is_address = stated[0] in _OUTSIDE and str(stated[1]).startswith(("https://", "http://"))
    return name in _NAMING or is_address or (name in _DATING and is_time(stated[1]))


def _commented(text: str, begin: int) -> Header | None:
    end = text.find("-->", begin, begin + _LONGEST)
    if end == -1:
        return None
    lines = text[begin + len("<!--") : end].split("\n")
    if len(lines) > _MOST_LINES:
        return None
    found = _pairs(((number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()), _NIKOLA)
    return _header(found, end + len("-->")) if found else None


_DIRECTIVE = expression(r"\[\[!(meta|tag)[ \t]+([^\[\]\n]{1,2000})\]\][ \t]*\n?")
_STATED = expression(r"""\b(\w++)=(?:"([^"]*)"|(\S+))""")


def _ikiwiki(text: str, begin: int) -> Header | None:
    """Read the `[[!meta title="A walk"]]` and `[[!tag walks hills]]` that ikiwiki has at the top of a page."""
    fields: dict[str, object] = {}
    lines: dict[str, int] = {}
    tags: list[str] = []
    end, line = begin, 1
    for _ in range(_MOST_LINES):
        found = _DIRECTIVE.match(text, end)
        if found is None:
            break
        end = found.end()
        if found[1] == "tag":
            tags += found[2].split()
            lines.setdefault("tags", line)
        for name, quoted, plain in _STATED.findall(found[2]) if found[1] == "meta" else ():
            fields.setdefault(name, quoted or plain)
            lines.setdefault(name, line)
        line += found[0].count("\n")
    if tags:
        fields["tags"] = tags
    return Header(fields, lines, (), end) if fields else None
