"""The dialect of the seed documents: news of many publishers, each with a list of what is related."""

from __future__ import annotations

from benchmarks.dialects.common import by_address, topics_of
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_PUBLISHERS = (
    ("The Tide", "tide.example"),
    ("Harbour News", "harbour.example"),
    ("The Tide Weekly", "tide.example"),
    ("The Tide", "tide.example"),
    ("Rope, Inc.", "rope.example"),
)
"""Who publishes; two names of one domain are two publishers."""


def site() -> Site:
    """Return news, videos and a collection of them."""
    drafts = [_news(number) for number in range(len(SUBJECTS))]
    full = [_with_related(number, drafts) for number in range(len(drafts))]
    items = full[:6]
    full.append(
        Draft(
            "_learning/collections/first.md",
            "First things first",
            "---\ntype: collection\ntitle: First things first\n"
            f"items:\n{''.join(f'  - {item.path}{chr(10)}' for item in items)}---\n",
            address=None,
            related=tuple(item.path for item in items),
            words="the collection",
        )
    )
    files, expected = written(full, Style((_by_address,)))
    return Site(None, files, expected)


def _news(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    name, domain = _PUBLISHERS[number % len(_PUBLISHERS)]
    return Draft(
        f"_news/{day}-{subject.slug}.md",
        subject.title,
        "",
        "",
        subject.words,
        day=day,
        topics=topics_of(number),
        provider=name,
        address=f"https://www.{domain}/{day[:4]}/{subject.slug}",
    )


def _with_related(number: int, drafts: list[Draft]) -> Draft:
    draft = drafts[number]
    others = [drafts[(number + step) % len(drafts)] for step in (1, 2, 5, 11)]
    domain = _PUBLISHERS[number % len(_PUBLISHERS)][1]
    topics = "".join(f"  - {topic}\n" for topic in draft.topics)
    related = "".join(
        f"  - title: {SUBJECTS[drafts.index(other)].field}\n"
        f'    webUrl: "{(other.address or "").replace("https", "http", 1)}/?utm_campaign=feed"\n'
        for other in others
    )
    # Every fourth list also has a page that no document is about.
    if number % 4 == 0:
        related += f'  - title: "Elsewhere {number}"\n    webUrl: "https://elsewhere.example/{number}"\n'
    head = (
        f"---\ncategory: news\ntitle: {SUBJECTS[number].field}\npublishedDateTime: {draft.day}T06:51:00Z\n"
        f'originalUrl: "{draft.address}/"\nwebUrl: "{draft.address}"\nampWebUrl: "{draft.address}/amp"\n'
        f"type: article\nquality: 87\nheat: -1\npublished: true\n\nprovider:\n  name: {draft.provider}\n"
        f"  domain: {domain}\n\ntopics:\n{topics}\nrelated:\n{related}---\n\n"
    )
    return Draft(
        draft.path,
        draft.title,
        head,
        SUBJECTS[number].sentence,
        draft.words,
        day=draft.day,
        topics=draft.topics,
        provider=draft.provider,
        address=draft.address,
        related=tuple(other.path for other in others),
    )


def _by_address(here: Draft, there: Draft) -> str:
    """Link by address to what has one, else by path."""
    return by_address(here, there) if there.address else f"See [it](../{there.path})."
