"""After a change, files are made from those of the previous build, if these are sound, and never otherwise."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from graph.generations import current_generation
from graph.publishing import open_exports
from graph.publishing.differences import find_differences
from graph.publishing.exports import (
    EXPLORER_FILE,
    GRAPHML_FILE,
    JSONLD_FILE,
    NTRIPLES_FILE,
    RECORDS_FILE,
    SEARCH_FILE,
    STORE_FOLDER,
    TURTLE_FILE,
)
from graph.publishing.record_file import KINDS_OF_RECORDS, RecordFile, write_records
from graph.publishing.revising import content_of
from graph.publishing.revising_graphml import revise_graphml
from graph.publishing.updating import CACHE_FILE, LAYOUT_FILE, MENTIONS_FILE, update
from graph.search import revise_index
from graph.truth import Truth
from tests.atlases import articles_of, topic, truth_of

WRITTEN = 1_600_000_000
COMPARED = (TURTLE_FILE, NTRIPLES_FILE, JSONLD_FILE, GRAPHML_FILE, EXPLORER_FILE, RECORDS_FILE)


def write(folder: Path, number: int, text: str, *, age: int = 0, title: str = "Article") -> None:
    """Write an article, with a time of change that can be trusted."""
    path = folder / f"{number:03}.md"
    path.write_text(
        f"---\ntitle: {title} {number}\nexcerpt: {text}\nurl: https://a.example/{number}\ntags: [T{number % 7}]\n---\n"
        f"See [the next](https://a.example/{(number + 1) % 200}).\n"
    )
    os.utime(path, (WRITTEN + age, WRITTEN + age))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build 200 articles; return the folder of the source and its exports."""
    place = tmp_path_factory.mktemp("built")
    (place / "source").mkdir()
    for number in range(200):
        write(place / "source", number, "As it was.")
    update(place / "source", place / "out")
    return place


