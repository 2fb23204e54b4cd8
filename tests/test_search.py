"""Full-text search finds what people mean, and takes any text for a question."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.cli import main
from graph.errors import SourceError
from graph.records import Topic
from graph.search import RANKING, SearchIndex, to_index
from graph.search.spelling import Spelling
from graph.search.words import folded, words_of
from graph.truth import Truth
from tests.search_names import find_names

BASE = "https://site.example/"
NEWS = """\
---
title: {title}
type: article
webUrl: https://news.example/{name}
excerpt: {excerpt}
topics: [{topic}]
provider: {{name: The Daily, domain: daily.example}}
publishedDateTime: 2023-05-0{number}T06:00:00Z
related:
  - {{title: Robots elsewhere, webUrl: "https://other.example/robots"}}
---
"""
ARTICLES = [
    ("Élan vital and the machine", "elan", "On life.", "Philosophy"),
    ("A garden of robots", "garden", "Watering cans with wheels.", "Robotics"),
    ("Notes on soil", "soil", "What robots cannot smell, gardeners can.", "Gardens"),
    ("Aiming well", "aim", "Archery for beginners.", "Sport"),
    ("What AI may do", "may", "A view.", "AI"),
    ("Weather", "weather", "Nothing else.", "Sport"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of six articles about five topics."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "_config.yml").write_text(f"url: {BASE}\n", encoding="utf-8")
    for number, (title, name, excerpt, topic) in enumerate(ARTICLES, start=1):
        text = NEWS.format(title=title, name=name, excerpt=excerpt, topic=topic, number=number)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def index(site: Path) -> SearchIndex:
    """Return the site's index."""
    return graph.build(site).search_index


def labels(index: SearchIndex, words: str, *, kind: str | None = None) -> list[str]:
    """Return what is found, in order, by its name."""
    return [match.label for match in index.find(words, kind=kind).matches]


def test_names_come_first(index: SearchIndex) -> None:
    """What is called by a word comes before what is only linked to, and that before what merely mentions it."""
    assert labels(index, "robots") == ["A garden of robots", "Robots elsewhere", "Notes on soil"]


def test_a_node_called_so_comes_first(index: SearchIndex) -> None:
    """A name given whole finds the thing of that name before all that mentions it."""
    assert labels(index, "philosophy")[0] == "Philosophy"
    assert labels(index, "the daily")[0] == "The Daily"


def test_beginnings_of_words_are_found(index: SearchIndex) -> None:
    """The beginning of a word is enough, and a whole word counts for more."""
    assert labels(index, "gard")[:2] == ["Gardens", "A garden of robots"]
    assert labels(index, "ai") == ["AI", "What AI may do", "Aiming well"]


@pytest.mark.parametrize("words", ["elan", "ÉLAN", "élan", unicodedata.normalize("NFD", "Élan"), "Elán"])
def test_accents_and_case_do_not_matter(index: SearchIndex, words: str) -> None:
    """A word is found however its accents are written, or not."""
    assert labels(index, words) == ["Élan vital and the machine"]


def test_articles_are_found_by_what_they_are_linked_to(index: SearchIndex) -> None:
    """An article is found by the names of its topics and of its publisher."""
    assert labels(index, "robotics") == ["Robotics", "A garden of robots"]
    assert len(labels(index, "daily", kind="article")) == len(ARTICLES)


def test_every_word_counts(index: SearchIndex) -> None:
    """All words must occur, anywhere in a node; where that finds nothing, some of them, and the answer says so."""
    assert labels(index, "garden wheels") == ["A garden of robots"]
    found = index.find("archery zeppelin")
    assert [match.label for match in found.matches] == ["Aiming well"]
    assert (found.every_word, found.guessed) == (False, False)


