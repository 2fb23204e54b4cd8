"""Spark with two workers on this machine, of which one is killed midway, builds what one process builds."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph
from graph.cluster import build_with_engine
from tests.adversaries import ADVERSARIES, many_links
from tests.folders import write_files
from tests.test_cluster import triples_of

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(importlib.util.find_spec("py4j") is None, reason="needs the extra `spark`"),
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java"),
    pytest.mark.filterwarnings("default"),  # of pyspark's own
]
HOST = "127.0.0.1"


@contextlib.contextmanager
def started(folder: Path, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a class of Spark in a process group of its own, which is ended."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_LOCAL_DIRS": str(folder)}
    with (folder / f"{len(list(folder.iterdir()))}.log").open("wb") as log:
        process = subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", "--host", HOST, *arguments],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def said(folder: Path, pattern: str) -> str:
    """Wait until a log says something, and return it."""
    for _ in range(600):
        for path in sorted(folder.glob("*.log")):
            if found := re.search(pattern, path.read_text("utf-8", "replace")):
                return found[1]
        time.sleep(0.2)
    raise AssertionError([path.read_text("utf-8", "replace") for path in folder.glob("*.log")])


def test_a_worker_may_die(tmp_path: Path) -> None:
    """The triples and problems are those of one process, though a worker is killed after the articles were gathered."""
    logs = tmp_path / "logs"
    logs.mkdir()
    source = write_files(tmp_path / "source", {**ADVERSARIES["aliases"], **many_links()})
    with contextlib.ExitStack() as processes:
        processes.enter_context(started(logs, "master.Master", "--port", "0", "--webui-port", "0"))
        master = said(logs, rf"Starting Spark master at (spark://{HOST}:\d+)")
        workers = [
            processes.enter_context(
                started(logs, "worker.Worker", "-c", "1", "-m", "1g", "--webui-port", "0", "-d", str(logs), master)
            )
            for _ in range(2)
        ]
        killed: list[subprocess.Popen[bytes]] = []

        def kill(stage: str, _done: int, _total: int | None) -> None:
            if stage == "see" and not killed:
                os.killpg(workers[0].pid, signal.SIGKILL)
                killed.append(workers[0])

        build_with_engine(source, tmp_path / "out", "spark", master, partitions=3, progress=kill)
    assert killed
    expected = graph.build(source)
    lines = [line for path in (tmp_path / "out" / "triples").iterdir() for line in path.read_bytes().split(b"\n")]
    assert sorted(filter(None, lines)) == sorted(line.encode() for line in triples_of(expected.truth))
    assert graph.open_exports(tmp_path / "out").problems == expected.problems
