"""Islands of articles without a telling topic, and what the size of an island says."""

from __future__ import annotations

from collections import Counter

import numpy as np

from graph.atlas import Atlas, to_atlas
from tests.worlds import Said, Site, built


def islands(site: Site) -> dict[str, int]:
    """Return the number of articles of each island by its label."""
    return {island.label: island.end - island.first for island in atlas_of(site).islands}


def atlas_of(site: Site) -> Atlas:
    """Return the map of a site."""
    return to_atlas(built(site).truth)


def in_folder(folder: str, count: int, **fields: object) -> Site:
    """Return articles of a folder."""
    return {f"{folder}/a{number}.md": {"title": f"{folder} {number}", **fields} for number in range(count)}


def test_articles_without_a_topic_stand_by_folder() -> None:
    """They stand by the folder of their documents, those of a small folder by the one above, years not counted."""
    site = {
        **in_folder("docs/getting-started", 6),
        **in_folder("docs/plugins", 5),
        **in_folder("docs/plugins/few", 1),
        **in_folder("docs/news/2015/08", 3),
        **in_folder("docs/news/2016/01", 4),
        **in_folder("docs", 2),
        **in_folder("docs/plugins/told", 4, tags=["Tools"]),
    }
    assert islands(site) == {"Getting started": 6, "News": 7, "Plugins": 6, "Tools": 4, "Without topic": 2}


def test_articles_of_one_folder_stand_by_community() -> None:
    """Where folders say nothing, articles stand by community; those in none are without a topic."""
    site: dict[str, Said] = {}
    for group in range(3):
        for number in range(5 + group):
            others = [f"[[g{group}-{other}]]" for other in range(5 + group) if other != number]
            site |= {
                f"posts/g{group}-{number}.md": f"---\ntitle: Garden {group} part {number}\n---\n{' '.join(others)}"
            }
    site |= {f"posts/alone-{number}.md": {"title": f"Alone {number}"} for number in range(4)}
    assert Counter(islands(site).values()) == Counter([5, 6, 7, 4])
    assert islands(site)["Without topic"] == 4


def test_one_statement_is_not_what_dozens_are_about() -> None:
    """A topic that one article states takes none of the many articles that are linked with it."""
    links = [f"[[a{number}]]" for number in range(30)]
    site: dict[str, Said] = {
        f"notes/{'deep' if number % 2 else 'shallow'}/a{number}.md": (
            f"---\ntitle: Note {number}\n{'tags: [camelCase]' if number == 0 else ''}\n---\n"
            + " ".join(one for place, one in enumerate(links) if place != number)
        )
        for number in range(30)
    }
    assert islands(site) == {"camelCase": 1, "Deep": 15, "Shallow": 14}


def test_larger_islands_have_more_articles() -> None:
    """An island with half as many articles again as another is larger, and areas follow the numbers of articles."""
    site: dict[str, Said] = {}
    for place in range(40):
        count = 1 + (place * 7) % 31
        for number in range(count):
            linked = f"[[t{place}-{number - 1}]]" if number % 4 and place % 3 else ""
            site |= {f"t{place}-{number}.md": f"---\ntitle: T {place} {number}\ntags: [topic{place}]\n---\n{linked}"}
    sizes = [(island.end - island.first, island.circle[2]) for island in atlas_of(site).islands]
    assert len(sizes) == 40
    for count, radius in sizes:
        assert all(radius > other for fewer, other in sizes if count >= 1.5 * fewer)
    counts, radii = np.array(sizes).T
    assert np.corrcoef(counts, radii**2)[0, 1] > 0.97


def test_many_articles_without_links_do_not_hide_the_rest() -> None:
    """Far more articles without links than with them are beside the communities, not among them."""
    site: dict[str, Said] = {f"alone-{number}.md": {"title": f"Alone {number}"} for number in range(150)}
    for group in range(8):
        for number in range(6):
            others = " ".join(f"[[g{group}-{other}]]" for other in range(6) if other != number)
            site |= {f"g{group}-{number}.md": f"---\ntitle: Garden {group} part {number}\n---\n{others}"}
    atlas = atlas_of(site)
    *communities, apart = atlas.clusters
    assert (apart.label, apart.size) == ("Not linked to others", 150)
    assert len(communities) == 8
    left = apart.circle[0] - apart.circle[2]
    assert all(one.circle[0] + one.circle[2] < left for one in communities)
