"""Of pages that share a name, a link means the same one however many there are."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from graph.truth.namesakes import Namesakes
from graph.truth.pages import Page
from graph.truth.resolver import Resolver

PARTS = ("guides", "news", "2024", "01", "7-old", "Ü")
folders = st.lists(st.sampled_from(PARTS), max_size=3).map("/".join)
pages = st.builds(
    lambda folder, number, place, day: Page(f"{folder}/a{number}.md", places=(place,), names=("a",), day=day),
    folders,
    st.integers(0, 3),
    folders.map(lambda path: f"/{path}/a/"),
    st.sampled_from(["", "2024-07-01"]),
)


@given(
    st.lists(pages, max_size=6), pages, st.lists(st.sampled_from([*PARTS, "guide", "1", "7"]), min_size=1, max_size=3)
)
def test_the_page_that_is_meant(some: list[Page], source: Page, parts: list[str]) -> None:
    """It is the nearest, or the only one that has all parts, as one sees by looking at each alone."""
    together = named(some)

    def distance(page: Page) -> tuple[bool, int, str]:
        folder, _, _ = page.path.rpartition("/")
        return folder != source.path.rpartition("/")[0], page.path.count("/"), page.path

    assert together.nearest("a", source) == min(some, key=distance, default=None)
    fitting = [page for page in some if named([page]).with_parts("a", parts)]
    assert together.with_parts("a", parts) == (fitting[0] if len(fitting) == 1 else None)
    assert together.only("a") == (some[0] if len(some) == 1 else None)
    assert ("a" in together) == bool(some)


def named(some: list[Page]) -> Namesakes:
    """Return pages that are all called `a`."""
    found = Namesakes()
    for page in some:
        found.add("a", page)
    return found


def test_as_many_links_as_namesakes(in_proportion: Callable[[Callable[[int], object]], None]) -> None:
    """Links to a name that very many pages have take time in proportion to their number, also those that are broken."""

    def follow(count: int) -> None:
        numbers = range(count // 10)
        resolver = Resolver([Page(f"p{number}/overview.md", title="Overview") for number in numbers])
        for number in numbers:
            source = Page(f"q{number}/a.md")
            assert resolver.by_name("Overview", source) is not None
            assert resolver.by_name(f"p{number}x/overview", source) is None
            assert resolver.by_address(f"/nowhere/p{number}/overview", source) is None

    in_proportion(follow)
