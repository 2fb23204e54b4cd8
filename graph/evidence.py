"""Where each relation was stated: the document, the line, and for a link in a text its words and its sentence.

A corpus states hundreds of thousands of relations, so evidence is stored as columns of numbers and three lists of
texts, in memory and in a file. Records are made only when asked for.
"""

from __future__ import annotations

import hashlib
import operator
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, count, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from graph.errors import unharmed
from graph.records import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NUMBERS = {"source": "node", "target": "node", "relation": "name", "path": "name", "line": "", "text": "said"}
"""The columns of numbers, and the texts that they number."""
_TEXTS = ("node", "name", "said")
_COLUMNS = (*_NUMBERS, *(f"{name}{part}" for name in _TEXTS for part in ("", "_end")))
_SEPARATOR = "\0"

FirstPlace: TypeAlias = tuple[str, int, int]
"""The document, the line (0 if unknown), and the number of the words and sentence (0 for none)."""


class EvidenceWriter:
    """Collects evidence in runs: the targets of one relation of one node, as one document states them."""

    def __init__(self) -> None:
        self._nodes = _numbering()
        self._names = _numbering()
        self._said, self._said_ends = bytearray(), array("Q", [0])
        self._runs = array("I")
        self._targets = array("I")
        self._lines = array("I")
        self._texts = array("I")

    def add(
        self,
        source: str,
        relation: str,
        path: str,
        stated: Sequence[tuple[int, str]],
        texts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Add the statements of a relation of a node in a document: for each the line (0 if unknown) and the target.

        `texts` are the words and the sentence of each, if they are links in a text.
        """
        if not stated:
            return
        nodes, names = self._nodes, self._names
        first = len(self._targets)
        self._texts.extend([0] * len(stated))
        self._targets.extend([nodes[target] for _, target in stated])
        self._lines.extend([line for line, _ in stated])
        self._runs.extend((nodes[source], names[relation], names[path], len(stated)))
        for place, (words, sentence) in enumerate(texts, first):
            if words or sentence:
                self._texts[place] = len(self._said_ends)
                self._said += (words + _SEPARATOR + sentence).encode()
                self._said_ends.append(len(self._said))

    def table(self) -> EvidenceTable:
        """Return the collected evidence, sorted by source, target, relation, path and line. Call it only once."""
        import numpy as np

        runs = np.asarray(self._runs).reshape(-1, 4)
        nodes, node_ranks = _sorted(self._nodes)
        names, name_ranks = _sorted(self._names)
        columns = {
            "source": np.repeat(node_ranks[runs[:, 0]], runs[:, 3]),
            "target": node_ranks[np.asarray(self._targets)],
            "relation": np.repeat(name_ranks[runs[:, 1]], runs[:, 3]),
            "path": np.repeat(name_ranks[runs[:, 2]], runs[:, 3]),
            "line": np.asarray(self._lines),
            "text": np.asarray(self._texts),
        }
        order = np.lexsort([columns[name] for name in ("line", "path", "relation", "target", "source")])
        for name in columns:  # one by one, so that only one is in memory twice
            columns[name] = columns[name][order]
        columns |= _packed("node", nodes) | _packed("name", names)
        columns |= {"said_end": np.asarray(self._said_ends), "said": np.frombuffer(self._said, np.uint8)}
        return EvidenceTable(columns.__getitem__)


class EvidenceTable:
    """Evidence, sorted by source, target, relation, path and line. Looking something up takes logarithmic time."""

    def __init__(self, column: Callable[[str], NDArray[Any]], version: str = "") -> None:
        self._column = column
        self.version = version
        """A digest of the file; empty for a table in memory."""

    @classmethod
    def open(cls, path: Path) -> EvidenceTable:
        """Open a file that `write` wrote; it is read as needed.

        Raises:
            DamagedBuildError: The file cannot be read, is damaged, or is of another version.
        """
        from graph.mapped import Mapped

        file = Mapped(path)
        return cls(file.column, file.version)

    def moved_to(self, stream: IO[bytes]) -> EvidenceTable:
        """Return this table with its columns in an open file, which nothing else may write to.

        Raises:
            OSError: The file cannot be written.
        """
        import numpy as np

        columns: dict[str, NDArray[Any]] = {}
        for name in _COLUMNS:
            column = self._column(name)
            stream.write(bytes(-stream.tell() % column.itemsize))
            start = stream.tell()
            stream.write(column.data)
            stream.flush()
            columns[name] = np.memmap(stream, column.dtype, "r", start, column.shape) if column.size else column
        return EvidenceTable(columns.__getitem__, self.version)

    def write(self, path: Path) -> None:
        """Write a new file.

        Raises:
            OSError: The file cannot be written.
        """
        from graph.mapped import write_mapped

        columns = [(name, "u32", self._column(name)) for name in _NUMBERS]
        for name in _TEXTS:
            columns += [(f"{name}_end", "u64", self._column(f"{name}_end")), (name, "u8", self._column(name))]
        write_mapped(path, columns, {})

    def digest(self) -> str:
        """Return a digest of everything in the table."""
        state = hashlib.sha256()
        for name in _COLUMNS:
            state.update(self._column(name).data)
        return state.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EvidenceTable) and len(self) == len(other) and all(map(operator.eq, self, other))

    __hash__ = None  # type: ignore[assignment] # tables are compared by content

    def __len__(self) -> int:
        return len(self._column("source"))

    def __iter__(self) -> Iterator[Evidence]:
        """Yield all evidence, sorted."""
        return (self._record(row) for row in range(len(self)))

    @unharmed
    def between(self, source: str, target: str) -> tuple[Evidence, ...]:
        """Return the evidence of relations from one node to another, sorted by relation, path and line.

        Raises:
            DamagedBuildError: The file is damaged. The methods below raise it, too.
        """
        return tuple(map(self._record, self._rows_between(source, target)))

    @unharmed
    def first(self, source: str, relation: str, target: str) -> Evidence | None:
        """Return the first evidence of a relation from one node to another, in the order of paths and lines."""
        for row in self._rows_between(source, target):
            if self._text("name", int(self._column("relation")[row])) == relation:
                return self._record(row)
        return None

    @unharmed
    def first_places(self) -> FirstPlaces:
        """Return the first place of each relation, for going through all nodes. Linear in the nodes."""
        return FirstPlaces(self._column)

    @unharmed
    def changed_since(self, before: EvidenceTable) -> set[str]:
        """Return the nodes whose relations are stated differently than in another table. Linear in both.

        Raises:
            DamagedBuildError: One of them is damaged.
        """
        import numpy as np

        numbering = {name: _renumbered(before._column, self._column, name) for name in _TEXTS}
        sources = numbering["node"][0][before._column("source")]
        nodes = len(self._column("node_end"))
        changed = np.bincount(self._column("source"), minlength=nodes) != np.bincount(
            sources[sources >= 0], minlength=nodes
        )
        # The rows of all other nodes are in the same order in both tables.
        was_like, is_like = (sources >= 0) & ~changed[sources], ~changed[self._column("source")]
        rows = self._column("source")[is_like]
        for name, texts in _NUMBERS.items():
            old, new = before._column(name)[was_like], self._column(name)[is_like]
            if texts:
                old, new = (numbers[values] for numbers, values in zip(numbering[texts], (old, new), strict=True))
            changed[rows[old != new]] = True
        gone = sorted(set(before._column("source")[sources < 0].tolist()))
        found = {self._text("node", node) for node in np.flatnonzero(changed).tolist()}
        return found | {before._text("node", node) for node in gone}

    def _rows_between(self, source: str, target: str) -> range:
        first, last = self._rows_from(source)
        if (wanted := self._number_of(target)) is None:
            return range(0)
        begin, end = _span(self._column("target")[first:last], wanted)
        return range(first + begin, first + end)

    def _rows_from(self, source: str) -> tuple[int, int]:
        wanted = self._number_of(source)
        return (0, 0) if wanted is None else _span(self._column("source"), wanted)

    def _number_of(self, node: str) -> int | None:
        content, ends = self._column("node"), self._column("node_end")
        wanted = node.encode("utf-8", "replace")  # UTF-8 is in the order of the characters

        def text_of(number: int) -> bytes:
            return _piece(content, ends, number)

        found = bisect_left(range(len(ends)), wanted, key=text_of)
        return found if found < len(ends) and text_of(found) == wanted else None

    def _text(self, name: str, number: int) -> str:
        return _piece(self._column(name), self._column(f"{name}_end"), number).decode()

    @unharmed
    def _record(self, row: int) -> Evidence:
        source, target, relation, path, line, text = (int(self._column(name)[row]) for name in _NUMBERS)
        words, _, sentence = self._text("said", text).partition(_SEPARATOR)
        return Evidence(
            self._text("node", source),
            self._text("name", relation),
            self._text("node", target),
            self._text("name", path),
            line,
            words,
            sentence,
        )


class FirstPlaces:
    """The first place at which each relation of a node is stated, for going through all nodes."""

    def __init__(self, column: Callable[[str], NDArray[Any]]) -> None:
        import numpy as np

        self._nodes, self._names = (_unpacked(column(f"{name}_end"), column(name)) for name in ("node", "name"))
        self._said_ends, self._said = column("said_end"), column("said")
        self._columns = [column(name) for name in ("target", "relation", "path", "line", "text")]
        self._sources = sources = column("source")
        starts = sources.searchsorted(np.arange(len(self._nodes) + 1, dtype=np.uint32))
        self._starts = array("Q", starts.astype(np.uint64).tobytes())

    @unharmed
    def of(self, source: str) -> Mapping[str, Mapping[str, FirstPlace]]:
        """Return the first place of each relation of a node, by the name of the relation and then by target.

        Raises:
            DamagedBuildError: The file is damaged. The method below raises it, too.
        """
        number = bisect_left(self._nodes, source)
        if number == len(self._nodes) or self._nodes[number] != source:
            return _NOTHING
        some = slice(self._starts[number], self._starts[number + 1])
        # Backwards, so that the first place of a relation is kept.
        targets, relations, paths, lines, texts = (column[some][::-1].tolist() for column in self._columns)
        nodes, names = self._nodes, self._names
        found: dict[str, dict[str, FirstPlace]] = {names[relation]: {} for relation in set(relations)}
        for target, relation, path, line, text in zip(targets, relations, paths, lines, texts, strict=True):
            found[names[relation]][nodes[target]] = (names[path], line, text)
        return found

    @unharmed
    def lines(self, numbers: Mapping[str, int]) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
        """Return for each relation the pairs of nodes that it connects, and the line of the first place of each pair.

        `numbers` gives the number of each node. A pair is `source * len(numbers) + target`; pairs are sorted, and those
        with other nodes are left out. An unknown line is 0. Takes time linear in all evidence, apart from sorting.
        """
        import numpy as np

        targets, relations, _, lines, _ = self._columns
        number = np.array([numbers.get(node, -1) for node in self._nodes], np.int64)
        found: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {}
        for relation in sorted(set(relations.tolist())):
            rows = np.flatnonzero(relations == relation)
            first, second = number[self._sources[rows]], number[targets[rows]]
            known = (first >= 0) & (second >= 0)
            pairs, places = np.unique(first[known] * len(numbers) + second[known], return_index=True)
            found[self._names[relation]] = pairs, lines[rows[known][places]]
        return found

    @unharmed
    def said(self, place: FirstPlace) -> tuple[str, str]:
        """Return the words of a link and the sentence around it."""
        number = place[2]
        if not number:
            return "", ""
        words, _, sentence = _piece(self._said, self._said_ends, number).decode().partition(_SEPARATOR)
        return words, sentence


_NOTHING: Mapping[str, Mapping[str, FirstPlace]] = MappingProxyType({})


def _numbering() -> defaultdict[str, int]:
    """Return a mapping that gives each new text the next number."""
    return defaultdict(count().__next__)


def _span(ordered: NDArray[np.uint32], value: int) -> tuple[int, int]:
    """Return the start and end of a value in a sorted column."""
    wanted = ordered.dtype.type(value)  # with another type, numpy would convert the whole column
    return int(ordered.searchsorted(wanted)), int(ordered.searchsorted(wanted, "right"))


def _piece(content: NDArray[np.uint8], ends: NDArray[np.uint64], number: int) -> bytes:
    """Return one of the texts in a column."""
    start, end = int(ends[number - 1]) if number else 0, int(ends[number])
    if not start <= end <= len(content):
        raise ValueError("texts are not in order")
    return content[start:end].tobytes()


def _renumbered(
    before: Callable[[str], NDArray[Any]], now: Callable[[str], NDArray[Any]], name: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for the texts of two tables numbers that are equal for equal texts, -1 for those only in the first."""
    import numpy as np

    old, new = (_unpacked(column(f"{name}_end"), column(name)) for column in (before, now))
    numbers = {text: number for number, text in enumerate(new)}
    return (
        np.fromiter((numbers.get(text, -1) for text in old), np.int64, len(old)),
        np.fromiter(map(numbers.__getitem__, new), np.int64, len(new)),
    )


def _unpacked(ends: NDArray[np.uint64], content: NDArray[np.uint8]) -> list[str]:
    whole = content.tobytes()
    return [whole[start:end].decode() for start, end in pairwise([0, *ends.tolist()])]


def _sorted(numbers: Mapping[str, int]) -> tuple[list[str], NDArray[np.uint32]]:
    """Return the sorted texts, and the new number of each old number."""
    import numpy as np

    ordered = sorted(numbers)
    ranks = np.zeros(len(ordered), np.uint32)
    ranks[[numbers[text] for text in ordered]] = np.arange(len(ordered), dtype=np.uint32)
    return ordered, ranks


def _packed(name: str, texts: Iterable[str]) -> dict[str, NDArray[Any]]:
    import numpy as np

    encoded = [text.encode() for text in texts]
    ends = np.fromiter(accumulate(map(len, encoded)), np.uint64, len(encoded))
    return {f"{name}_end": ends, name: np.frombuffer(b"".join(encoded), np.uint8)}
