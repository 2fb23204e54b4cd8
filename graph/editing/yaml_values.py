"""Where a value is in YAML or JSON, and how another is written there in the same style."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from graph.editing.splices import EditError, Splice
from graph.reading.faults import name_of
from graph.reading.yaml_text import load_scalar

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`\\](?:[^\n:#]|:(?=[^\s,\[\]{}])|(?<=\S)#)*(?<!\s)")
"""A text that means itself without quotes, outside of brackets, if it does not look like a number or the like."""
_IN_BRACKETS = re.compile(r"[,\[\]{}]")
_ONE_WORD = re.compile(r"[^\s,;#\[]+")
"""A text that no reader takes for several."""
_AFTER_ITEM = re.compile(r"(?:[ \t]*(,))?([ \t]*(?:#[^\n]*)?)")
"""What may follow on the line of the last item of a list in brackets: a comma and a comment."""
_KEEPING = re.compile(r"[|>]\d?\+")
"""The beginning of a block to which the empty lines below it belong."""
_INDENT = "  "


def add_to_yaml(text: str, path: Sequence[str], items: Sequence[object], *, is_json: bool = False) -> Splice:
    """Return the change that adds items to the list at a path of keys; the list is made if there is none.

    Items are texts, or mappings of texts. A single text becomes the first item of a list, unless it may be several.

    Raises:
        EditError: The value is not a list, is shared by an alias, or there is no place for it.
    """
    root = _composed(text)
    holder = _found(text, root, path[:-1])
    if not isinstance(holder, yaml.MappingNode):
        raise EditError(f"'{path[-2]}' is not a mapping")
    name = path[-1]
    style = _Style(text, root, is_json=is_json)
    if (node := _value(holder, name)) is None:
        return style.new(holder, name, items)
    _check_own(text, root, node, name_of([name]))
    if isinstance(node, yaml.SequenceNode):
        return style.in_brackets(node, items) if node.flow_style else style.below(node, items)
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        return style.instead_of_nothing(node, items)
    if isinstance(node, yaml.ScalarNode) and _quotes(node) not in {"|", ">"} and _ONE_WORD.fullmatch(node.value):
        written = [text[node.start_mark.index : node.end_mark.index], *(style.inline(item) for item in items)]
        return Splice(node.start_mark.index, node.end_mark.index, f"[{', '.join(written)}]")
    raise EditError(f"'{name}' is not a list")


def replace_in_yaml(text: str, path: Sequence[str | int], value: str, *, is_json: bool = False) -> Splice:
    """Return the change that replaces the text or number at a path of keys, and of positions in lists.

    Raises:
        EditError: There is no such value, or it is a list, a mapping, or shared by an alias.
    """
    root = _composed(text)
    node = _found(text, root, path)
    if not isinstance(node, yaml.ScalarNode) or _quotes(node) in {"|", ">"}:
        raise EditError(f"{name_of(path)} is not a text on one line")
    holders = (_found(text, root, path[:depth]) for depth in range(len(path)))
    in_brackets = any(isinstance(one, yaml.CollectionNode) and one.flow_style for one in holders)
    written = _Style(text, root, is_json=is_json).scalar(value, _quotes(node), in_brackets=in_brackets)
    return Splice(node.start_mark.index, node.end_mark.index, written)


def _composed(text: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise EditError("the front matter cannot be read") from error
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise EditError("the front matter is empty, or not a mapping of fields")
    return root


def _value(holder: yaml.MappingNode, name: str) -> yaml.Node | None:
    found = [value for key, value in holder.value if isinstance(key, yaml.ScalarNode) and key.value == name]
    if len(found) > 1:
        raise EditError(f"'{name}' occurs twice")
    return found[0] if found else None


def _found(text: str, root: yaml.Node, path: Sequence[str | int]) -> yaml.Node:
    """Return the value at a path, which no alias leads to."""
    node = root
    for depth, key in enumerate(path, 1):
        found = None
        if isinstance(node, yaml.MappingNode) and isinstance(key, str):
            found = _value(node, key)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = node.value[key]
        if found is None:
            raise EditError(f"there is no {name_of(path[:depth])}")
        _check_own(text, root, found, name_of(path[:depth]))
        node = found
    return node


def _check_own(text: str, root: yaml.Node, node: yaml.Node, name: str) -> None:
    if text[node.start_mark.index : node.start_mark.index + 1] in {"&", "*", "!"} or _is_shared(root, node):
        raise EditError(f"{name} is shared by an anchor, or has a tag")


def _is_shared(root: yaml.Node, node: yaml.Node) -> bool:
    waiting, met = [root], 0
    while waiting:
        one = waiting.pop()
        met += one is node
        if isinstance(one, yaml.MappingNode):
            waiting += [part for pair in one.value for part in pair]
        elif isinstance(one, yaml.SequenceNode):
            waiting += one.value
    return met > 1


class _Style:
    """How a text writes its values."""

    def __init__(self, text: str, root: yaml.MappingNode, *, is_json: bool) -> None:
        self._text, self._root = text, root
        self._is_json = is_json or (root.flow_style and all(_quotes(key) == '"' for key, _ in root.value))

    def below(self, node: yaml.SequenceNode, items: Sequence[object]) -> Splice:
        """Add items to a block list, after the last line of its last item."""
        first, last = node.value[0], node.value[-1]
        column = node.start_mark.column
        gap = first.start_mark.column - column - 1 if first.start_mark.line == node.start_mark.line else 1
        at = self._end_of_line(_last_leaf(last))
        return self._lines(at, " " * column, items, gap=max(gap, 1), like=last)

    def in_brackets(self, node: yaml.SequenceNode, items: Sequence[object]) -> Splice:
        """Add items to a list in brackets, after its last item."""
        like = node.value[-1] if node.value else None
        written = [self.inline(item, like) for item in items]
        if like is None:
            inside = self._text[node.start_mark.index + 1 : node.end_mark.index - 1]
            at = node.start_mark.index + 1
            return Splice(at, at + len(inside) if inside.isspace() else at, ", ".join(written))
        start, line_end = like.start_mark.index, self._text.find("\n", like.end_mark.index)
        indent = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        rest = _AFTER_ITEM.fullmatch(self._text, like.end_mark.index, line_end) if line_end != -1 else None
        if rest and (not indent or indent.isspace()):  # each item has a line of its own
            lines = f",\n{indent}".join(written)
            return Splice(rest.start(), rest.end(), f",{rest[2]}\n{indent}{lines}{rest[1] or ''}")
        between = ", "
        if len(node.value) > 1:
            one, two = node.value[-2].end_mark.index, node.value[-1].start_mark.index
            between = self._text[one:two] if re.fullmatch(r"\s*,\s*", self._text[one:two]) else between
        at = like.end_mark.index
        return Splice(at, at, "".join(between + item for item in written))

    def instead_of_nothing(self, node: yaml.ScalarNode, items: Sequence[object]) -> Splice:
        """Give a key without a value a list."""
        start, end = node.start_mark.index, node.end_mark.index
        if start != end or self._root.flow_style:
            return Splice(start, end, f"[{', '.join(map(self.inline, items))}]")
        line = self._text.rfind("\n", 0, start) + 1
        at = self._text.find("\n", start)
        at = len(self._text) if at == -1 else at
        indent = re.match(r" *", self._text[line:])
        return self._lines(at, (indent[0] if indent else "") + _INDENT, items)

    def new(self, holder: yaml.MappingNode, name: str, items: Sequence[object]) -> Splice:
        """Add a key and its list at the end of a mapping."""
        last = holder.value[-1][1]
        key = self.scalar(name, '"' if self._is_json else None, in_brackets=True)
        if holder.flow_style:
            first_key, before = holder.value[-1][0].start_mark, holder.start_mark
            if len(holder.value) > 1:
                before = holder.value[-2][1].end_mark
            gap = self._text[before.index : first_key.index].lstrip("{").lstrip(",")
            gap = gap if gap.isspace() else " "
            written = f"{key}: [{', '.join(map(self.inline, items))}]"
            return Splice(last.end_mark.index, last.end_mark.index, f",{gap}{written}")
        begin = holder.start_mark if self._text[holder.start_mark.index] == "?" else holder.value[-1][0].start_mark
        column = begin.column
        at = self._end_of_line(_last_leaf(holder))
        beneath = self._lines(at, " " * column + self._indent(), items)
        return Splice(at, at, f"\n{' ' * column}{key}:{beneath.text}")

    def inline(self, item: object, like: yaml.Node | None = None) -> str:
        """Return an item as it is written in brackets."""
        if isinstance(item, Mapping):
            pairs = (f"{self.inline(name)}: {self.inline(value)}" for name, value in item.items())
            return "{" + ", ".join(pairs) + "}"
        style = _quotes(like)
        return self.scalar(str(item), style, in_brackets=True)

    def scalar(self, value: str, style: str | None, *, in_brackets: bool) -> str:
        """Return a text in quotes of a style, or without quotes if it means the same."""
        if not self._is_json:
            if style is None and _is_plain(value) and not (in_brackets and _IN_BRACKETS.search(value)):
                return value
            if style == "'" and value.isprintable():
                return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=not value.isprintable())

    def _lines(
        self, at: int, indent: str, items: Sequence[object], *, gap: int = 1, like: yaml.Node | None = None
    ) -> Splice:
        lines = []
        for item in items:
            start = f"\n{indent}-{' ' * gap}"
            if not isinstance(item, Mapping):
                style = _quotes(like)
                lines.append(start + self.scalar(str(item), style if style in {'"', "'"} else None, in_brackets=False))
                continue
            styles = _styles(like)
            for name, value in item.items():
                lines.append(f"{start}{name}: {self.scalar(str(value), styles.get(name), in_brackets=False)}")
                start = f"\n{indent} {' ' * gap}"
        return Splice(at, at, "".join(lines))

    def _indent(self) -> str:
        """Return how far the lists of the text are indented below their keys."""
        for key, value in self._root.value:
            is_block = isinstance(value, yaml.SequenceNode) and not value.flow_style
            if is_block and self._text[value.start_mark.index] == "-":  # not an anchor or a tag
                return " " * max(int(value.start_mark.column - key.start_mark.column), 0)
        return _INDENT

    def _end_of_line(self, leaf: yaml.Node) -> int:
        """Return where the last line of a value ends, comments included."""
        end = leaf.end_mark.index
        if _quotes(leaf) in {"|", ">"}:
            if _KEEPING.match(self._text, leaf.start_mark.index) and self._text[:end].endswith("\n"):
                return end - 1
            return len(self._text[:end].rstrip("\n"))
        found = self._text.find("\n", end)
        return len(self._text) if found == -1 else found


def _quotes(node: yaml.Node | None) -> str | None:
    """Return the quote that a text begins with, `|` or `>` for a block; `None` if it has none."""
    return (node.style or None) if isinstance(node, yaml.ScalarNode) else None


def _last_leaf(node: yaml.Node) -> yaml.Node:
    """Return the last value within a value of several lines, or its key if it is an alias of a value above."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and node.value and not node.flow_style:
        if isinstance(node, yaml.MappingNode):
            key, value = node.value[-1]
            node = value if value.start_mark.index > key.start_mark.index else key
        else:
            node = node.value[-1]
    return node


def _styles(like: yaml.Node | None) -> Mapping[str, str | None]:
    """Return the quotes of each value of a mapping, by its key."""
    pairs = like.value if isinstance(like, yaml.MappingNode) else ()
    return {key.value: _quotes(value) for key, value in pairs if isinstance(value, yaml.ScalarNode)}


def _is_plain(value: str) -> bool:
    if not value.isprintable() or not _PLAIN.fullmatch(value) or value in {"---", "..."}:
        return False
    try:
        return bool(load_scalar(value) == value)
    except (ValueError, OverflowError, TypeError, LookupError, AttributeError, yaml.YAMLError):
        return False
