"""The explorer page of hostile and odd sites: it runs nothing, asks for nothing, and looks intended."""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx
import pytest
import rdflib
from hypothesis import given, settings
from playwright.sync_api import Browser, Page, expect

import graph
from graph.explorer import to_explorer
from tests.explorers import DESKTOP, ODD_SITES, PHONE, SITE, opened, policy, state, written
from tests.worlds import HOSTILE, Site, built, sites

HERE = Path(__file__).resolve().parent.parent
ATTACKS = (
    "</script><script>window.owned = true</script>",
    "<img src=x onerror='window.owned = true'>",
    '"><svg onload=window.owned=true>',
    "javascript:window.owned=true",
    "{{script}}{{map}} an href in a title",
    "\u202e\u2066right to left\u2069 override \u202d",
    "constructor",
    "__proto__",
    "half a pair \ud83d, nul \x00, bell \x07",
    "x" * 100_000,
    *HOSTILE,
)
ATTACKING: Site = {
    **{
        f"{number}.md": {
            "title": text,
            "excerpt": text,
            "topics": [text, "AI"],
            "authors": [text],
            "provider": {"name": text, "domain": text},
            "type": text,
            "category": text,
            "webUrl": f"https://news.example/{number}?{text}" if number % 2 else f"javascript:owned=true//{number}",
            "images": [{"url": text}, {"url": "javascript:window.owned=true"}],
            "publishedDateTime": "2023-05-05",
            "related": [{"webUrl": f"https://news.example/<\"'>{text}", "title": text}],
            "onclick": text,
            "quality": number,
        }
        for number, text in enumerate(ATTACKS)
    },
    "_data/topics/ai.md": {"name": "AI", "parent": ATTACKS[0], "keywords": list(ATTACKS)},
    **{
        f"linking-{number}.md": f"# Linking {number}\n\n{said} [{said[:200]}](aimed-at.md) {text}\n"
        for number, (text, said) in enumerate(zip(ATTACKS, map(html.escape, ATTACKS), strict=True))
    },
    "aimed-at.md": "# Aimed at\n\nNothing.\n",
}


class Tags(HTMLParser):
    """The tags of a page, in order, with the names of their attributes."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.found.append((tag, tuple(name for name, _ in attrs)))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a site that attacks it from every field."""
    return written(tmp_path_factory.mktemp("hostile"), ATTACKING)[0]


def test_the_policy_names_the_one_script_and_style() -> None:
    """The page forbids everything but its own script and style, by their hashes; no other script can run."""
    text = to_explorer(built(SITE).truth)
    rules = dict(rule.split(" ", 1) for rule in policy(text).split("; "))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    for kind, tag, end in (("script-src", '<script type="module">', "</script>"), ("style-src", "<style>", "</style>")):
        content = text.split(tag, 1)[1].split(end, 1)[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert word not in text


def test_no_two_files_use_one_name() -> None:
    """The page's scripts stand in one scope: each name at their top is there once."""
    text = to_explorer(built({}).truth)
    script = text.split('<script type="module">', 1)[1].split("</script>", 1)[0]
    names = re.findall(r"^(?:async )?(?:function\*?|const|let|class) +([\w$]+)", script, re.MULTILINE)
    assert sorted(names) == sorted(set(names))
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)


@settings(max_examples=15)
@given(sites())
def test_content_is_never_markup(site: Site) -> None:
    """Whatever a site holds, the page has the same tags and attributes, and the same script."""
    text = to_explorer(built(site).truth, title="x")
    assert Tags(text).found == Tags(to_explorer(built({}).truth)).found
    assert policy(text) == policy(to_explorer(built({}).truth))


@pytest.mark.parametrize("title", [*ATTACKS[:9], "&lt;b&gt;"])
def test_a_title_is_text(title: str) -> None:
    """The page's own title, too, is text and nothing else."""
    knowledge = built({})
    assert Tags(to_explorer(knowledge.truth, title=title)).found == Tags(to_explorer(knowledge.truth)).found


