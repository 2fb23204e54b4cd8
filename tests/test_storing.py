"""The store that a build writes: whole or not at all, never loaded twice, and never taken from under a reader."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import graph
from graph.errors import OutputError, SourceError
from graph.publishing.exports import NTRIPLES_FILE, STORE_FOLDER
from graph.publishing.storing import write_store
from graph.publishing.updating import update
from graph.store import Disk, Store
from graph.store.versions import CURRENT_FILE, current_version

SEEDS = Path(__file__).parent.parent / "seeds"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def lines(count: int, name: str = "a") -> list[str]:
    """Return so many triples."""
    return [f'<https://example.org/{name}{number}> <https://schema.org/name> "{number}" .\n' for number in range(count)]


def counted(engine: Store | Disk) -> object:
    """Return how many triples an engine finds by looking at each."""
    (row,) = engine.query(COUNT)
    assert isinstance(row, dict)
    return row["n"]


def versions(folder: Path) -> set[str]:
    """Return the names of all folders in a store."""
    return {path.name for path in folder.iterdir() if path.is_dir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the exports of the seeds."""
    out = tmp_path_factory.mktemp("exports")
    update([SEEDS], out, formats="nt,store")
    return out


def test_the_store_holds_what_the_file_holds(built: Path) -> None:
    """The store answers with the same triples as the N-Triples of the same build."""
    exports = graph.open_exports(built)
    disk, memory = exports.store, exports.load()
    assert isinstance(disk, Disk)
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert set(disk.query(query)) == set(memory.query(query))
    assert len(disk) == len(memory) == counted(disk)


def test_one_format_is_enough(tmp_path: Path) -> None:
    """A build that writes nothing but the store can be asked."""
    update([SEEDS], tmp_path, formats="store")
    assert not (tmp_path / NTRIPLES_FILE).exists()
    assert counted(graph.open_exports(tmp_path).store) == len(graph.build(SEEDS).triples)


def test_the_same_triples_are_not_loaded_again(tmp_path: Path) -> None:
    """Writing what is there already leaves every file as it is."""
    written = write_store(tmp_path, lines(50))
    before = [path.stat().st_mtime_ns for path in written]
    assert write_store(tmp_path, lines(50)) == written
    assert [path.stat().st_mtime_ns for path in written] == before


@pytest.mark.slow
def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    """A store that is replaced goes on answering for those who have it open, and is removed when they are gone."""
    write_store(tmp_path, lines(50))
    old = Disk(tmp_path)
    write_store(tmp_path, lines(60, "b"))
    write_store(tmp_path, lines(70, "c"))
    new = Disk(tmp_path)
    assert (counted(old), counted(new)) == (50, 70)
    assert versions(tmp_path) == {old.version, new.version}
    del old
    gc.collect()
    write_store(tmp_path, lines(70, "c"))
    assert versions(tmp_path) == {new.version}


def test_nothing_in_the_store_tells_where_it_was_made(tmp_path: Path) -> None:
    """No file of the store holds the path of the folder it was loaded in."""
    for path in write_store(tmp_path, lines(50)):
        assert os.fsencode(tmp_path) not in path.read_bytes(), path.name


@pytest.mark.parametrize("damage", ["file", "folder", "pointer", "engine"])
def test_a_damaged_store_is_replaced(tmp_path: Path, damage: str) -> None:
    """A build's answers survive the loss of its store, and the next build makes it whole."""
    update([SEEDS], tmp_path, formats="nt,store")
    folder = tmp_path / STORE_FOLDER
    version = current_version(folder)
    assert version is not None
    place = folder / version.name
    match damage:
        case "file":
            for path in place.glob("*.sst"):
                path.write_bytes(b"")
        case "folder":
            place.rename(tmp_path / "elsewhere")
        case "pointer":
            (folder / CURRENT_FILE).write_text('{"version": "../../etc"}')
        case "engine":
            (place / "CURRENT").write_text("MANIFEST-999999\n")
    triples = len(graph.build(SEEDS).triples)
    if damage != "file":  # the engine looks into its files when asked
        assert counted(graph.open_exports(tmp_path).store) == triples
    assert update([SEEDS], tmp_path, formats="nt,store").is_new
    assert counted(Disk(folder)) == triples


def test_no_store_is_said(tmp_path: Path) -> None:
    """A folder without a store is refused with a remedy."""
    with pytest.raises(SourceError, match=r"holds no triples\. Build them"):
        Disk(tmp_path)


def test_a_full_disk_leaves_the_old_version(tmp_path: Path) -> None:
    """Where a new version cannot be written whole, the error says so and the old one stays as it was."""
    pytest.importorskip("resource")
    write_store(tmp_path, lines(50))
    code = f"""
import resource, signal
from pathlib import Path
from graph.errors import OutputError
from graph.publishing.storing import write_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
lines = [f'<https://example.org/{{n}}> <https://schema.org/name> "{{n}}" .\\n' for n in range(50_000)]
try:
    write_store(Path({str(tmp_path)!r}), lines)
except OutputError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert "cannot be written" in done.stdout, done
    disk = Disk(tmp_path)
    assert counted(disk) == 50
    assert versions(tmp_path) == {disk.version}


def test_a_folder_that_is_a_file_is_misuse(tmp_path: Path) -> None:
    """A store cannot be written where a file stands."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file: cannot be written"):
        write_store(tmp_path / "file", lines(1))


def _write_often(folder: Path, name: str) -> None:
    for count in range(1, 6):
        write_store(folder, lines(count * 10, name))
        assert int(str(counted(Disk(folder)))) % 10 == 0


@pytest.mark.slow
def test_builds_at_once_leave_one_whole_version(tmp_path: Path) -> None:
    """Several builds into one folder, and readers between them, leave the version of one of them and nothing else."""
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_write_often, args=(tmp_path, name)) for name in "ab"]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0, 0]
    disk = Disk(tmp_path)
    assert counted(disk) == 50
    write_store(tmp_path, lines(1))
    del disk
    gc.collect()
    write_store(tmp_path, lines(1))
    assert len(versions(tmp_path)) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
def test_a_killed_build_leaves_the_old_version(tmp_path: Path) -> None:
    """A build that is killed before its version is the current one changes nothing; the next one clears up."""
    write_store(tmp_path, lines(50))
    code = f"""
import os, signal
from pathlib import Path
from graph.publishing import storing
storing.write_text = lambda *rest: os.kill(os.getpid(), signal.SIGKILL)
storing.write_store(Path({str(tmp_path)!r}), ['<https://example.org/a> <https://example.org/b> "c" .\\n'])
"""
    done = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    assert counted(Disk(tmp_path)) == 50
    assert len(versions(tmp_path)) == 2
    write_store(tmp_path, lines(60))
    gc.collect()
    write_store(tmp_path, lines(60))
    assert len(versions(tmp_path)) == 1
