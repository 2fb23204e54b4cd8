"""A file spliced from an old one has the bytes of a file written anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.publishing.splicing import Blocks

SYNTAXES = (
    ("@prefix a: <urn:a> .\n", "\n<", ">", "", "", "\n<{}>\n    a <{}> .\n"),
    ("", "<", ">", "", "", "<{}> <urn:p> <{}> .\n"),
    ('{"@graph": [\n', '  {"@id":"', '"', ",\n", "\n]}\n", '  {{"@id":"{}","b":"{}"}}'),
)
"""Head, beginning, end of the IRI, what is between blocks, tail, and a block."""

IRIS = st.sampled_from(["urn:a", "urn:a/", "urn:ab", "urn:b", "urn:é", "urn:\U0001f600", "urn:b#c", "a", "urn:zz"])
GRAPHS = st.dictionaries(IRIS, st.lists(st.sampled_from(["x", "\\n<urn:b>", "long " * 40]), min_size=1, max_size=3))


def text_of(graph: dict[str, list[str]], syntax: tuple[str, ...]) -> bytes:
    """Return a graph in a syntax: for each IRI, one block for each of its values."""
    head, _, _, between, tail, block = syntax
    blocks = [block.format(iri, value) for iri, values in sorted(graph.items()) for value in values]
    return (head + between.join(blocks) + tail).encode()


def blocks_of(content: bytes, syntax: tuple[str, ...]) -> Blocks:
    """Return the blocks in a text."""
    head, begin, end, between, tail, _ = syntax
    return Blocks(content, *(text.encode() for text in (head, begin, end, between, tail)))


@given(GRAPHS, GRAPHS, st.sampled_from(SYNTAXES))
def test_only_what_differs_is_replaced(
    old: dict[str, list[str]], new: dict[str, list[str]], syntax: tuple[str, ...]
) -> None:
    """Whatever is added, removed or changed, the result is what writing everything gives."""
    blocks = blocks_of(text_of(old, syntax), syntax)
    differing = {iri for iri in {*old, *new} if old.get(iri) != new.get(iri)}
    texts = {iri: [syntax[-1].format(iri, value).encode() for value in new.get(iri, ())] for iri in differing}
    assert blocks.are_sound() == bool(old)
    if old:
        assert b"".join(blocks.replaced(texts)) == text_of(new, syntax)


@given(GRAPHS, IRIS)
def test_blocks_about_an_iri_are_found(graph: dict[str, list[str]], iri: str) -> None:
    """All lines of a subject are found, and none of another."""
    syntax = SYNTAXES[1]
    found = blocks_of(text_of(graph, syntax), syntax).about(iri)
    assert found == text_of({iri: graph.get(iri, [])}, syntax)


def test_another_head_or_tail_is_noticed() -> None:
    """A file that another version wrote is not spliced."""
    syntax = SYNTAXES[2]
    content = text_of({"urn:a": ["x"]}, syntax)
    for other in (content.replace(b"@graph", b"@other"), content[:-1], b"", content[:20]):
        assert not blocks_of(other, syntax).are_sound()
