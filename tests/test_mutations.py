"""Whatever happens to documents, a build does not raise, and what it writes can be read."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.reading.fields import ARTICLE, IMAGE, PERSON, PROVIDER, TOPIC
from tests.folders import write_files
from tests.health import HEALTHY, assert_healthy, assert_readable

HERE = Path(__file__).resolve().parent
DOCUMENTS = [
    path.read_bytes()
    for folder in (HERE.parent / "seeds", HERE / "specimens")
    for path in sorted(folder.rglob("*"))
    if path.is_file() and path.suffix != ".ttl"
]
PATHS = ("a.md", "b/c.html", "d.txt", "_data/topics/e.yaml", "_data/organizations/f.md", "_people/g.md")
NAMES = sorted({name for dialect in (ARTICLE, IMAGE, PERSON, PROVIDER, TOPIC) for name in dialect.meanings})
TOKENS = (
    "---\n|\n---|+++|{\n|}\n|\"|'|: |- |? |&a |*a|<<: |!!int |!!binary |!!set |!!omap |!!timestamp |!!float |!!bool |"
    "\t|\r|\0|\x85|\u2028|\ufeff|[|]|{|}|>\n|%YAML 1.1\n|...\n|#|0x|1e999|.inf|190:20:30|0001-01-01|\\u0000|\\ud800|~|"
    "</script>|<!--|<title>|&#0;|https://|http://[::1]/|%zz|javascript:|//x.y/|../../x|\u202e|😀|https://youtube.com/|@"
)
WORDS = (
    "|AI|ai|C#|a/b|https://a.org/x|//a.org/z|/p|2023-01-01|PT1H|a.md|..|example.com|www.youtube.com|topic|profile|"
    f"Z\u202e|İ|A%2cB|{'x' * 1001}"
)

token = st.sampled_from(TOKENS.split("|")).map(str.encode) | st.binary(max_size=3)
edit = st.tuples(st.sampled_from(["insert", "delete", "replace", "repeat"]), st.integers(0), st.integers(1, 40), token)
word = st.sampled_from(WORDS.split("|"))
scalar = (
    word
    | st.text(max_size=9)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.binary(max_size=3)
)
moment = st.datetimes(timezones=st.none() | st.just(dt.timezone(dt.timedelta(hours=14))))
value = st.recursive(
    scalar | moment,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | scalar, inner, max_size=4),
    max_leaves=6,
)


def edited(document: bytes, edits: Iterable[tuple[str, int, int, bytes]]) -> bytes:
    """Return a document after some edits, each at a place, of a length, with some bytes."""
    data = bytearray(document)
    for kind, place, length, inserted in edits:
        start = place % (len(data) + 1)
        piece = bytes(data[start : start + length])
        if kind in ("delete", "replace"):
            del data[start : start + length]
        if kind != "delete":
            data[start:start] = piece if kind == "repeat" else inserted
    return bytes(data)


def assert_built(documents: Mapping[str, bytes]) -> None:
    """Build some documents beside the healthy one, and check what comes out."""
    with tempfile.TemporaryDirectory() as name:
        content = write_files(Path(name) / "content", {**documents, "healthy.md": HEALTHY})
        knowledge = graph.build(content)
        assert knowledge.articles
        assert_readable(knowledge, Path(name) / "out")


@pytest.mark.slow
@given(
    st.dictionaries(
        st.sampled_from(PATHS), st.tuples(st.sampled_from(DOCUMENTS), st.lists(edit, min_size=1, max_size=5))
    )
)
def test_edited_documents(documents: Mapping[str, tuple[bytes, list[tuple[str, int, int, bytes]]]]) -> None:
    """Documents with random edits never stop a build, and its outputs can be read."""
    assert_built({path: edited(*document) for path, document in documents.items()})


@pytest.mark.slow
@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(NAMES), value, max_size=9), min_size=1))
def test_any_value_in_any_field(documents: Mapping[str, Mapping[str, object]]) -> None:
    """Whatever value stands in whatever field, the build goes on, and its outputs can be read."""
    texts = {path: yaml.safe_dump(dict(fields), allow_unicode=True) for path, fields in documents.items()}
    assert_built(
        {path: (text if path.endswith("yaml") else f"---\n{text}---\n").encode() for path, text in texts.items()}
    )


@pytest.mark.slow
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    """Files of any bytes at all leave their neighbour whole."""
    with tempfile.TemporaryDirectory() as name:
        files = {**dict.fromkeys(PATHS, data), "healthy.md": HEALTHY.encode()}
        assert_healthy(graph.build(write_files(Path(name), files)))
