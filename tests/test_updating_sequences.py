"""Whatever is edited, in whatever order: exports kept up to date are those of a build from nothing."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.generations import MANIFEST_FILE
from graph.publishing import open_exports
from graph.publishing.exports import SEARCH_FILE
from graph.publishing.updating import CACHE_FILE, LAYOUT_FILE, MENTIONS_FILE, update
from graph.search import SearchIndex

STUBS = (
    "- title: Shared\n  webUrl: https://a.example/1\n  authors: [Ann]\n  provider: {name: News, domain: a.example}\n",
    "- webUrl: 'https://a.example/1'\n  title: 'Shared'\n  provider: {domain: a.example, name: News}\n  author: Ann\n",
    "- title: Shared\n  webUrl: https://a.example/1\n  authors: [ann]\n  provider: {name: news, domain: a.example}\n",
    "- title: Other\n  webUrl: http://www.a.example/1/\n  ampWebUrl: https://a.example/2\n  mood: 1\n",
    "- title: Other\n  webUrl: http://www.a.example/1/\n  ampWebUrl: https://a.example/2\n  mood: true\n",
    "- {title: Shared, webUrl: https://a.example/1, publishedDateTime: soon, topcs: [x]}\n",
    "- https://a.example/2\n",
    "- webUrl: https://a.example/2\n",
    "- title: Hidden\n  webUrl: https://a.example/3\n  published: false\n",
    "- news/1\n",
    "- title: No address\n",
)
"""Items of `related`: several say the same in other words, others nearly the same of the same article."""

OWN = (
    "webUrl: https://a.example/1\n",
    "webUrl: https://a.example/2\ntitle: Own\nauthor: ANN\n",
    "webUrl: https://a.example/3\ntitle: Hidden\npublished: false\n",
    "title: No address\npublished: false\nprovider: NEWS\n",
    "title: Described\nexcerpt: Of Ann & others <b>\ndate: 2020-01-02\nwebUrl: https://a.example/2\n",
    "title: Tagged\ntags: [AI, ai]\nprovider: {name: News Sport, domain: a.example}\n",
    "name: Ann\ntype: person\naffiliation: {name: The News, images: [https://a.example/x.png]}\n",
    "",
)
"""What documents say of themselves."""

PATHS = tuple(f"{folder}/{number}.md" for folder in ("news", "notes") for number in range(3))

TEXTS = st.builds(
    lambda own, stubs, text: f"---\n{own}" + ("related:\n" + "".join(stubs) if stubs else "") + f"---\n{text}\n",
    st.sampled_from(OWN),
    st.lists(st.sampled_from(STUBS), max_size=4),
    st.sampled_from(["", "All about AI.", "# A heading\n\nSee [another](../news/1.md) and [[2]]."]),
)
CONFIGURATIONS = st.sampled_from(
    ["url: https://a.example\n", "url: https://site.example\npermalink: /:title/\n", "- no\n"]
)
PATH = st.sampled_from(PATHS)
EDITS = st.one_of(
    st.tuples(st.just("write"), PATH, TEXTS),
    st.tuples(st.just("write"), PATH, TEXTS),
    st.tuples(st.just("delete"), PATH, st.none()),
    st.tuples(st.just("rename"), PATH, PATH),
    st.tuples(st.just("copy"), PATH, PATH),
    st.tuples(st.just("revert"), PATH, st.none()),
    st.tuples(st.just("touch"), PATH, st.none()),
    st.tuples(st.just("write"), st.just("_config.yml"), CONFIGURATIONS),
    st.tuples(st.just("delete"), st.just("_config.yml"), st.none()),
)
Edit = tuple[str, str, str | None]


class Folder:
    """A folder of documents that is edited; every edit gets a time of change of its own, long ago."""

    def __init__(self, place: Path) -> None:
        """Begin with one document."""
        self.place = place
        self._versions: dict[str, list[str]] = {}
        self._now = 1_600_000_000
        self._write("readme.md", "# Read me\n")

    def edit(self, edit: Edit) -> None:
        """Do what an edit says, where it can be done."""
        kind, path, more = edit
        file = self.place / path
        if kind == "write":
            self._write(path, more or "")
        elif file.is_file():
            text = file.read_text()
            if kind in {"rename", "copy"} and more:
                self._write(more, text)
            if kind == "delete" or (kind == "rename" and more != path):
                file.unlink()
            if kind == "revert":
                self._write(path, self._versions[path][0])
            if kind == "touch":
                self._write(path, text)

    def _write(self, path: str, text: str) -> None:
        file = self.place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self._versions.setdefault(path, []).append(text)
        self._now += 1
        os.utime(file, (self._now, self._now))


OTHER_BYTES = {CACHE_FILE, LAYOUT_FILE, MANIFEST_FILE, MENTIONS_FILE, SEARCH_FILE}
"""Files whose bytes depend on earlier builds."""

QUESTIONS = ("news", "shared", "ann", "ai tag", "no adress", "read", "https://a.example/1", "the", "zzz")


def exports_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every export that is the same after any edits."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in OTHER_BYTES
    }


def answers_of(folder: Path) -> list[object]:
    """Return what searches find, and all nodes that can be found."""
    index = SearchIndex.open(folder / SEARCH_FILE)
    found = [
        (index.find(words), index.find_numbers(words), index.find_numbers(words, limit=None)) for words in QUESTIONS
    ]
    iris = list(index.iris())
    index.close()
    return [found, iris]


def triples_of(folder: Path) -> list[bytes]:
    """Return all triples that a query finds, as lines of N-Triples, sorted."""
    found = io.BytesIO()
    open_exports(folder).query("CONSTRUCT WHERE { ?s ?p ?o }").write("nt", found)
    return sorted(found.getvalue().splitlines())


@pytest.mark.slow
@settings(max_examples=30)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=6), min_size=1, max_size=4), st.booleans())
def test_any_edits_give_what_a_build_from_nothing_gives(
    rounds: Sequence[Sequence[Edit]],
    published_only: bool,  # noqa: FBT001 - drawn
) -> None:
    """After each round of edits, updated exports have the bytes, or the answers, of a build that recalls nothing."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = Folder(place / "source")
        update([folder.place], place / "kept", evidence=True, published_only=published_only)
        for number, edits in enumerate(rounds):
            for edit in edits:
                folder.edit(edit)
            fresh = place / f"fresh-{number}"
            kept = update([folder.place], place / "kept", evidence=True, published_only=published_only)
            built = update([folder.place], fresh, evidence=True, published_only=published_only, cache=False)
            assert exports_of(place / "kept") == exports_of(fresh)
            assert answers_of(place / "kept") == answers_of(fresh)
            assert triples_of(place / "kept") == sorted((fresh / "graph.nt").read_bytes().splitlines())
            assert list(kept.problems) == list(built.problems)