@pytest.mark.slow
def test_the_same_site_gives_the_same_page() -> None:
    """The page is the same, to the byte, in processes that hash texts differently."""
    code = (
        "import hashlib, graph; from graph.explorer import to_explorer; "
        "print(hashlib.sha256(to_explorer(graph.build('seeds').truth).encode()).hexdigest())"
    )
    found = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=HERE, env=seed).stdout
        for seed in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    }
    assert len(found) == 1


def walk(page: Page) -> set[str]:
    """Open each view, each panel, and the cards of some nodes of each kind; return the protocols of the links seen."""
    found: list[str] = page.evaluate(
        """async () => {
            const { page, atlas, map } = window.explorer;
            const found = new Set();
            const step = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
            for (const view of ["network", "timeline", "topics"]) { page.change({ view }); await step(); }
            for (const panel of ["table", "insights", ""]) { page.change({ panel, node: -1 }); await step(); }
            for (const [first, end] of Object.values(atlas.header.kinds)) {
                for (let node = first; node < Math.min(end, first + 25); node += 1) {
                    page.change({ node, depth: node % 4 });
                    for (const link of document.links) if (link.hasAttribute("href")) found.add(link.protocol);
                    if (node % 8 === 0) await step();
                }
            }
            page.change({ node: -1 });
            map.toSvg();
            await map.toPng();
            return [...found];
        }"""
    )
    return set(found)


def test_hostile_content_runs_nothing(browser: Browser, attacked: Path) -> None:
    """Titles, names, addresses and pictures that try to be more than text are text, and no request leaves."""
    with opened(browser, attacked) as page:
        links = walk(page)
        page.locator("#search").fill("window owned")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("Enter")
        for name in ("SPARQL for this", "Path from here to…"):
            page.get_by_role("button", name=name).click()
        page.locator("#open-table").click()
        for form in ("csv", "graphml", "ttl", "svg"):
            page.locator("#open-save").click()
            with page.expect_download():
                page.locator(f"#save-{form}").click()
        assert page.evaluate("() => window.owned") is None
        assert page.locator("#card script, #card img, #table img, svg script").count() == 0
        assert links <= {"http:", "https:"}


def test_hostile_sentences_are_shown_as_text(browser: Browser, attacked: Path) -> None:
    """A sentence around a link that tries to be markup stands on the card as it was written, and runs nothing."""
    with opened(browser, attacked) as page:
        page.evaluate(
            "() => { const { atlas, page } = window.explorer; page.change({ node:"
            " [...Array(atlas.articles).keys()].find((n) => atlas.label(n) === 'Aimed at') }); }"
        )
        linked = page.locator("#card .group").filter(has_text="Linked from")
        linked.get_by_role("button", name=re.compile("^Show .* more")).click()
        quotes = page.locator("#card .quote")
        assert quotes.count() > len(ATTACKS) // 2  # some are no link by the rules of Markdown
        assert "<img src=x onerror='window.owned = true'>" in "\n".join(quotes.all_inner_texts())
        assert quotes.locator(":not(q, em)").count() == 0
        assert page.locator("#card").evaluate("(card) => card.scrollWidth <= card.clientWidth")
        assert page.evaluate("() => window.owned") is None


def test_hostile_content_is_saved_harmless(browser: Browser, attacked: Path) -> None:
    """What is saved of a hostile site is read by the programs it is for, and holds no formula."""
    with opened(browser, attacked) as page:
        found = page.evaluate(
            """async () => {
                const { page } = window.explorer;
                const made = {};
                const plain = URL.createObjectURL;
                for (const form of ["csv", "graphml", "ttl"]) {
                    made[form] = await new Promise((resolve) => {
                        URL.createObjectURL = (blob) => { blob.text().then(resolve); return plain(blob); };
                        document.getElementById("open-save").click();
                        document.getElementById(`save-${form}`).click();
                    });
                }
                URL.createObjectURL = plain;
                return { ...made, shown: page.shown().length };
            }"""
        )
    rows = list(csv.DictReader(io.StringIO(found["csv"].removeprefix("\ufeff"))))
    assert len(rows) == found["shown"]
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "@"))]
    assert len(networkx.parse_graphml(found["graphml"])) == found["shown"]
    assert len(set(rdflib.Graph().parse(data=found["ttl"], format="turtle").subjects())) == found["shown"]


@pytest.mark.parametrize("name", ODD_SITES)
def test_odd_sites_look_intended(browser: Browser, tmp_path: Path, name: str) -> None:
    """Whatever is missing or too long, every view opens, no box is empty, and nothing runs over the edge."""
    path, _ = written(tmp_path, ODD_SITES[name])
    for size in (DESKTOP, PHONE):
        with opened(browser, path, viewport=size, is_mobile=size == PHONE) as page:
            walk(page)
            if size == PHONE:
                page.locator("#open-filters").tap()
            boxes = page.evaluate(
                """async () => {
                    const facets = [...document.querySelectorAll(".facet")];
                    for (const facet of facets) facet.open = true;
                    await new Promise((resolve) => setTimeout(resolve, 100));
                    return facets.map((facet) => facet.querySelectorAll("li, rect").length);
                }"""
            )
            assert all(boxes)
            assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
            filters = page.locator("#filters")
            assert filters.evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")


def test_an_empty_site_says_so(browser: Browser, tmp_path: Path) -> None:
    """A folder without articles gives a page that says what to do, in place of an empty map."""
    with opened(browser, written(tmp_path, {})[0]) as page:
        expect(page.locator("#empty")).to_have_text(re.compile("nothing to show yet"))
        page.locator("#open-insights").click()
        expect(page.locator("#insights")).to_contain_text("too little here")
        page.keyboard.press("Escape")
        page.locator("#open-table").click()
        expect(page.locator("#table")).to_contain_text("There is nothing to list")


def test_what_has_no_page_is_not_linked(browser: Browser, tmp_path: Path) -> None:
    """An article whose IRI is a name only, as it has no address of its own, offers no link that would lead nowhere."""
    with opened(browser, written(tmp_path, ODD_SITES["one"])[0], "#https://example.org/article/one") as page:
        expect(page.locator("#card h2")).to_have_text("One article")
        expect(page.get_by_role("link")).to_have_count(0)


def test_without_dates_the_timeline_says_why(browser: Browser, tmp_path: Path) -> None:
    """A site without dates has no histogram, and the timeline's button says why it shows nothing."""
    path, _ = written(tmp_path, ODD_SITES["undated"])
    with opened(browser, path, "#view=timeline") as page:
        assert state(page)["view"] == "topics"
        expect(page.get_by_role("slider")).to_have_count(0)
        page.locator("#view-timeline").click(force=True)
        expect(page.locator("#note")).to_contain_text("No article has a date")
        assert state(page)["view"] == "topics"


def test_long_and_right_to_left_titles_stay_in_their_place(browser: Browser, tmp_path: Path) -> None:
    """A title of 100,000 letters is cut, and one from right to left does not turn what is around it."""
    path, _ = written(tmp_path, ODD_SITES["long"])
    with opened(browser, path) as page:
        page.locator("#search").fill("long")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("Enter")
        title = page.locator("#card h2")
        assert len(str(title.text_content())) <= 400
        page.locator("#search").fill("الحدائق")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("Enter")
        expect(title).to_have_attribute("dir", "auto")
        assert title.evaluate("(title) => getComputedStyle(title).direction") == "rtl"
        assert page.locator("#card").evaluate("(card) => card.scrollWidth <= card.clientWidth")


@pytest.mark.slow
def test_a_real_site_is_a_small_file(azure: graph.KnowledgeGraph) -> None:
    """The page of a real site of thousands of articles is at most two megabytes."""
    assert len(to_explorer(azure.truth).encode()) < 2_000_000
