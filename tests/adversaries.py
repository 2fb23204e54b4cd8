"""Small sites in which what one document means depends on all others."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ADVERSARIES", "many_links", "one_provider"]


def _page(head: str, text: str = "Text.") -> str:
    return f"---\n{head}\n---\n{text}\n"


_ALIASES = {
    f"news/{number}.md": _page(
        f"title: Story {number}\ndate: 2020-01-0{number}\nwebUrl: https://news.example/{number}\n"
        f"originalUrl: https://news.example/{number + (number % 3 > 0)}\n"
        f"provider: {{name: {'News' if number % 2 else 'The News'}, domain: news.example}}\n"
        f"topics: [AI, {'ai' if number % 3 else 'Go'}]\n"
        f"related:\n  - {{webUrl: 'https://news.example/{9 - number}', title: Other {number}, quality: 3}}\n"
        f"  - {{webUrl: 'https://else.example/x', title: Else}}\n  - news/1\n  - nowhere"
        f"{chr(10) + 'published: false' if number in {4, 8} else ''}",
        f"We write Go, or go there. Kubernetes {number}.",
    )
    for number in range(1, 9)
}
"""Chains of addresses: each document has that of the next, and stubs of others."""

_NAMELESS = {
    f"{folder}/{name}.md": _page(f"title: {name}\nauthors: [Ann, ANN, Bob B.]\ntags: [area/health, area/sport]", "x")
    for folder in ("a", "a b", "a-b", "A B")
    for name in ("One", "one", "one one", "one-one")
}
"""Documents without an address whose paths give the same names."""

_VAULT = {
    f"notes/Note {number}.md": f"#tag{number % 2} [[Note {number + 1}]] [[Missing]] [[missing]] [[Gone {number}]]\n"
    for number in range(6)
}
"""Notes that link to each other, and to a note that is missing."""

_RECORDS = {
    **{f"sources/source_{name}.md": _page(f"title: {name.upper()} agency") for name in ("gsa", "nasa", "epa", "doe")},
    **{
        f"news/{number}.md": _page(
            f"title: N{number}\ndate: 2021-02-03\nsource: {('gsa', 'nasa', 'epa', 'doe')[number % 4]}",
            f"See [it](/news/{number - 1}/) and [s](../sources/source_gsa.md).",
        )
        for number in range(8)
    },
}
"""A folder of records that nothing declares."""

_PLACES = {
    **{
        f"content/news/2020/2020-03-0{number}-story-{number}.md": _page(
            f"title: T{number}\ndate: 2020-03-0{number}",
            " ".join(f"[x](/2020/03/0{other}/story-{other}/)" for other in range(1, 8)),
        )
        for number in range(1, 8)
    },
    "content/a.md": _page("title: A\npermalink: /same/\naliases: [/old/, /b/]"),
    "content/b.md": _page("title: B\npermalink: /same/", "[a](/old/) [b](https://s.example/b/) [c](/gone/)"),
    "content/c.md": _page("title: C\npermalink: /old/"),
}
"""Documents whose addresses only links show, and two that state the same."""

_FOLDERS = {f"{folder}/{number}.md": _page(f"title: F{number}") for folder in ("cats", "dogs") for number in range(3)}
"""Documents without topics, in folders."""

_BUNDLE = {
    "index.md": _page("okf_version: '0.1'\ntitle: Bundle", "- [Orders](tables/orders.md)\n- [Out](https://o.example/)"),
    "tables/index.md": "# Tables\n\n- [Orders](orders.md)\n- [Users](users.md)\n",
    "tables/orders.md": _page(
        "type: Table\ntitle: Orders\nsources:\n  - resource: users.md\n    title: U", "[u](users.md)"
    ),
    "tables/users.md": _page("type: Table\ntitle: Users\nresource: https://db.example/users", "[gone](gone.md)"),
}
"""A bundle of the Open Knowledge Format, with an index in each folder."""

_LISTS = {
    "list.csv": "title,url,author,tags\n"
    + "".join(f"Row {number},https://r.example/{number % 4},Ann,x\n" for number in range(9)),
    "own.md": _page("title: Own\nauthors:\n  - {name: Ann, url: 'https://ann.example/'}\n  - {name: Bob}"),
    "_people/ann.md": _page(
        "name: Ann\naffiliation: {name: News, domain: news.example}\ntopics: [AI]", "[o](../own.md)"
    ),
}
"""A list of articles, of which some are the same."""

ADVERSARIES: Mapping[str, Mapping[str, str]] = {
    "aliases": _ALIASES,
    "nameless": _NAMELESS,
    "vault": _VAULT,
    "records": _RECORDS,
    "places": _PLACES,
    "folders": _FOLDERS,
    "bundle": _BUNDLE,
    "lists": _LISTS,
}
"""Documents by path, by what they are about."""


def one_provider(size: int = 120) -> Mapping[str, str]:
    """Return articles of which half have one provider."""
    return {
        f"{number}.md": _page(
            f"title: A{number}\nwebUrl: https://p{number if number % 2 else 0}.example/{number}\n"
            f"provider: {{name: P{number % 3}, domain: p{number if number % 2 else 0}.example}}"
        )
        for number in range(size)
    }


def many_links(size: int = 120) -> Mapping[str, str]:
    """Return articles that all link to one, and name it as related."""
    return {
        f"{number}.md": _page(
            f"title: A{number}\nwebUrl: https://n.example/{number}\n"
            f"related:\n  - {{webUrl: 'https://n.example/hot', title: Hot {number % 5}}}",
            "[hot](https://n.example/0) [[0]]",
        )
        for number in range(size)
    }
