"""The names and titles on the explorer's map, where they stand, and what is wrong with that."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from tests.explorers import settle

__all__ = ["circles", "covers", "faults", "labels", "overlaps", "show", "too_close"]


def show(page: Page, view: str) -> None:
    """Show all of a view, and wait until it is drawn."""
    page.locator(f"#view-{view}").click()
    settle(page)


def labels(page: Page) -> list[dict[str, Any]]:
    """Return the names on the map: their boxes, and the number of the island or community, or -1."""
    found: list[dict[str, Any]] = page.evaluate("() => window.explorer.map.stats.labels")
    return found


def circles(page: Page) -> list[dict[str, Any]]:
    """Return the circles of the view in pixels of the map, each with its name and the number of the one around it."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => {
            const { map } = window.explorer;
            const { camera, width, height, ground } = map.scene;
            const groups = [...ground.communities, ...ground.parts];
            const all = { topics: ground.islands, network: groups, timeline: [] }[map.view];
            return all.map(({ x, y, r, label, parent, rank }) => ({
                x: (x - camera.x) * camera.zoom + width / 2, y: (y - camera.y) * camera.zoom + height / 2,
                r: r * camera.zoom, label, parent: parent ?? -1, isPart: rank === 1,
            }));
        }"""
    )
    return found


def overlaps(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two boxes overlap."""
    return bool(
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def covers(box: dict[str, Any], circle: dict[str, Any]) -> bool:
    """Return whether a box lies over a circle."""
    across = circle["x"] - min(max(circle["x"], box["left"]), box["right"])
    down = circle["y"] - min(max(circle["y"], box["top"]), box["bottom"])
    return bool((across * across + down * down) ** 0.5 < circle["r"] - 0.01)


def around(found: list[dict[str, Any]], number: int) -> Iterator[int]:
    """Yield the number of a circle, and of those around it."""
    while number >= 0:
        yield number
        number = found[number]["parent"]


def faults(page: Page) -> list[str]:
    """Return what is wrong with the names on the map: over one another, over other circles, or cut."""
    names, found = labels(page), circles(page)
    wrong = [
        f"{one['text']} over {other['text']}" for one, other in itertools.combinations(names, 2) if overlaps(one, other)
    ]
    for name in names:
        if (own := name["ground"]) < 0 or not found:
            continue
        if name["text"] != found[own]["label"]:
            wrong.append(f"{name['text']} is cut")
        mine = set(around(found, own))
        wrong += [
            f"{name['text']} over the circle of {circle['label']}"
            for number, circle in enumerate(found)
            if number not in mine and not (circle["isPart"] and own in around(found, number)) and covers(name, circle)
        ]
    return wrong


def too_close(page: Page) -> list[tuple[str, str]]:
    """Return the texts that stand so close to each other on a line that they are read as one."""
    texts = [{**one, "left": one["left"] - 2.9, "right": one["right"] + 2.9} for one in labels(page) if one["text"]]
    return [(one["text"], other["text"]) for one, other in itertools.combinations(texts, 2) if overlaps(one, other)]
