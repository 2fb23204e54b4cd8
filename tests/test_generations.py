"""The files of a build become current together, whatever interrupts it, and readers never mix two builds."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import graph
from benchmarks.generations import kill_builds
from graph.errors import OutputError, SourceError
from graph.generations import MANIFEST_FILE, Generation, current_generation, staging
from graph.locking import HOLD_FILE
from graph.publishing import is_build, open_exports, publish, update
from graph.publishing.exports import EXPLORER_DATA_FILE, STORE_FOLDER
from graph.store import Disk

OLD = {"a.txt": "old a", "b.txt": "old b", "same.txt": "same", "gone.txt": "gone"}
NEW = {"a.txt": "new a!", "b.txt": "new b", "same.txt": "same", "more.txt": "more"}


ENDLESS = '{"generation": "a", "files": {"a.txt": {"size": Infinity, "sha256": ""}}}'
SEEDS = Path(__file__).parent.parent / "seeds"


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


def replace_by_fifo(path: Path) -> None:
    """Put a FIFO in the place of a file, or a damaged file where the system has none."""
    path.unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
    else:
        path.touch()


def ntriples(folder: Path) -> bytes:
    """Return the N-Triples of the current build."""
    with open_exports(folder).open_ntriples() as stream:
        return stream.read()


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


def test_a_manifest_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build whose last step fails leaves the build before it, and none of its own files."""
    build(tmp_path, OLD)

    def fail(path: Path, _pieces: object) -> None:
        message = f"{path}: cannot be written (No space left on device)."
        raise OutputError(message)

    with monkeypatch.context() as patched:
        patched.setattr("graph.generations.write_text", fail)
        with pytest.raises(OutputError, match="No space left"):
            build(tmp_path, NEW)
    assert current(tmp_path) == OLD
    assert not list(tmp_path.glob(".new-*")) + list(tmp_path.glob(".generation-*"))


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
        (lambda path: path.unlink(), "a.txt: is missing"),
        (lambda path: path.with_name(MANIFEST_FILE).write_text("{"), "manifest.json: is damaged"),
        (lambda path: path.with_name(MANIFEST_FILE).write_text("[]"), "manifest.json: is damaged"),
        (lambda path: path.with_name(MANIFEST_FILE).write_text(ENDLESS), "manifest.json: is damaged"),
        (lambda path: replace_by_fifo(path.with_name(MANIFEST_FILE)), "manifest.json: is damaged"),
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
        with pytest.raises(OutputError, match="another build finished there"):
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


def test_a_folder_in_place_of_the_manifest(tmp_path: Path) -> None:
    """A folder that is called like the manifest is a damaged build, and no build can be written there."""
    (tmp_path / MANIFEST_FILE).mkdir()
    with pytest.raises(SourceError, match=r"manifest\.json: is damaged"):
        current_generation(tmp_path)
    with pytest.raises(OutputError, match=r"manifest\.json: cannot be written"):
        build(tmp_path, NEW)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_manifest_without_permission(tmp_path: Path) -> None:
    """A manifest that may not be read is not called damaged."""
    build(tmp_path, NEW)
    (tmp_path / MANIFEST_FILE).chmod(0)
    with pytest.raises(SourceError, match=r"manifest\.json: cannot be read \(Permission denied\)"):
        current_generation(tmp_path)


def test_files_that_cannot_be_moved_are_still_read(tmp_path: Path) -> None:
    """Where a folder stands in the way of a file, the file is read where it was written; the same build can follow."""
    (tmp_path / "a.txt" / "in the way").mkdir(parents=True)
    for _ in range(2):
        build(tmp_path, NEW)
        assert current(tmp_path) == NEW
    shutil.rmtree(tmp_path / "a.txt")
    build(tmp_path, NEW)
    assert (tmp_path / "a.txt").read_text() == NEW["a.txt"]
    assert not list(tmp_path.glob(".new-*")) + list(tmp_path.glob(".generation-*"))


def test_a_build_after_one_killed_with_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build can commit after another with the same files was interrupted between renaming its folder and the end."""
    for after in itertools.count():
        folder = tmp_path / str(after)
        build(folder, OLD)
        with staging(folder) as slow:
            for name, text in NEW.items():
                (slow.path / name).write_text(text)
            was_interrupted = interrupted(monkeypatch, after, lambda folder=folder: build(folder, NEW))  # type: ignore[misc]
            slow.commit()
        assert current(folder) == NEW
        if not was_interrupted:
            break


def test_only_unfinished_files_of_ours_are_removed(tmp_path: Path) -> None:
    """A build removes temporary files of killed builds, and leaves those of other programs."""
    ours, theirs = tmp_path / ".graph.nt.123.tmp", tmp_path / ".settings.tmp"
    ours.touch()
    theirs.touch()
    (tmp_path / ".folder.1.tmp").mkdir()
    build(tmp_path, NEW)
    assert not ours.exists()
    assert theirs.exists()


def test_new_files_and_folders_have_the_usual_modes(tmp_path: Path) -> None:
    """Whoever may read what the user writes elsewhere may read a build."""
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual.txt").touch()
    out = tmp_path / "out"
    update([SEEDS], out, formats="nt,store,search")
    for path in [out, *out.rglob("*")]:
        usual = tmp_path / ("usual" if path.is_dir() else "usual.txt")
        assert path.stat().st_mode == usual.stat().st_mode, path


def test_a_store_copied_without_its_dot_files(tmp_path: Path) -> None:
    """A store that lost `.held` in a copy is opened all the same, and the next build finds it whole."""
    update([SEEDS], tmp_path / "here", formats="store")
    shutil.copytree(tmp_path / "here", tmp_path / "there", ignore=shutil.ignore_patterns(".*"))
    assert isinstance(open_exports(tmp_path / "there").store, Disk)
    update([SEEDS], tmp_path / "there", formats="store")
    (_held,) = (tmp_path / "there" / STORE_FOLDER).glob(f"*/{HOLD_FILE}")
    assert isinstance(open_exports(tmp_path / "there").store, Disk)


def test_exports_behind_a_symbolic_link(tmp_path: Path) -> None:
    """A build can be written and read through a link to a folder."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    update([SEEDS], tmp_path / "link", formats="nt,store")
    assert isinstance(open_exports(tmp_path / "link").store, Disk)
    assert open_exports(tmp_path / "real").info() == open_exports(tmp_path / "link").info()


