"""What the explorer shows of articles that are on an island because of their story: counts, titles, pictures."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from tests.explorers import article, iri, opened, settle, state, written
from tests.map_labels import covers, labels, overlaps, show, too_close
from tests.worlds import Said, Site


def placed_by_story() -> Site:
    """Return a site of two topics; half of the articles of each island are there because of their story."""
    site: dict[str, Said] = {}
    for number in range(320):
        topic = ("Rome", "Oslo")[number % 2]
        has = number % 4 < 2
        related = [
            {"webUrl": iri(f"a{other}"), "title": "x"} for other in {number % 2, number - number % 4 + number % 2}
        ]
        kind = "news" if number % 3 else "video"
        day = f"{2015 + number % 7}-{1 + number % 12:02}-11"
        topics = [topic] if has else []
        site |= article(
            f"a{number}", f"Report {number}", topics=topics, type=kind, publishedDateTime=day, related=related
        )
    return site


def test_a_saved_picture_keeps_the_names_of_islands(browser: Browser, tmp_path: Path) -> None:
    """A picture is cut to what is seen, and the names above the uppermost dots are part of that."""
    with opened(browser, written(tmp_path, placed_by_story())[0]) as page:
        for kind in (None, "news"):
            if kind:
                page.evaluate("(kind) => window.explorer.page.choose({ types: [kind] })", kind)
            settle(page)
            drawing = page.evaluate("() => window.explorer.map.toSvg()")
            assert {one["text"] for one in labels(page) if one["ground"] >= 0} == {"Rome", "Oslo"}
            assert ">Rome</text>" in drawing
            assert ">Oslo</text>" in drawing


def test_a_saved_picture_holds_all_of_its_cards_and_circles(browser: Browser, tmp_path: Path) -> None:
    """Titles in the last column of cards are in the picture, and no circle is cut off at its side."""
    with opened(browser, written(tmp_path, placed_by_story())[0]) as page:
        for choice in ("{ from: 16436, to: 16800 }", "{ types: ['news'] }"):
            page.evaluate(f"() => window.explorer.page.choose({choice})")
            settle(page)
            drawing = page.evaluate("() => window.explorer.map.toSvg()")
            titles = [one["text"] for one in labels(page) if one["text"].startswith("Report")]
            if "from" in choice:
                assert len(titles) == state(page)["shown"] - 2
                assert all(f">{title}</text>" in drawing for title in titles)
                page.evaluate("() => window.explorer.page.clearChoice()")
                continue
            width = float(re.findall(r'<svg id="map"[^>]* width="([\d.]+)"', drawing)[0])
            left, right = page.evaluate(
                """() => {
                    const { ground: { islands }, camera } = window.explorer.map.scene;
                    const ends = islands.flatMap(({ x, r }) => [(x - r) * camera.zoom, (x + r) * camera.zoom]);
                    return [Math.min(...ends), Math.max(...ends)];
                }"""
            )
            assert width >= right - left


def test_filtered_islands_tell_how_many_state_their_topic(browser: Browser, tmp_path: Path) -> None:
    """What is there because of its story is told apart under a filter, too: on islands, above cards and in lanes."""
    with opened(browser, written(tmp_path, placed_by_story())[0]) as page:
        assert ">80 articles, and 80 placed by their story<" in page.evaluate("() => window.explorer.map.toSvg()")
        page.evaluate('() => window.explorer.page.choose({ types: ["news"] })')
        settle(page)
        counted = r">(\d+) of 80(?: \+|, and) (\d+) (?:placed by their|by) story<"
        found = re.findall(counted, page.evaluate("() => window.explorer.map.toSvg()"))
        islands = """(island) => {
            const { page, atlas } = window.explorer;
            const { island: of, flags } = atlas.columns;
            const shown = [...Array(atlas.articles).keys()].filter((n) => page.filtered.visible[n] && of[n] === island);
            const placed = shown.filter((n) => atlas.hasFlag(n, "inferred"));
            return [String(shown.length - placed.length), String(placed.length)];
        }"""
        expected = sorted(tuple(page.evaluate(islands, island)) for island in (0, 1))
        assert sorted(found) == expected
        show(page, "timeline")
        assert sorted(re.findall(counted, page.evaluate("() => window.explorer.map.toSvg()"))) == expected
        show(page, "topics")
        page.evaluate("() => window.explorer.page.choose({ from: 16436, to: 16800 })")  # 2015
        settle(page)
        heads = [one["text"] for one in labels(page) if " by story" in one["text"]]
        assert len(heads) == 2
        assert all(re.fullmatch(r"(Rome|Oslo) · \d+ of 80 \+ \d+ by story", head) for head in heads)


def test_titles_cover_dots_only_where_no_side_is_free(browser: Browser, tmp_path: Path) -> None:
    """Of few articles a title lies over the dot of another only if it is one of the largest, and had no other place."""
    with opened(browser, written(tmp_path, placed_by_story())[0]) as page:
        page.evaluate('() => window.explorer.page.choose({ types: ["video"], from: 16436, to: 17900 })')
        settle(page)
        dots = page.evaluate(
            """() => {
                const { map, page, atlas } = window.explorer;
                const { x, y, size, camera, width, height } = map.scene;
                const across = (n) => (x[n] - camera.x) * camera.zoom + width / 2;
                const down = (n) => (y[n] - camera.y) * camera.zoom + height / 2;
                const radius = (n) => 5 * Math.sqrt(size[n] * camera.zoom / 5);
                return page.shown().filter((n) => n < atlas.articles)
                    .map((n) => ({ x: across(n), y: down(n), r: radius(n), label: atlas.label(n) }));
            }"""
        )
        every = labels(page)
        names = [one for one in every if one["ground"] < 0]
        assert len(dots) > 60
        assert len(names) > 20
        covering = 0
        for name in names:
            (own,) = [dot for dot in dots if dot["label"] == name["text"]]
            others = [{**dot, "r": 0.9 * dot["r"] - 1} for dot in dots if dot is not own]
            if not any(covers(name, dot) for dot in others):
                continue
            covering += 1
            wide, tall = name["right"] - name["left"], name["bottom"] - name["top"]
            gap = own["r"] + 5
            for left, top in (
                (own["x"] + gap, own["y"] - tall / 2),
                (own["x"] - gap - wide, own["y"] - tall / 2),
                (own["x"] - wide / 2, own["y"] + gap),
                (own["x"] - wide / 2, own["y"] - gap - tall),
            ):
                box = {"left": left - 2, "top": top - 2, "right": left + wide + 2, "bottom": top + tall + 2}
                is_taken = any(overlaps(box, other) for other in every if other is not name)
                assert is_taken or any(covers(box, {**dot, "r": 1.5 * dot["r"]}) for dot in others), name
        assert covering <= 6


def test_heads_of_cards_are_whole(browser: Browser, tmp_path: Path) -> None:
    """Above cards stands what there is room for: the name, how many are shown, and how many by their story."""
    with opened(browser, written(tmp_path, placed_by_story())[0]) as page:
        page.evaluate("() => window.explorer.page.choose({ from: 16436, to: 16800 })")  # 2015
        settle(page)
        seen = set()
        for width in range(1440, 380, -120):
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            heads = [one["text"] for one in labels(page) if one["text"].startswith(("Rome", "Oslo"))]
            assert heads
            assert all(re.fullmatch(r"(Rome|Oslo)( · \d+ of 80( \+ \d+ by story)?)?", head) for head in heads), width
            seen |= {head.count("story") for head in heads}
        assert seen == {0, 1}


def test_titles_beside_each_other_are_apart(browser: Browser, tmp_path: Path) -> None:
    """Between two titles on one line is a gap, so that they are not read as one."""
    with opened(browser, written(tmp_path, placed_by_story())[0]) as page:
        page.evaluate("() => window.explorer.page.choose({ types: ['news'] })")
        settle(page)
        assert len(labels(page)) > 60
        assert too_close(page) == []
