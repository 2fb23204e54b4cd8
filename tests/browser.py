"""A real browser for the tests of pages: a Chromium of this machine, headless, and only where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Playwright

__all__ = ["ARGUMENTS", "NAMES", "SHELL", "started_browser"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What the browser is called where it is installed, the likeliest first."""

SHELL = "chromium-headless-shell"
"""The same browser without windows, in which opening a page takes a third of the processor time."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""How it is started: no questions, and nothing fetched of its own accord."""


@contextmanager
def started_browser(playwright: Playwright, *names: str) -> Iterator[Browser]:
    """Start the first of these browsers that is installed and end it; skip the calling test where there is none."""
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip(f"needs a browser, and none of {', '.join(names)} is installed: install Chromium")
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield browser
    browser.close()
