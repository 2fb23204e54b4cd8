"""A new file from an old one that describes the same subjects in the same order, except for a few of them.

What is the same is copied in long ranges. Subjects are found by bisection, because they are sorted by IRI and because
each begins with characters that occur nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from mmap import mmap

import msgspec


class Blocks(msgspec.Struct, frozen=True):
    """The blocks in a file, each about one subject and sorted by its IRI; several may be about the same."""

    content: mmap | bytes
    """The file, in UTF-8."""
    head: bytes
    """What precedes the first block; ends with a line break, or is empty."""
    begin: bytes
    """How a block begins: characters before the IRI that occur after a line break only there."""
    end: bytes
    """The character behind the IRI."""
    between: bytes
    """What is between two blocks."""
    tail: bytes
    """What follows the last block."""

    def are_sound(self) -> bool:
        """Return whether the file has this head and tail, and a block."""
        first, last = len(self.head), self._last
        return (
            first < last
            and self.content[:first] == self.head
            and self.content[last:] == self.tail
            and self.content[first : first + len(self.begin)] == self.begin
        )

    def replaced(self, blocks: Mapping[str, list[bytes]]) -> Iterator[bytes | memoryview]:
        """Yield the content with all blocks about some IRIs replaced by these.

        Takes time for the changed blocks, apart from copying the others.
        """
        yield self.head
        gap, place = b"", len(self.head)
        for iri in sorted(blocks):
            start, end = self._range(iri.encode())
            for piece in self._run(place, start, blocks[iri]):
                yield gap
                yield piece
                gap = self.between
            place = end
        for piece in self._run(place, self._last, []):
            yield gap
            yield piece
            gap = self.between
        yield self.tail

    def about(self, iri: str) -> bytes:
        """Return the blocks about an IRI."""
        start, end = self._range(iri.encode())
        return self.content[start:end]

    @property
    def _last(self) -> int:
        return len(self.content) - len(self.tail)

    def _run(self, start: int, end: int, blocks: list[bytes]) -> Iterator[bytes | memoryview]:
        """Yield the old blocks between two places, if any, and new ones."""
        if start < end:
            yield memoryview(self.content)[start : end if end == self._last else end - len(self.between)]
        yield from blocks

    def _range(self, iri: bytes) -> tuple[int, int]:
        """Return the start of the first block about an IRI, and the end of the last."""
        start = self._bisect(iri, len(self.head))
        return start, self._bisect(iri + b"\0", start)

    def _bisect(self, iri: bytes, low: int) -> int:
        """Return the start of the first block from `low` on that is not about a smaller IRI."""
        high, opening = self._last, b"\n" + self.begin
        while low < high:
            # A block that starts at `low` has no line break before it that belongs to the range.
            found = self.content.rfind(opening, low, (low + high) // 2 + len(opening))
            block = low if found < 0 else found + 1
            start = block + len(self.begin)
            if self.content[start : self.content.find(self.end, start)] < iri:
                after = self.content.find(opening, block, high)
                low = high if after < 0 else after + 1
            else:
                high = block
        return low