def test_a_word_that_occurs_nowhere_is_guessed(index: SearchIndex) -> None:
    """A slip of the finger finds what is spelled nearly so, only where nothing holds every word as typed."""
    assert labels(index, "philosphy") == labels(index, "philosophy")
    assert labels(index, "gardne robots") == labels(index, "garden robots")
    assert index.find("philosphy").guessed
    assert not index.find("philosophy").guessed
    assert (index.find("philosphy zeppelin").every_word, index.find("philosphy zeppelin").guessed) == (False, True)


def test_an_address_finds_its_node(index: SearchIndex) -> None:
    """A pasted address finds the node that it names."""
    assert labels(index, "https://news.example/elan") == ["Élan vital and the machine"]
    assert labels(index, f" {BASE}topic/sport ") == ["Sport"]
    assert labels(index, f"{BASE}topic/sport", kind="article") == []


def test_words_found_are_marked(index: SearchIndex) -> None:
    """An answer says which pieces of the name and of the summary are what was looked for."""
    (match,) = index.find("watering garden").matches
    assert match.title == (("A ", False), ("garden", True), (" of robots", False))
    assert match.text == (("Watering", True), (" cans with wheels.", False))


def test_pages_of_answers_are_one_list(index: SearchIndex) -> None:
    """Answers come in one order, page by page, and counts are those of all pages."""
    whole = index.find("daily")
    pages = [index.find("daily", limit=2, offset=offset) for offset in range(0, 10, 2)]
    assert [match for page in pages for match in page.matches] == list(whole.matches)
    assert {(page.total, page.kinds) for page in pages} == {(7, (("article", 6), ("provider", 1)))}
    assert index.find("daily", kind="provider").total == 1
    assert index.find("daily", limit=10**30) == whole
    assert index.find("daily", offset=10**30).matches == ()


def names(index: SearchIndex, words: str, limit: int | None = 12) -> list[str]:
    """Return what is found by name, in order, by its label."""
    return [labels(index, iri)[0] for iri in find_names(index, words, limit=limit).iris]


def test_names_are_found_by_their_words(index: SearchIndex) -> None:
    """Every word of a name counts, a beginning is enough, and what merely mentions a word is not found."""
    assert names(index, "robots") == ["A garden of robots", "Robots elsewhere"]
    assert names(index, "rob gar") == ["A garden of robots"]
    assert names(index, "archery") == []
    assert sorted(names(index, "ai", None)) == ["AI", "Aiming well", "What AI may do"]


def test_texts_are_found_after_names(index: SearchIndex) -> None:
    """Names with every word come first, then texts with every word; similar names are found only if no text has all."""

    def anywhere(words: str, limit: int | None = 12) -> tuple[list[str], int]:
        found = index.find_anywhere(words, limit=limit)
        every = [iri for some in index.iris() for iri in some]
        return [labels(index, every[node - 1])[0] for node in found.nodes], found.total

    assert anywhere("robots") == (["A garden of robots", "Robots elsewhere", "Notes on soil"], 3)
    assert anywhere("robots", 1) == (["A garden of robots"], 3)
    assert sorted(anywhere("robots", None)[0]) == ["A garden of robots", "Notes on soil", "Robots elsewhere"]
    assert anywhere("archery") == (["Aiming well"], 1)
    assert anywhere("soil smell") == (["Notes on soil"], 1)
    assert anywhere("philosophy archery")[1] == 1
    assert anywhere("robost")[0] == names(index, "robost")
    assert anywhere("c#") == ([], 0)
    assert index.find_anywhere("", limit=5).total == 0


def test_texts_in_scripts_without_spaces_are_found_by_their_characters(tmp_path: Path) -> None:
    """Each character is a word there; in what `find` finds, those of a word stand together."""
    (tmp_path / "signs.md").write_text("# Signs\n\nOn names.\n\n## 東京タワー、ガイドブック\n", encoding="utf-8")
    (tmp_path / "other.md").write_text("# Other\n\n京東\n", encoding="utf-8")
    index = graph.build(tmp_path).search_index
    asked = ("東京", "ガイド 「東京タ」", "ガイド東京", "タワー", "北京")
    assert [index.find_anywhere(words, limit=5).total for words in asked] == [2, 1, 1, 1, 0]
    assert [index.find(words).total for words in ("東京", "タワー", "京タ", "ガ東")] == [1, 1, 1, 0]


