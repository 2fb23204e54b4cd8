"""Where footnotes are attached: those that nothing defines, and the sentence that each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.reading.prose import sentence_around

_UNDEFINED = re.compile(r"\[\^([^\s\[\]^]{1,200})\](?!:)")
_ENDINGS, _LONGEST_ENDING = " \n.!?…\"'”’»)]", 10
"""What ends a sentence, and at most how much of it."""


def undefined_notes(text: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the place of each footnote of a text that a parser leaves as it is written."""
    for found in _UNDEFINED.finditer(text):
        yield found[1], found.start()


def sentence_before(shown: str, end: int) -> str:
    """Return the sentence of a block that a footnote is attached to, after its full stop or within it."""
    before = shown[max(0, end - _LONGEST_ENDING) : end]
    end -= len(before) - len(before.rstrip(_ENDINGS))
    return _UNDEFINED.sub("", sentence_around(shown, end, end))
