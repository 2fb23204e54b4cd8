"""A search by name ranks alike behind every door."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

import graph
from benchmarks.corpus import Shape, write_folder
from graph.atlas import to_atlas
from graph.explorer import to_payload
from graph.search import SearchIndex
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
const atlas = new Atlas(decode(new Uint8Array(gunzipSync(readFileSync(`${folder}/map.gz`)))));
atlas.addText(JSON.parse(gunzipSync(readFileSync(`${folder}/text.gz`)).toString()));
const search = new NameSearch(namesIn(atlas));
while (!search.work(50));
const answers = JSON.parse(readFileSync(`${folder}/questions.json`)).map((question) => {
    const { nodes, total, guessed, partial } = search.find(question);
    return { iris: nodes.map((node) => atlas.iri(node)), total, guessed, partial };
});
console.log(JSON.stringify(answers));
"""


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
    if not shutil.which("node"):
        pytest.skip("needs node: install Node.js 18.18 or newer")
    write_folder(Shape(300), tmp_path / "site")
    truth = with_links(graph.build(tmp_path / "site").truth)
    atlas = to_atlas(truth)
    payload = to_payload(atlas)
    (tmp_path / "map.gz").write_bytes(payload.map)
    (tmp_path / "text.gz").write_bytes(payload.text)
    questions = questions_about([record.label for record in atlas.census.records()], random.Random(7))  # noqa: S311 - a fixed choice
    (tmp_path / "questions.json").write_text(json.dumps(questions), encoding="ascii")
    command = ["node", "--input-type=module", "--eval", ASK_THE_PAGE, SCRIPTS.as_uri(), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    index = SearchIndex.of_truth(truth)
    for question, answer in zip(questions, json.loads(done.stdout), strict=True):
        found = find_names(index, question)
        told = {"iris": list(found.iris), "total": found.total, "guessed": found.guessed, "partial": found.partial}
        assert told == answer, question