@pytest.fixture(scope="module")
def kept(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of it with the same times of change."""
    copy = tmp_path_factory.mktemp("kept")
    subprocess.run(["cp", "-a", f"{built}/.", str(copy)], check=True)
    return copy


@pytest.fixture
def place(built: Path, kept: Path) -> Path:
    """Return the folder as it was first built; it is always the same, because the cache knows a source by its place."""
    shutil.rmtree(built)
    subprocess.run(["cp", "-a", str(kept), str(built)], check=True)
    return built


@dataclass(frozen=True)
class Exports:
    """What a folder of exports holds, apart from what is allowed to differ."""

    folder: Path
    files: dict[str, bytes]
    answers: tuple[object, list[str]]

    @classmethod
    def of(cls, folder: Path) -> Exports:
        """Read the files, and ask for everything."""
        opened = open_exports(folder)
        rows = sorted(map(str, opened.query("SELECT * { ?s ?p ?o }")))
        files = {name: (folder / name).read_bytes() for name in COMPARED}
        return cls(folder, files, (opened.search("changed"), rows))


def change(source: Path) -> None:
    """Edit one article."""
    write(source, 7, "Changed.", age=1)


@pytest.fixture(scope="module")
def fresh(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Return what a build from nothing writes after the edit."""
    place = tmp_path_factory.mktemp("fresh")
    shutil.copytree(kept / "source", place / "source")
    change(place / "source")
    update(place / "source", place / "fresh", cache=False)
    return Exports.of(place / "fresh")


def assert_like(fresh: Exports, place: Path) -> None:
    """Check that exports kept up to date are those of a build from nothing."""
    update(place / "source", place / "out")
    kept = Exports.of(place / "out")
    assert [name for name in COMPARED if kept.files[name] != fresh.files[name]] == []
    assert kept.answers == fresh.answers


def tables_of(folder: Path) -> set[tuple[str, bytes]]:
    """Return the names and bytes of the files in which the engine stores its tables."""
    return {(path.name, path.read_bytes()) for path in (folder / STORE_FOLDER).glob("*/*.sst")}


def test_a_store_is_changed_and_not_loaded(place: Path, fresh: Exports) -> None:
    """After a small change the store has tables of the previous one, as a store that is loaded never has."""
    before = tables_of(place / "out")
    change(place / "source")
    assert_like(fresh, place)
    assert before & tables_of(place / "out")
    assert not before & tables_of(fresh.folder)


def test_a_damaged_store_is_loaded(place: Path, fresh: Exports) -> None:
    """If a table of the previous store is damaged, nothing is taken from it."""
    table = max((place / "out" / STORE_FOLDER).glob("*/*.sst"))
    damage(table)
    change(place / "source")
    assert_like(fresh, place)


def damage(path: Path) -> None:
    """Change a byte in the middle of a file, and neither its size nor its time of change."""
    status, content = path.stat(), bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("name", [*COMPARED, SEARCH_FILE, LAYOUT_FILE, MENTIONS_FILE, CACHE_FILE])
@pytest.mark.parametrize("harm", [damage, Path.unlink], ids=["damaged", "deleted"])
def test_nothing_is_made_from_a_damaged_file(
    place: Path, fresh: Exports, name: str, harm: Callable[[Path], object]
) -> None:
    """A file of the previous build that is damaged or gone is written whole."""
    harm(place / "out" / name)
    change(place / "source")
    assert_like(fresh, place)


def test_an_article_with_the_address_of_a_picture(place: Path) -> None:
    """If only one of two records with the same IRI was changed, the other is written as well."""
    picture = place / "source" / "picture.md"
    shown = "---\ntitle: Shown\nimage: {url: 'https://a.example/7', width: %d, height: 10}\n---\n"
    picture.write_text(shown % 10)
    update(place / "source", place / "out")
    picture.write_text(shown % 200)
    update(place / "source", place / "fresh", cache=False)
    assert_like(Exports.of(place / "fresh"), place)


def test_a_build_without_differences_has_none(place: Path) -> None:
    """The records of a build are the same as those they were made from."""
    exports = open_exports(place / "out")
    found = find_differences(place / "out", exports.generation.name, exports.truth)
    assert found is not None
    assert found.iris == []
    assert find_differences(place / "out", "another", exports.truth) is None


def test_only_what_differs_is_found(place: Path) -> None:
    """Records that were changed, added or removed are found, as they were and as they are."""
    before = current_generation(place / "out")
    assert before is not None
    change(place / "source")
    (place / "source" / "150.md").unlink()
    update(place / "source", place / "after")
    found = find_differences(place / "out", before.name, open_exports(place / "after").truth)
    assert found is not None
    assert {"https://a.example/7", "https://a.example/150"} <= set(found.iris)
    assert len(found.iris) < 5
    assert found.before.articles["https://a.example/7"].excerpt == "As it was."
    assert found.now.articles["https://a.example/7"].excerpt == "Changed."
    assert "https://a.example/8" not in {**found.before.articles, **found.now.articles}


def test_records_that_differ_in_anything_differ(tmp_path: Path) -> None:
    """The same records have no differences; whatever a record says, another saying is one."""
    lines = {"1": "roses", "2": "tulips"}
    write_records(truth_of(articles_of(lines)), tmp_path / "records")
    file = RecordFile(tmp_path / "records")

    def is_same(truth: Truth) -> bool:
        return all(file.changed(kind, getattr(truth, kind)) == ({}, {}) for kind in KINDS_OF_RECORDS)

    assert is_same(truth_of(articles_of(lines)))
    assert not is_same(truth_of(articles_of({**lines, "2": "roses"})))
    assert not is_same(truth_of(articles_of(lines, excerpt="Of flowers.")))
    assert not is_same(truth_of(articles_of(lines), [topic("roses", keywords=("rosa",))]))
    write_records(truth_of(articles_of(lines, extra=MappingProxyType({"mixed": 1}))), tmp_path / "records")
    file = RecordFile(tmp_path / "records")
    assert not is_same(truth_of(articles_of(lines, extra=MappingProxyType({"mixed": True}))))


def test_graphml_is_made_from_that_of_the_previous_build(place: Path) -> None:
    """The bytes are those of a whole file, unless there is another attribute; then it is written whole."""
    before = current_generation(place / "out")
    assert before is not None

    def revised(number: int) -> bytes | None:
        after = place / f"after-{number}"
        update(place / "source", after)
        truth = open_exports(after).truth
        since = find_differences(place / "out", before.name, truth)
        content = content_of(before, GRAPHML_FILE)
        assert since is not None
        assert content is not None
        pieces = revise_graphml(content, truth, since)
        if pieces is None:
            return None
        made = b"".join(pieces)
        assert made == (after / GRAPHML_FILE).read_bytes()
        return made

    change(place / "source")
    write(place / "source", 300, "New, and linked & <marked>.")
    (place / "source" / "150.md").unlink()
    path = place / "source" / "008.md"
    path.write_text(path.read_text().replace("See", "A line more.\n\nSee"))
    made = revised(1)
    assert made is not None
    assert b'<data key="stated_in">008.md:9</data>' in made
    path.write_text(path.read_text().replace("tags:", "mood: good\ntags:"))
    assert revised(2) is None


def inside(index: Path) -> list[object]:
    """Return what an index knows of all nodes, whatever their entries are called."""
    with contextlib.closing(sqlite3.connect(index)) as database:
        columns = dict(database.execute("SELECT name, data FROM columns"))
        numbers = {int(entry): number for number, entry in enumerate(np.frombuffer(columns.pop("entries"), "<u4"))}
        tables = {
            query: sorted((numbers[entry], *row) for entry, *row in database.execute(query))
            for query in ("SELECT * FROM nodes", "SELECT rowid, * FROM entries", "SELECT entry, digest FROM called")
        }
        return [
            *tables.values(),
            sorted(columns.items()),
            database.execute("SELECT * FROM lists ORDER BY id").fetchall(),
        ]


@pytest.mark.slow
def test_an_index_is_changed_like_a_new_one(place: Path) -> None:
    """After articles were edited, renamed, added and removed in turn, it is as if it had just been made."""
    source, out, fresh = place / "source", place / "out", place / "fresh"

    def write_some() -> None:
        for number in (3, 400, 90, 401):
            write(source, number, f"Some {number}.", age=2, title="Other")

    steps: list[Callable[[], object]] = [
        lambda: change(source),
        lambda: write(source, 300, "New, and the last."),
        lambda: write(source, 0, "As it was.", age=1, title="Renamed"),
        (source / "120.md").unlink,
        write_some,
        (source / "300.md").unlink,
    ]
    for step in steps:
        before = current_generation(out)
        step()
        update(source, fresh, formats="search", cache=False)
        truth = open_exports(fresh).truth
        since = find_differences(out, before and before.name, truth)
        assert since is not None
        shutil.copyfile(out / SEARCH_FILE, place / "index")
        assert revise_index(place / "index", truth, since.nodes_before)
        assert inside(place / "index") == inside(fresh / SEARCH_FILE)
        update(source, out)
        assert inside(out / SEARCH_FILE) == inside(fresh / SEARCH_FILE)
        for words in ("new", "chang", "renamd", "othr 3", "https://a.example/7"):
            assert open_exports(out).search(words) == open_exports(fresh).search(words)


def test_what_is_no_index_is_not_changed(place: Path) -> None:
    """A file that is damaged is refused."""
    (place / "none").write_bytes(b"no index" * 1000)
    assert not revise_index(place / "none", open_exports(place / "out").truth, {})


def test_the_map_is_not_laid_out_again_for_an_excerpt(place: Path) -> None:
    """If nothing changed, or nothing that the map depends on, what would compute it is not even loaded."""
    program = (
        "import sys; from graph import update; update(sys.argv[1], sys.argv[2]); "
        "print(*(name in sys.modules for name in ('numpy', 'scipy', 'graph.atlas.layout')))"
    )

    def loaded() -> str:
        words = [sys.executable, "-c", program, str(place / "source"), str(place / "out")]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()

    assert loaded() == "False False False"
    change(place / "source")
    assert loaded() == "True False False"
    (place / "source" / "150.md").unlink()
    assert loaded() == "True False True"
