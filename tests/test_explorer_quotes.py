"""What the explorer quotes of texts that link: short, harmless, and the same on a whole page as on one that is fed."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.atlas import to_atlas
from graph.evidence import EvidenceTable
from graph.explorer import MapFile, payload, replies, to_near, to_payload, to_stated, write_map_file
from graph.explorer.quotes import quote_of
from graph.records import Evidence
from graph.truth import Truth
from tests.unpacking import row, unpacked
from tests.worlds import HOSTILE, built

SENTENCES = st.text(st.characters(), max_size=900) | st.lists(
    st.sampled_from(["see", "the", "x" * 99]), max_size=200
).map(" ".join)
SITE = {
    "one.md": "# One\n\nFirst the [second](two.md) of *three* notes. Again [there](two.md).\n\n- [third](three.md)\n",
    "two.md": "# Two\n\n<p>Back <a href='one.md'>to &lt;b&gt;one&lt;/b&gt;</a>.</p>\n",
    "three.md": "---\ntitle: Three\nrelated: [one.md]\nup: '[[two]]'\n---\n\nNothing [inside](https://outside.example/).\n",
    **{f"far{number}.md": f"# Far {number}\n\nPoint {number} is about [one](one.md).\n" for number in range(9)},
}


@given(st.integers(0, 9), SENTENCES, SENTENCES, st.booleans())
def test_quotes_are_short_and_harmless(line: int, words: str, sentence: str, within: bool) -> None:  # noqa: FBT001
    """A quote is three pieces of one line, at most some 160 characters, without marks that steer."""
    quote = quote_of(line, words, f"{sentence} {words} {sentence}" if within else sentence)
    if quote is None:
        assert not line
        return
    assert quote[0] == line
    assert sum(map(len, quote[1:])) <= 165
    assert not any(unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in "".join(quote[1:]))


@given(st.lists(st.sampled_from("ab see table"), max_size=200).map("".join), st.sampled_from(["table", "a", "see"]))
def test_a_quote_holds_the_words_where_they_stand(text: str, words: str) -> None:
    """The words of a link stand between what is before and behind them in the sentence."""
    sentence = " ".join(f"{text} {words} {text}".split())
    quote = quote_of(1, words, sentence)
    assert quote is not None
    _, before, shown, behind = quote
    assert shown == words
    assert before.lstrip("…") + shown + behind.rstrip("…") in sentence


def test_words_that_stand_alone_are_preferred() -> None:
    """A link's word is not found within a longer one, if it stands alone elsewhere."""
    assert quote_of(3, "art", "Start with art here.") == (3, "Start with ", "art", " here.")
    assert quote_of(3, "other", "A sentence.") == (3, "", "other", " A sentence.")
    assert quote_of(3, "", "") == (3, "", "", "")
    assert quote_of(0, "", "") is None


def test_a_long_sentence_is_cut_between_words() -> None:
    """What is far from the words of a link is left out, and marked so."""
    quote = quote_of(1, "table", f"{'before ' * 40}table{' behind' * 40}")
    assert quote is not None
    _, before, words, behind = quote
    assert before.startswith("…before ")
    assert behind.endswith(" behind…")
    assert words == "table"


def whole(truth: Truth) -> tuple[list[str], Any, dict[str, Any]]:
    """Return the IRIs, the columns and the texts of a whole page."""
    found = to_payload(to_atlas(truth), evidence=truth.evidence)
    header, columns = unpacked(found.map)
    text = json.loads(gzip.decompress(found.text))
    return [*text["iri"], *header["iris"]], columns, text


def test_the_page_quotes_links_in_the_order_of_its_rows() -> None:
    """For each node that links, the page holds where the first link to each other node stands, and nothing else."""
    knowledge = built(SITE)
    iris, columns, text = whole(knowledge.truth)
    found = {
        (iris[int(node)].rpartition("/")[2], iris[target].rpartition("/")[2]): quote
        for node, quotes in text["quotes"].items()
        for target, quote in zip(row(columns, "links", int(node)), quotes, strict=True)
    }
    assert found["one", "two"] == [3, "First the ", "second", " of three notes."]
    assert found["one", "three"] == [5, "", "third", ""]
    assert found["two", "one"][1:] == ["Back ", "to <b>one</b>", "."]
    assert found["far3", "one"] == [3, "Point 3 is about ", "one", "."]
    assert {pair for pair in found if pair[0] == "three"} <= {("three", "two")}


