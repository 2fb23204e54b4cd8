"""What a measurement was made with: the machine, and the versions of Python and the libraries."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["describe_machine", "describe_versions"]

_LIBRARIES = "article-graph networkx numpy orjson pyoxigraph python-frontmatter pyvis PyYAML rdflib".split()


def describe_machine() -> str:
    """Return processor, cores, memory and system in one line."""
    cores = os.cpu_count() or 1
    parts = [
        _processor(),
        f"{cores} core{'s' if cores > 1 else ''}",
        _memory(),
        f"{platform.system()} {platform.machine()}",
    ]
    return ", ".join(part for part in parts if part)


def describe_versions() -> str:
    """Return the versions of Python and of the libraries that are measured, in one line."""
    found = [f"{platform.python_implementation()} {platform.python_version()}"]
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} (not installed)")
    return ", ".join(found)


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor()


def _memory() -> str:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal"):
            return f"{int(line.split()[1]) / (1 << 20):.0f} GiB"
    return ""


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []
