"""Where a link leads: by address, path and name, in every spelling sites use, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.statements import Link
from graph.truth.named_places import NamedPlaces
from graph.truth.pages import Page, is_document
from graph.truth.resolver import Resolver

BLOG = Page("content/posts/2020-05-04-hello-world.md", ("https://s.example/2020/05/04/hello-world/",), day="2020-05-04")
GUIDE = Page("content/docs/guide/index.md", ("https://s.example/docs/guide/", "https://s.example/old-guide/"))
START = Page("content/docs/guide/Getting Started.md", ("https://s.example/docs/guide/getting-started/",), ("start",))
OTHER = Page("content/docs/reference/index.md", ("https://s.example/docs/reference/",), title="The reference")
SAME = Page("content/docs/reference/setup.md", ("https://s.example/docs/reference/setup/",))
TWIN = Page("content/docs/guide/setup.md", ("https://s.example/docs/guide/setup/",))
HTML = Page("content/legacy.html", ("https://s.example/legacy.html",))
PAGES = [BLOG, GUIDE, START, OTHER, SAME, TWIN, HTML]
SITE = Resolver(PAGES, "https://s.example/")


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("../guide/", GUIDE),
        ("../guide/index.md", GUIDE),
        ("../guide/Getting%20Started.md#install", START),
        ("../guide/getting-started/", START),
        ("/docs/guide/getting-started", START),
        ("/docs/guide/getting-started.html?x=1", START),
        ("/old-guide/", GUIDE),
        ("https://s.example/docs/guide/?utm_source=x", GUIDE),
        ("http://www.s.example/docs/guide", GUIDE),
        ("//s.example/docs/guide", GUIDE),
        ("/2020/05/04/hello-world/", BLOG),
        ("/posts/hello-world/", BLOG),
        ("setup.md", SAME),
        ("../guide/setup.md", TWIN),
        ("/legacy.html", HTML),
        ("/legacy", HTML),
        ("https://elsewhere.example/docs/guide/", None),
        ("/docs/nothing/", None),
        ("/tutorials/hello-world/", None),
        ("#here", None),
        ("", None),
    ],
)
def test_an_address_leads_to_the_page_that_a_reader_would_see(address: str, page: Page | None) -> None:
    """Relative, rooted and absolute addresses find the page they mean, as seen from another page."""
    assert SITE.by_address(address, OTHER) == page


@pytest.mark.parametrize(
    ("name", "source", "page"),
    [
        ("setup", OTHER, SAME),
        ("setup", START, TWIN),
        ("guide/setup", OTHER, TWIN),
        ("docs/guide/setup.md", BLOG, TWIN),
        ("@/posts/2020-05-04-hello-world.md", OTHER, BLOG),
        ("hello-world", OTHER, BLOG),
        ("Getting Started#Install", OTHER, START),
        ("getting started", OTHER, START),
        ("start", OTHER, START),
        ("The reference", BLOG, OTHER),
        ("../guide/setup", OTHER, TWIN),
        ("https://s.example/docs/guide/", BLOG, GUIDE),
        ("No such note", OTHER, None),
    ],
)
def test_a_name_leads_to_the_nearest_page_that_bears_it(name: str, source: Page, page: Page | None) -> None:
    """Notes, `ref`s and fields name pages by path, file name, slug, alias or title; of several the nearest is meant."""
    assert SITE.by_name(name, source) == page


def test_the_last_part_of_a_path_is_no_proof() -> None:
    """A path whose last part fits a page is refused where another part of it does not, or where two pages fit."""
    pages = [Page("a/one/setup.md"), Page("b/two/setup.md"), Page("c/from.md")]
    found = Resolver(pages)
    assert found.by_address("/one/setup/", pages[2]) == pages[0]
    assert found.by_address("/three/setup/", pages[2]) is None
    two = [Page("a/x/setup.md"), Page("a/y/x/setup.md"), Page("c/from.md")]
    assert Resolver(two).by_address("/a/z/x/setup", two[2]) is None


def test_the_repository_of_a_source_is_recognised_by_where_links_lead() -> None:
    """Where most documents that links name in a repository are here, the others of it are looked for here too."""
    pages = [Page(f"notes/{name}.md") for name in ("one", "two", "three", "four")]
    found = Resolver(pages)
    own = "https://github.com/me/notes/blob/main/notes/"
    assert found.by_address(own + "one.md", pages[1]) is None
    named = ("one", "two", "three", "untranslated")
    found.learn(NamedPlaces.of([Link(own + f"{name}.md") for name in named], with_hosts=True))
    assert found.by_address(own + "four.md", pages[1]) == pages[3]
    assert found.by_address("https://github.com/you/notes/blob/main/notes/four.md", pages[1]) is None


def test_the_host_of_a_source_is_recognised_where_nothing_tells_it() -> None:
    """Where nearly all addresses of a host are places of pages here, it is the sources' own host."""
    pages = [Page(f"{name}.md", (f"/blog/{name}/",)) for name in ("one", "two", "three", "four")]
    found = Resolver(pages)
    links = [Link(f"https://me.example/blog/{name}/") for name in ("one", "two", "three")]
    found.learn(NamedPlaces.of(links, with_hosts=True))
    assert found.by_address("https://me.example/blog/four/", pages[0]) == pages[3]
    assert found.by_address("https://you.example/blog/four/", pages[0]) is None


def test_two_sites_keep_their_own_paths() -> None:
    """A rooted path means the page of the site on which it stands."""
    here = [Page("a/about.md", ("https://a.example/about/",)), Page("a/from.md", ("https://a.example/from/",))]
    there = [Page("b/about.md", ("https://b.example/about/",)), Page("b/from.md", ("https://b.example/from/",))]
    found = Resolver([*here, *there])
    assert found.by_address("/about/", here[1]) == here[0]
    assert found.by_address("/about/", there[1]) == there[0]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("a.md", True),
        ("/a/b/", True),
        ("a.html#x", True),
        ("/1.2.0", True),
        ("a.png", False),
        ("/x/data.json?y", False),
    ],
)
def test_pictures_and_other_files_are_no_documents(path: str, answer: bool) -> None:  # noqa: FBT001 - a table
    """A link to a picture or a file of data is no link to a document."""
    assert is_document(path) is answer


def test_a_name_may_end_like_a_file() -> None:
    """A note about `Node.js` is a note."""
    assert is_document("Node.js", by_name=True)
    assert not is_document("Diagram.png", by_name=True)


WORDS = st.text("ab-_./ %#?+é\u200f", max_size=12)
SOME_PAGES = st.lists(
    st.builds(
        Page,
        st.builds("{}.md".format, WORDS.map(lambda text: text.strip("/") or "x")),
        st.lists(st.builds("/{}".format, WORDS) | st.builds("https://s.example/{}".format, WORDS), max_size=2).map(
            tuple
        ),
        st.lists(WORDS, max_size=2).map(tuple),
        WORDS,
    ),
    max_size=6,
    unique_by=lambda page: page.path,
)


@given(SOME_PAGES, WORDS | st.text(max_size=20), st.randoms())
def test_any_link_is_answered_and_the_order_of_pages_does_not_matter(
    pages: list[Page], target: str, chance: object
) -> None:
    """Whatever a link says, there is one page or none, the same whichever page was read first."""
    source = Page("a/from.md", ("https://s.example/a/from/",))
    shuffled = list(pages)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = Resolver([*pages, source], "https://s.example/"), Resolver([source, *shuffled], "https://s.example/")
    assert one.by_name(target, source) == two.by_name(target, source)
    assert one.by_address(target, source) == two.by_address(target, source)


SORTED = Page("01-app/02-guides/03-forms.md", ("https://s.example/docs/01-app/02-guides/03-forms/",))
COLUMNS = Page("docs/3-columns.md", ("https://s.example/docs/3-columns/",))
NOTE = Page("202001011200 Emergence.md", title="Emergence")
TITLED = Page("feedback.md", title="202001021300 Feedback loops")


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/docs/app/guides/forms", SORTED),
        ("/app/guides/forms#part", SORTED),
        ("../app/guides/forms", SORTED),
        ("/docs/columns", COLUMNS),
        ("/app/other/forms", None),
        ("/other/columns", None),
    ],
)
def test_numbers_that_only_sort_are_no_part_of_an_address(address: str, page: Page | None) -> None:
    """Programs that sort pages by a number before their names publish them without it, and so links have none."""
    assert Resolver([SORTED, COLUMNS], "https://s.example/").by_address(address, COLUMNS) == page


def test_a_note_is_not_called_by_its_name_without_a_number() -> None:
    """In a vault the number is part of the name, so that another note may be wanted."""
    site = Resolver([SORTED, COLUMNS], "https://s.example/")
    assert site.by_name("columns", SORTED) is None
    assert site.by_name("3-columns", SORTED) == COLUMNS


def test_a_note_of_a_zettelkasten_is_called_by_its_moment() -> None:
    """The digits at the beginning of a name or title are enough, and part of them is not."""
    notes = Resolver([NOTE, TITLED])
    assert notes.by_name("202001011200", TITLED) == NOTE
    assert notes.by_name("202001021300", NOTE) == TITLED
    assert notes.by_name("202001011200 Emergence", TITLED) == NOTE
    assert notes.by_name("20200101", TITLED) is None


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/posts/2020-12-31-2020-in-review.md", "/posts/2020-in-review/"),
        ("content/blog/2020-01-01.my-post.md", "/blog/my-post"),
        ("content/blog/2020-01-01-1430.my-post.md", "/blog/my-post"),
    ],
)
def test_a_day_before_a_name_is_no_part_of_an_address(path: str, address: str) -> None:
    """Jekyll puts a hyphen behind the day, Statamic a dot behind the day or the time; what follows is the name."""
    page = Page(path)
    assert Resolver([page, OTHER], "https://s.example/").by_address(address, OTHER) == page