def test_letters_are_found_however_they_are_written(tmp_path: Path) -> None:
    """A search of texts knows that `ss` is `ß`, and does not divide words at their vowel signs."""
    (tmp_path / "a.md").write_text("---\ntitle: One\nexcerpt: Die Straße. हिन्दी में\n---\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Two\nexcerpt: Die Strasse. हिना\n---\n", encoding="utf-8")
    index = graph.build(tmp_path).search_index
    assert [index.find(words).total for words in ("strasse", "Straße", "STRASSE", "हिन्दी", "हिन्")] == [2, 2, 2, 1, 2]


def test_a_name_given_whole_comes_first(index: SearchIndex) -> None:
    """What is called exactly what was typed comes first."""
    assert names(index, "ai")[0] == "AI"
    assert names(index, " weather ") == ["Weather"]
    assert names(index, "daily")[0] == names(index, "THE DAILY")[0] == "The Daily"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("machnie", "Élan vital and the machine"),
        ("philosphy", "Philosophy"),
        ("phiolsohpy", "Philosophy"),
        ("wether", "Weather"),
        ("the daliy", "The Daily"),
        ("elsehwe", "Robots elsewhere"),
    ],
)
def test_slips_are_forgiven(index: SearchIndex, typed: str, label: str) -> None:
    """A letter more, less, other, or two swapped hide no name, nor the beginning of one, and the answer says so."""
    found = find_names(index, typed)
    assert names(index, typed)[0] == label
    assert (found.guessed, found.partial) == (True, False)


def test_what_is_spelled_right_is_not_guessed(index: SearchIndex) -> None:
    """A word that some name has, or that begins one, means itself; short words are never guessed."""
    assert names(index, "robotic") == ["Robotics"]
    assert not find_names(index, "robotic").guessed
    assert find_names(index, "aj").total == 0


def test_names_that_hold_some_words(index: SearchIndex) -> None:
    """Where no name holds every word, those that hold the most are found, and the answer says so."""
    found = find_names(index, "notes on zeppelins")
    assert names(index, "notes on zeppelins") == ["Notes on soil"]
    assert (found.partial, found.guessed) == (True, False)


def test_addresses_are_names(index: SearchIndex) -> None:
    """A node is found by its address however it is spelled, and several by what their addresses begin with."""
    elan = ["https://news.example/elan"]
    for address in (elan[0], "news.example/elan", " http://www.news.example/elan/?utm_source=x#top "):
        assert list(find_names(index, address).iris) == elan
        assert [match.iri for match in index.find(address).matches] == elan
    assert find_names(index, "news.example/").total == len(ARTICLES)
    assert find_names(index, "https://news.example/e").iris == tuple(elan)
    assert list(find_names(index, "https://other.example/robots").iris) == ["https://other.example/robots"]


def test_a_limit_keeps_the_best(index: SearchIndex) -> None:
    """A limit shortens the answer and tells of all; without one all come."""
    whole = find_names(index, "a", limit=100)
    assert find_names(index, "a", limit=2).iris == whole.iris[:2]
    assert sorted(find_names(index, "a", limit=None).iris) == sorted(whole.iris)
    assert (
        {find_names(index, "a", limit=limit).total for limit in (-1, 0, 1, None)} == {whole.total} == {len(whole.iris)}
    )


def slipped(word: str, place: int, slip: str, letter: str) -> str:
    """Return a word with one slip of the finger: a letter more, less or other, or two swapped."""
    place %= len(word)
    before, after = word[:place], word[place:]
    changed = {"more": letter + after, "less": after[1:], "other": letter + after[1:], "swap": after[1::-1] + after[2:]}
    return before + changed[slip]


