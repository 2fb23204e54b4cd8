"""How good the names of communities are: `python -m benchmarks.names [NAME...]`.

`names.md` holds names that were judged by reading titles of their communities. This names the same communities again,
and says how those of the names that are still given were judged, and which names are new. `--sheet SEED COUNT` prints
communities to judge: ten titles of each first, and the names at the end.
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import graph as library
from benchmarks.corpora import BASES, corpora
from graph.structure import structure_of
from graph.structure.communities import find_communities
from graph.structure.community_parts import find_parts

__all__ = ["Named", "judged_names", "names_of", "score"]

TABLE = Path(__file__).with_name("names.md")
FEWEST = 5
"""Articles of a community that is judged."""
_TITLES = 10
_ROW = re.compile(r"^\| `(\w{12})` \| ([\w-]+) \| (\d+) \| (whole|part) \| (.*?) \| (good|fair|bad) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Named:
    """A community with its name."""

    digest: str
    """What identifies its members."""
    site: str
    """Where it was found."""
    articles: int
    """How many members it has."""
    level: str
    """`whole` for a community, `part` for a part of one."""
    name: str
    """Its name."""
    titles: tuple[str, ...] = ()
    """Titles of its members."""
    is_divided: bool = False
    """Whether it has parts."""


def names_of(site: str, archive: Path) -> Iterator[Named]:
    """Yield the communities of a site with at least five articles, and their parts."""
    network = library.build(archive, base=BASES.get(site)).network
    structure, nodes = structure_of(network)
    found = find_communities(structure)
    for members, name, parts in zip(found.members, found.names, find_parts(found), strict=True):
        rows = [("whole", members, name.label), *(("part", part.members, part.name.label) for part in parts)]
        for level, some, label in rows:
            if len(some) >= FEWEST:
                iris = sorted(nodes[article] for article in some.tolist())
                digest = hashlib.sha256("\n".join(iris).encode("utf-8", "replace")).hexdigest()[:12]
                titles = tuple(structure.labels[article] for article in some.tolist())
                yield Named(digest, site, len(some), level, label, titles, level == "whole" and bool(parts))


def judged_names(text: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Return name and verdict of each judged community, by site, level and digest."""
    return {
        (site, level, digest): (name.replace("\\|", "|"), verdict)
        for digest, site, _articles, level, name, verdict in _ROW.findall(text)
    }


def score(named: Sequence[Named], judged: Mapping[tuple[str, str, str], tuple[str, str]]) -> str:
    """Return how the names that are still given were judged, on one level and on two, and which are new."""
    known = [(row, judged.get((row.site, row.level, row.digest))) for row in named]
    kept = [(row, verdict) for row, found in known if found for name, verdict in [found] if name == row.name]
    lines = [
        _line("communities", Counter(verdict for row, verdict in kept if row.level == "whole")),
        _line("with parts in place of divided ones", Counter(verdict for row, verdict in kept if not row.is_divided)),
        f"{sum(found is not None for _, found in known) - len(kept)} judged communities have a new name",
    ]
    lines += [
        f"  {row.site}: {found[0]} ({found[1]}) is now {row.name}"
        for row, found in known
        if found is not None and found[0] != row.name
    ]
    return "\n".join(lines)


def _line(what: str, counts: Counter[str]) -> str:
    total = counts.total() or 1
    shares = ", ".join(f"{counts[verdict] / total:.0%} {verdict}" for verdict in ("good", "fair", "bad"))
    return f"{counts.total()} {what}: {shares}"


def _sheet(named: Sequence[Named], seed: int, count: int) -> str:
    chosen = random.Random(seed)
    some = chosen.sample(list(named), min(count, len(named)))
    lines = []
    for number, row in enumerate(some, start=1):
        lines.append(f"{number}. {row.site}, {row.articles} articles, {row.level}")
        lines += [f"   - {title}" for title in chosen.sample(row.titles, min(_TITLES, len(row.titles)))]
    lines += [f"{number}. {row.name}  `{row.digest}`" for number, row in enumerate(some, start=1)]
    return "\n".join(lines)


def main() -> None:
    """Score the names of the available sites, or print a sheet."""
    wanted = [name for name in sys.argv[1:] if not name.startswith("--")]
    sheet = "--sheet" in sys.argv
    numbers = [int(wanted.pop()) for _ in range(2)] if sheet else []
    named = [
        row for site, archive in corpora().items() if site in wanted or not wanted for row in names_of(site, archive)
    ]
    if sheet:
        print(_sheet(named, numbers[1], numbers[0]))
    else:
        print(score(named, judged_names(TABLE.read_text(encoding="utf-8"))))
        print(f"{time.process_time():.1f} CPU s with all builds")


if __name__ == "__main__":
    main()
