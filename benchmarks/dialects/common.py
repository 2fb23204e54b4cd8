"""What Markdown is like in every dialect: plain links, what looks like a link, and dates as people write them."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from benchmarks.dialects.shape import Draft, relative
from benchmarks.dialects.subjects import PEOPLE, TOPICS

__all__ = [
    "DECOYS",
    "LOST",
    "OUTSIDE",
    "authors_of",
    "by_address",
    "by_html",
    "by_path",
    "by_path_and_heading",
    "by_reference",
    "rooted",
    "rooted_path",
    "spelled",
    "topics_of",
    "yaml_list",
]

OUTSIDE = (
    ("See [the almanac](https://almanac.example/2021?page=2).", "https://almanac.example/2021?page=2"),
    ("Today: <https://tides.example/today>.", "https://tides.example/today"),
    ("A start is https://charts.example/baltic, as ever.", "https://charts.example/baltic"),
    ('Buy <a class="shop" href="https://ropes.example/hemp">hemp</a>.', "https://ropes.example/hemp"),
    ('Keep to [the rules][].\n\n[the rules]: https://rules.example/sea "Rules"', "https://rules.example/sea"),
    ("[![A boat](https://pictures.example/b.png)](https://pictures.example/boat)", "https://pictures.example/boat"),
    ("A knot: [the reef](https://wiki.example/Knot_(reef)).", "https://wiki.example/Knot_(reef)"),
    ("> *[Quoted](https://quotes.example/1 'Said at sea')*", "https://quotes.example/1"),
    ("- first\n  - [nested](https://nested.example/list)", "https://nested.example/list"),
    ("| a | b |\n| - | - |\n| 1 | [cell](https://cells.example/1) |", "https://cells.example/1"),
)
"""Links that lead elsewhere, and where."""

DECOYS = (
    "Not a link: `[x](gone.md)`.",
    "```md\nSee [x](gone.md), [[Gone]] and https://code.example/never.\n```",
    "~~~~\n[x](gone.md)\n~~~\n<https://code.example/never>\n~~~~",
    "<!-- [x](gone.md) and https://comments.example/never -->",
    "![A boat](https://pictures.example/boat.png)",
    "\\[x](gone.md) is not a link, nor is [x] (gone.md).",
    "Write to <crew@boats.example> or [to us](mailto:crew@boats.example).",
    "Go [up](#top).",
    "A list of code:\n\n    [x](gone.md)",
    "## A heading & `[code](gone.md)`",
)
"""What looks like a link to a document or elsewhere, but is not one."""

LOST = ("Lost: [a page](lost-at-sea.md).", "Lost: [a page](../lost/at-sea.md#deep).")
"""Links that lead nowhere."""


def by_path(here: Draft, there: Draft) -> str:
    """Link by the path of the file."""
    return f"Before that, read [about {there.words}]({relative(here, there).replace(' ', '%20')})."


def by_path_and_heading(here: Draft, there: Draft) -> str:
    """Link by the path of the file to a place in it."""
    path = relative(here, there).replace(" ", "%20")
    return f"The [end of {there.words}]({path if path.startswith('.') else './' + path}#the-end) says more."


def by_reference(here: Draft, there: Draft) -> str:
    """Link by a reference, defined below."""
    return f"As said [elsewhere][there], so here.\n\n[there]: <{relative(here, there)}> 'About {there.words}'"


def by_html(_: Draft, there: Draft) -> str:
    """Link by HTML and a rooted path."""
    return f'<p>Also <a href="{rooted_path(there)}">about {there.words}</a>.</p>'


def rooted(_: Draft, there: Draft) -> str:
    """Link by a path from the root of the site."""
    return f"Compare [{there.words}]({rooted_path(there)})."


def by_address(_: Draft, there: Draft) -> str:
    """Link by the whole address, as people do who copy it from a browser."""
    return f"Long ago: [{there.words}]({there.address}?utm_source=log)."


def rooted_path(there: Draft) -> str:
    """Return the path that leads to a document from the root of its site."""
    return there.link_to or urlsplit(there.address or "").path


def authors_of(number: int) -> tuple[str, ...]:
    """Return who writes a document: one, or two."""
    one, two = PEOPLE[number % len(PEOPLE)], PEOPLE[(number + 2) % len(PEOPLE)]
    return (one, two) if number % 4 == 1 else (one,)


def topics_of(number: int) -> tuple[str, ...]:
    """Return what a document is about: two topics."""
    return (TOPICS[number % len(TOPICS)], TOPICS[(number + 1) % len(TOPICS)])


def yaml_list(items: tuple[str, ...]) -> str:
    """Return a list in YAML, on one line."""
    return f"[{', '.join(items)}]"


def spelled(day: str, number: int) -> str:
    """Return a day in one of the ways in which people write it, none of which could be another day."""
    date = datetime.date.fromisoformat(day)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(date.day % 10 if date.day // 10 != 1 else 0, "th")
    ways = [
        day,
        f"{date:%b %d %Y}",
        f"{day}T08:30:00Z",
        f"{date:%B} {date.day}{ending}, {date.year}",
        f"{date.day} {date:%B} {date.year}",
        f"{day} 10:15:00 +0200",
        f"{date:%Y/%m/%d}",
        f"{date:%d.%m.%Y}" if date.day > 12 else day,
        f"{date:%d/%m/%Y}" if date.day > 12 else day,
        f"{day} 02:30 PM",
        f"{date:%a, %d %b %Y} 09:00:00 GMT",
    ]
    return ways[number % len(ways)]
