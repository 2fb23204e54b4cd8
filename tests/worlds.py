"""Whole sites, invented by hypothesis: documents that name each other, agree, contradict and attack."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st

import graph
from graph.records import Article, Person, Provider, Topic
from graph.truth import Truth
from tests.folders import write_files

__all__ = [
    "BASE",
    "HOSTILE",
    "HOSTILE_SITE",
    "Said",
    "Site",
    "built",
    "documents",
    "linked_graphs",
    "sites",
    "unpacked",
    "with_links",
]

BASE = "https://example.org/"

Said = Mapping[str, object] | str
"""A document's fields, or the plain text it is."""

Site = Mapping[str, Said]
"""Documents by path."""

_Linking = TypeVar("_Linking", Article, Provider, Topic, Person)
_OUTSIDE = ("https://outside.example/", "https://outside.example/caf\u00e9?a=1&b='2'", "mailto:ann@outside.example")

HOSTILE = (
    "</script><b>&amp;\"quoted\" 'text' \\ back\\u0041slash",
    "]]> <!-- --> %s {{x}}",
    "line\nend\r\n\ttab\x07bell\x00nul\x1b[31mred",
    "عنوان\u200f مقال",
    "👩‍💻 emoji \U0001f600",
    "\ufeff\u2028\u2029\ufffe\ud800",
    "trailing \\",
    '"""',
    "^^<http://x> @en .",
    " ",
    "",
)

"""Texts that some format or other might not survive."""

HOSTILE_SITE: Site = {
    f"{number}.md": {
        "title": text,
        "excerpt": text,
        "topics": [text, "AI"],
        "authors": [text],
        "provider": {"name": text},
        "levels": [text, "x; y"],
        "mixed": number if number % 2 else text,
        "id": text,
        "webUrl": f"https://news.example/{text}" if number % 2 else None,
        "related": [{"webUrl": "https://news.example/<\"'>", "title": text}],
    }
    for number, text in enumerate(HOSTILE)
}
"""Every hostile text in every place that holds one."""

_TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=12)
_TITLES = st.sampled_from(["One", "Two", "one", "Three: a title"]) | _TEXTS
_PAGES = [f"https://{host}/{page}" for host in ("news.example", "blog.example") for page in ("a", "B c", "é", "d?x=1")]
_ADDRESSES = st.sampled_from(
    [
        *_PAGES,
        "http://www.news.example/a/?utm_source=mail#top",
        "https://m.blog.example/a",
        "https://news.example/a/amp",
        "https://news-example.cdn.ampproject.org/c/s/news.example/a/amp",
        f"{BASE}topic/ai",
        f"{BASE}article/0",
        "https://news.example/<%22>\"'{}|\\^`",
    ]
)
_DAYS = st.sampled_from(["2020-01-01T00:00:00Z", "2021-06-01T12:30:00+02:00", "2019-05-05", "spring"])
_TOPICS = st.lists(
    st.sampled_from(["AI", "ai", "C#", "C++", "C", "Developer tools", "Developer Tools", "!!!"]) | _TEXTS, max_size=3
)
_PROVIDERS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["News", "The News", "News%2c Inc.", "News, Inc."]) | _TEXTS,
        "domain": st.sampled_from(["news.example", "WWW.News.example", "https://blog.example/", "youtube.com", "none"]),
    },
)
_IMAGES = st.lists(
    st.fixed_dictionaries(
        {"url": st.sampled_from(["https://news.example/a.png", "/b.png", "https://news.example/a"])},
        optional={"width": st.integers(-1, 900), "isCached": st.booleans(), "title": _TEXTS},
    ),
    max_size=2,
)
_PLAIN = {
    "excerpt": _TEXTS,
    "publishedDateTime": _DAYS,
    "type": st.sampled_from(["article", "video", "course", "event"]) | _TEXTS,
    "quality": st.integers(-5, 100) | st.just(10**30),
    "provider": _PROVIDERS,
}
_STUBS = st.fixed_dictionaries({"webUrl": _ADDRESSES, "title": _TITLES}, optional=_PLAIN)
_PATHS = [f"{folder}/{number}" for folder in ("news", "notes") for number in range(3)]
_REFERENCES = st.lists(_STUBS | _STUBS | st.sampled_from([*_PATHS, "nowhere"]), max_size=5)
_ARTICLES: st.SearchStrategy[Mapping[str, object]] = st.fixed_dictionaries(
    {"title": _TITLES, "webUrl": st.none() | _ADDRESSES | _ADDRESSES, "related": _REFERENCES, "topics": _TOPICS},
    optional={
        **_PLAIN,
        "originalUrl": _ADDRESSES,
        "ampWebUrl": _ADDRESSES,
        "published": st.booleans(),
        "category": st.sampled_from(["news", "talks"]),
        "ratings": st.fixed_dictionaries({"count": st.integers(0, 9), "average": st.floats(0, 5)}),
        "length": st.sampled_from(["PT5M", "1:02:03", "P1W"]),
        "levels": st.lists(_TEXTS, max_size=2),
        "authors": st.lists(st.sampled_from(["Ann", "ANN", "Bob"]) | _TEXTS, max_size=2),
        "images": _IMAGES,
        "items": _REFERENCES,
        "secured": st.just("c2VjcmV0;c2VjcmV0"),
        "mixed": st.integers() | st.floats(allow_nan=False) | st.booleans() | _TEXTS,
        "id": _TEXTS,
        "publisher": _TEXTS,
        "relation": _TEXTS,
    },
)
_RECORDS: Mapping[str, st.SearchStrategy[Mapping[str, object]]] = {
    "_data/topics": st.fixed_dictionaries(
        {"name": st.sampled_from(["AI", "Developer Tools"]) | _TITLES},
        optional={"parent": st.sampled_from(["AI", "Computing"]), "shortname": _TITLES, "keywords": _TOPICS},
    ),
    "_data/organizations": st.fixed_dictionaries(
        {"name": _TITLES}, optional={"domain": st.just("news.example"), "images": _IMAGES}
    ),
    "_people": st.fixed_dictionaries(
        {"name": st.sampled_from(["Ann", "Bob"]) | _TITLES},
        optional={
            "affiliation": _PROVIDERS,
            "topics": _TOPICS,
            "website": _ADDRESSES,
            "bio": _TEXTS,
            "heat": st.integers(0, 9),
        },
    ),
}


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Draw a site: up to six articles and a few records of topics, organisations and people."""
    found: dict[str, Said] = {}
    for path in draw(st.lists(st.sampled_from(_PATHS), min_size=1, max_size=6, unique=True)):
        found[f"{path}.md"] = draw(_ARTICLES | _ARTICLES | _ARTICLES | _TEXTS)
    for folder in _RECORDS:
        for number in range(draw(st.integers(0, 2))):
            found[f"{folder}/{number}.md"] = draw(_RECORDS[folder])
    return found


def documents(site: Site) -> dict[str, bytes]:
    """Return the files of a site, with front matter in JSON, which can hold every text."""
    return {
        path: (said if isinstance(said, str) else json.dumps(said, indent=1) + "\n").encode("utf-8", "surrogatepass")
        for path, said in site.items()
    }


@contextmanager
def unpacked(site: Site) -> Iterator[Path]:
    """Write a site into a folder that lasts as long as the block."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield write_files(folder, documents(site))
    finally:
        shutil.rmtree(folder)


