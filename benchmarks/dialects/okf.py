"""A bundle of the Open Knowledge Format: concepts with types, sources and trust, indexes, and a log."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    by_path,
    by_path_and_heading,
    by_reference,
    topics_of,
    yaml_list,
)
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import SUBJECTS

__all__ = ["site"]

_FOLDERS = ("tables/", "metrics/", "playbooks/coast/", "")
_TYPES = ("BigQuery Table", "Metric", "Playbook", "Reference", "Attested Computation")
_LOST = (*LOST, "Lost: [a table](/tables/lost-at-sea.md).")


def site() -> Site:
    """Return a bundle of concepts, half of them as version 0.1 has them; with indexes, a log and a page of all."""
    drafts = [_concept(number) for number in range(len(SUBJECTS))]
    drafts = [_with_sources(number, drafts) for number in range(len(drafts))]
    forms = (
        lambda _, there: f"Joined with [{there.words}](/{there.path}).",
        by_path,
        lambda _, there: f"| column | meaning |\n| - | - |\n| `id` | Key into [{there.words}](/{there.path}#schema). |",
        by_path_and_heading,
        by_reference,
    )
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, DECOYS))
    listed = {f"{folder}index.md": _index(drafts, folder) for folder in _FOLDERS}
    listed["index.md"] = '---\nokf_version: "0.2"\n---\n\n' + listed["index.md"] + "* [Tables](tables/) - all tables\n"
    log = (
        f"# Log\n\n## 2026-05-22\n\n* **Creation**: Added [{drafts[0].title}](/{drafts[0].path}), not [x](/gone.md).\n"
    )
    page = "<!doctype html><title>All concepts</title><p>A picture of all concepts.</p>"
    return Site(None, {**files, **listed, "log.md": log, "viz.html": page}, expected)


def _concept(number: int) -> Draft:
    subject = SUBJECTS[number]
    folder = _FOLDERS[number % len(_FOLDERS)]
    is_titled = number % 5 != 4
    return Draft(
        f"{folder}{subject.slug}.md",
        subject.title if is_titled else subject.slug.replace("-", " "),
        f"title: {subject.field}\n" if is_titled else "",
        subject.sentence,
        subject.words,
        topics=topics_of(number) if number % 3 else (),
    )


def _with_sources(number: int, drafts: Sequence[Draft]) -> Draft:
    """Return a concept with its front matter, which leads to the thing it describes and to what it is based on."""
    draft, source = drafts[number], drafts[(number + 7) % len(drafts)]
    resource = f"https://assets.example/{number}" if number % 4 == 1 else ""
    lines = [f"type: {_TYPES[number % len(_TYPES)]}", *draft.head.splitlines()]
    lines += [f"description: {draft.words} in a sentence"]
    lines += [f"tags: {yaml_list(draft.topics)}"] if draft.topics else []
    lines += [f"resource: {resource}"] if resource else []
    if number % 2:
        lines.append("timestamp: '2026-05-28T22:53:05+00:00'")
    else:
        lines += [
            "generated: { by: reference_agent/gemini-2.5-pro, at: 2026-06-20T22:53:05Z }",
            f"status: {('draft', 'stable', 'deprecated')[number % 3]}",
            f"stale_after: 2026-{number % 12 + 1:02}-23",
            "sources:",
            f"  - {{ id: almanac, resource: 'https://almanac.example/{number}', usage_count: {number} }}",
            f"  - {{ resource: {relative(draft, source)} }}",
            "  - { resource: all tides of the coast }",
        ]
        lines.append(
            "verified: { by: human:ada, at: 2026-06-25T09:00:00Z }" if number % 4 else "owner: { team: coast }"
        )
    sentence = draft.sentence + ("[^almanac]\n\n[^almanac]: The almanac" if number % 2 == 0 else "")
    return Draft(
        draft.path,
        draft.title,
        "---\n" + "\n".join(lines) + "\n---\n\n# Schema\n\n",
        sentence,
        draft.words,
        topics=draft.topics,
        outside=(resource,) if resource else (),
    )


def _index(drafts: Sequence[Draft], folder: str) -> str:
    entries = [
        f"* [{draft.title}]({draft.path.removeprefix(folder)}) - {draft.words}\n"
        for draft in drafts
        if draft.path.startswith(folder) and "/" not in draft.path.removeprefix(folder)
    ]
    return "# Concepts\n\n" + "".join(entries)
