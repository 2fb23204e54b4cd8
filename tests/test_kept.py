"""Files of views and notes that readers keep: what is read from them, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.cli import main
from graph.errors import SourceError
from graph.explorer.kept import KEPT_LIMITS, Kept, KeptNote, KeptView, read_kept
from graph.explorer.page import read_payload
from graph.publishing import update

VIEWS = {
    "article_graph_views": 1,
    "views": [{"name": "A <b>view</b>", "address": "view=network"}, {"name": "Two", "nodes": ["urn:x"]}],
    "notes": [{"iri": "urn:x", "text": "Read.\nAgain."}],
}


def written(folder: Path, content: object) -> Path:
    """Write a file of views."""
    path = folder / "some.views.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_what_the_page_saves_is_read(tmp_path: Path) -> None:
    """Views and notes come back as they were written, and what is left out is empty."""
    assert read_kept(written(tmp_path, VIEWS)) == Kept(
        views=(KeptView("A <b>view</b>", "view=network"), KeptView("Two", nodes=("urn:x",))),
        notes=(KeptNote("urn:x", "Read.\nAgain."),),
    )
    assert read_kept(written(tmp_path, {})) == Kept()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "Input data was truncated"),
        ("[" * 100_000, "is not a file of views"),
        ([], "Expected `object`"),
        ({"article_graph_views": 2}, "article_graph_views"),
        ({"extra": 1}, "unknown field `extra`"),
        ({"views": [{"address": ""}]}, r"\$\.views\[0\]"),
        ({"views": [{"name": ""}]}, r"\$\.views\[0\]\.name"),
        ({"views": [{"name": "x" * (KEPT_LIMITS["name"] + 1)}]}, r"\$\.views\[0\]\.name"),
        ({"views": [{"name": "\u0001 \u202e"}]}, r"no visible character.*\$\.views\[0\]"),
        ({"views": [{"name": "x", "nodes": [1]}]}, r"\$\.views\[0\]\.nodes\[0\]"),
        ({"views": [{"name": "x"}] * (KEPT_LIMITS["views"] + 1)}, r"\$\.views"),
        ({"notes": [{"iri": "urn:x"}]}, r"\$\.notes\[0\]"),
        (" " * (KEPT_LIMITS["bytes"] + 1), "has more than 2,000,000 bytes"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, content: object, words: str) -> None:
    """A file that is too large, malformed or not of this form is refused, and the error says where it is wrong."""
    with pytest.raises(SourceError, match=words):
        read_kept(written(tmp_path, content))


def test_a_build_shows_views(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page of a build carries the views, is written again when they change, and the command refuses a bad file."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    out, views = tmp_path / "out", written(tmp_path, VIEWS)

    def page() -> bytes:
        payload = read_payload((out / "explorer.html").read_bytes())
        assert payload is not None
        return payload.map

    assert update(tmp_path / "site", out).is_new
    plain = page()
    assert update(tmp_path / "site", out, views=views).is_new
    assert page() != plain
    assert not update(tmp_path / "site", out, views=views).is_new
    written(tmp_path, {**VIEWS, "notes": []})
    before = page()
    assert update(tmp_path / "site", out, views=views).is_new
    assert page() != before
    assert update(tmp_path / "site", out).is_new
    assert page() == plain
    assert main(["build", str(tmp_path / "site"), "--out", str(out), "--views", str(tmp_path / "none.json")]) == 2
    error = capsys.readouterr().err
    assert "none.json: cannot be read" in error
    assert "Share in the explorer" in error
