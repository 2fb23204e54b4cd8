"""When something breaks: nothing wrong is ever answered, and the server recovers by itself."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import graph
from tests.served import RUNAWAY, Served, serving, until

pytest.importorskip("starlette", reason="needs the extra `serve`")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc, which only Linux has")

ARTICLE = "---\ntitle: Article {number}\nwebUrl: https://news.example/{number}\n---\nText.\n"


def written(folder: Path, articles: int) -> Path:
    """Write so many articles, build them, and return the build's folder."""
    sources = folder / "sources"
    shutil.rmtree(sources, ignore_errors=True)
    sources.mkdir(parents=True)
    for number in range(articles):
        (sources / f"{number}.md").write_text(ARTICLE.format(number=number))
    graph.publish(graph.build(sources), folder / "exports", formats="nt")
    return folder / "exports"


def count_articles(served: Served) -> int | None:
    """Return how many articles a query counts, or `None` where it is told to try again."""
    reply = served.ask("SELECT (COUNT(*) AS ?n) { ?a schema:headline ?t }")
    if reply.status == 503:
        return None
    assert reply.status == 200, reply.text
    return int(reply.json()["results"]["bindings"][0]["n"]["value"])


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Return a build of ten articles."""
    return written(tmp_path, 10)


@pytest.fixture
def served(exports: Path) -> Iterator[Served]:
    """Return a server of ten articles."""
    with serving(exports, "--deadline", "60") as served:
        yield served


def test_a_query_whose_worker_is_killed_is_told_so(served: Served) -> None:
    """Killing a worker in the middle of a query costs that query, which gets a reason, and no other."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.ask, RUNAWAY)
        until(lambda: served.get("/health").json()["running"] == 1 and served.workers())
        for worker in served.workers():
            os.kill(worker, signal.SIGKILL)
        reply = asked.result()
    assert reply.status == 503
    assert "process of the query died" in reply.text
    assert count_articles(served) == 10


def test_workers_that_died_waiting_are_not_missed(served: Served) -> None:
    """A worker that dies between two queries is replaced before anyone notices."""
    for _ in range(5):
        assert count_articles(served) == 10
        for worker in served.workers():
            os.kill(worker, signal.SIGKILL)


def test_the_process_that_holds_the_data_can_die(served: Served) -> None:
    """When the data's own process is killed, its workers die with it, and another loads the data again."""
    assert count_articles(served) == 10
    before, workers = served.zygote(), served.workers()
    os.kill(before, signal.SIGKILL)
    until(lambda: served.zygote() != before and served.get("/health").status == 200)
    assert count_articles(served) == 10
    until(lambda: not any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers))


def test_a_new_build_is_served_while_queries_go_on(served: Served, tmp_path: Path) -> None:
    """While builds replace each other, each answer is of one of them, whole; in the end it is of the last one."""
    tags = {served.ask("ASK {}").headers["etag"]}
    seen: set[int | None] = set()
    for articles in (20, 30):
        written(tmp_path, articles)

        def is_new(expected: int = articles) -> bool:
            seen.add(count_articles(served))
            return expected in seen

        until(is_new)
        assert count_articles(served) == articles
        tags.add(served.ask("ASK {}").headers["etag"])
    assert seen <= {10, 20, 30}
    assert len(tags) == 3


def test_a_query_that_runs_is_answered_from_the_build_it_began_with(served: Served, tmp_path: Path) -> None:
    """A long query goes on while the data is replaced, and its process ends when it does."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(served.ask, RUNAWAY)
        until(lambda: served.get("/health").json()["running"] == 1)
        old = served.zygote()
        written(tmp_path, 20)
        until(lambda: count_articles(served) == 20)
        assert not asked.done()
        assert Path(f"/proc/{old}/cmdline").read_bytes()
        os.kill(next(iter(children(old))), signal.SIGKILL)
        assert asked.result().status == 503
    until(lambda: not Path(f"/proc/{old}").exists())


def children(process: int) -> list[int]:
    """Return the numbers of a process's children."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_a_damaged_build_is_not_served(served: Served, exports: Path, tmp_path: Path) -> None:
    """Triples that cannot be read leave the old ones served; so does a folder that is gone; a good build is taken."""
    (exports / "graph.nt").write_text("<not triples")
    (exports / "info.json").write_text("{}")
    until(lambda: served.process.is_alive() and count_articles(served) == 10)
    shutil.rmtree(exports)
    assert count_articles(served) == 10
    written(tmp_path, 20)
    until(lambda: count_articles(served) == 20)


def test_a_build_on_a_full_disk_changes_nothing(served: Served, exports: Path, tmp_path: Path) -> None:
    """A build that cannot write its triples fails, and what was served goes on being served."""
    before = (exports / "graph.nt").read_bytes()
    for number in range(10, 200):
        (tmp_path / "sources" / f"{number}.md").write_text(ARTICLE.format(number=number))
    done = subprocess.run(
        [sys.executable, "-m", "graph", "build", str(tmp_path / "sources"), "--out", str(exports), "--format", "nt"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert (exports / "graph.nt").read_bytes() == before
    assert count_articles(served) == 10


def test_a_server_that_is_killed_leaves_nothing_behind(exports: Path) -> None:
    """When the server is killed, the data's process and the workers end as well."""
    with serving(exports) as served:
        count_articles(served)
        zygote, workers = served.zygote(), served.workers()
        served.process.kill()
        until(lambda: not any(Path(f"/proc/{process}/cmdline").exists() for process in (zygote, *workers)))


def test_a_port_that_is_taken_is_told_in_one_line(served: Served, exports: Path) -> None:
    """A second server at the same port says what is wrong and what to do, without a traceback."""
    port = served.address.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "graph", "serve", "--graph", str(exports), "--port", port],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be listened on" in done.stderr


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage"])
def test_what_cannot_be_served_is_told_in_one_line(exports: Path, damage: str) -> None:
    """A folder without a build, or with one that cannot be read, ends in one clear line and status 2."""
    if damage == "missing":
        shutil.rmtree(exports)
    elif damage == "empty":
        (exports / "graph.nt").unlink()
    else:
        (exports / "graph.nt").write_text("<not triples")
    done = subprocess.run(
        [sys.executable, "-m", "graph", "serve", "--graph", str(exports), "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stdout == ""


def test_a_source_is_built_served_and_watched(tmp_path: Path) -> None:
    """Served with --watch, a folder of articles is served as it is, and again when an article is added."""
    written(tmp_path, 3)
    with serving(tmp_path / "sources", "--watch") as served:
        assert count_articles(served) == 3
        (tmp_path / "sources" / "new.md").write_text(ARTICLE.format(number=99))
        until(lambda: count_articles(served) == 4)
