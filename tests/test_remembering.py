"""Nothing that is remembered from one file changes what another file means, and a killed build harms nothing."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import graph
from graph.generations import MANIFEST_FILE
from graph.publishing.updating import CACHE_FILE, update
from graph.reading import Cache, list_documents, read
from graph.reading.yaml_memory import YamlMemory
from graph.reading.yaml_text import Loaded, load_yaml

HERE = Path(__file__).parent.parent
SEEDS = HERE / "seeds"
STUB = "- title: Shared\n  webUrl: https://example.net/shared\n  publishedDateTime: 2020-01-02T03:04:05Z\n  heat: 010\n"


def listed(stub: str, indent: int = 2, before: str = "") -> str:
    """Return a document that lists a stub behind some spaces."""
    lines = "".join(" " * indent + line + "\n" for line in stub.rstrip("\n").split("\n"))
    return f"---\ntitle: One\nwebUrl: https://example.net/one\n{before}related:\n{lines}---\nText.\n"


FRAMES = {
    "as usual": listed(STUB).encode(),
    "without indent": listed(STUB, 0).encode(),
    "deeper": listed(STUB, 6).encode(),
    "one line less": listed(STUB.replace("\n  heat", "\n heat")).encode(),
    "an anchor on it": listed(STUB.replace("- title", "- &it\n  title")).encode(),
    "an anchor in it": listed(STUB.replace("Shared", "&it Shared") + "- *it\n").encode(),
    "an anchor before it": listed(STUB.replace("010", "*it"), before="quality: &it 7\n").encode(),
    "a merge key": listed(STUB + "  <<: *it\n", before="extra: &it {type: video}\n").encode(),
    "a tag": listed(STUB.replace("010", "!!str 010")).encode(),
    "a tag on it": listed(STUB.replace("- title", "- !!map\n  title")).encode(),
    "a repeated key": listed(STUB + "  title: Other\n").encode(),
    "a literal block": listed(STUB, before="excerpt: |\n").encode(),
    "it is text": ("---\ntitle: One\nexcerpt: |\n  related:\n    " + STUB.replace("\n", "\n    ") + "\n---\n").encode(),
    "a folded title": listed(STUB.replace("Shared", ">-\n    Shared\n    twice")).encode(),
    "quoted over lines": listed(STUB.replace("Shared", '"Shared\n    twice"')).encode(),
    "a tab before it": listed(STUB.replace("  webUrl", "\twebUrl")).encode(),
    "a tab behind it": listed(STUB.replace("Shared", "Shared\t")).encode(),
    "a comment in it": listed(STUB.replace("Shared", "Shared # note")).encode(),
    "carriage returns": listed(STUB).replace("\n", "\r\n").encode(),
    "old line ends": listed(STUB).replace("\n", "\r").encode(),
    "UTF-16": listed(STUB).encode("utf-16"),
    "Latin-1": listed(STUB.replace("Shared", "Sharèd")).encode("latin-1"),
    "half a character": listed(STUB).encode().replace(b"Shared", b"Shar\xc3d"),
    "a byte order mark": b"\xef\xbb\xbf" + listed(STUB).encode(),
    "a control character": listed(STUB.replace("Shared", "Sha\x07red")).encode(),
    "another line separator": listed(STUB.replace("Shared", "Shared\u2028webUrl: x")).encode(),
    "cut off": listed(STUB)[:-12].encode(),
}


def exports_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file that a reader opens, but of the store, which differ, and of the manifest."""
    files = [path for path in folder.glob("[!.]*") if path.is_file() and path.name != MANIFEST_FILE]
    return {path.name: path.read_bytes() for path in files}


def said_by(folder: Path) -> dict[str, str]:
    """Return what each document of a folder states, and its faults, by its path."""
    reading = read(list_documents([folder]))
    said = {statement.path: repr(statement) for statement in reading.statements}
    for problem in reading.problems:
        said[problem.path] = said.get(problem.path, "") + repr(problem)
    return said


def test_a_stub_means_what_it_means_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text of a stub in other company means there what it means without any memory, in any order of files."""
    folders = []
    for name, order in (("forth", list(FRAMES)), ("back", list(reversed(FRAMES)))):
        folder = tmp_path / name
        folder.mkdir()
        for number, frame in enumerate(order):
            (folder / f"{number:02} {frame}.md").write_bytes(FRAMES[frame])
        folders.append(folder)
    remembered = [said_by(folder) for folder in folders]

    def plainly(_memory: YamlMemory, text: str, first_line: int = 1) -> Loaded:
        return load_yaml(text, first_line)

    monkeypatch.setattr(YamlMemory, "load", plainly)
    assert remembered == [said_by(folder) for folder in folders]
    assert len(remembered[0]) == len(FRAMES)


@pytest.mark.slow
def test_a_stub_in_two_frames_is_read_alike(tmp_path: Path) -> None:
    """Of each two frames, the second is read after the first as it is read alone."""
    alone = {}
    for frame, data in FRAMES.items():
        folder = tmp_path / "alone" / frame
        folder.mkdir(parents=True)
        (folder / "b.md").write_bytes(data)
        alone[frame] = said_by(folder)["b.md"]
    for first, second in itertools.permutations(FRAMES, 2):
        folder = tmp_path / "pair"
        folder.mkdir(exist_ok=True)
        (folder / "a.md").write_bytes(FRAMES[first])
        (folder / "b.md").write_bytes(FRAMES[second])
        assert said_by(folder)["b.md"] == alone[second], (first, second)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that no program can catch")
def test_a_build_killed_at_any_moment_harms_nothing(tmp_path: Path) -> None:
    """However early or late a build is killed, its folder holds whole files only, and the next build gives the same."""
    fresh, out = tmp_path / "fresh", tmp_path / "out"
    update([SEEDS], fresh)
    words = [sys.executable, "-m", "graph", "build", str(SEEDS), "--out", str(out), "--quiet"]
    for tenths in range(1, 20, 2):
        (out / CACHE_FILE).unlink(missing_ok=True)
        process = subprocess.Popen(words, cwd=HERE)
        try:
            process.wait(tenths / 10)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        whole = exports_of(fresh)
        assert all(data == whole[name] for name, data in exports_of(out).items())
        Cache.open(out / CACHE_FILE)
    update([SEEDS], out)
    assert exports_of(out) == exports_of(fresh)
    assert graph.open_exports(out).query("ASK { ?a a schema:CreativeWork }")
    assert not update([SEEDS], out).is_new