SLIPS = st.tuples(
    st.integers(0, 30),
    st.sampled_from(["more", "less", "other", "swap"]),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)
LONG_WORDS = sorted({word for title, *_ in ARTICLES for word in words_of(folded(title)) if len(word) >= 5})


@given(st.sampled_from(LONG_WORDS), SLIPS)
def test_every_slip_is_forgiven(index: SearchIndex, word: str, slip: tuple[int, str, str]) -> None:
    """One slip anywhere in a word of a title finds the title, unless what was typed is another word."""
    typed = slipped(word, *slip)
    meant = set(find_names(index, word, limit=None).iris)
    named = find_names(index, typed, limit=None)
    assert meant <= set(named.iris) or not named.guessed
    assert named.total
    found = index.find(typed, limit=100)
    assert meant <= {match.iri for match in found.matches} or not found.guessed
    assert found.total


def slips(typed: str, word: str) -> list[int]:
    """Return how many slips turn `typed` into each beginning of `word`, by the definition."""
    rows = [list(range(len(word) + 1))]
    for row, letter in enumerate(typed, start=1):
        line = [row]
        for place, other in enumerate(word, start=1):
            cost = min(rows[-1][place - 1] + (letter != other), rows[-1][place] + 1, line[-1] + 1)
            if row > 1 and place > 1 and letter == word[place - 2] and typed[row - 2] == other:
                cost = min(cost, rows[-2][place - 2] + 1)
            line.append(cost)
        rows.append(line)
    return rows[-1]


WORDS = st.text(alphabet="abcdé北#", min_size=1, max_size=20)


@given(st.sets(WORDS, max_size=20), WORDS)
def test_words_near_are_those_few_slips_away(words: set[str], typed: str) -> None:
    """The words that are near are exactly those within the slips forgiven, and the nearest have the fewest."""
    spelling = Spelling("\n".join(sorted(words)).encode())
    most = RANKING.forgiven(len(typed))
    away = {word: slips(typed, word) for word in sorted(words) if len(word) >= 3 and most}
    near = {word: costs for word, costs in away.items() if min(costs) <= most}
    places, fits, _ = spelling.near(typed)
    assert [spelling[place] for place in places] == list(near)
    known = [round((0.5 if costs[-1] <= most else 0.35) - 0.12 * min(costs), 3) for costs in near.values()]
    assert [round(float(fit), 3) for fit in fits] == known
    rank = {word: min(costs[-1], min(costs) + 0.5) for word, costs in near.items()}
    assert spelling.nearest(typed) == [word for word in near if rank[word] == min(rank.values())]
    first, end = spelling.beginning(typed)
    begun = [spelling[place] for place in range(len(spelling)) if spelling[place].startswith(typed)]
    assert [spelling[place] for place in range(first, end)] == begun


