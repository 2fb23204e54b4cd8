"""YAML text becomes plain values, by PyYAML's safe C loader behind guards that keep hostile input from harming anyone.

The C loader builds values by recursion and crashes the interpreter on deep nesting, and aliases and merge keys let a
few bytes expand to more values than memory holds. Text that could do either is first followed as a stream of events,
which needs no recursion, and refused when it nests or grows beyond bounds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec
import yaml

from graph.expressions import expression
from graph.reading.faults import LONGEST_REASON
from graph.reading.written import AS_WRITTEN, with_text

_DEEPEST = 60
_MOST_VALUES = 200_000

_TAG_MISUSE = (ValueError, OverflowError, TypeError, LookupError, AttributeError, RecursionError)
"""What PyYAML's constructors raise for values that do not fit their tag, such as `!!int ""`."""

_NOT_YAML = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FEW_BRACKETS = 30
_LONGEST_INTEGER = 4_000
"""Characters; Python refuses to make numbers of a few hundred digits more."""

_STACKED = expression(r"(?:[-?:][ \t]+){9}|(?:^|[\x85\u2028\u2029])[ ]{100}", re.MULTILINE)


class YamlError(Exception):
    """Text that is not usable YAML: what is wrong, in a few words, and the line (from 1; 0 if unknown)."""

    def __init__(self, kind: str, fact: str, line: int) -> None:
        """Keep the stable name of the fault, the sentence and the line."""
        super().__init__(fact)
        self.kind, self.fact, self.line = kind, fact, line


class Loaded(msgspec.Struct, frozen=True):
    """What a YAML text means, and where it says so."""

    value: object
    """What `yaml.CSafeLoader` builds; but `yes`, `no`, `on`, `off` and clock times such as `12:30` are texts, and so is
    a date that does not exist, or an endless number. Other numbers and times keep how they are written."""
    key_lines: Mapping[str, int]
    """Line, from 1, of each top-level key."""
    item_lines: Mapping[str, Sequence[int]]
    """Lines, from 1, of the items of each top-level list; under `""` those of a document that is a list itself."""
    duplicates: Sequence[tuple[str, int]]
    """Keys that occur twice in one mapping, and the line of the later one, which counts."""
    control_characters: int
    """How many characters that YAML forbids were replaced by spaces."""


