"""What checks the explorer page's scripts, from npm, installed once for each state of the lock file."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from graph.locking import locked

__all__ = ["PAGE", "page_tools"]

PAGE = Path(__file__).parent / "page"
"""Where the scripts' own tests and the list of tools stand."""


def page_tools() -> Path:
    """Return the folder of the installed tools; skip the calling test, with the reason, where they cannot be had."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("needs node and npm: install Node.js 18.18 or newer")
    tools = PAGE / "node_modules"
    stamp = tools / ".installed"
    wanted = hashlib.sha256((PAGE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return tools
    with locked(PAGE / ".installing", wait=True):  # tests run side by side
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return tools
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        done = subprocess.run(command, cwd=PAGE, check=False, capture_output=True, text=True, timeout=600)
        if done.returncode:
            pytest.skip(f"npm could not install the checkers: {(done.stderr.strip() or 'it did not say why')[-300:]}")
        stamp.write_text(wanted, encoding="utf-8")
    return tools
