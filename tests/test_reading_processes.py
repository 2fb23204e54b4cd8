"""Several processes read what one process reads, whatever happens to them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.reading import Cache, list_documents, outcomes_of, read
from graph.reading.chunks import Outcome, Packing, unpack
from graph.reading.outcomes import outcome_of
from graph.reading.processes import Readers
from graph.reading.reader import Task, answering
from graph.reading.stating import Stater
from graph.statements import References, StatedArticle, Statement
from tests.commands import environment, interruptible
from tests.worlds import HOSTILE_SITE, Site, sites, unpacked

SEEDS = "seeds"
MANY = 1_600
"""Enough documents for two processes."""


@contextmanager
def readers(jobs: int) -> Iterator[Readers]:
    """Give processes that are started even for one file each."""
    with Readers(jobs, fewest=1) as started:
        yield started


def many(folder: Path, count: int = MANY) -> Path:
    """Write a site of so many documents that name each other."""
    site = folder / "site"
    site.mkdir()
    for number in range(count):
        text = f"---\ntitle: Article {number}\ntopics: [T{number % 7}]\nrelated:\n  - title: Other {number % 40}\n"
        text += f"    webUrl: https://news.example/{number % 40}\n---\nSee [one]({(number + 1) % count}.md).\n"
        (site / f"{number}.md").write_text(text)
    return site


@pytest.fixture(scope="module")
def three() -> Iterator[Readers]:
    """Give three processes that all examples share."""
    with readers(3) as started:
        yield started


@settings(max_examples=25)
@given(sites() | st.just(HOSTILE_SITE))
def test_processes_read_what_one_reads(three: Readers, site: Site) -> None:
    """Digests, statements, problems and counts are the same, in the same order, whichever process reads a file."""
    with unpacked(site) as folder:
        (listed,) = list_documents(folder).sources
        files = listed.files or ()
        alone = [outcome_of(file, Stater(listed.settings)) for file in files]
        assert list(three.read(files, Stater(listed.settings))) == alone


@settings(max_examples=25)
@given(sites() | st.just(HOSTILE_SITE))
def test_processes_read_archives(three: Readers, site: Site) -> None:
    """The documents of an archive give the same, in the same order, whichever process reads them."""
    with unpacked(site) as folder, tempfile.TemporaryDirectory() as beside:
        found = []
        for kind in ("gztar", "tar"):
            archive = shutil.make_archive(f"{beside}/site", kind, folder)
            (listed,) = list_documents(archive).sources
            for one in (Readers(1), three):
                found += [list(outcomes_of(listed, Cache(), Stater(listed.settings), one))]
        assert found[1:] == found[:1] * 3


def test_an_archive_that_is_cut(tmp_path: Path) -> None:
    """An archive that is damaged in the middle gives the same error with several processes, and leaves none."""
    archive, site = tmp_path / "site.tar", many(tmp_path, 2_000)
    with tarfile.open(archive, "w") as packed:
        packed.add(site, ".")
    (listed,) = list_documents(archive).sources
    archive.write_bytes(archive.read_bytes()[:1_000_000] + b"?" * 2_000)
    errors, others = [], set(children())
    for jobs in (1, 3):
        with readers(jobs) as started, pytest.raises(graph.SourceError) as raised:
            list(outcomes_of(listed, Cache(), Stater(listed.settings), started))
        errors.append(str(raised.value))
    assert errors[0] == errors[1]
    assert set(children()) <= others


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_an_archive_with_two_processes(tmp_path: Path, ending: str) -> None:
    """What two processes read in an archive is what one reads, damaged members and repeated ones included."""
    site, archive = many(tmp_path, 20), tmp_path / f"site.{ending}"
    (site / "empty.md").write_text("")
    (site / "broken.md").write_bytes(b"---\ntitle: [\n---\n\xff")
    shutil.make_archive(str(tmp_path / "site"), "zip" if ending == "zip" else "gztar", site)
    cache = Cache()
    (listed,) = list_documents(archive).sources
    with readers(2) as two:
        found = list(outcomes_of(listed, cache, Stater(listed.settings), two))
    assert found == list(outcomes_of(listed, Cache(), Stater(listed.settings), Readers(1)))
    cache.release()
    cache.save(tmp_path / "cache", {})
    os.utime(archive, (1, 1))
    (listed,) = list_documents(archive).sources
    with readers(2) as two:
        again = list(outcomes_of(listed, Cache.open(tmp_path / "cache"), Stater(listed.settings), two))
    assert again == found


@pytest.mark.parametrize("most", [0, 1, 2, 100])
def test_stubs_are_held_for_a_while(most: int) -> None:
    """However few stubs are held, every chunk says what it was given; what is still held is not packed again."""
    stubs = [StatedArticle(keys=(f"example.org/{number}",), title=f"Stub {number}") for number in range(4)]
    documents = [
        Statement(f"{number}.md", 1, StatedArticle(title="A", related=References.of([(3, one), (4, stubs[0])])))
        for number, one in enumerate(stubs)
    ]
    packing, known = Packing(most), list[StatedArticle]()
    found = [
        next(unpack(packing.pack([Outcome((document,), (), {})]), known, {0: document.path}, 0))
        for document in documents
    ]
    assert [one.statements[0] for one in found if one] == documents
    assert len(known) == len(stubs) if most >= len(stubs) else len(known) > len(stubs)


def test_a_helper_lets_stubs_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a helper holds more stubs than it may, it begins anew, and so does whoever unpacks what it found."""
    (listed,) = list_documents(many(tmp_path, 60)).sources
    files = listed.files or ()
    monkeypatch.setattr("graph.reading.reader.Packing", partial(Packing, 10))
    answer, stubs, anew = answering(), list[StatedArticle](), 0
    for start in range(0, len(files), 7):
        task = files[start : start + 7]
        done = answer(Task(listed.settings, task))
        assert done is not None
        if done.begins_anew:
            stubs, anew = [], anew + 1
        found = list(unpack(done.chunk, stubs, {number: file.path for number, file in enumerate(task)}, 0))
        assert found == [outcome_of(file, Stater(listed.settings))[1] for file in task]
        assert len(stubs) <= 10 + 2 * len(task)
    assert anew > 1


def test_a_file_that_is_gone(three: Readers, tmp_path: Path) -> None:
    """A file that vanishes before a process reads it is one problem."""
    for name in "abcdef":
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n")
    (listed,) = list_documents(tmp_path).sources
    (tmp_path / "b.md").unlink()
    found = list(three.read(listed.files or (), Stater(listed.settings)))
    assert [len(outcome.statements) for _, outcome in found] == [1, 0, 1, 1, 1, 1]
    assert [problem.kind for _, outcome in found for problem in outcome.problems] == ["unreadable"]


@pytest.mark.slow
def test_a_build_with_two_processes(tmp_path: Path) -> None:
    """The exports and the cache of two processes are those of one, and the next build recalls both."""
    site = many(tmp_path)
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, jobs in ((one, 1), (two, 2)):
        graph.update(site, folder, formats="nt,graphml", jobs=jobs)
    for name in ("graph.nt", "graph.graphml", "records.data", "problems.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert not graph.update(site, two, formats="nt,graphml", jobs=2).is_new
    (site / "7.md").write_text("---\ntitle: Changed\n---\n")
    for folder, jobs in ((one, 1), (two, 2)):
        assert graph.update(site, folder, formats="nt,graphml", jobs=jobs).is_new
    assert (one / "graph.nt").read_bytes() == (two / "graph.nt").read_bytes()


def test_a_touched_site_is_recalled(tmp_path: Path) -> None:
    """Files with a new time of change and the same content are not read again, however many processes there are."""
    site = many(tmp_path, 20)
    cache = Cache()
    first = read(list_documents(site), cache=cache)
    cache.save(tmp_path / "cache", {})
    for path in site.iterdir():
        os.utime(path, (1, 1))
    known = Cache.open(tmp_path / "cache")
    listing = list_documents(site)
    assert listing.is_known(known)
    assert read(listing, cache=known, jobs=2) == first


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc to find the processes")
def test_a_process_that_dies_loses_nothing(tmp_path: Path) -> None:
    """The files of a process that is killed are read by the first one."""
    (listed,) = list_documents(many(tmp_path, 400)).sources
    files = listed.files or ()
    alone = [outcome_of(file, Stater(listed.settings)) for file in files]
    others = set(children())
    with readers(3) as started:
        found = started.read(files, Stater(listed.settings))
        first = next(found)
        one, _ = set(children()) - others
        os.kill(one, signal.SIGKILL)
        assert [first, *found] == alone
        assert list(started.read(files, Stater(listed.settings))) == alone
    assert set(children()) <= others


def test_no_process_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system starts no further process, this one reads all files."""
    (listed,) = list_documents(many(tmp_path, 20)).sources
    files = listed.files or ()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    with readers(3) as started:
        found = list(started.read(files, Stater(listed.settings)))
    assert found == [outcome_of(file, Stater(listed.settings)) for file in files]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc to find the processes")
def test_giving_up_ends_all_processes(tmp_path: Path) -> None:
    """Whoever stops reading midway leaves no process behind."""
    (listed,) = list_documents(many(tmp_path, 400)).sources
    others = set(children())
    with readers(3) as started:
        found = started.read(listed.files or (), Stater(listed.settings))
        next(found)
        assert len(set(children()) - others) == 2
        found.close()
        assert set(children()) <= others


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc to find the processes")
def test_an_interrupt_at_the_beginning_ends_all_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what a process reads when others have not even been asked."""
    (listed,) = list_documents(many(tmp_path, 6)).sources
    others = set(children())
    submit = ThreadPoolExecutor.submit

    def interrupted(*given: Any) -> None:  # noqa: ANN401 - whatever the original takes
        submit(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)
    with readers(3) as started:
        with pytest.raises(KeyboardInterrupt):
            list(started.read(listed.files or (), Stater(listed.settings)))
        assert set(children()) <= others


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_ended(tmp_path: Path, how: signal.Signals) -> None:
    """An interrupted or killed build ends its processes, and leaves the exports as they were."""
    site, out = many(tmp_path, 6_000), tmp_path / "out"
    graph.update(SEEDS, out, formats="nt")
    before = (out / "graph.nt").read_bytes()
    options = ["--out", str(out), "--jobs", "3", "--quiet", "--format", "nt"]
    building = subprocess.Popen(interruptible("build", str(site), *options), env=environment())
    ending = time.monotonic() + 60
    try:
        while not (started := children(building.pid)) and building.poll() is None and time.monotonic() < ending:
            time.sleep(0.01)
        building.send_signal(how)
        assert building.wait(60) == (130 if how == signal.SIGINT else -signal.SIGKILL)
    finally:
        building.kill()
        building.wait()
    while any(map(is_alive, started)) and time.monotonic() < ending:
        time.sleep(0.01)
    assert started
    assert not any(map(is_alive, started))
    assert (out / "graph.nt").read_bytes() == before


def children(parent: int | None = None) -> list[int]:
    """Return the processes that a process, by default this one, has started and that have not ended."""
    found: list[int] = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # some end meanwhile
            state, above, *_ = place.read_text().rpartition(")")[2].split()
            if int(above) == (parent or os.getpid()) and state != "Z":
                found.append(int(place.parent.name))
    return found


def is_alive(process: int) -> bool:
    """Tell whether a process runs, and is not only waiting to be waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
