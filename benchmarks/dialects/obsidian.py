"""An Obsidian vault: notes titled by their files, links by name in every form, aliases, equal names."""

from __future__ import annotations

from benchmarks.dialects.common import DECOYS, OUTSIDE, by_path, spelled, topics_of
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_DATES = ("created", "date created", "date", "published_at")
_FOLDERS = ("", "Boats/", "Boats/Old ones/", "Ashore/")
_UNFIT = str.maketrans(dict.fromkeys('?:"<*|#', "") | {"/": "-"})
"""What the name of a note cannot contain."""
_LOST = (
    "Lost: [[A note lost at sea]].",
    "Lost: [a note](Lost%20at%20sea.md).",
    "Lost: [[Boats/Never built|a boat]].",
    "Lost: ![[A note sunk]].",
    "Lost: [[A note adrift#Far out]].",
    "Lost: [[A note stranded|one]].",
    "Lost: [[A note that was never begun]].",
    "Lost: [[A note without an end]].",
    "Lost: [[A note of nobody]].",
    "Lost: [[A note in a bottle]].",
    "Lost: [[A note beyond the horizon]].",
)
_DECOYS = (
    *DECOYS,
    "Not a link: `[[Gone]]`, nor `![[Gone]]`.",
    "![[boat.png|300]]",
    "See [[#The end|below]].",
    "%% [[Gone]] is a comment. %%",
    "To come: [[Not yet written]].",
    "```dataview\nLIST FROM [[Gone]]\n```",
)


def site() -> Site:
    """Return a vault of notes; three notes of one name are in three folders."""
    drafts = [_note(number) for number in range(len(SUBJECTS))]
    drafts += [
        Draft(f"{folder}Index.md", "Index", sentence="Everything here.", words=f"index {number}", name=f"{folder}Index")
        for number, folder in enumerate(_FOLDERS[1:])
    ]
    forms = (
        lambda _, there: f"See [[{there.name}]].",
        lambda _, there: f"See [[{there.name}|{there.words}]] and go on.",
        lambda _, there: f"The end of it: [[{there.name}#The end]].",
        lambda _, there: f"As said: [[{there.name}#^a1b2c3|there]].",
        lambda _, there: f"![[{there.name}]]",
        lambda _, there: f"The whole path: [[{there.path.removesuffix('.md')}]].",
        lambda _, there: f"| a | b |\n| - | - |\n| 1 | [[{there.name}\\|{there.words}]] |",
        by_path,
        lambda _, there: f"- [ ] read **[[{there.link_to or there.name}]]**",
        lambda _, there: f"before:: [[{there.name}]]",
        lambda _, there: f"> [!note] Read on\n> In [[{there.name.upper() if there.name.isascii() else there.name}]].",
    )
    with_fields = [_with_fields(number, drafts) for number in range(len(drafts))]
    files, expected = written(with_fields, Style(forms, OUTSIDE, _LOST, _DECOYS))
    return Site(None, {**files, ".obsidian/app.json": "{}\n"}, expected)


def _note(number: int) -> Draft:
    subject = SUBJECTS[number]
    name = " ".join(subject.title.translate(_UNFIT).split())
    alias = f"The {subject.words}, so called" if number % 4 == 2 else ""
    return Draft(
        f"{_FOLDERS[number % len(_FOLDERS)]}{name}.md",
        name,
        sentence=subject.sentence,
        words=subject.words,
        name=name,
        link_to=alias,
        day=DAYS[number] if number % 2 else None,
        topics=topics_of(number) if number % 3 else (),
    )


def _with_fields(number: int, drafts: list[Draft]) -> Draft:
    """Return a note with its front matter, which leads to other notes."""
    draft, related, above = drafts[number], drafts[(number + 2) % len(drafts)], drafts[(number + 6) % len(drafts)]
    lines = []
    if draft.link_to:
        lines += ["aliases:", f'  - "{draft.link_to}"']
    if draft.day:
        lines.append(f'{_DATES[number // 2 % len(_DATES)]}: "{spelled(draft.day, number)}"')
    if draft.topics:
        lines += ["tags:", *(f"  - {topic}" for topic in draft.topics)]
    bare = f"[[{related.name}]]" if related.name.replace(" ", "").isalpha() else f"'[[{related.name}]]'"
    ways = (f'"[[{related.name}]]"', f'"[[{related.name}|{related.words}]]"', bare)
    paths, linked = [], []
    if number % 3 == 0:
        lines.append(f"related:\n  - {ways[number // 3 % 2]}" if number % 2 else f"related: {ways[number // 3 % 3]}")
        paths.append(related.path)
    if number % 5 == 1:
        name = ("up", "parent", "see_also")[number // 5 % 3]
        lines.append(f'{name}: "[[{above.name}]]"')
        linked.append(above.path)
    head = "---\n" + "\n".join(lines) + "\n---\n" if lines else ""
    return Draft(
        draft.path,
        draft.title,
        head,
        draft.sentence,
        draft.words,
        draft.name,
        draft.link_to,
        draft.day,
        topics=draft.topics,
        related=tuple(paths),
        linked=tuple(linked),
    )