def test_nothing_is_kept_of_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that found its exports unchanged, just before another replaced them, writes them all again."""
    (tmp_path / "one.md").write_text("# One\n\nText.")
    out = tmp_path / "out"
    update([SEEDS], out, formats="nt,ttl")
    expected = (out / "graph.nt").read_bytes()

    def after_another(folder: Path) -> object:
        monkeypatch.undo()
        publish(graph.build(tmp_path / "one.md"), folder, formats="nt,ttl")
        return staging(folder)

    monkeypatch.setattr("graph.publishing.formats.staging", after_another)
    update([SEEDS], out, formats="nt,ttl,graphml")
    assert ntriples(out) == expected


def test_another_build_that_was_killed_before_its_files_moved(tmp_path: Path) -> None:
    """An update builds again where another build is current, though that one's files have not been moved yet."""
    (tmp_path / "one.md").write_text("# One\n\nText.")
    out, other = tmp_path / "out", tmp_path / "other"
    update([SEEDS], out, formats="nt")
    expected = (out / "graph.nt").read_bytes()
    publish(graph.build(tmp_path / "one.md"), other, formats="nt")
    generation = current_generation(other)
    assert generation is not None
    shutil.copytree(other, Generation(out, generation.files).staged)
    shutil.copy(other / MANIFEST_FILE, out)
    assert update([SEEDS], out, formats="nt").is_new
    assert ntriples(out) == expected


def test_what_another_build_committed_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build removes at its end is never the store or the explorer's data of a build that came after it."""
    other = graph.build(SEEDS)

    @contextlib.contextmanager
    def before_another(folder: Path) -> Iterator[object]:
        with staging(folder) as staged:
            yield staged
        monkeypatch.undo()
        with monkeypatch.context() as patched:
            patched.setattr("graph.publishing.formats.MOST_WHOLE", 2)
            publish(other, folder, formats="html,store")

    monkeypatch.setattr("graph.publishing.formats.staging", before_another)
    (tmp_path / "one.md").write_text("# One\n\nText.")
    publish(graph.build(tmp_path / "one.md"), tmp_path / "out", formats="html,store")
    exports = open_exports(tmp_path / "out")
    assert exports.has(EXPLORER_DATA_FILE)
    exports.open_explorer_data()
    assert isinstance(exports.store, Disk)


def test_a_failed_build_does_not_hold_its_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of a build that failed afterwards is removed by the next build, in the same process too."""

    def fail(*_arguments: object) -> None:
        raise OutputError("The disk is full.")

    monkeypatch.setattr("graph.publishing.formats.write_info", fail)
    with pytest.raises(OutputError, match="disk is full"):
        publish(graph.build(SEEDS), tmp_path / "out", formats="store")
    monkeypatch.undo()
    (tmp_path / "one.md").write_text("# One\n\nText.")
    publish(graph.build(tmp_path / "one.md"), tmp_path / "out", formats="store")
    assert len([path for path in (tmp_path / "out" / STORE_FOLDER).iterdir() if path.is_dir()]) == 1


def test_a_query_reads_no_large_file(tmp_path: Path) -> None:
    """A build with a store is opened and asked without reading its other files, whatever their size."""
    update([SEEDS], tmp_path)
    for path in tmp_path.iterdir():
        if path.is_file() and path.name not in {MANIFEST_FILE, "info.json"}:
            path.write_bytes(bytes(path.stat().st_size))
    exports = open_exports(tmp_path)
    assert isinstance(exports.store, Disk)
    assert exports.query("ASK { ?s ?p ?o }")


def test_an_update_without_changes_clears_up(tmp_path: Path) -> None:
    """What a killed build left is removed by the next update, though nothing has changed since the build before."""
    update([SEEDS], tmp_path, formats="nt")
    for name in (".new-1-2", ".generation-0"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "graph.nt").touch()
    assert not update([SEEDS], tmp_path, formats="nt").is_new
    assert not list(tmp_path.glob(".new-*")) + list(tmp_path.glob(".generation-*"))


def test_a_name_that_is_too_long_is_no_build(tmp_path: Path) -> None:
    """Asking for a build under a name that no system allows is an answer, or one clear error, and no traceback."""
    assert not is_build(tmp_path / ("x" * 5000))
    with pytest.raises(SourceError, match="cannot be read"):
        open_exports(tmp_path / ("x" * 5000))
    with pytest.raises(OutputError, match="cannot be written"):
        update([SEEDS], tmp_path / ("x" * 5000))
