"""What most documents of a site have in their front matter, as settings that require it of all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.checking.schemas import SECRET, VALUE_TYPES, FieldRule, items_of, text_as_written
from graph.displays import counted
from graph.names import slug
from graph.reading import Cache, Sources, list_documents, outcomes_of
from graph.reading.faults import Faults
from graph.reading.field_uses import to_toml_text
from graph.reading.fields import EXCEPTIONS
from graph.reading.files import folders_above
from graph.reading.processes import Readers
from graph.reading.prose import Prose
from graph.reading.stating import Stater

_LEAST_SHARE = 0.9
"""The share of all documents that is meant by most."""
_Z = 1.96
"""The standard score of an interval of 95 %."""
_MOST_ALLOWED = 12
_MOST_VALUES = 200
_FEWEST_USES = 3
"""Uses of a value that is not a typo."""
_LONGEST_VALUE = 40
_HALF = 0.5
_FEWEST_OTHERS = 10
"""The fewest documents of a folder that can show that the rules of the folder around it are not meant for it."""
_BY_STRICTNESS = ("boolean", "integer", "decimal", "iri", "time", "date", "list", "mapping", "text")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_RuleKey = tuple[bool, str, tuple[str, ...]]


@dataclass(slots=True)
class _FieldValues:
    """The values of one field in a folder."""

    names: Counter[str] = field(default_factory=Counter)
    present: int = 0
    types: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    is_varied: bool = False


@dataclass(slots=True)
class _Folder:
    documents: int = 0
    fields: dict[str, _FieldValues] = field(default_factory=dict)


def learn_schema(sources: Sources) -> Iterator[str]:
    """Yield the lines of `[check]` settings that require of front matter what most documents have.

    A field is required if the lower bound of the Wilson interval (E. B. Wilson 1927) of the share of documents that
    have it is at least nine in ten, which takes 35 documents even if all have it. In the same way a type is that of
    nearly all values. Values are the only ones allowed if there are at most twelve, each is used three times, and all
    others are other spellings of them. Folders get what differs from the folder around them. Costs one pass over all
    documents.

    Raises:
        SourceError: A source does not exist or cannot be read.
    """
    folders: dict[str, _Folder] = {}

    def watch(path: str, fields: Mapping[str, object] | None, _prose: Prose, _faults: Faults) -> None:
        if fields is not None:
            for folder in _folders_of(path):
                _count(fields, folders.setdefault(folder, _Folder()))

    for listed in list_documents(sources).sources:
        for _ in outcomes_of(listed, Cache(keeps=False), Stater(listed.settings, watch=watch), Readers(1)):
            pass
    total = folders[""].documents if folders else 0
    yield f"# Learnt from {counted(total, 'document')} with front matter: what nearly all of them have."
    required: dict[str, dict[str, FieldRule]] = {}
    has_learnt = False
    for name in sorted(folders):
        folder = folders[name]
        around = next((required[above] for above in folders_above(name) if above in required), {})
        rules = {key: rule for key, uses in folder.fields.items() if (rule := _rule_of(uses, folder.documents))}
        for key, rule in around.items():
            uses = folder.fields.get(key, _FieldValues())
            if key not in rules:
                is_other = folder.documents >= _FEWEST_OTHERS and not _conforms(rule, uses, folder.documents)
                rules[key] = FieldRule(rule.name) if is_other else rule
        required[name] = rules
        new = {key: rule for key, rule in rules.items() if _key(rule) != _key(around.get(key, FieldRule("")))}
        if new:
            has_learnt = True
            yield ""
            yield f"[check.folders.{to_toml_text(name)}.fields]" if name else "[check.fields]"
            for key, rule in sorted(new.items()):
                have = folder.fields[key].present if key in folder.fields else 0
                yield f"{_bare(rule.name)} = {_table(rule)}  # {have:,} of {folder.documents:,}"
    if not has_learnt:
        few = "" if _is_most(total, total) else ", and so few cannot show it"
        yield f"# No field is surely in nine of ten{few}."


def _folders_of(path: str) -> Iterator[str]:
    """Yield the folders that a document is in; those that are numbers, such as years, count as one."""
    yield ""
    folder = ""
    for part in path.split("/")[:-1]:
        if part.isdecimal():
            return
        folder = f"{folder}/{part}" if folder else part
        yield folder


def _count(fields: Mapping[str, object], folder: _Folder) -> None:
    folder.documents += 1
    for written, value in fields.items():
        key = written.lower()
        if key in EXCEPTIONS or key == SECRET or value is None or value in ("", []):
            continue
        uses = folder.fields.setdefault(key, _FieldValues())
        uses.present += 1
        uses.names[written] += 1
        short = not isinstance(value, str) or len(value) <= _LONGEST_VALUE
        uses.types.update(
            kind for kind, fits in VALUE_TYPES.items() if (short or kind in {"text", "iri"}) and fits(value)
        )
        if not uses.is_varied:
            uses.values.update({text_as_written(item) for item in items_of(value)} - {""})
            uses.is_varied = len(uses.values) > _MOST_VALUES


def _rule_of(uses: _FieldValues, documents: int) -> FieldRule | None:
    """Return what nearly all documents of a folder agree on for a field; `None` if there is nothing."""
    required = _is_most(uses.present, documents)
    kinds = [kind for kind in _BY_STRICTNESS if _is_most(uses.types[kind], uses.present)]
    if "time" in kinds and uses.types["time"] < uses.types["date"]:
        kinds.remove("time")  # some write the day alone, which is not a mistake
    kind = next(iter(kinds), "")
    name = uses.names.most_common(1)[0][0]
    return FieldRule(name, required, kind, _allowed(uses, kind)) if required or kind else None


def _allowed(uses: _FieldValues, kind: str) -> tuple[str, ...]:
    """Return the values of a field if they are few; one that is rare must be another spelling of one that is not."""
    if kind not in {"text", "list"} or uses.is_varied:
        return ()
    usual = {value for value, count in uses.values.items() if count >= _FEWEST_USES and len(value) <= _LONGEST_VALUE}
    few = 0 < len(usual) <= _MOST_ALLOWED and len(usual) * _FEWEST_USES <= uses.present
    spelled = set(map(slug, usual))
    return tuple(sorted(usual)) if few and all(slug(value) in spelled for value in uses.values) else ()


def _conforms(rule: FieldRule, uses: _FieldValues, documents: int) -> bool:
    """Return whether at least half of the documents of a folder have what the folder around it requires."""
    is_present = not rule.required or uses.present >= _HALF * documents
    return is_present and (not rule.type or uses.types[rule.type] >= _HALF * uses.present)


def _is_most(some: int, among: int) -> bool:
    """Return whether the share is surely nearly all: whether the lower bound of its Wilson interval is nine in ten."""
    if not among:
        return False
    share, square = some / among, _Z * _Z
    centre = share + square / (2 * among)
    margin = _Z * math.sqrt(share * (1 - share) / among + square / (4 * among * among))
    return (centre - margin) / (1 + square / among) >= _LEAST_SHARE


def _key(rule: FieldRule) -> _RuleKey:
    return rule.required, rule.type, rule.allowed


def _table(rule: FieldRule) -> str:
    parts = ["required = true"] * rule.required
    if rule.type:
        parts.append(f'type = "{rule.type}"')
    if rule.allowed:
        parts.append(f"allowed = [{', '.join(map(to_toml_text, rule.allowed))}]")
    return f"{{ {', '.join(parts)} }}" if parts else "{}"


def _bare(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else to_toml_text(name)
