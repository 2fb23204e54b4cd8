"""Bad content becomes a problem with its place, the fact and the remedy, and costs nobody else anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import graph
from tests.health import HEALTHY, assert_healthy, assert_readable, front_matter

BAD = "https://example.org/article/bad"
BLOB = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg=="

Fault = tuple[str, int, str]
"""A problem's kind, its line, and words of its fact."""


def bad(name: str, content: str | bytes, *faults: Fault, **known: Any) -> Any:  # noqa: ANN401 - values of any field
    """Return a specimen: what stands in `bad.md`, the faults it has, and what is known of its article.

    A text is front matter, whose first line is line 2; bytes are a whole file. With `iri=None` there is no article.
    """
    data = content if isinstance(content, bytes) else front_matter(content, "Body.\n")
    return pytest.param(data, sorted(faults), known, id=name)


ENCODINGS = [
    bad("binary", bytes(range(256)) * 20, ("binary-file", 0, "binary"), iri=None),
    bad("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), ("binary-file", 0, "binary"), iri=None),
    bad("Latin-1", b"---\ntitle: caf\xe9\n---\n", ("invalid-utf8", 2, "0xE9 is not UTF-8"), label="café"),
    bad("UTF-16 little-endian", "\ufeff---\ntitle: café\n---\n".encode("utf-16-le"), label="café"),
    bad("UTF-16 big-endian", "\ufeff---\ntitle: café\n---\n".encode("utf-16-be"), label="café"),
    bad("UTF-16 without a mark", "---\ntitle: café\n---\n".encode("utf-16-le"), label="café"),
    bad("UTF-16 cut short", "\ufeff---\ntitle: a\n---\n".encode("utf-16-le") + b"x", ("invalid-utf8", 0, "UTF-16")),
    bad("UTF-32", "\ufeff---\ntitle: café\n---\n".encode("utf-32-le"), label="café"),
    bad("byte order mark", "\ufeff---\ntitle: café\n---\n".encode(), label="café"),
    bad(
        "line ends of Windows", b"---\r\ntitle: a\r\ndate: spring\r\n---\r\n", ("invalid-date", 3, "spring"), label="a"
    ),
    bad("line ends of old", b"---\rtitle: a\rdate: spring\r---\r", ("invalid-date", 3, "spring"), label="a"),
    bad("empty", b"", ("empty-file", 0, "empty"), iri=None),
    bad("blank", b" \n\t\n", ("empty-file", 0, "empty"), iri=None),
]

FRONT_MATTER = [
    bad("unclosed", b"---\ntitle: a\n\nText.\n", ("unclosed-front-matter", 1, "never closes"), iri=None),
    bad("unclosed TOML", b'+++\ntitle = "a"\n\nText.\n', ("unclosed-front-matter", 1, "never closes"), iri=None),
    bad("unclosed JSON", b'{\n"title": "a",\n\nText.\n', ("unclosed-front-matter", 1, "never closes"), iri=None),
    bad("unclosed below blank lines", b"\n\n---\ntitle: a\n", ("unclosed-front-matter", 3, "never closes"), iri=None),
    bad("a ruled line, not front matter", b"---\n\nA text below a line.\n", label="bad"),
    bad(
        "broken YAML", "title: a\ntopics: [a, b\nheat: 1", ("invalid-yaml", 4, "expected ',' or ']'"), label="a", heat=1
    ),
    bad("YAML with a stray colon", "heat: 1\ntitle: a: b", ("invalid-yaml", 3, "not allowed"), label="a: b", heat=1),
    bad(
        "YAML with an at sign", "heat: 1\nauthor: @a\ntitle: b", ("invalid-yaml", 3, "cannot start"), label="b", heat=1
    ),
    bad(
        "a fault in a broken YAML",
        "title: `a`\ndate: spring",
        ("invalid-yaml", 2, "cannot start"),
        ("invalid-date", 3, "spring"),
    ),
    bad("YAML with a tab", "title:\n\t- a", ("invalid-yaml", 3, "cannot start any token"), iri=None),
    bad("broken TOML", b'+++\ntitle = "a"\ndate = spring\n+++\n', ("invalid-toml", 3, "Invalid value"), iri=None),
    bad("broken JSON", b'{\n"title": "a",\n"heat": one\n}\n', ("invalid-json", 3, "Expecting value"), iri=None),
    bad("dashes in a quoted title", 'title: "a --- b"', label="a --- b"),
    bad("dashes that begin a line", 'title: "a\n  --- b"', label="a --- b"),
    bad("a line of dashes in a quoted title", 'title: "a\n---\nb"', ("invalid-yaml", 3, "end of stream"), iri=None),
    bad("a key twice", "title: a\ntype: video\ntitle: b", ("duplicate-key", 4, '"title" occurs twice'), label="b"),
    bad(
        "a key twice in a stub",
        "related:\n- webUrl: https://a.org/\n  title: a\n  title: b",
        ("duplicate-key", 5, "twice"),
    ),
    bad("a list", "- a\n- b", ("not-a-mapping", 1, "a list of 2"), iri=None),
    bad("a sentence", "just text", ("not-a-mapping", 1, '"just text"'), iri=None),
    bad("nothing", b"---\n---\nText\n", label="bad"),
    bad("a Python object", "a: !!python/object/apply:os.abort []", ("unsafe-yaml", 2, "python/object"), iri=None),
    bad("a Python name", "a: !!python/name:os.abort ''", ("unsafe-yaml", 2, "python/name"), iri=None),
    bad("an unknown tag", "a: !foo bar", ("unsafe-yaml", 2, "!foo"), iri=None),
    bad("values of wrong tags", 'a: !!int ""', ("invalid-yaml", 0, "cannot be read"), iri=None),
    bad("an endless number", "quality: 0x" + "F" * 5000, ("invalid-number", 2, "too long to show"), quality=None),
    bad("an endless number as a key", "? 0x" + "F" * 5000 + "\n: 1\ntitle: a", label="a"),
    bad("an endless title", "title: 0x" + "F" * 5000, ("not-a-text", 2, "too long to show"), label="bad"),
    bad("a decimal number without end", "quality: " + "9" * 5000, ("invalid-number", 2, '"999'), label="bad"),
    bad("an endless topic", "topics: [0x" + "F" * 5000 + "]", ("not-a-text", 2, "too long to show"), topics=()),
    bad("a value in its own depth", b"+++\ntitle" + b".a" * 50 + b" = 1\n+++\nBody.", ("not-a-text", 0, "fields (a)")),
]

DATES = [
    bad("no date", "date: spring", ("invalid-date", 2, '"spring"'), published_at=None),
    bad("a day that never was", "date: 2023-02-30", ("invalid-date", 2, "2023-02-30"), published_at=None),
    bad("a number", "date: 2023052", ("invalid-date", 2, "2023052"), published_at=None),
    bad("a day without signs", "date: 20230523", published_at="2023-05-23"),
    bad("a list of dates", "date: [2023-05-23]", ("invalid-date", 2, "a list of 1"), published_at=None),
    bad("a time of day", b"+++\ndate = 07:32:00\n+++\n", ("invalid-date", 2, "07:32:00"), published_at=None),
    bad("before the first year", "date: 0001-01-01T00:00:00+01:00", ("invalid-date", 2, "range"), published_at=None),
    bad(
        "without zone",
        "date: 2023-05-23 06:51:00",
        ("date-without-zone", 2, "UTC"),
        published_at="2023-05-23T06:51:00Z",
    ),
    bad("with another zone", "date: 2023-05-23T06:51:00+02:00", published_at="2023-05-23T04:51:00Z"),
    bad("a plain string", 'date: "2023-05-23T06:51:00Z"', published_at="2023-05-23T06:51:00Z"),
    bad("a day as a string", 'date: "2023-05-23"', published_at="2023-05-23"),
    bad("a day in words", 'date: "May 23, 2023"', published_at="2023-05-23"),
    bad("a date of a mail", 'date: "Tue, 23 May 2023 06:51:00 +0200"', published_at="2023-05-23T04:51:00Z"),
    bad("an empty date", 'date: ""', published_at=None),
    bad("a duration in words", "length: 1 hr, 44 mins", duration="PT1H44M"),
    bad("days", "length: 2 days", duration="P2D"),
    bad("a bare number", "length: 44", ("invalid-duration", 2, '"44"'), duration=None),
    bad("no duration", "length: long", ("invalid-duration", 2, '"long"'), duration=None),
    bad("an endless duration", f"length: P{'9' * 5000}W", ("invalid-duration", 2, "P999"), duration=None),
    bad("Arabic digits", "length: PT٣M", ("invalid-duration", 2, "PT٣M"), duration=None),
]

LISTS = [
    bad("topics as a string", "topics: AI, Law", ("not-a-list", 2, '"AI, Law"'), topics=("ai", "law")),
    bad("topics as null", "topics:", ("empty-list", 2, "'topics' is empty"), topics=()),
    bad("topics as numbers", "topics: [5, 2.5]", topics=("5", "2-5")),
    bad("topics as dates", "topics: [2020-01-01]", topics=("2020-01-01",)),
    bad("topics in topics", "topics: [[AI], Law]", ("nested-list", 2, "a list in a list"), topics=("ai", "law")),
    bad("topics too deep", f"topics: {'[' * 9}AI{']' * 9}", ("nested-list", 2, ""), ("not-a-text", 2, ""), topics=()),
    bad("topics as fields", "topics: {AI: 1}", ("not-a-list", 2, "fields (AI)"), ("not-a-text", 2, ""), topics=()),
    bad("a hole in topics", "topics:\n- AI\n-\n- Law", ("empty-item", 4, "empty item"), topics=("ai", "law")),
    bad(
        "a set of topics", "topics: !!set {a, b, c}", ("not-a-list", 2, "a list of 3"), ("not-a-text", 2, ""), topics=()
    ),
    bad(
        "related as a word", "related: gone", ("not-a-list", 2, '"gone"'), ("missing-document", 2, '"gone"'), related=()
    ),
    bad("related as null", "related:", ("empty-list", 2, "'related' is empty"), related=()),
    bad("related as a number", "related: 5", ("not-a-list", 2, '"5"'), ("not-an-article", 2, '"5"'), related=()),
    bad(
        "related as fields", "related: {webUrl: 'https://a.org/b'}", ("not-a-list", 2, ""), related=("https://a.org/b",)
    ),
    bad("a number in related", "related:\n- 5", ("not-an-article", 3, '"5"'), related=()),
    bad("a list in related", "related:\n- []", ("not-an-article", 3, "a list of 0"), related=()),
    bad("a stub without address", "related:\n- title: A", ("no-address", 3, '"A"'), related=()),
    bad("a script in related", "related:\n- javascript:alert(1)", ("missing-document", 3, "javascript"), related=()),
    bad("a path out of the source", "related:\n- ../../etc/passwd", ("missing-document", 3, "etc/passwd"), related=()),
    bad("itself", "webUrl: https://a.org/\nrelated:\n- http://www.a.org", iri="https://a.org/", related=()),
]

ADDRESSES = [
    bad("no address", "webUrl: nonsense", ("invalid-url", 2, '"nonsense"'), url=None),
    bad("a script", 'webUrl: "javascript:alert(1)"', ("invalid-url", 2, "javascript"), url=None),
    bad("data", 'webUrl: "data:text/html,x"', ("invalid-url", 2, "data:"), url=None),
    bad("a number", "webUrl: 7", ("invalid-url", 2, '"7"'), url=None),
    bad("a list", "webUrl: [https://a.org/]", ("invalid-url", 2, "a list of 1"), url=None),
    bad("no host", 'webUrl: "https://"', ("invalid-url", 2, "https://"), url=None),
    bad("an odd host", 'webUrl: "https://a b/"', ("invalid-url", 2, "https://a b/"), url=None),
    bad("spaces", "webUrl: https://a.org/a b", iri="https://a.org/a%20b"),
    bad("quotes", 'webUrl: "https://a.org/\'a\\""', iri="https://a.org/'a%22"),
    bad("brackets", "webUrl: https://a.org/<b>{c}[d]|^`", iri="https://a.org/%3Cb%3E%7Bc%7D%5Bd%5D%7C%5E%60"),
    bad("backslash", "webUrl: https://a.org/\\x", iri="https://a.org/%5Cx"),
    bad("a lonely percent", "webUrl: https://a.org/100%", iri="https://a.org/100%25"),
    bad("other scripts", "webUrl: https://bücher.example/straße?q=ü", iri="https://bücher.example/straße?q=ü"),
    bad("marks of direction", 'webUrl: "https://a.org/\\u202Eb"', iri="https://a.org/%E2%80%AEb"),
    bad("controls", 'webUrl: "https://a.org/\\0\\tb"', iri="https://a.org/%00%09b"),
    bad("a picture that is none", "image: 'javascript:x'", ("invalid-url", 2, "javascript"), images=()),
    bad("no domain", "provider: {name: A, domain: '..'}", ("invalid-domain", 2, '".."'), provider="provider/a"),
    bad("nobody", "provider: {}", ("nameless-provider", 2, "neither name nor domain"), provider=None),
]

TITLES = [
    bad("a closing script", 'title: "</script><script>alert(1)</script>"', label="</script><script>alert(1)</script>"),
    bad("markup", 'title: "<b>A</b> & \\"B\\" ]]> --> \\\\"', label='A & "B" ]]> --> \\'),
    bad("emoji", "title: A 👩‍🚀 B", label="A 👩‍🚀 B"),
    bad("escaped controls", 'title: "A\\0\\a\\e[31m\\x85\\u2028B"', label="A [31m B"),
    bad("bare controls", "title: A\x07B", ("control-characters", 1, "1 control character"), label="A B"),
    bad("non-characters", 'title: "A\\uFFFE\\uFFFFB"', label="A B"),
    bad("right to left", "title: אבג \u202eB\u200f", label="אבג \u202eB\u200f"),
    bad("half a pair", 'title: "\\uD800"', ("invalid-yaml", 2, "Unicode"), iri=None),
    bad("a list", "title: [a]", ("not-a-text", 2, "a list of 1"), label="bad"),
    bad("bytes", "title: !!binary aGVsbG8=", ("not-a-text", 2, "5 bytes"), label="bad"),
    bad("a set", "title: !!set {a, b, c}", ("not-a-text", 2, "a list of 3"), label="bad"),
    bad("a truth value", "title: true", ("not-a-text", 2, '"true"'), label="bad"),
    bad("a word that was a truth value", "title: yes", label="yes"),
    bad("a number", "title: 1984", label="1984"),
    bad("too long", f"title: {'a' * 1001}", ("too-long", 2, "1,001 characters"), label="a" * 1000),
    bad("no truth value", "published: maybe", ("invalid-boolean", 2, '"maybe"'), published=None),
    bad("no number", "quality: good", ("invalid-number", 2, '"good"'), quality=None),
    bad("half a number", "quality: 1.5", ("invalid-number", 2, "1.5"), quality=None),
    bad("no number at all", "quality: .nan", ("invalid-number", 2, "nan"), quality=None),
]

PAGES = [
    bad("an unknown section", b"<!doctype html><title>A</title><![foo[ x ]]>b", label="A"),
    bad("an endless entity", b"<!doctype html><title>A&#" + b"9" * 5000 + b";</title>", label="A\ufffd"),
    bad("a tag that never closes", b"<!doctype html><title>A</title><p class='", label="A"),
    bad("a title that never closes", b"<!doctype html><title>A", label="A"),
    bad("a date that is none", b"<!doctype html><title>A</title><meta property=article:published_time content=x>",
        ("invalid-date", 0, '"x"'), label="A"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "faults", "known"), [*ENCODINGS, *FRONT_MATTER, *DATES, *LISTS, *ADDRESSES, *TITLES, *PAGES]
)
def test_bad_content(tmp_path: Path, data: bytes, faults: list[Fault], known: dict[str, Any]) -> None:
    """Each fault is told with its kind, line and fact; what can be read is read; the neighbour is whole."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "bad.md").write_bytes(data)
    (content / "healthy.md").write_text(HEALTHY, encoding="utf-8")
    knowledge = graph.build(content)
    found = sorted((problem.kind, problem.line, problem.fact) for problem in knowledge.problems)
    assert [fault[:2] for fault in found] == [fault[:2] for fault in faults]
    for (_, _, fact), (_, _, words) in zip(found, faults, strict=True):
        assert words in fact
    assert {problem.path for problem in knowledge.problems} <= {"bad.md"}
    iri = known.get("iri", BAD)
    assert [iri for iri, article in knowledge.articles.items() if "bad.md" in article.sources] == ([iri] if iri else [])
    for field, value in known.items() if iri else ():
        expected = tuple(f"https://example.org/topic/{slug}" for slug in value) if field == "topics" else value
        if field == "provider" and value:
            expected = f"https://example.org/{value}"
        assert getattr(knowledge.articles[iri], field) == expected, field
    assert_healthy(knowledge)
    assert_readable(knowledge, tmp_path / "out")


@pytest.mark.parametrize(
    "text",
    [
        f"secured: {BLOB}",
        f"SECURED: {BLOB}",
        f"related:\n- secured: {BLOB}",
        f"related:\n  secured: {BLOB}",
        f"title: {{secured: {BLOB}}}",
        f"provider: {{name: A, secured: {BLOB}}}",
        f"authors: [{{name: A, secured: {BLOB}}}]",
        f"topics: [{{secured: {BLOB}}}]",
        f"image: {{url: 'https://a.org/p.png', secured: {BLOB}}}",
        f"ratings: {{secured: {BLOB}}}",
        f"other: {{secured: {BLOB}}}",
        f"- secured: {BLOB}",
        f"title: a: b\nsecured: {BLOB}",
        f"secured: {BLOB}\nsecured: {BLOB}",
        f"\n# unclosed\ntitle: a\nsecured: {BLOB}\n\nText",
    ],
)
def test_an_encrypted_blob_is_told_nowhere(tmp_path: Path, text: str) -> None:
    """Wherever a `secured` field stands, and however broken the file is, no output holds what it says."""
    content = tmp_path / "content"
    content.mkdir()
    closed = "# unclosed" not in text
    (content / "bad.md").write_text(f"---\n{text}\n---\n" if closed else f"---\n{text}\n", encoding="utf-8")
    (content / "article-graph.toml").write_text('[fields]\nexcerpt = ["secured"]\n', encoding="utf-8")
    knowledge = graph.build(content)
    graph.publish(knowledge, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        assert not path.is_file() or BLOB[:24].encode() not in path.read_bytes(), path.name


def test_two_files_that_claim_one_address(tmp_path: Path) -> None:
    """Of two documents with one address the fuller wins, both stay named, and each contradiction is told."""
    (tmp_path / "fuller.md").write_bytes(
        front_matter("title: One\ndate: 2023-05-23\nwebUrl: https://a.org/x\ntype: article\nexcerpt: More.")
    )
    (tmp_path / "other.md").write_bytes(
        front_matter("title: Two\ndate: 2023-05-24\nwebUrl: http://www.a.org/x/?utm_source=b\nquality: 5")
    )
    knowledge = graph.build(tmp_path)
    (article,) = knowledge.articles.values()
    assert (article.iri, article.label, article.published_at) == ("https://a.org/x", "One", "2023-05-23")
    assert (article.quality, article.sources) == (5, ("fuller.md", "other.md"))
    assert [(problem.path, problem.kind) for problem in knowledge.problems] == [
        ("other.md", "date-contradiction"),
        ("other.md", "title-contradiction"),
    ]
    assert '"Two" here, but "One" is used' in knowledge.problems[1].fact


def test_broken_files_in_the_middle_of_a_corpus(tmp_path: Path) -> None:
    """Files that cannot be read at all leave every other file of their folder as it would be alone."""
    broken = [specimen.values[0] for specimen in FRONT_MATTER if specimen.values[2] == {"iri": None}]
    for number, data in enumerate(broken):
        (tmp_path / f"{number:02}-broken.md").write_bytes(data)
        (tmp_path / f"{number:02}-whole.md").write_bytes(front_matter(f"title: Whole {number}"))
    knowledge = graph.build(tmp_path)
    assert len(broken) > 9
    assert sorted(article.label for article in knowledge.articles.values()) == sorted(
        f"Whole {number}" for number in range(len(broken))
    )
    assert {problem.path for problem in knowledge.problems} == {
        f"{number:02}-broken.md" for number in range(len(broken))
    }


def test_items_of_a_record_list_that_are_no_records(tmp_path: Path) -> None:
    """Of a list of records every item is a record or a problem, whatever its keys are."""
    folder = tmp_path / "_data" / "topics"
    folder.mkdir(parents=True)
    (folder / "all.yaml").write_text("- name: One\n  7: seven\n- two\n- name: Three\n", encoding="utf-8")
    knowledge = graph.build(tmp_path)
    assert [topic.label for topic in knowledge.topics.values()] == ["One", "Three"]
    assert [(problem.kind, problem.path, problem.line) for problem in knowledge.problems] == [
        ("not-a-mapping", "_data/topics/all.yaml", 3)
    ]
