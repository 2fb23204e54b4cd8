"""Folders, files and archives are read as they are; what cannot be read is told, and the rest is read all the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import graph
from graph.cli import main
from graph.errors import SourceError
from graph.reading.archives import SiteFiles
from graph.reading.faults import Faults
from graph.reading.sources import open_source
from tests.folders import write_files
from tests.health import HEALTHY, HEALTHY_URL, assert_healthy, assert_readable, front_matter
from tests.packing import PACKERS, packed_tar, packed_zip

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
NO_PRIVILEGES = 77
BEGINNING = f"""
import os, sys
import graph, graph.cli
graph.publish(graph.build({str(SEEDS)!r}), sys.argv[1] + "/warm")  # what is imported late is imported while it may be
if os.geteuid() == 0:
    try:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    except OSError:
        sys.exit({NO_PRIVILEGES})
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a folder that holds the healthy article."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "healthy.md").write_text(HEALTHY, encoding="utf-8")
    return folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user of the machine may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "warm").mkdir()
        yield folder


def problems_of(knowledge: graph.KnowledgeGraph) -> list[tuple[str, str]]:
    """Return path and kind of each problem."""
    return [(problem.path, problem.kind) for problem in knowledge.problems]


def run_without_privileges(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code as a user who is not the superuser; skip where this process may not become one."""
    run = [sys.executable, "-c", BEGINNING + code, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(SEEDS.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(run, check=False, capture_output=True, text=True, timeout=120, env=environment)
    if done.returncode == NO_PRIVILEGES:
        pytest.skip("runs as the superuser, to whom nothing is forbidden, and may not become anyone else")
    return done


def assert_one_error_line(text: str) -> None:
    """Check that a program said one line, and that it is no traceback."""
    assert re.fullmatch(r"article-graph: [^\n]+\. [^\n]+\.\n", text), text


@pytest.mark.parametrize("name", ["missing", "missing/below", "healthy.md/below", "a\0b", "x" * 300])
def test_no_such_source(content: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """A source that does not exist is one clear line and exit status 2, and nothing is written."""
    out = content / "out"
    assert main(["build", str(content / name), "--out", str(out)]) == 2
    assert_one_error_line(capsys.readouterr().err)
    assert not out.exists()


@pytest.mark.parametrize("build", [lambda folder: folder, *PACKERS.values()])
def test_an_empty_source(tmp_path: Path, build: Callable[..., Path]) -> None:
    """A source without documents is an empty graph, and said to be so."""
    folder = tmp_path / "empty"
    folder.mkdir()
    source = folder if build not in PACKERS.values() else build(tmp_path, [("picture.jpg", b"x")])
    knowledge = graph.build(source)
    assert not knowledge.network
    (problem,) = knowledge.problems
    assert (problem.path, problem.kind, problem.fact) == ("", "no-documents", f'"{source.name}" holds no documents')
    assert_readable(knowledge, tmp_path / "out")


def test_a_source_named_twice(content: Path) -> None:
    """A source that is named twice, however it is spelled, is read once."""
    (content / "plain.txt").write_text("A text without address", encoding="utf-8")
    once, twice = graph.build(content), graph.build([content, f"{content}/../content/"])
    assert dict(twice.articles) == dict(once.articles)
    assert twice.info() == once.info()


def test_links(content: Path) -> None:
    """A link to a file is followed within its source; links that loop, lead out or nowhere are told."""
    (content / "linked.md").symlink_to("healthy.md")
    (content / "loop").symlink_to(content)
    (content / "itself.md").symlink_to("itself.md")
    (content / "one.md").symlink_to("other.md")
    (content / "other.md").symlink_to("one.md")
    (content / "nowhere.md").symlink_to("missing.md")
    (content / "out.md").symlink_to(SEEDS / "000_ebc0ba90cf41d2a3.txt")
    knowledge = graph.build(content)
    assert knowledge.articles[HEALTHY_URL].sources == ("healthy.md", "linked.md")
    assert len(knowledge.articles) == 2
    assert problems_of(knowledge) == [
        ("itself.md", "unreadable"),
        ("loop", "link-not-followed"),
        ("nowhere.md", "unreadable"),
        ("one.md", "unreadable"),
        ("other.md", "unreadable"),
        ("out.md", "link-not-followed"),
    ]


def test_a_file_that_is_none(content: Path) -> None:
    """A pipe, which would never end, is told and passed over."""
    os.mkfifo(content / "pipe.md")
    knowledge = graph.build(content)
    assert problems_of(knowledge) == [("pipe.md", "unreadable")]
    assert_healthy(knowledge)


def test_a_file_that_vanishes(content: Path) -> None:
    """A file that is listed and then gone before it is read is told, and the others are read."""
    names = [f"{number}.md" for number in range(3)]
    for name in names:
        (content / name).write_bytes(front_matter(f"title: {name}"))

    def vanish(_stage: str, _done: int, _total: int | None) -> None:
        (content / "1.md").unlink(missing_ok=True)

    knowledge = graph.build(content, progress=vanish)
    assert problems_of(knowledge) == [("1.md", "unreadable")]
    assert {"0.md", "2.md"} <= {article.label for article in knowledge.articles.values()}
    assert_healthy(knowledge)


def test_names_that_are_no_text(content: Path, tmp_path: Path) -> None:
    """Paths with control characters or bytes that are no Unicode break neither lines nor outputs."""
    (content / "a\nb\x1b[31m.md").write_bytes(front_matter("date: spring"))
    try:
        (Path(os.fsdecode(os.fsencode(content) + b"/\xff.md"))).write_bytes(front_matter("date: spring"))
        expected = 2
    except OSError:
        expected = 1
    knowledge = graph.build(content)
    assert len(knowledge.problems) == expected
    assert_healthy(knowledge)
    assert_readable(knowledge, tmp_path / "out")


def test_a_folder_and_a_file_by_odd_names(tmp_path: Path) -> None:
    """A source whose own name is no Unicode is read like any other, with and without a cache."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes only names that are Unicode")
    document = Path(os.fsdecode(os.fsencode(folder) + b"/\xfe.md"))
    document.write_text(HEALTHY, encoding="utf-8")
    for number, source in enumerate((folder, document)):
        assert_healthy(graph.build(source))
        assert_readable(graph.build(source), tmp_path / "out")
        assert main(["build", str(source), "--out", str(tmp_path / f"built{number}"), "--quiet"]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("mode", [0o000, 0o600])
def test_what_may_not_be_read(open_folder: Path, mode: int) -> None:
    """A file, folder or link without permission is told, and the others are read."""
    content = open_folder / "content"
    shutil.copytree(SEEDS, content)
    (content / "closed.md").write_text("closed", encoding="utf-8")
    (content / "closed").mkdir()
    (content / "closed" / "inner.md").write_text("inner", encoding="utf-8")
    (content / "link.md").symlink_to("closed/inner.md")
    (content / "closed.md").chmod(0o000)
    (content / "closed").chmod(mode)
    code = f"""
knowledge = graph.build({str(content)!r})
print(len(knowledge.articles), *(f"{{problem.path}}={{problem.kind}}" for problem in knowledge.problems))
"""
    done = run_without_privileges(open_folder, code)
    (content / "closed").chmod(0o700)
    assert done.stderr == ""
    assert done.stdout.split() == ["7", "closed=unreadable", "closed.md=unreadable", "link.md=unreadable"]


@pytest.mark.slow
def test_a_source_that_may_not_be_read(open_folder: Path) -> None:
    """A whole source without permission is one clear line and exit status 2."""
    (open_folder / "closed").mkdir(mode=0o000)
    (open_folder / "closed.zip").touch(mode=0o000)
    code = """
sources = [f"{sys.argv[1]}/{name}" for name in ("closed", "closed.zip")]
sys.exit(0 if [graph.cli.main(["build", source, "--out", "/nowhere"]) for source in sources] == [2, 2] else 1)
"""
    done = run_without_privileges(open_folder, code)
    assert done.returncode == 0
    for line in done.stderr.splitlines(keepends=True):
        assert_one_error_line(line)


@pytest.mark.slow
def test_an_output_folder_that_may_not_be_written(open_folder: Path) -> None:
    """A read-only output folder is one clear line and exit status 2, and what stood there stays."""
    out = open_folder / "out"
    out.mkdir()
    (out / "graph.ttl").write_text("old", encoding="utf-8")
    out.chmod(0o555)
    shutil.copytree(SEEDS, open_folder / "content")
    code = f'sys.exit(graph.cli.main(["build", {str(open_folder / "content")!r}, "--out", {str(out)!r}]))'
    done = run_without_privileges(open_folder, code)
    assert done.returncode == 2
    assert_one_error_line(done.stderr)
    assert (out / "graph.ttl").read_text(encoding="utf-8") == "old"
    assert [path.name for path in out.iterdir()] == ["graph.ttl"]


def test_an_output_folder_that_is_a_file(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Outputs cannot be written where a file stands, or below one: one clear line and exit status 2."""
    for out in (content / "healthy.md", content / "healthy.md" / "below"):
        assert main(["build", str(content), "--out", str(out)]) == 2
        assert_one_error_line(capsys.readouterr().err)
    assert (content / "healthy.md").read_text(encoding="utf-8") == HEALTHY


def test_a_full_disk(tmp_path: Path) -> None:
    """A full disk is one clear line and exit status 2; old outputs stay whole, and nothing half-written stays."""
    out = tmp_path / "out"
    assert main(["build", str(SEEDS), "--out", str(out), "--quiet"]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    code = f"""
import resource, sys
from graph.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(main(["build", {str(SEEDS)!r}, "--base", "https://new.example/", "--out", {str(out)!r}, "--quiet"]))
"""
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, check=False, capture_output=True, text=True, timeout=120, cwd=SEEDS.parent)
    assert done.returncode == 2
    assert_one_error_line(done.stderr)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_outputs_are_not_read_again(content: Path) -> None:
    """Outputs that lie within the source, or beside its documents, are never taken for articles."""
    for out in (content / "exports", content / "deep" / "exports", content):
        graph.publish(graph.build(content), out)
    assert sorted(graph.build(content).articles) == [HEALTHY_URL, "https://healthy.example/neighbour"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('exclude = ["!"]', '"!", which is not a pattern'),
        ('exclude = ["[z-a]"]', "which is not a pattern"),
        ("exclude = [1]", "which is not a text"),
        ("platforms = {}", "which is not a text"),
        ("fields = 1", "'fields' is"),
        ("[fields]\ntitle = [1]", "which is not a text"),
        ("[fields]\nheading = []", "not a field of an article"),
        ("colour = 1", '"colour" is not a setting'),
        ("exclude = [", "the TOML cannot be read"),
        ("a" + ".a" * 100_000 + " = 1", "nested deeper"),
        ('base = "ftp://a.org/"', "not an http address"),
        ("title = 1", "'title' is"),
    ],
)
def test_settings_that_cannot_be_meant(content: Path, text: str, words: str) -> None:
    """Whatever is wrong with the owner's settings is told, and the documents are read all the same."""
    (content / "article-graph.toml").write_text(text, encoding="utf-8")
    knowledge = graph.build(content)
    (problem,) = knowledge.problems
    assert problem.path == "article-graph.toml"
    assert words in problem.fact
    assert_healthy(knowledge)


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({}, "article-graph"),
        ({"_config.yml": "title: The  <b>News</b>"}, "The <b>News</b>"),
        ({"hugo.toml": 'title = "Two\\nlines \\u202eand more"'}, "Two lines and more"),
        ({"config.toml": 'title = ""', "config.yaml": "title: Later"}, "Later"),
        ({"_config.yml": "title: Site", "article-graph.toml": 'title = "Owner"'}, "Owner"),
        ({"_config.yml": "title: [1]"}, "article-graph"),
        ({"_config.yml": f"title: {'long ' * 100}"}, ("long " * 40).strip()),
    ],
)
def test_a_site_says_what_it_is_called(content: Path, files: dict[str, str], title: str) -> None:
    """The title is that of the site's configuration, one line of plain text; the owner's settings beat the site's."""
    for name, text in files.items():
        (content / name).write_text(text, encoding="utf-8")
    knowledge = graph.build(content)
    assert (knowledge.title, knowledge.info().title, knowledge.truth.title) == (title,) * 3
    assert graph.build(content, title=" Told ").title == "Told"
    with pytest.raises(SourceError, match="--title is empty"):
        graph.build(content, title="\n")