HOSTILE = [
    *("\" '; DROP TABLE nodes; -- * a*b NEAR(robots,2) label:robots ^robots -robots AND ( {label}:x 👩‍💻 日本".split()),
    *("robots AND", "OR NOT", "", " ", "\0", "robots\0soil", "\ud800robots", "\x02robots\x03", "\u202erobots"),
    *("x" * 100_000, "robots " * 10_000),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_is_an_error(index: SearchIndex, words: str) -> None:
    """Whatever means something to the engine is, in a question, only a sign."""
    found = index.find(words)
    assert found.total >= len(found.matches)
    assert find_names(index, words).total >= 0


@given(st.text(max_size=60), st.integers(-5, 50), st.integers(-5, 50))
def test_no_text_at_all_is_an_error(index: SearchIndex, words: str, limit: int, offset: int) -> None:
    """Nothing that can be typed, and no page that can be asked for, raises."""
    assert index.find(words, limit=limit, offset=offset).total >= 0
    named = find_names(index, words, limit=limit)
    assert len(named.iris) == min(named.total, max(limit, 0))
    assert len(set(find_names(index, words, limit=None).iris)) == named.total


@pytest.mark.parametrize(
    "name", ["C#", "Node.js", "AT&T", "O'Reilly", "x_y", "R2-D2", "Zürich", "北京", "한국어", "١٢٣"]
)
def test_every_name_finds_itself(tmp_path: Path, name: str) -> None:
    """A name with signs, or in another script, finds what is called so first."""
    (tmp_path / "one.md").write_text(f'---\ntitle: "{name}"\n---\nText.\n', encoding="utf-8")
    (tmp_path / "two.md").write_text("---\ntitle: Other\n---\nText.\n", encoding="utf-8")
    index = graph.build(tmp_path).search_index
    assert labels(index, name)[0] == name
    assert names(index, name)[0] == name


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_name_at_all_finds_itself(titles: list[str]) -> None:
    """Whatever a topic is called, its name finds it first, or another topic whose name folds to the same."""
    topics = {f"{BASE}topic/{number}": title for number, title in enumerate(map(shown, titles)) if title}
    records = {iri: Topic(iri=iri, label=title) for iri, title in topics.items()}
    index = SearchIndex.of_truth(Truth(BASE, "Site", {}, {}, records, {}, {}, (), 0))
    for title in topics.values():
        found = find_names(index, title, limit=1)
        assert [folded(topics[iri]) for iri in found.iris] == [folded(title)]


def shown(text: str) -> str:
    """Return a text as records hold it: without control characters, surrogates and outer white space."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cs"}).strip()


def test_the_same_truth_gives_the_same_bytes(site: Path) -> None:
    """An index depends on nothing but the truth: not on the process, its hashes or the clock."""
    code = "import graph, hashlib, sys; from graph.search import to_index\n"
    code += "print(hashlib.sha256(to_index(graph.build(sys.argv[1]).truth)).hexdigest())"
    digests = {hashlib.sha256(to_index(graph.build(site).truth)).hexdigest()}
    for seed in ("1", "2"):
        run = [sys.executable, "-c", code, str(site)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(run, env=environment, check=True, capture_output=True, text=True, timeout=60)
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def test_threads_may_ask_at_once(index: SearchIndex) -> None:
    """Several threads get each their own answer."""
    questions = ["robots", "garden", "ai", "daily"] * 25
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda words: labels(index, words), questions))
    assert answers == [labels(index, words) for words in questions]


def test_a_build_carries_its_index(site: Path, tmp_path: Path) -> None:
    """The index beside the exports answers as the one in memory does, also while it is replaced."""
    knowledge = graph.build(site)
    graph.publish(knowledge, tmp_path, formats="search")
    opened = graph.open_exports(tmp_path).search_index
    assert opened.find("robots") == knowledge.search_index.find("robots")
    (site / "more.md").write_text("---\ntitle: More robots\n---\n", encoding="utf-8")
    graph.publish(graph.build(site), tmp_path, formats="search")
    (site / "more.md").unlink()
    assert opened.find("robots") == knowledge.search_index.find("robots")
    assert graph.open_exports(tmp_path).search_index.find("robots").total == 4


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_index_is_told(tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, empty or damaged is one clear line with its remedy."""
    path = tmp_path / "search.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=r"search\.sqlite: .*--format search"):
        SearchIndex.open(path)


def test_a_build_without_index_is_told(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Searching a build that wrote no index says how to get one."""
    graph.publish(graph.build(site), tmp_path, formats="nt")
    assert main(["search", "robots", "--graph", str(tmp_path)]) == 2
    assert "--format search" in capsys.readouterr().err


def test_the_command_line_searches(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words need no quotes, and the last may name a source."""
    assert main(["search", "garden", "robots", str(site), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["total"], said["every_word"], said["kinds"]) == (2, True, {"article": 2})
    assert said["guessed"] is False
    assert said["results"][0] == {
        "iri": "https://news.example/garden",
        "kind": "article",
        "label": "A garden of robots",
        "stub": False,
        "url": "https://news.example/garden",
        "published_at": "2023-05-02T06:00:00Z",
        "provider": "The Daily",
        "text": "Watering cans with wheels.",
    }
    assert main(["search", "sport", str(site), "--kind", "topic", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"topic,Sport,,,{BASE}topic/sport"]
    assert main(["search", "robots", str(site), "--limit", "1"]) == 0
    assert "of 3 found" in capsys.readouterr().out


def test_the_command_line_says_what_was_guessed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words that were taken for others are told in one line, and in JSON."""
    assert main(["search", "philosphy", str(site)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "No exact match; these names are similar."
    assert main(["search", "philosphy", str(site), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["guessed"], said["results"][0]["label"]) == (True, "Philosophy")


DAMAGES = (
    "DELETE FROM columns",
    "DROP TABLE columns",
    "UPDATE columns SET data = x'ff'",
    "UPDATE columns SET data = x'ffffffffffffffffffffffffffffffffff' WHERE name = 'starts'",
    "UPDATE lists SET data = x'01'",
    "DELETE FROM lists",
    "DROP TABLE lists",
    "DELETE FROM nodes",
    "DROP TABLE called",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_told(seeds: graph.KnowledgeGraph, tmp_path: Path, damage: str) -> None:
    """Whatever is wrong inside an index, a question is answered, or with an error that says what to do."""
    path = tmp_path / "search.sqlite"
    path.write_bytes(to_index(seeds.truth))
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute(damage)
        database.commit()
    index = SearchIndex.open(path)
    asks = (lambda: find_names(index, "metaverse"), lambda: index.find("metavrese"), lambda: list(index.iris()))
    for ask in asks:
        try:
            ask()
        except SourceError as error:
            assert "Build with --format search" in str(error)  # noqa: PT017 - some damage does no harm
    index.close()


def test_names_are_found_among_some(seeds: graph.KnowledgeGraph) -> None:
    """Of nodes that are not asked about none is found or counted."""
    index = SearchIndex.of_truth(seeds.truth)
    every = index.find_numbers("a", limit=None)
    assert every.total > 3
    iris = [iri for some in index.iris() for iri in some]
    among = np.zeros(len(iris), bool)
    among[[every.nodes[0] - 1, every.nodes[2] - 1]] = True
    found = index.find_numbers("a", limit=1, among=among)
    assert (len(found.nodes), found.total) == (1, 2)
    assert set(index.find_numbers("a", limit=None, among=among).nodes) == {every.nodes[0], every.nodes[2]}
    known = [iris[number - 1] for number in every.nodes]
    assert known == list(find_names(index, "a", limit=None).iris)


def test_databases_are_closed(seeds: graph.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody needs to close an index: Python 3.13 warns of databases that are freed while they are open."""
    is_open: set[int] = set()

    class Watched(sqlite3.Connection):
        def __init__(self, place: str, *, uri: bool = False, check_same_thread: bool = True) -> None:
            super().__init__(place, uri=uri, check_same_thread=check_same_thread)
            self.number = len(is_open)
            is_open.add(self.number)

        def close(self) -> None:
            is_open.discard(self.number)
            super().close()

    path = tmp_path / "search.sqlite"
    path.write_bytes(to_index(seeds.truth))
    monkeypatch.setattr(sqlite3, "connect", Watched)
    monkeypatch.setattr("graph.search.asking.to_index", lambda _: path.read_bytes())
    indexes = [SearchIndex.of_truth(seeds.truth), SearchIndex.open(path)]
    assert all(index.find("metaverse").total for index in indexes)
    assert is_open
    indexes.clear()
    gc.collect()
    assert not is_open