def built(site: Site) -> graph.KnowledgeGraph:
    """Return the knowledge graph of a site."""
    with unpacked(site) as folder:
        return graph.build(folder)


def with_links(truth: Truth) -> Truth:
    """Return a truth whose nodes of every kind link to two others each, and whose providers stand below others."""
    iris = sorted([*truth.articles, *truth.providers, *truth.topics, *truth.people])
    place = {iri: at for at, iri in enumerate(iris)}

    def linked(records: Mapping[str, _Linking]) -> dict[str, _Linking]:
        found = {}
        for iri, record in records.items():
            at = place[iri]
            ends = dict.fromkeys(iris[other % len(iris)] for other in (7 * at + 1, at * at + 3))
            found[iri] = replace(record, links=tuple(end for end in ends if end != iri))
        return found

    providers = linked(truth.providers)
    names = sorted(providers)
    for at, iri in enumerate(names[1:], start=1):
        providers[iri] = replace(providers[iri], parent=names[at // 2])
    return replace(
        truth,
        articles=linked(truth.articles),
        providers=providers,
        topics=linked(truth.topics),
        people=linked(truth.people),
    )


@st.composite
def linked_graphs(draw: st.DrawFn) -> graph.KnowledgeGraph:
    """Draw a site's knowledge graph whose nodes of every kind link to any others and cite, and whose providers nest."""
    truth = built(draw(sites() | st.just(HOSTILE_SITE))).truth
    iris = sorted([*truth.articles, *truth.providers, *truth.topics, *truth.people])

    def linked(records: Mapping[str, _Linking]) -> dict[str, _Linking]:
        return {
            iri: replace(
                record,
                links=tuple(draw(st.lists(st.sampled_from(iris).filter(iri.__ne__), unique=True, max_size=4)))
                if len(iris) > 1
                else (),
                cites=tuple(draw(st.lists(st.sampled_from(_OUTSIDE), unique=True))),
            )
            for iri, record in records.items()
        }

    providers = linked(truth.providers)
    above: list[str] = []
    for iri, record in providers.items():
        providers[iri] = replace(record, parent=draw(st.none() | st.sampled_from(above)) if above else None)
        above.append(iri)
    return graph.KnowledgeGraph(
        replace(
            truth,
            articles=linked(truth.articles),
            providers=providers,
            topics=linked(truth.topics),
            people=linked(truth.people),
        )
    )
