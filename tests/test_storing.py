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
from graph.errors import DamagedBuildError, OutputError
from graph.locking import HOLD_FILE
from graph.publishing.exports import NTRIPLES_FILE, STORE_FOLDER
from graph.publishing.storing import place_store, remove_stores
from graph.publishing.updating import update
from graph.store import Disk, Store
from graph.store_files import VERSION_FILE

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


def placed(folder: Path, triples: list[str]) -> Path:
    """Place triples as a build would, make them the only ones, and return their folder."""
    store = place_store(folder, triples)
    remove_stores(folder, but=store.folder.name)
    store.let_go()
    return store.folder


def test_a_large_file_is_loaded_in_pieces_that_end_with_a_line(tmp_path: Path) -> None:
    """A file of more than a piece loses no triple, and every text stays whole."""
    text = "long text " * 100_000
    triples = [
        f'<https://example.org/{number}> <https://schema.org/text> "{number} {text}" .\n' for number in range(17)
    ]
    folder = placed(tmp_path, triples)
    lengths = Disk(folder).query("SELECT (STRLEN(?o) AS ?n) WHERE { ?s ?p ?o }")
    found = {row["n"] for row in lengths if isinstance(row, dict)}
    assert found == {len(f"{number} {text}") for number in range(17)}
    assert len(Disk(folder)) == len(triples)


def test_the_same_triples_are_not_loaded_again(tmp_path: Path) -> None:
    """Writing what is there already leaves every file as it is."""
    first = place_store(tmp_path, lines(50))
    before = [path.stat().st_mtime_ns for path in first.files()]
    second = place_store(tmp_path, lines(50))
    assert second.files() == first.files()
    assert [path.stat().st_mtime_ns for path in second.files()] == before
    first.let_go()
    second.let_go()


@pytest.mark.slow
def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    """A store that is replaced goes on answering for those who have it open, and is removed when they are gone."""
    old = Disk(placed(tmp_path, lines(50)))
    placed(tmp_path, lines(60, "b"))
    new = Disk(placed(tmp_path, lines(70, "c")))
    assert (counted(old), counted(new)) == (50, 70)
    assert versions(tmp_path) == {old.folder.name, new.folder.name}
    del old
    gc.collect()
    placed(tmp_path, lines(70, "c"))
    assert versions(tmp_path) == {new.folder.name}


def test_nothing_in_the_store_tells_where_it_was_made(tmp_path: Path) -> None:
    """No file of the store holds the path of the folder it was loaded in."""
    store = place_store(tmp_path, lines(50))
    for path in store.files():
        assert os.fsencode(tmp_path) not in path.read_bytes(), path.name
    store.let_go()


def test_a_store_is_held_until_it_is_published(tmp_path: Path) -> None:
    """What one build has placed is not removed by another that is published before."""
    store = place_store(tmp_path, lines(50))
    placed(tmp_path, lines(60, "b"))
    assert counted(Disk(store.folder)) == 50
    store.let_go()
    placed(tmp_path, lines(60, "b"))
    assert not store.folder.exists()


@pytest.mark.parametrize("damage", ["file", "folder", "description", "engine"])
def test_a_damaged_store_is_replaced(tmp_path: Path, damage: str) -> None:
    """A build's answers survive the loss of its store, and the next build makes it whole."""
    update([SEEDS], tmp_path, formats="nt,store")
    folder = tmp_path / STORE_FOLDER
    (name,) = versions(folder)
    place = folder / name
    match damage:
        case "file":
            for path in place.glob("*.sst"):
                path.write_bytes(b"")
        case "folder":
            place.rename(tmp_path / "elsewhere")
        case "description":
            (place / VERSION_FILE).write_text('{"triples": 7}')
        case "engine":
            (place / "CURRENT").write_text("MANIFEST-999999\n")
    triples = len(graph.build(SEEDS).triples)
    assert counted(graph.open_exports(tmp_path).store) == triples
    assert update([SEEDS], tmp_path, formats="nt,store").is_new
    assert counted(Disk(place)) == triples


def test_no_store_is_said(tmp_path: Path) -> None:
    """A folder without a store is refused with a remedy."""
    with pytest.raises(FileNotFoundError):
        Disk(tmp_path / "nowhere")
    (tmp_path / HOLD_FILE).touch()
    with pytest.raises(DamagedBuildError, match="cannot be opened"):
        Disk(tmp_path)


def test_a_full_disk_leaves_the_old_version(tmp_path: Path) -> None:
    """Where a new version cannot be written whole, the error says so and the old one stays as it was."""
    pytest.importorskip("resource")
    old = placed(tmp_path, lines(50))
    code = f"""
import resource, signal
from pathlib import Path
from graph.errors import OutputError
from graph.publishing.storing import place_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
lines = [f'<https://example.org/{{n}}> <https://schema.org/name> "{{n}}" .\\n' for n in range(50_000)]
try:
    place_store(Path({str(tmp_path)!r}), lines)
except OutputError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert "cannot be written" in done.stdout, done
    assert counted(Disk(old)) == 50
    assert versions(tmp_path) == {old.name}


def test_a_folder_that_is_a_file_is_misuse(tmp_path: Path) -> None:
    """A store cannot be written where a file stands."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file: cannot be written"):
        place_store(tmp_path / "file", lines(1))


def _write_often(folder: Path, name: str) -> None:
    for count in range(1, 6):
        store = place_store(folder, lines(count * 10, name))
        remove_stores(folder, but=store.folder.name)
        assert int(str(counted(Disk(store.folder)))) == count * 10
        store.let_go()


@pytest.mark.slow
def test_builds_at_once_leave_one_whole_version(tmp_path: Path) -> None:
    """Builds into one folder at once, with readers between them, leave whole versions, and the next build its own."""
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_write_often, args=(tmp_path, name)) for name in "ab"]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0, 0]
    assert all(counted(Disk(tmp_path / name)) == 50 for name in versions(tmp_path))
    gc.collect()
    last = placed(tmp_path, lines(1))
    assert versions(tmp_path) == {last.name}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
def test_a_killed_build_leaves_the_old_version(tmp_path: Path) -> None:
    """A build that is killed before its triples have their name changes nothing; the next one clears up after it."""
    old = placed(tmp_path, lines(50))
    code = f"""
import os, signal
from pathlib import Path
from graph.publishing import storing
Path.rename = lambda *rest: os.kill(os.getpid(), signal.SIGKILL)
storing.place_store(Path({str(tmp_path)!r}), ['<https://example.org/a> <https://example.org/b> "c" .\\n'])
"""
    done = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    assert counted(Disk(old)) == 50
    assert len(versions(tmp_path)) == 2
    gc.collect()
    placed(tmp_path, lines(60))
    assert len(versions(tmp_path)) == 1
