"""The files of a build become current together, whatever interrupts it, and readers never mix two builds."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.generations import kill_builds
from graph.errors import OutputError, SourceError
from graph.generations import MANIFEST_FILE, Generation, current_generation, staging

OLD = {"a.txt": "old a", "b.txt": "old b", "same.txt": "same", "gone.txt": "gone"}
NEW = {"a.txt": "new a!", "b.txt": "new b", "same.txt": "same", "more.txt": "more"}


class Interruption(BaseException):
    """What ends a process at a moment of no one's choosing."""


def build(folder: Path, files: dict[str, str], kept: tuple[str, ...] = ()) -> Generation:
    """Write a generation."""
    with staging(folder) as staged:
        for name, text in files.items():
            (staged.path / name).write_text(text)
        return staged.commit(kept=kept)


def read(generation: Generation) -> dict[str, str]:
    """Return the texts of all files of a generation."""
    return {name: generation.open(name, Path.read_text, is_whole=True) for name in generation.files}


def current(folder: Path) -> dict[str, str]:
    """Return what a reader who comes now reads."""
    generation = current_generation(folder)
    assert generation is not None
    return read(generation)


def interrupted(monkeypatch: pytest.MonkeyPatch, after: int, do: Callable[[], object]) -> bool:
    """Do something, interrupted before the step after so many that change a file or a folder; tell whether it was."""
    steps = itertools.count()

    def meet(name: str) -> Callable[..., object]:
        real: Callable[..., object] = getattr(os, name)

        def step(*args: object, **options: object) -> object:
            if next(steps) == after:
                raise Interruption
            return real(*args, **options)

        return step

    with monkeypatch.context() as patched:
        for name in ("rename", "replace", "unlink", "rmdir", "mkdir"):
            patched.setattr(os, name, meet(name))
        patched.setattr(shutil, "rmtree", lambda *_args, **_options: None)  # who is killed does not clean up
        try:
            do()
        except Interruption:
            return True
    return False


def test_a_build_is_current_as_a_whole(tmp_path: Path) -> None:
    """The files of a build stand under their names, and those the same as before are not written again."""
    build(tmp_path, OLD)
    stood = (tmp_path / "same.txt").stat().st_mtime_ns
    build(tmp_path, NEW)
    assert current(tmp_path) == NEW
    assert {path.name: path.read_text() for path in tmp_path.glob("*.txt")} == NEW | {"gone.txt": "gone"}
    assert (tmp_path / "same.txt").stat().st_mtime_ns == stood
    assert not list(tmp_path.glob(".new-*")) + list(tmp_path.glob(".generation-*"))


def test_a_build_interrupted_at_any_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers see the generation before or the new one, whole; the next build clears up, and is whole itself."""
    seen = set()
    for after in itertools.count():
        folder = tmp_path / str(after)
        build(folder, OLD)
        was_interrupted = interrupted(monkeypatch, after, lambda folder=folder: build(folder, NEW))  # type: ignore[misc]
        texts = current(folder)
        assert texts in (OLD, NEW)
        seen.add(texts == NEW)
        build(folder, OLD | {"a.txt": "newest"})
        assert current(folder) == OLD | {"a.txt": "newest"}
        assert (folder / "a.txt").read_text() == "newest"
        assert not list(folder.glob(".new-*")) + list(folder.glob(".generation-*"))
        if not was_interrupted:
            break
    assert after > 5
    assert seen == {False, True}


@pytest.mark.slow
def test_killed_builds_never_mix_answers(tmp_path: Path) -> None:
    """After builds from two sources were killed at random moments, all ways to ask agree, and nothing is left."""
    counts = kill_builds(tmp_path, 20)
    assert set(counts) <= {"rivers", "mountains", "ended"}
    assert counts["rivers"] + counts["mountains"] == 20


def test_a_reader_is_told_of_a_later_build(tmp_path: Path) -> None:
    """Who holds a generation can still open what is the same in the later one, and is told where it is not."""
    earlier = build(tmp_path, OLD)
    build(tmp_path, NEW)
    assert earlier.open("same.txt", Path.read_text) == "same"
    for name in ("a.txt", "b.txt", "gone.txt"):
        with pytest.raises(SourceError, match="was built again while it was read"):
            earlier.open(name, Path.read_text)


def test_a_copy_is_a_build(tmp_path: Path) -> None:
    """A folder that was copied is as good as the one it was copied from, even if the moves were not finished."""
    generation = build(tmp_path / "here", NEW)
    generation.staged.mkdir()
    (tmp_path / "here" / "a.txt").rename(generation.staged / "a.txt")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    assert current(tmp_path / "there") == NEW
    build(tmp_path / "there", OLD)
    assert current(tmp_path / "there") == OLD


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda path: path.write_text(path.read_text()[:-1]), "a.txt: is damaged"),
        (lambda path: path.write_text("New a!"), "a.txt: is damaged"),
        (lambda path: path.unlink(), "a.txt: is gone"),
        (lambda path: path.with_name(MANIFEST_FILE).write_text("{"), "manifest.json: is damaged"),
        (lambda path: path.with_name(MANIFEST_FILE).write_text("[]"), "manifest.json: is damaged"),
    ],
)
def test_damage_is_told(tmp_path: Path, harm: Callable[[Path], object], message: str) -> None:
    """A file that is cut short, changed or gone is named, with what to do about it."""
    build(tmp_path, NEW)
    harm(tmp_path / "a.txt")
    with pytest.raises(SourceError, match=message):
        current(tmp_path)
    build(tmp_path, NEW)
    assert current(tmp_path) == NEW


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "a/../../b", "c:a.txt", "a\\b", "", "a//b", "a\n"])
def test_a_manifest_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """A manifest that names a file outside the folder is damaged."""
    generation = Generation(tmp_path, {**build(tmp_path, NEW).files, name: build(tmp_path, NEW).files["a.txt"]})
    told = json.loads((tmp_path / MANIFEST_FILE).read_bytes())
    told |= {"generation": generation.name}
    told["files"][name] = told["files"]["a.txt"]
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(told))
    with pytest.raises(SourceError, match="is damaged"):
        current_generation(tmp_path)


def test_what_is_kept_must_still_be_there(tmp_path: Path) -> None:
    """A build that keeps a file of the one before fails where another build has replaced that file meanwhile."""
    build(tmp_path, OLD)
    with staging(tmp_path) as staged:
        (staged.path / "b.txt").write_text("newer b")
        build(tmp_path, NEW)
        with pytest.raises(OutputError, match="another build was written there"):
            staged.commit(kept=["a.txt"])
    assert current(tmp_path) == NEW
    build(tmp_path, {"b.txt": "newer b"}, kept=("a.txt",))
    assert current(tmp_path) == {"a.txt": "new a!", "b.txt": "newer b"}


def test_nothing_of_a_build_at_work_is_removed(tmp_path: Path) -> None:
    """A build that begins while another writes leaves that one's files alone."""
    with staging(tmp_path) as slow:
        (slow.path / "a.txt").write_text("slow")
        build(tmp_path, NEW)
        assert (slow.path / "a.txt").read_text() == "slow"
        slow.commit()
    assert current(tmp_path) == {"a.txt": "slow"}