class _Loader(yaml.CSafeLoader):
    """The safe C loader; duplicate keys are recorded, and invalid dates and numbers stay text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.duplicates: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002 - PyYAML's signature
        stated = len(node.value)
        merging = any(key.tag == "tag:yaml.org,2002:merge" for key, _ in node.value)
        mapping: dict[object, object] = super().construct_mapping(node, deep=deep)
        if len(mapping) != stated and not merging:
            self.duplicates.extend(_repeated(node))
        return mapping

    def construct_timestamp_or_text(self, node: yaml.ScalarNode) -> object:
        try:
            return with_text(self.construct_yaml_timestamp(node), node.value)
        except (ValueError, OverflowError):
            return node.value

    def construct_integer_or_text(self, node: yaml.ScalarNode) -> object:
        try:
            return with_text(self.construct_yaml_int(node), node.value)
        except ValueError:
            if len(node.value) <= _LONGEST_INTEGER:
                raise
            return node.value

    def construct_written_float(self, node: yaml.ScalarNode) -> object:
        return with_text(self.construct_yaml_float(node), node.value)


_Loader.yaml_implicit_resolvers = AS_WRITTEN
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_timestamp_or_text)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_integer_or_text)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_written_float)


class _ForeignLoader(_Loader):
    """The loader for configurations, which accepts unknown tags, and reads `no` as a truth value."""

    yaml_implicit_resolvers = yaml.CSafeLoader.yaml_implicit_resolvers

    def construct_foreign(self, node: yaml.Node) -> object:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            return None
        return self.construct_object(node.value[-1], deep=True)


_ForeignLoader.add_constructor(None, _ForeignLoader.construct_foreign)


def load_yaml(text: str, first_line: int = 1, *, foreign_tags: bool = False) -> Loaded:
    """Load one YAML document whose first line is line `first_line` of its file.

    With `foreign_tags`, a value whose tag is not known, as configurations of programs have them, is `None`; of a list
    with such a tag, the last item counts, which MkDocs takes where the environment says nothing.

    Time is linear in the text; the values built are bounded.

    Raises:
        YamlError: The text is not YAML, uses tags beyond the safe ones, nests deeper than any article does, or expands
            to more values than any article has.
    """
    control_characters = 0
    if not (text.isascii() and text.isprintable()) and _NOT_YAML.search(text):
        text, control_characters = _NOT_YAML.subn(" ", text)
    _guard(text, first_line)
    loader: _Loader | None = None
    try:
        loader = _ForeignLoader(text) if foreign_tags else _Loader(text)
        node = loader.get_single_node()
        key_lines: dict[str, int] = {}
        item_lines: dict[str, list[int]] = {}
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    key_lines[key.value] = key.start_mark.line + first_line
                    if isinstance(value, yaml.SequenceNode):
                        item_lines[key.value] = [item.start_mark.line + first_line for item in value.value]
        elif isinstance(node, yaml.SequenceNode):
            item_lines[""] = [item.start_mark.line + first_line for item in node.value]
        value = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, *_TAG_MISUSE) as error:
        raise _explained(error, first_line) from error
    finally:
        if loader is not None:
            loader.dispose()
    duplicates = [(key, line + first_line) for key, line in loader.duplicates]
    return Loaded(value, key_lines, item_lines, duplicates, control_characters)


def load_scalar(text: str) -> object:
    """Return what an unquoted scalar on one line means, as `load_yaml` reads it.

    Raises:
        ValueError: It looks like a number or time, but is invalid; related errors mean the same.
        yaml.YAMLError: PyYAML refuses it.
    """
    tag = _ALONE.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return _ALONE.yaml_constructors[tag](_ALONE, yaml.ScalarNode(tag, text))


_ALONE = _Loader("")


def _guard(text: str, first_line: int) -> None:
    """Refuse text that nests or expands too much; parses it a second time only if it looks suspicious."""
    suspicious = "*" in text or text.count("[") + text.count("{") > _FEW_BRACKETS or _STACKED.search(text) is not None
    if not suspicious:
        return
    growth = _Growth()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if (fault := growth.follow(event)) is not None:
                raise YamlError(*fault, (event.start_mark.line if event.start_mark else 0) + first_line)
    except yaml.YAMLError as error:
        raise _explained(error, first_line) from error


class _Growth:
    """How deep values nest, and how many there are with all aliases expanded."""

    def __init__(self) -> None:
        self._total = 0
        self._sizes: dict[str, int] = {}
        self._opened: list[tuple[str | None, int]] = []

    def follow(self, event: yaml.Event) -> tuple[str, str] | None:
        """Take the next event; return the kind of fault and the fact where the text goes too far."""
        if isinstance(event, yaml.AliasEvent):
            anchor = event.anchor or ""
            if anchor not in self._sizes and any(opened == anchor for opened, _ in self._opened):
                return "yaml-bomb", "a value contains itself by an alias"
            self._total += self._sizes.get(anchor, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._opened.append((event.anchor, self._total))
            if event.anchor is not None:
                self._sizes.pop(event.anchor, None)
            self._total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            closed, before = self._opened.pop()
            if closed is not None:
                self._sizes[closed] = self._total - before
        elif isinstance(event, yaml.ScalarEvent):
            self._total += 1
            if event.anchor is not None:
                self._sizes[event.anchor] = 1
        if len(self._opened) > _DEEPEST:
            return "too-deep", f"values are nested deeper than {_DEEPEST} levels"
        if self._total > _MOST_VALUES and self._sizes:
            return "yaml-bomb", f"aliases expand to more than {_MOST_VALUES:,} values"
        return None


def _explained(error: Exception, first_line: int) -> YamlError:
    mark: yaml.Mark | None = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + first_line if mark is not None else 0
    fact = str(getattr(error, "problem", None) or error).splitlines()[0] if str(error) else type(error).__name__
    kind = "unsafe-yaml" if "could not determine a constructor" in fact else "invalid-yaml"
    return YamlError(kind, f"the YAML cannot be read: {fact[:LONGEST_REASON]}", line)


def _repeated(node: yaml.MappingNode) -> list[tuple[str, int]]:
    seen: set[str] = set()
    repeated = []
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                repeated.append((key.value, key.start_mark.line))
            seen.add(key.value)
    return repeated
