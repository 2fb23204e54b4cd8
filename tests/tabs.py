"""Tabs of the browser, which tests lend each other: a used one costs half the processor time of a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, ViewportSize

__all__ = ["lent", "listening"]

BLANK = Path(__file__).with_name("page") / "blank.html"

_MOST = 4
"""Tabs of a browser that wait at once; each takes some 60 MB."""

_USUAL_SIZE: ViewportSize = {"width": 1280, "height": 720}
"""The size of a tab's page unless the settings name one."""

_IDLE: WeakKeyDictionary[Browser, dict[str, Page]] = WeakKeyDictionary()
"""The tabs of each browser that wait for the next test, by settings other than the size, the longest unused first."""


@contextmanager
def lent(browser: Browser, *, own_tab: bool = False, **settings: Any) -> Iterator[Page]:  # noqa: ANN401
    """Lend a tab with some settings: one that waits and has forgotten everything, or a new one.

    A test that sets what `_forget` does not take back, like a clock, asks for `own_tab=True`.
    """
    size, idle = settings.pop("viewport", _USUAL_SIZE), _IDLE.setdefault(browser, {})
    kind = json.dumps(settings, sort_keys=True)
    page = None if own_tab else idle.pop(kind, None)
    if page is None:
        page = browser.new_context(viewport=size, **settings).new_page()
    else:
        page.set_viewport_size(size)
    is_kept = not own_tab
    try:
        yield page
    except BaseException:
        is_kept = False
        raise
    finally:
        if is_kept and kind not in idle:
            _forget(page, settings)
            idle[kind] = page
            if len(idle) > _MOST:
                idle.pop(next(iter(idle))).context.close()
        else:
            page.context.close()


@contextmanager
def listening(page: Page, listeners: Mapping[Any, Callable[[Any], None]]) -> Iterator[None]:
    """Listen to events of a tab, each with one listener, until the block ends."""
    for event, listener in listeners.items():
        page.on(event, listener)
    yield
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def _forget(page: Page, settings: dict[str, Any]) -> None:
    """Take back what a test may have done to a tab."""
    for other in page.context.pages[1:]:
        other.close()
    page.unroute_all(behavior="ignoreErrors")
    # The page that is left can write no more. One of the same site keeps the process, and can clear what is stored.
    if page.url.startswith("http:"):
        page.route("**/nowhere", lambda route: route.fulfill(path=BLANK))
        page.goto(urljoin(page.url, "/nowhere"))
        page.unroute_all()
        page.context.clear_cookies()
        network = page.context.new_cdp_session(page)
        network.send("Network.clearBrowserCache")
        network.detach()
    else:
        page.goto(BLANK.as_uri())
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.emulate_media(
        media="null",
        color_scheme=settings.get("color_scheme", "null"),
        contrast=settings.get("contrast", "null"),
        forced_colors=settings.get("forced_colors", "null"),
        reduced_motion=settings.get("reduced_motion", "null"),
    )
    page.mouse.move(0, 0)
