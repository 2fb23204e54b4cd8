"""What reading one file gives: its statements, its faults, and a digest of its bytes."""

from __future__ import annotations

from graph.reading.chunks import Outcome, digest_of
from graph.reading.documents import read_document
from graph.reading.faults import Faults
from graph.reading.files import File, is_list
from graph.reading.stating import Stater


def outcome_of(file: File, stater: Stater) -> tuple[bytes, Outcome]:
    """Return a digest of the bytes of a file and all that they say; an empty digest if it cannot be read."""
    faults = Faults(file.path)
    if (data := bytes_of(file, faults)) is None:
        return b"", Outcome((), tuple(faults.problems), {}, found=False)
    statements = tuple(read_document(file.path, data, stater, faults, is_named=file.is_named))
    found = bool(statements or faults.problems) or not is_list(file.path)
    passed_over = {faults.passed_over: 1} if faults.passed_over else {}
    return digest_of(data), Outcome(statements, tuple(faults.problems), stater.take_unmapped(), found, passed_over)


def bytes_of(file: File, faults: Faults) -> bytes | None:
    """Return the bytes of a file; `None`, with a fault, if it cannot be read."""
    try:
        return file.read()
    except OSError as error:
        fact = f"the file cannot be read ({error.strerror or error})"
        faults.add("unreadable", fact, "Check that it exists and is readable; it was left out")
        return None