@pytest.mark.parametrize(
    "text", ["a: [", "a: &a [*a]", "url: [1]\nbaseurl: {}", "- a", "\x00\xff", "url: 'javascript:x'"]
)
def test_site_configuration_that_cannot_be_read(content: Path, text: str) -> None:
    """A broken site configuration costs at most its base address."""
    (content / "_config.yml").write_text(text, encoding="latin-1")
    knowledge = graph.build(content)
    assert knowledge.base == "https://example.org/"
    assert {problem.path for problem in knowledge.problems} <= {"_config.yml"}
    assert_healthy(knowledge)


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_archives_read_like_folders(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """An archive of a folder, wrapped in the folder's name or not, gives the same bytes as the folder."""
    content = tmp_path / "content"
    shutil.copytree(SEEDS, content)
    (content / "_data" / "topics").mkdir(parents=True)
    (content / "_data" / "topics" / "ai.yaml").write_text("name: AI\nkeywords: [robot]\n", encoding="utf-8")
    (content / "_config.yml").write_text("url: https://site.example\n", encoding="utf-8")
    (content / ".hidden.md").write_text("hidden", encoding="utf-8")
    (content / "broken.md").write_text("---\na: [\n---\n", encoding="utf-8")
    (content / "linked.md").symlink_to("001_b16c81d382495ead.txt")
    (content / "folder").symlink_to("_data")
    (content / "gone.md").symlink_to("missing.md")
    links = [(path.name, str(path.readlink())) for path in content.iterdir() if path.is_symlink()]
    files = [path for path in sorted(content.rglob("*")) if path.is_file() and not path.is_symlink()]
    members = [(path.relative_to(content).as_posix(), path.read_bytes()) for path in reversed(files)]
    graph.publish(graph.build(content), tmp_path / "expected", formats="ttl,nt,graphml,jsonld")
    expected = {path.name: path.read_bytes() for path in (tmp_path / "expected").iterdir()}
    for top in ("", "site-main/"):
        source = pack(
            tmp_path, [(top + name, data) for name, data in members], [(top + name, to) for name, to in links]
        )
        graph.publish(graph.build(source), tmp_path / "out", formats="ttl,nt,graphml,jsonld")
        assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == expected


ELEVENTY = {
    ".eleventy.js": "module.exports = () => ({ dir: { input: '.' } });",
    "posts/posts.json": '{"author": "Ann", "permalink": "/p/{{ page.fileSlug }}/"}',
    "posts/old/old.11tydata.js": "module.exports = { author: 'Bo' };",
    "posts/one.md": "---\ntitle: One\n---\nSee [two](/p/two/).\n",
    "posts/old/two.md": "---\ntitle: Two\n---\nText.\n",
}
"""A site of Eleventy's, some of whose fields are in files that hold for folders."""


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_data_of_folders_in_an_archive(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """What holds for all documents of a folder holds for them in an archive, too, wrapped in a folder or not."""
    plain = graph.build(write_files(tmp_path / "site", ELEVENTY), base="https://site.example/")
    assert plain["Two"].iri == "https://site.example/p/two/"
    assert {person.label for person in plain.people.values()} == {"Ann", "Bo"}
    for top in ("", "site-main/"):
        source = pack(tmp_path, [(top + name, text.encode()) for name, text in ELEVENTY.items()])
        packed = graph.build(source, base="https://site.example/")
        assert packed.articles == plain.articles
        assert packed.problems == plain.problems == ()


def test_not_all_data_of_very_many_folders_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files called like their folders an archive holds so many bytes, and whatever configures the site as well."""
    monkeypatch.setattr("graph.reading.archives.MOST_FOLDER_DATA", 1_000)
    held = SiteFiles()
    assert [held.hold(f"{number}/{number}.json", 400) for number in range(4)] == [True, True, False, False]
    assert not SiteFiles().hold("a/a.json", 1_001)
    assert held.hold("_config.yml", 400)
    assert not held.hold("a/b.json", 1)


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_member_paths_lead_nowhere_else(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """Members named to lead out of an archive are read as if they stood within; links out of it are not followed."""
    members = [
        ("../../healthy.md", HEALTHY.encode()),
        ("/etc/absolute.md", b"Absolute"),
        ("C:\\windows.md", b"Windows"),
    ]
    links = [("out.md", "../../etc/passwd"), ("absolute-link.md", "/etc/passwd")]
    knowledge = graph.build(pack(tmp_path, members, links))
    assert_healthy(knowledge)
    sources = sorted(source for article in knowledge.articles.values() for source in article.sources)
    assert sources == ["C:/windows.md", "etc/absolute.md", "healthy.md"]
    assert problems_of(knowledge) == [("absolute-link.md", "link-not-followed"), ("out.md", "link-not-followed")]


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_members_too_deep(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """Members below thousands of folders, which would take time by the square of their depth, are told and left out."""
    members = [("a/" * 30_000 + name, b"Deep") for name in ("1.md", "2.md")]
    knowledge = graph.build(
        pack(tmp_path, [*members, ("healthy.md", HEALTHY.encode())], [("a/" * 30_000 + "l.md", "x")])
    )
    assert [(problem.kind, len(problem.path)) for problem in knowledge.problems] == [("too-deep", 199)]
    assert_healthy(knowledge)


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_a_member_too_large_to_be_an_article(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """A small archive whose member unpacks to more than any article is told, without unpacking it."""
    knowledge = graph.build(pack(tmp_path, [("bomb.md", bytes(65 << 20)), ("healthy.md", HEALTHY.encode())]))
    assert problems_of(knowledge) == [("bomb.md", "unreadable")]
    assert "64 MiB" in knowledge.problems[0].fact
    assert_healthy(knowledge)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_a_path_that_several_members_have(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """Of several members with one path the last counts, and that is told."""
    knowledge = graph.build(pack(tmp_path, [("a.md", b"First"), ("b.md", b"Other"), ("a.md", b"Second")]))
    assert [article.excerpt for article in knowledge.articles.values()] == ["Second", "Other"]
    assert problems_of(knowledge) == [("a.md", "repeated-member")]


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[: len(data) // 2], lambda _: b"x" * 999])
def test_a_damaged_archive(tmp_path: Path, pack: Callable[..., Path], harm: Callable[[bytes], bytes]) -> None:
    """An archive that is empty, cut short or no archive at all is one clear line, never a traceback."""
    source = pack(tmp_path, [(f"{number}.md", os.urandom(3000)) for number in range(5)])
    source.write_bytes(harm(source.read_bytes()))
    with pytest.raises(graph.SourceError, match=r"the archive cannot be read \([^\n]+\)\. Pack it again\.$"):
        graph.build(source)


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_a_garbled_archive(tmp_path: Path, pack: Callable[..., Path]) -> None:
    """Wherever an archive is garbled, it is read as far as it goes, or refused in one line."""
    source = pack(tmp_path, [("a.md", HEALTHY.encode()), ("b.md", bytes(range(256)) * 8)], [("c.md", "a.md")])
    whole = source.read_bytes()
    for start in range(0, len(whole), max(1, len(whole) // 60)):
        source.write_bytes(whole[:start] + bytes(byte ^ 0x55 for byte in whole[start : start + 8]) + whole[start + 8 :])
        try:
            assert_readable(graph.build(source), tmp_path / "out")
        except graph.SourceError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most of these archives are still readable


def test_an_archive_that_vanishes(tmp_path: Path) -> None:
    """An archive that is gone before its members are read is one clear line."""
    content = tmp_path / "first"
    content.mkdir()
    (content / "healthy.md").write_text(HEALTHY, encoding="utf-8")
    archives = [packed_zip(tmp_path / "a.zip", [("a.md", b"A")]), packed_tar(tmp_path / "a.tar", [("a.md", b"A")])]
    for archive in archives:
        with pytest.raises(graph.SourceError, match="cannot be read"):
            graph.build([content, archive], progress=lambda *_, gone=archive: gone.unlink(missing_ok=True))


@pytest.mark.skipif(shutil.which("tar") is None, reason="needs GNU tar, as Python writes no sparse members")
def test_a_member_with_holes_is_read_whole(tmp_path: Path) -> None:
    """A plain archive keeps only the parts of a sparse file that are not empty."""
    site = tmp_path / "site"
    site.mkdir()
    with (site / "a.md").open("wb") as file:
        file.write(b"# Holes\n\n")
        file.seek(1 << 20)
        file.write(b"\n\nThe end.\n")
    made = subprocess.run(["tar", "--sparse", "-cf", tmp_path / "a.tar", "-C", site, "a.md"], check=False)
    if made.returncode:
        pytest.skip("this tar packs no holes")
    found = [file.read() for file in open_source(tmp_path / "a.tar").files((), Faults, Counter())]
    assert found == [(site / "a.md").read_bytes()]
