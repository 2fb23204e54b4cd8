"""Where each relation was stated: the document, the line, and for a link in a text its words and its sentence.

A corpus states hundreds of thousands of relations, so evidence is kept as columns of numbers beside three lists of
texts, in memory as in a file, and becomes records only when somebody asks.
"""

from __future__ import annotations

import hashlib
import operator
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.records import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["EvidenceTable", "EvidenceWriter"]

_NUMBERS = ("source", "target", "relation", "path", "line", "text")
_TEXTS = ("node", "name", "said")
_SEPARATOR = "\0"


class EvidenceWriter:
    """Collects evidence, run by run: what one document states of one node in one relation."""

    def __init__(self) -> None:
        """Begin without evidence."""
        self._nodes: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._said: list[str] = [""]
        self._runs = array("I")
        self._targets = array("I")
        self._lines = array("I")
        self._texts: dict[int, int] = {}

    def add(
        self,
        source: str,
        relation: str,
        path: str,
        stated: Sequence[tuple[int, str]],
        texts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Note that a document states a relation of a node: to which nodes, each after its line (0 where unknown).

        `texts` are the words and the sentence of each, where they are links in a text.
        """
        if not stated:
            return
        nodes, names = self._nodes, self._names
        first = len(self._targets)
        for line, target in stated:
            number = nodes.get(target)
            if number is None:
                number = nodes[target] = len(nodes)
            self._targets.append(number)
            self._lines.append(line)
        self._runs.extend(
            (
                nodes.setdefault(source, len(nodes)),
                names.setdefault(relation, len(names)),
                names.setdefault(path, len(names)),
                len(stated),
            )
        )
        for place, (words, sentence) in enumerate(texts, first):
            if words or sentence:
                self._texts[place] = len(self._said)
                self._said.append(words + _SEPARATOR + sentence)

    def table(self) -> EvidenceTable:
        """Return what was collected, sorted by source, target, relation, path and line."""
        import numpy as np

        runs = np.frombuffer(self._runs, np.uint32).reshape(-1, 4) if self._runs else np.zeros((0, 4), np.uint32)
        lengths = runs[:, 3]
        nodes, node_ranks = _sorted(self._nodes)
        names, name_ranks = _sorted(self._names)
        said = np.zeros(len(self._targets), np.uint32)
        if self._texts:
            said[list(self._texts)] = list(self._texts.values())
        columns = {
            "source": np.repeat(node_ranks[runs[:, 0]], lengths),
            "target": node_ranks[_numbers(self._targets)],
            "relation": np.repeat(name_ranks[runs[:, 1]], lengths),
            "path": np.repeat(name_ranks[runs[:, 2]], lengths),
            "line": _numbers(self._lines),
            "text": said,
        }
        order = np.lexsort([columns[name] for name in ("line", "path", "relation", "target", "source")])
        columns = {name: values[order] for name, values in columns.items()}
        for name, texts in zip(_TEXTS, (nodes, names, self._said), strict=True):
            columns |= _packed(name, texts)
        columns["by_target"] = np.argsort(columns["target"], kind="stable").astype(np.uint32)
        return EvidenceTable(columns.__getitem__)


class EvidenceTable:
    """Evidence, sorted by source, target, relation, path and line. Finding some takes time logarithmic in all of it."""

    def __init__(self, column: Callable[[str], NDArray[Any]]) -> None:
        """Read columns by name, as `EvidenceWriter.table` and the file have them."""
        self._column = column

    @classmethod
    def open(cls, path: Path) -> EvidenceTable:
        """Open the file that `write` wrote; it is read by need.

        Raises:
            FormatError: The file cannot be read, is damaged, or is of another version.
        """
        from graph.mapped import Mapped

        return cls(Mapped(path).column)

    def write(self, path: Path) -> None:
        """Write a new file.

        Raises:
            OSError: The file cannot be written.
        """
        from graph.mapped import write_mapped

        columns = [(name, "u32", self._column(name)) for name in (*_NUMBERS, "by_target")]
        for name in _TEXTS:
            columns += [(f"{name}_end", "u64", self._column(f"{name}_end")), (name, "u8", self._column(name))]
        write_mapped(path, columns, {})

    def digest(self) -> str:
        """Return a text that differs where anything is stated elsewhere, or in other words."""
        state = hashlib.blake2b(digest_size=16)
        for name in (*_NUMBERS, *(f"{name}{part}" for name in _TEXTS for part in ("", "_end"))):
            state.update(self._column(name).tobytes())
        return state.hexdigest()

    def __eq__(self, other: object) -> bool:
        """Tell whether another table holds the same."""
        return isinstance(other, EvidenceTable) and len(self) == len(other) and all(map(operator.eq, self, other))

    __hash__ = None  # type: ignore[assignment] # it is compared by what it holds

    def __len__(self) -> int:
        """Return how many statements of relations there are."""
        return len(self._column("source"))

    def __iter__(self) -> Iterator[Evidence]:
        """Yield all evidence, sorted."""
        return (self._record(row) for row in range(len(self)))

    def between(self, source: str, target: str) -> tuple[Evidence, ...]:
        """Return where relations from one node to another are stated, sorted by relation, path and line."""
        first, last = self._rows_from(source)
        wanted = self._number_of(target)
        if wanted is None:
            return ()
        targets = self._column("target")[first:last]
        begin, end = targets.searchsorted(wanted), targets.searchsorted(wanted, "right")
        return tuple(self._record(first + row) for row in range(int(begin), int(end)))

    def leaving(self, source: str, most: int | None = None) -> tuple[Evidence, ...]:
        """Return where relations from a node are stated, the first `most` of them."""
        first, last = self._rows_from(source)
        return tuple(self._record(row) for row in range(first, last if most is None else min(last, first + most)))

    def arriving(self, target: str, most: int | None = None) -> tuple[Evidence, ...]:
        """Return where relations to a node are stated, the first `most` of them, sorted by source."""
        import numpy as np

        wanted = self._number_of(target)
        if wanted is None:
            return ()
        order, targets = self._column("by_target"), self._column("target")
        begin, end = (int(np.searchsorted(targets, wanted, side, sorter=order)) for side in ("left", "right"))
        return tuple(self._record(int(row)) for row in order[begin : end if most is None else min(end, begin + most)])

    def _rows_from(self, source: str) -> tuple[int, int]:
        wanted = self._number_of(source)
        if wanted is None:
            return 0, 0
        sources = self._column("source")
        return int(sources.searchsorted(wanted)), int(sources.searchsorted(wanted, "right"))

    def _number_of(self, node: str) -> int | None:
        low, high = 0, len(self._column("node_end"))
        while low < high:
            middle = (low + high) // 2
            if self._text("node", middle) < node:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._column("node_end")) and self._text("node", low) == node else None

    def _text(self, name: str, number: int) -> str:
        ends = self._column(f"{name}_end")
        start = int(ends[number - 1]) if number else 0
        return bytes(self._column(name)[start : int(ends[number])]).decode()

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


def _numbers(values: array[int]) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(values, np.uint32) if values else np.zeros(0, np.uint32)


def _sorted(numbers: Mapping[str, int]) -> tuple[list[str], NDArray[np.uint32]]:
    """Return texts sorted, and for each number that they had before the one they have now."""
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
