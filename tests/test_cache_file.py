"""The file of the cache after many edits: what is unchanged is copied, and what nothing needs any more goes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from graph.publishing.updating import CACHE_FILE, update

RELATED = "related:\n- title: A stub that all share\n  webUrl: https://a.example/shared\n"


def write(folder: Path, number: int, text: str) -> None:
    """Write an article that was changed long enough ago for its time of change to be trusted."""
    path = folder / f"{number:02}.md"
    path.write_text(f"---\ntitle: Article {number}\n{RELATED}---\n{text}\n", encoding="utf-8")
    before = time.time() - 100
    os.utime(path, (before, before))


def size_of(out: Path) -> int:
    """Return the size of the cache."""
    return (out / CACHE_FILE).stat().st_size


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of forty articles."""
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(40):
        write(folder, number, f"Text {number}. " * 50)
    return folder


def test_the_body_of_the_cache_is_copied_and_followed(folder: Path, tmp_path: Path) -> None:
    """After one change all old bytes of the body are there, and little more."""
    out = tmp_path / "out"
    update([folder], out, formats="nt")
    before = (out / CACHE_FILE).read_bytes()
    write(folder, 7, "Other words.")
    update([folder], out, formats="nt")
    after = (out / CACHE_FILE).read_bytes()
    assert after[: len(before) // 2] == before[: len(before) // 2]
    assert len(before) < len(after) < len(before) * 1.1


@pytest.mark.slow
def test_a_cache_stays_small_after_many_changes(folder: Path, tmp_path: Path) -> None:
    """Each text that is gone is left out within some builds, and each build gives what a fresh one gives."""
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    update([folder], out, formats="nt")
    first = size_of(out)
    for change in range(60):
        write(folder, change * 7 % 40, f"Change {change}. " * 50)
        update([folder], out, formats="nt")
        assert size_of(out) < first * 2
    update([folder], fresh, formats="nt")
    assert (out / "graph.nt").read_bytes() == (fresh / "graph.nt").read_bytes()
    for path in sorted(folder.iterdir())[10:]:
        path.unlink()
    update([folder], out, formats="nt")
    write(folder, 0, "Changed once more.")
    update([folder], out, formats="nt")
    assert size_of(out) < first / 2


def test_a_damaged_body_is_not_copied(folder: Path, tmp_path: Path) -> None:
    """If a chunk is damaged, everything is read and packed again."""
    out = tmp_path / "out"
    update([folder], out, formats="nt")
    written = (out / "graph.nt").read_bytes()
    content = bytearray((out / CACHE_FILE).read_bytes())
    content[200] ^= 1
    (out / CACHE_FILE).write_bytes(content)
    write(folder, 7, "Other words.")
    update([folder], out, formats="nt")
    assert (out / "graph.nt").read_bytes() != written
    mended = (out / CACHE_FILE).read_bytes()
    assert bytes(content[150:250]) not in mended