def test_a_fed_page_is_told_the_same_quotes(tmp_path: Path) -> None:
    """What a server tells of a node's links, in both directions, is what the whole page holds."""
    truth = built(SITE).truth
    iris, columns, text = whole(truth)
    write_map_file(truth, tmp_path / "explorer.data")
    truth.evidence.write(tmp_path / "evidence.data")
    map_file, evidence = MapFile(tmp_path / "explorer.data"), EvidenceTable.open(tmp_path / "evidence.data")
    expected: dict[int, dict[str, dict[str, Any]]] = {node: {"out": {}, "in": {}} for node in range(len(iris))}
    for node, quotes in text["quotes"].items():
        for target, quote in zip(row(columns, "links", int(node)), quotes, strict=True):
            if quote is not None:
                expected[int(node)]["out"][str(target)] = quote
                expected[target]["in"][node] = quote
    for node, quoted in expected.items():
        header, _ = unpacked(to_near(map_file, node, evidence))
        assert header["quotes"] == quoted
        assert "quotes" not in unpacked(to_near(map_file, node))[0]


def test_a_reply_about_many_relations_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among all nodes every quoted link is told, and no more relations are looked up than one reply tells of."""
    truth = built(SITE).truth
    write_map_file(truth, tmp_path / "explorer.data")
    map_file = MapFile(tmp_path / "explorer.data")
    nodes = range(map_file.nodes)
    told = json.loads(to_stated(map_file, nodes, truth.evidence))["stated"]
    iris, columns, text = whole(truth)
    quoted = {
        (source, target, *quote)
        for source in range(len(iris))
        for target, quote in zip(row(columns, "links", source), text["quotes"].get(str(source), ()), strict=False)
        if quote
    }
    assert {tuple(rest) for name, *rest in told if name == "links"} == quoted
    looked_up = []
    first = EvidenceTable.first

    def counted(self: EvidenceTable, source: str, relation: str, target: str) -> Evidence | None:
        looked_up.append((source, relation, target))
        return first(self, source, relation, target)

    monkeypatch.setattr(EvidenceTable, "first", counted)
    monkeypatch.setattr(replies, "MOST_STATED_AMONG", 3)
    assert json.loads(to_stated(map_file, nodes, truth.evidence))["stated"] == told[:3]
    assert len(looked_up) == 3


def test_of_many_articles_nothing_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of more articles than are served whole holds no sentences."""
    monkeypatch.setattr(payload, "MOST_WHOLE", 2)
    assert "quotes" not in whole(built(SITE).truth)[2]


def test_hostile_sentences_are_lines() -> None:
    """Whatever a text says around its links, the page holds it as harmless lines."""
    site = {f"{n}.md": f"# {n}\n\n{text} [word {n}](to.md) {text}\n" for n, text in enumerate(HOSTILE)}
    _, _, text = whole(built({**site, "to.md": "# To\n"}).truth)
    assert len(text["quotes"]) >= len(HOSTILE) - 2
    for quotes in text["quotes"].values():
        for _, *parts in filter(None, quotes):
            assert not any(unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in "".join(parts))


def test_damaged_evidence_costs_nothing_else(tmp_path: Path) -> None:
    """Where the file of evidence is damaged, what a node is tied to is told all the same, and so is the damage."""
    truth = built(SITE).truth
    write_map_file(truth, tmp_path / "explorer.data")
    truth.evidence.write(tmp_path / "evidence.data")
    content = bytearray((tmp_path / "evidence.data").read_bytes())
    end = content.rindex(b'{"facts"')
    content[64:end] = b"\xff" * (end - 64)
    (tmp_path / "evidence.data").write_bytes(content)
    map_file, evidence = MapFile(tmp_path / "explorer.data"), EvidenceTable.open(tmp_path / "evidence.data")
    node = map_file.find(next(iri for iri in truth.articles if iri.endswith("/one")))
    assert node is not None
    header, columns = unpacked(to_near(map_file, node, evidence))
    assert "Build again" in header["trouble"]
    assert len(columns["links_in"]) == 10


def test_evidence_is_a_public_record() -> None:
    """Whoever asks for evidence can name its type."""
    knowledge = built(SITE)
    one = next(iri for iri in knowledge.articles if iri.endswith("/one"))
    two = next(iri for iri in knowledge.articles if iri.endswith("/two"))
    assert all(isinstance(row, graph.Evidence) for row in knowledge.evidence(one, two))
