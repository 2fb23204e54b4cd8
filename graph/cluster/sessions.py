"""Sessions: Spark at a master or a Connect address, or Sail in this process; their requirements are checked first."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.displays import reason_of
from graph.errors import FormatError, SourceError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINES = ("spark", "sail")
"""Names of engines."""

_LOOPBACK = "127.0.0.1"
_CONNECT_PORT = 15002
"""The port of Spark Connect where an address names none."""
_PATIENCE = 10
"""Seconds to wait for a connection."""
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")
"""Variables of the environment that gRPC looks at."""
_OLDEST_JAVA = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_LOCAL = frozenset({"localhost", _LOOPBACK, "::1"})
_SETTINGS = {
    # Spark would merge partitions by their bytes, but what a pass costs is the time of Python.
    "spark.sql.adaptive.enabled": "false",
    # Rows are as large as a hundred documents.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
}


@contextlib.contextmanager
def open_session(engine: str, master: str | None = None) -> Iterator[SparkSession]:
    """Provide a session, and end it.

    `master` is an address that Spark knows, such as `spark://HOST:7077`, or one of Spark Connect, `sc://HOST:15002`.
    Without one, Sail runs in this process, and Spark on all cores of this machine.

    Raises:
        SourceError: A library or Java is missing, or there is no engine at the address.
        FormatError: There is no such engine, or it knows no such address.
    """
    if engine not in ENGINES:
        raise FormatError(f"There is no engine {engine!r}. Use {' or '.join(ENGINES)}.")
    is_connect = (master or "").startswith("sc://")
    if (
        master is not None
        and not is_connect
        and (engine == "sail" or not re.match(r"(?:local|spark:|yarn|k8s:)", master))
    ):
        kinds = "sc://HOST:PORT" if engine == "sail" else "spark://HOST:PORT, sc://HOST:PORT or local[N]"
        raise FormatError(f"--master {master!r} is not an address of {engine}. Use one such as {kinds}.")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with contextlib.ExitStack() as server:
        if engine == "sail":
            _check_installed("sail", "pysail" if master is None else "pyspark")
            master = master or server.enter_context(_sail())
        _check_installed(engine, "pyspark", "pyarrow", "pandas")
        session = _session(master or "local[*]")
        try:
            yield session
        finally:
            with contextlib.suppress(Exception):  # it may be gone
                session.stop()


def _session(master: str) -> SparkSession:
    from pyspark.sql import SparkSession
    from pyspark.util import is_remote_only

    builder = SparkSession.builder.appName("article-graph")
    if master.startswith("sc://"):
        _check_answers(master)
        builder = builder.remote(master)
    elif is_remote_only():
        message = f"--master {master!r} needs all of Spark. Install 'article-graph[spark]', or name an sc:// address."
        raise SourceError(message)
    else:
        _check_java()
        builder = (
            builder.master(master).config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        )
        if master.startswith("local") or urlsplit(master).hostname in _LOCAL:
            builder = builder.config("spark.driver.host", _LOOPBACK).config("spark.driver.bindAddress", _LOOPBACK)
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        for name, value in _SETTINGS.items():
            with contextlib.suppress(Exception):  # Sail does not know them all
                session.conf.set(name, value)
    except Exception as error:
        raise _unanswered(master, error) from error
    return session


def _check_answers(master: str) -> None:
    """Raise SourceError if nothing listens at an address of Spark Connect, whose client would try for ten minutes."""
    if any(os.environ.get(name) for name in _PROXIES):
        return  # the client may reach the address where this process does not
    try:
        address = urlsplit(master)
        socket.create_connection((address.hostname or "", address.port or _CONNECT_PORT), timeout=_PATIENCE).close()
    except (OSError, ValueError) as error:
        raise _unanswered(master, error) from error


def _unanswered(master: str, error: Exception) -> SourceError:
    return SourceError(
        f"{master}: there is no engine that answers ({reason_of(error)}). Start it, or name another with --master."
    )


@contextlib.contextmanager
def _sail() -> Iterator[str]:
    """Run Sail in this process; yield its address."""
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer(_LOOPBACK, 0)
    server.start(background=True)
    try:
        yield f"sc://{_LOOPBACK}:{server.listening_address[1]}"
    finally:
        server.stop()


def _check_installed(engine: str, *modules: str) -> None:
    if missing := [module for module in modules if importlib.util.find_spec(module) is None]:
        message = f"--engine {engine} needs {missing[0]}, which is not installed. Install 'article-graph[{engine}]'."
        raise SourceError(message)


def _check_java() -> None:
    """Raise SourceError unless there is a Java that Spark can run on."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(Path(home) / "bin" / "java" if home else "java")
    needed = f"Spark needs Java {_OLDEST_JAVA} or newer"
    if java is None:
        message = f"{needed}, and there is none in {'JAVA_HOME' if home else 'PATH'}. Install it, or use --engine sail."
        raise SourceError(message)
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
        version = _VERSION.search(said.stderr + said.stdout)
    except (OSError, subprocess.SubprocessError):
        version = None
    if version is None or int(version[1]) < _OLDEST_JAVA:
        found = f"{java} is {version[1]}" if version else f"{java} does not say which it is"
        raise SourceError(f"{needed}, and {found}. Install a newer one, or use --engine sail.")
