"""A search finds the same in the index and in the page, and in the same order."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import graph
from benchmarks.corpus import Shape, write_folder
from graph.atlas import to_atlas
from graph.explorer import to_payload
from graph.search import SearchIndex
from graph.truth import Truth
from tests.search_names import find_names
from tests.worlds import with_links

SCRIPTS = Path(__file__).resolve().parent.parent / "graph" / "explorer" / "page" / "scripts"

ASK_THE_PAGE = """
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
const [scripts, folder] = process.argv.slice(1);
const { Atlas } = await import(`${scripts}/data/atlas.js`);
const { decode } = await import(`${scripts}/data/payload.js`);
const { NameSearch, namesIn } = await import(`${scripts}/search/name_search.js`);
const { TextSearch, textsIn } = await import(`${scripts}/search/text_search.js`);
const { WholeAnswers } = await import(`${scripts}/data/answers.js`);
const atlas = new Atlas(decode(new Uint8Array(gunzipSync(readFileSync(`${folder}/map.gz`)))));
atlas.addText(JSON.parse(gunzipSync(readFileSync(`${folder}/text.gz`)).toString()));
const search = new NameSearch(namesIn(atlas));
while (!search.work(50));
const told = ({ nodes, total, guessed, partial }) =>
    ({ iris: nodes.map((node) => atlas.iri(node)), total, guessed, partial });
const questions = JSON.parse(readFileSync(`${folder}/questions.json`));
const names = questions.map((question) => told(search.find(question)));
const whole = Object.assign(new WholeAnswers(atlas), { search, texts: new TextSearch(textsIn(atlas)) });
while (!whole.texts.work(50));
const anywhere = [];
for (const question of questions) anywhere.push(told(await whole.find(question, 1e9)));
console.log(JSON.stringify({ names, anywhere }));
"""


def asked_of_the_page(truth: Truth, questions: list[str], folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what the page finds in names, and anywhere, for each question."""
    if not shutil.which("node"):
        pytest.skip("needs node: install Node.js 18.18 or newer")
    payload = to_payload(to_atlas(truth))
    (folder / "map.gz").write_bytes(payload.map)
    (folder / "text.gz").write_bytes(payload.text)
    (folder / "questions.json").write_text(json.dumps(questions), encoding="ascii")
    command = ["node", "--input-type=module", "--eval", ASK_THE_PAGE, SCRIPTS.as_uri(), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def questions_about(labels: list[str], chance: random.Random) -> list[str]:
    """Return what a reader may type: words of names, whole or begun, with slips of the finger, one too many."""
    asked = []
    for _ in range(300):
        words = chance.choice(labels).split()
        typed = chance.sample(words, min(len(words), chance.randint(1, 4)))
        place = chance.randrange(len(typed))
        word = typed[place]
        match chance.randrange(5):
            case 0:
                typed[place] = word[: chance.randint(1, len(word))]
            case 1 if len(word) > 3:
                slip = chance.randrange(len(word) - 1)
                typed[place] = word[:slip] + word[slip + 1] + word[slip] + word[slip + 2 :]
            case 2:
                typed.append(chance.choice(["unheard", "of", "a"]))
            case 3:
                typed = words
        asked.append(" ".join(typed) + chance.choice(["", " "]))
    return asked


@pytest.mark.slow
def test_the_index_and_the_page_rank_alike(tmp_path: Path) -> None:
    """Asked for the same names, the search index and the page find the same nodes in the same order."""
    write_folder(Shape(300), tmp_path / "site")
    truth = with_links(graph.build(tmp_path / "site").truth)
    labels = [record.label for record in to_atlas(truth).census.records()]
    questions = questions_about(labels, random.Random(7))  # noqa: S311 - a fixed choice
    index = SearchIndex.of_truth(truth)
    for question, answer in zip(questions, asked_of_the_page(truth, questions, tmp_path)["names"], strict=True):
        found = find_names(index, question)
        told = {"iris": list(found.iris), "total": found.total, "guessed": found.guessed, "partial": found.partial}
        assert told == answer, question


TEXTS = {
    "german": "Große Straßen und ein Weißbier, 'süß' genannt … ½ Liter™",
    "swiss": "Grosse Strassen, aber kein Weissbier",
    "hindi": "हिन्दी में लेख और ज्ञान का ग्राफ़",
    "greek": "Ο Οδυσσέας και η Ιθάκη: ΛΌΓΟΣ, λόγου",  # noqa: RUF001 - what is tested
    "russian": "Андрей Семёнов идёт ещё дальше",
    "korean": "한국어 문서와 지식 그래프",
    "arabic": "اللُّغَةُ العربية جميلة",
    "hebrew": "שָׁלוֹם עולם",
    "vietnamese": "Tiếng Việt có nhiều dấu thanh",
    "thai": "ภาษาไทยน่าเรียน น้ำใส",
    "japanese": "東京タワーの3Dプリント、プリント3D、時々ガイド",
    "chinese": "京東的知識圖譜 𠀀",
    "tamil": "தமிழ் கட்டுரைகள்",
    "turkish": "İstanbul'da ışık ve C# ile F++",  # noqa: RUF001 - what is tested
    "joined": "e\u0301tude ﬁlter Ⅷ Ǆ ŉ ſtart",  # noqa: RUF001 - what is tested
}
"""Texts whose letters can be written in several ways, or are written without spaces."""


def test_the_index_and_the_page_find_the_same_texts(tmp_path: Path) -> None:
    """In every script, each word of a text, its beginning, and it in capitals find the same nodes in both."""
    site = tmp_path / "site"
    site.mkdir()
    for name, text in TEXTS.items():
        content = f"---\ntitle: {name} page\nexcerpt: {json.dumps(text)}\n---\nbody\n"
        (site / f"{name}.md").write_text(content, encoding="utf-8")
    truth = graph.build(site).truth
    words = [word for text in TEXTS.values() for word in text.split()]
    questions = [*words, *(word[: len(word) // 2 + 1] for word in words), *map(str.upper, words), *TEXTS.values()]
    questions += [unicodedata.normalize("NFD", word) for word in words]
    index = SearchIndex.of_truth(truth)
    every = [iri for some in index.iris() for iri in some]
    found = 0
    for question, answer in zip(questions, asked_of_the_page(truth, questions, tmp_path)["anywhere"], strict=True):
        told = {every[node - 1] for node in index.find_anywhere(question, limit=None).nodes}
        assert told == set(answer["iris"]), question
        found += bool(told)
    assert found > 0.9 * len(questions)


def test_the_index_and_the_page_find_aliases(tmp_path: Path) -> None:
    """Both find a note by an alias, as by its title, and in all they search."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "Qubit.md").write_text("---\naliases: [Quantum bit]\n---\nText.")
    (site / "Gate.md").write_text("Text.")
    truth = graph.build(site).truth
    iri = next(article.iri for article in truth.articles.values() if article.names)
    index, questions = SearchIndex.of_truth(truth), ["quantum bit", "Quantum"]
    for answers in asked_of_the_page(truth, questions, tmp_path).values():
        assert [answer["iris"] for answer in answers] == [[iri], [iri]]
    for question in questions:
        assert find_names(index, question).iris == find_names(index, question, texts=True).iris == (iri,)
