"""Nothing is built twice, and nothing stale is ever kept."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

import graph
from graph.errors import GraphError, NoDocumentsError, SourceError
from graph.generations import MANIFEST_FILE
from graph.publishing.updating import CACHE_FILE, Update, update
from graph.publishing.watching import watch
from graph.reading import Cache, documents, list_documents, read
from graph.statements import StatedArticle

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT_FORMATS = "ttl,nt,graphml,jsonld"
NEWS = "---\ntitle: {title}\nwebUrl: https://example.net/{name}\ntopics: [News]\nrelated:\n{related}---\n"
STUB = "  - title: Shared\n    webUrl: https://example.net/shared\n    topcs: [typo]\n    publishedDateTime: soon\n"


def write_article(folder: Path, name: str, title: str, age: float = 60) -> Path:
    """Write an article with a shared stub; its time of change lies `age` seconds back, so that it can be trusted."""
    path = folder / f"{name}.md"
    path.write_text(NEWS.format(title=title, name=name, related=STUB))
    changed = time.time() - age
    os.utime(path, (changed, changed))
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Make a folder of three articles that share a stub with a fault in it."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("a", "b", "c"):
        write_article(folder, name, name.upper())
    return folder


def exports_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every export, but not of the cache."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != CACHE_FILE}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the paths of the documents that are really parsed, as it happens."""
    paths: list[str] = []
    real = documents.read_document

    def counting(path: str, *rest: object, **named: object) -> object:
        paths.append(path)
        return real(path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("graph.reading.outcomes.read_document", counting)
    return paths


def test_a_second_update_does_nothing(source: Path, tmp_path: Path, parsed: list[str]) -> None:
    """Where nothing changed, nothing is parsed or written, and the same is told."""
    first = update([source], tmp_path / "out", formats=TEXT_FORMATS)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert parsed == ["a.md", "b.md", "c.md"]
    second = update([source], tmp_path / "out", formats=TEXT_FORMATS)
    assert (first.is_new, second.is_new, len(parsed)) == (True, False, 3)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before
    assert list(second.problems) == list(first.problems)
    assert first.info == second.info


def test_only_what_changed_is_parsed(source: Path, tmp_path: Path, parsed: list[str]) -> None:
    """After one change one document is parsed, and the exports are those of a build from nothing."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    parsed.clear()
    write_article(source, "b", "Another", age=30)
    assert update([source], tmp_path / "out", formats=TEXT_FORMATS).is_new
    assert parsed == ["b.md"]
    update([source], tmp_path / "fresh", formats=TEXT_FORMATS, cache=False)
    assert exports_of(tmp_path / "out") == exports_of(tmp_path / "fresh")


@pytest.mark.parametrize("change", ["add", "remove", "rename", "touch", "configure"])
def test_any_change_is_seen(source: Path, tmp_path: Path, change: str) -> None:
    """A document added, removed or renamed, or another configuration, gives the exports of a build from nothing."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    match change:
        case "add":
            write_article(source, "d", "D")
        case "remove":
            (source / "a.md").unlink()
        case "rename":
            (source / "a.md").rename(source / "z.md")
        case "touch":
            os.utime(source / "a.md")
        case "configure":
            (source / "_config.yml").write_text("url: https://site.example\n")
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    update([source], tmp_path / "fresh", formats=TEXT_FORMATS, cache=False)
    assert exports_of(tmp_path / "out") == exports_of(tmp_path / "fresh")


def test_a_change_within_the_clock_tick_is_seen(source: Path, tmp_path: Path) -> None:
    """A file that changes right after it was read, to the same size and time of change, is not taken for unchanged."""
    path = write_article(source, "a", "Old", age=0)
    status = path.stat()
    update([source], tmp_path / "out", formats="ttl")
    path.write_text(path.read_text().replace("Old", "New"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    update([source], tmp_path / "out", formats="ttl")
    assert '"New"' in (tmp_path / "out" / "graph.ttl").read_text()


def test_exports_are_restored(source: Path, tmp_path: Path) -> None:
    """An export that was deleted or damaged is written again, though no document changed."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    whole = exports_of(tmp_path / "out")
    (tmp_path / "out" / "graph.ttl").unlink()
    (tmp_path / "out" / "graph.nt").write_text("damaged")
    assert update([source], tmp_path / "out", formats=TEXT_FORMATS).is_new
    assert exports_of(tmp_path / "out") == whole


def test_exports_whose_bytes_stay_are_not_written(source: Path, tmp_path: Path) -> None:
    """After a change that no export shows, the exports keep their time of change."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    before = (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns
    path = source / "a.md"
    path.write_text(path.read_text() + "\n")
    assert update([source], tmp_path / "out", formats=TEXT_FORMATS).is_new
    assert (tmp_path / "out" / "graph.ttl").stat().st_mtime_ns == before


def test_what_shows_the_same_graph_is_not_written(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change that means nothing to the graph only the reports are written; what is missing is written again."""
    out = tmp_path / "out"
    update([source], out, cache=True)
    before = {path.name: path.stat().st_ino for path in out.iterdir()}
    page = (source / "a.md").read_text()
    (source / "a.md").write_text(page.replace("title: A", "title:   A  # the first"))
    (out / "graph.ttl").unlink()
    stages: list[str] = []
    monkeypatch.setattr("graph.explorer.to_explorer", pytest.fail)
    monkeypatch.setattr("graph.search.write_index", pytest.fail)
    assert update([source], out, progress=lambda stage, _done, _total: stages.append(stage)).is_new
    after = {path.name: path.stat().st_ino for path in out.iterdir()}
    kept = {"explorer.html", "graph.nt", "graph.graphml", "graph.jsonld", "search.sqlite", "store"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    monkeypatch.undo()
    update([source], tmp_path / "fresh", cache=False)
    for path in [path for path in (tmp_path / "fresh").glob("[!.]*.*") if path.name != MANIFEST_FILE]:
        assert (out / path.name).read_bytes() == path.read_bytes(), path.name
    (source / "a.md").write_text(page.replace("title: A", "title: AA"))
    update([source], out)
    assert "AA" in (out / "graph.nt").read_text()
    assert "AA" in (out / "graph.ttl").read_text()


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "flip", "other version"])
def test_a_damaged_cache_is_passed_over(source: Path, tmp_path: Path, damage: str) -> None:
    """Whatever happened to the cache, an update gives the exports of a build from nothing."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    whole = exports_of(tmp_path / "out")
    cache = tmp_path / "out" / CACHE_FILE
    data = cache.read_bytes()
    match damage:
        case "cut":
            data = data[: len(data) // 2]
        case "garbage":
            data = b"\x00" * 100
        case "empty":
            data = b""
        case "flip":
            data = data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
        case "other version":
            data = data[:25] + bytes([data[25] ^ 1]) + data[26:]
    cache.write_bytes(data)
    write_article(source, "a", "A", age=90)
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    assert exports_of(tmp_path / "out") == whole


def test_settings_are_part_of_what_is_remembered(source: Path, tmp_path: Path) -> None:
    """Other options mean other exports, and what was read under other settings is not recalled."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    update([source], tmp_path / "out", formats=TEXT_FORMATS, base="https://other.example/")
    update([source], tmp_path / "fresh", formats=TEXT_FORMATS, base="https://other.example/", cache=False)
    assert exports_of(tmp_path / "out") == exports_of(tmp_path / "fresh")
    assert update([source], tmp_path / "out", formats=TEXT_FORMATS, title="Renamed").info["title"] == "Renamed"


def test_archives_are_remembered(tmp_path: Path, parsed: list[str]) -> None:
    """An unchanged archive is not read again; in a changed one only the changed members are parsed."""
    folder = tmp_path / "packed"
    folder.mkdir()
    for name in ("a", "b"):
        write_article(folder, name, name)
    archive = Path(shutil.make_archive(str(tmp_path / "articles"), "zip", folder))
    os.utime(archive, (1_600_000_000, 1_600_000_000))
    update([archive], tmp_path / "out", formats="ttl")
    assert not update([archive], tmp_path / "out", formats="ttl").is_new
    parsed.clear()
    write_article(folder, "b", "changed")
    shutil.make_archive(str(tmp_path / "articles"), "zip", folder)
    assert update([archive], tmp_path / "out", formats="ttl").is_new
    assert parsed == ["b.md"]


def test_the_output_folder_is_no_source(source: Path) -> None:
    """Exports written inside the source are not read as articles by the next update."""
    first = update([source], source / "site", formats="html,ttl")
    (source / "site" / "notes.md").write_text("# Not an article\n")
    write_article(source, "a", "Changed")
    assert update([source], source / "site", formats="html,ttl").info["articles"] == first.info["articles"]


def _update_often(source: Path, out: Path) -> None:
    for _ in range(8):
        update([source], out, formats="ttl,nt")
        (out / CACHE_FILE).unlink(missing_ok=True)


@pytest.mark.slow
def test_updates_at_once_leave_whole_files(source: Path, tmp_path: Path) -> None:
    """Several updates into one folder at the same time leave the exports of one of them, and a cache that works."""
    out = tmp_path / "out"
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_update_often, args=(source, out)) for _ in range(2)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0, 0]
    update([source], out, formats="ttl,nt")
    update([source], tmp_path / "fresh", formats="ttl,nt", cache=False)
    assert exports_of(out) == exports_of(tmp_path / "fresh")
    assert not list(out.glob("*.tmp")) + list(out.glob(".*.tmp"))


@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_the_cache_holds_what_was_read(
    source: Path, tmp_path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every statement comes back from the cache equal to what was parsed, shared stubs as one object."""
    monkeypatch.setattr("graph.reading.chunks.CHUNK", chunk)
    listing = list_documents([SEEDS, source])
    cache = Cache()
    parsed = read(listing, cache=cache)
    cache.save(tmp_path / "cache", {})
    opened = Cache.open(tmp_path / "cache")
    assert listing.is_known(opened)
    recalled = read(listing, cache=opened)
    assert recalled == parsed
    stubs = [
        stub
        for statement in recalled.statements
        if isinstance(statement.subject, StatedArticle)
        for _, stub in statement.subject.related
        if isinstance(stub, StatedArticle) and stub.title == "Shared"
    ]
    assert len(stubs) == 3
    assert len(set(map(id, stubs))) == 1


def test_watching_follows_changes(source: Path, tmp_path: Path) -> None:
    """Watching builds at once and after every change, and survives a document that is broken for a while."""
    stop = threading.Event()
    seen: list[Update | GraphError] = []
    articles: list[object] = []
    for outcome in watch([source], tmp_path / "out", stop=stop, formats="ttl"):
        seen.append(outcome)
        assert isinstance(outcome, Update)
        articles.append(outcome.info["articles"])
        match len(seen):
            case 1:
                threading.Timer(0.5, (source / "broken.md").write_text, ["---\ntitle: [\n---\n"]).start()
            case 2:
                assert any(problem.path == "broken.md" for problem in outcome.problems)
                threading.Timer(0.5, write_article, [source, "broken", "Whole"]).start()
            case _:
                stop.set()
    assert articles == [4, 4, 5]


def test_a_change_during_the_first_build_is_built(source: Path, tmp_path: Path) -> None:
    """What changes while the first build runs, or before its result is taken, is not missed."""
    stop = threading.Event()
    late = threading.Timer(60, stop.set)
    late.start()
    articles: list[object] = []
    for outcome in watch([source], tmp_path / "out", stop=stop, formats="ttl"):
        assert isinstance(outcome, Update)
        articles.append(outcome.info["articles"])
        if len(articles) == 1:
            write_article(source, "new", "New")
        else:
            stop.set()
    late.cancel()
    assert articles == [4, 5]


def test_sources_without_documents_leave_the_exports_alone(source: Path, tmp_path: Path) -> None:
    """Where no document is left nothing is written, and the error says what was passed over and what went wrong."""
    update([source], tmp_path / "out", formats=TEXT_FORMATS)
    before = exports_of(tmp_path / "out")
    for path in source.iterdir():
        path.unlink()
    (source / "empty.md").write_text("")
    (source / "program.py").write_text("pass")
    for out in ("out", "fresh"):
        with pytest.raises(NoDocumentsError, match=r"no documents were found \(passed over: 1 \.py\)") as raised:
            update([source], tmp_path / out, formats=TEXT_FORMATS)
        assert [problem.path for problem in raised.value.problems] == ["empty.md"]
    assert exports_of(tmp_path / "out") == before
    assert not (tmp_path / "fresh").exists()


def test_watching_waits_for_the_first_document(tmp_path: Path) -> None:
    """A source without documents is reported and watched on; once there is one, it is built."""
    stop = threading.Event()
    (tmp_path / "new").mkdir()
    seen: list[Update | GraphError] = []
    for outcome in watch([tmp_path / "new"], tmp_path / "out", stop=stop, formats="ttl"):
        seen.append(outcome)
        if len(seen) == 1:
            threading.Timer(0.5, write_article, [tmp_path / "new", "a", "A"]).start()
        else:
            stop.set()
    assert isinstance(seen[0], NoDocumentsError)
    assert isinstance(seen[1], Update)


def test_watching_nothing_is_misuse(tmp_path: Path) -> None:
    """A source that does not exist cannot be watched."""
    with pytest.raises(SourceError, match="nowhere"):
        next(watch([tmp_path / "nowhere"], tmp_path / "out"))


def test_one_source_is_named_as_several_are(tmp_path: Path) -> None:
    """An update takes the path of one source as a text, as a build does."""
    update = graph.update(str(SEEDS), tmp_path / "out", formats="nt")
    assert dict(update.info) == dict(graph.update([SEEDS], tmp_path / "again", formats="nt").info)
