"""Content is held to rules: each has a specimen, and each finding stands where it says."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.analysis import duplicates
from graph.checking import RULES
from graph.checking.rules import rules_called
from graph.errors import FormatError, SourceError
from graph.reading.fields import ARTICLE
from tests.folders import write_files
from tests.front_matters import VALUES, WRITERS, fields_of
from tests.test_problems_page import kinds_made
from tests.worlds import HOSTILE_SITE, Site, sites, unpacked

STRICT = """
[check]
select = ["AG"]
longest_excerpt = 3
[check.fields]
title = { required = true, type = "time", allowed = ["a", "b"], pattern = "[a-z]+" }
topics = { type = "list", allowed = ["x"] }
"provider.name" = { required = true, type = "iri" }
url = { type = "integer" }
secured = { type = "text", pattern = "x" }
"""
"""Settings that hold documents to everything there is."""


def found(folder: Path, *rules: str) -> list[tuple[str, int, int, str, str]]:
    """Return document, line, column, rule and message of the findings of some rules; of the default without any."""
    return [
        (one.document, one.line, one.column, one.rule, one.message) for one in graph.check(folder, extend_select=rules)
    ]


def dated(title: str, day: str = "2020-01-01", more: str = "", text: str = "Some text.") -> str:
    """Return an article with a title and a date."""
    return f"---\ntitle: {title}\ndate: {day}\n{more}---\n{text}\n"


# The table ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_problem_is_a_rule() -> None:
    """Whatever a build reports has a rule, with a code below 50, and no other rule is called so."""
    assert {rule.name for rule in RULES if rule.is_problem} == kinds_made()


def test_the_table_is_sorted_and_has_each_rule_once() -> None:
    """Codes are in order, and no code or name occurs twice."""
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_rules_are_named_by_code_beginning_and_name() -> None:
    """A rule is found by its code, the beginning of codes, and its name, in any case; nothing else is a rule."""
    assert rules_called(["ag404"]) == rules_called(["Broken-Link"]) == (frozenset({"broken-link"}), ())
    assert rules_called(["AG4"])[0] == {rule.name for rule in RULES if rule.code.startswith("AG4")}
    assert rules_called(["", "A", "AG999", "broken"]) == (frozenset(), ("", "A", "AG999", "broken"))


# Each rule ------------------------------------------------------------------------------------------------------------


def test_problems_stand_at_their_columns(tmp_path: Path) -> None:
    """The column of a problem is that of the value that it quotes, in code points, on the line of the problem."""
    text = "---\ntitle: Ä\ndate:   'spring'\n---\n\U0001f600 [one](b.md) and\n[[Nobody|two]].\n"
    assert found(write_files(tmp_path, {"a.md": text})) == [
        ("a.md", 3, 10, "invalid-date", "'date' is not a date: \"spring\""),
        ("a.md", 5, 9, "broken-link", 'there is no document at "b.md"'),
        ("a.md", 6, 3, "broken-link", 'there is no document at "Nobody"'),
    ]


def test_the_value_of_a_list_is_found_below_its_field(tmp_path: Path) -> None:
    """A value that stands in a later line of its field is found there, and not in another field."""
    more = "topics:\n- Rivers\n- rivers\nnote: rivers\n"
    site = {"a.md": dated("A", more=more), "b.md": dated("B", more="topics: [Rivers]\n")}
    assert found(write_files(tmp_path, site)) == [
        ("a.md", 6, 3, "topic-spelling", 'the topic "Rivers" is spelled "rivers"')
    ]


def test_a_link_in_a_text_stays_on_its_line(tmp_path: Path) -> None:
    """What a text writes differently than the message has no column, and is not looked for in other lines."""
    write_files(tmp_path, {"a.md": dated("A", text="See [x](n%2Em&#100;).\n- [n.md](/elsewhere)")})
    assert found(tmp_path)[0][:4] == ("a.md", 5, 1, "broken-link")


@pytest.mark.slow
def test_long_lines_are_checked_in_time(tmp_path: Path) -> None:
    """A line of a megabyte with a thousand broken links takes no time that grows with the square."""
    text = " ".join(f"[x]({number}.md) {'word ' * 200}" for number in range(1_200))
    began = time.process_time()
    assert len(found(write_files(tmp_path, {"a.md": dated("A", text=text)}))) >= 1_000
    assert time.process_time() - began < 20


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(tmp_path: Path, end: str) -> None:
    """Line ends of Unix, Windows and old Macs give the same lines and columns."""
    write_files(tmp_path, {"a.md": dated("A", text="One.\n\nTwo, [x](nowhere.md).").replace("\n", end)})
    assert found(tmp_path) == [("a.md", 7, 10, "broken-link", 'there is no document at "nowhere.md"')]


def test_what_nearly_all_have_is_missed(tmp_path: Path) -> None:
    """A date or title is missed only in a folder of ten articles that nearly all have one, and never on an index."""
    site = {f"news/{number}.md": dated(f"News {number}") for number in range(20)}
    site |= {"news/index.md": "---\nx: 1\n---\nText.\n", "news/bare.md": "---\nx: 1\n---\nText.\n"}
    site |= {f"notes/{number}.md": "---\nx: 1\n---\nText.\n" for number in range(20)}
    assert [(one[0], one[3]) for one in found(write_files(tmp_path, site))] == [
        ("news/bare.md", "missing-date"),
        ("news/bare.md", "missing-title"),
    ]


def test_topics_outside_the_taxonomy(tmp_path: Path) -> None:
    """A topic without a record is reported where records are a taxonomy, with the nearest topic as the remedy."""
    site = {f"_data/topics/{name}.yaml": f"name: {name}\n" for name in ("Rain", "Snow", "Wind", "Hail", "Clouds")}
    site |= {f"{number}.md": dated(f"Weather {number}", more="topics: [Rain, Snow]\n") for number in range(5)}
    site["x.md"] = dated("X", more="topics: [Cloudss]\n")
    (finding,) = graph.check(write_files(tmp_path, site), select=["unknown-topic"])
    assert (finding.line, finding.column, finding.remedy) == (4, 10, 'Write "Clouds", or add a record')
    for name in ("Hail", "Clouds"):
        (tmp_path / f"_data/topics/{name}.yaml").unlink()
    assert graph.check(tmp_path, select=["unknown-topic"]) == ()


def test_names_that_a_record_states_are_no_misspellings(tmp_path: Path) -> None:
    """An article may write a topic as its record does: by name, short name or key, and as addresses do."""
    site = {"_data/topics/dev.yaml": "name: Developer Tools\nshortname: DevTools\n"}
    for number, name in enumerate(("Developer Tools", "DevTools", "dev", "developer-tools", "Developer tools")):
        site[f"{number}.md"] = dated(f"Tools {number}", more=f"topics: [{name}]\n")
    (finding,) = graph.check(write_files(tmp_path, site), select=["topic-spelling"])
    assert finding.document == "4.md"
    assert finding.fix == graph.Fix("topics", "Developer tools", "Developer Tools")


def test_a_fix_is_offered_only_if_it_is_certain(tmp_path: Path) -> None:
    """Of two spellings that are used equally often neither is certainly right."""
    site = {"a.md": dated("A", more="tags: [Rust]\n"), "b.md": dated("B", more="tags: [rust]\n")}
    (finding,) = graph.check(write_files(tmp_path, site), select=["topic-spelling"])
    assert finding.fix is None
    write_files(tmp_path, {"c.md": dated("C", more="tags: [Rust]\n")})
    (finding,) = graph.check(tmp_path, select=["topic-spelling"])
    assert finding.fix == graph.Fix("tags", "rust", "Rust")


def similar(folder: Path, field: str, names: Mapping[str, int]) -> list[str]:
    """Return what is reported of names that articles use some times."""
    site: dict[str, str] = {}
    for name, count in names.items():
        for number in range(count):
            site[f"{len(site)}.md"] = dated(f"Article {number} about it {len(site)}", more=f"{field}: ['{name}']\n")
    messages = {
        one.message for one in graph.check(write_files(folder, site), select=["similar-topics", "similar-people"])
    }
    return sorted(messages)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"accessibility": 6, "accessibilty": 1}, "accessibilty"),
        ({"APIs": 2, "API": 3}, "APIs"),
        ({"JavaScript": 4, "Java Script": 2}, "Java Script"),
        ({"café": 4, "cafe": 1}, "cafe"),
        ({"accessibility": 2, "accessibilty": 1}, ""),
        ({"Windows 10 update": 9, "Windows 11 update": 1}, ""),
        ({"C++": 4, "C": 2, "C#": 1}, ""),
        ({"rain": 9, "main": 1}, ""),
        ({"class": 9, "clas": 1}, ""),
    ],
)
def test_similar_topics(tmp_path: Path, names: Mapping[str, int], told: str) -> None:
    """The rarer of two names that are nearly the same is reported; names that are short or numbered are not."""
    messages = similar(tmp_path, "topics", names)
    assert [f'"{told}" may be' in message for message in messages] == [True] * bool(told)


def test_similar_people(tmp_path: Path) -> None:
    """A person is compared in the same way."""
    assert similar(tmp_path, "authors", {"Zoë Grünewald": 4, "Zoe Grunewald": 1}) == [
        'the person "Zoe Grunewald" may be the same as "Zoë Grünewald"'
    ]


def test_copies_and_duplicates(tmp_path: Path) -> None:
    """Copies are those of `duplicates`; documents of one address are about one article."""
    site = {
        "a.md": dated("Rain falls again", "2020-01-01"),
        "b.md": dated("Rain  FALLS again!", "2020-01-14"),
        "c.md": dated("Rain falls again", "2020-07-01"),
        "d.md": dated("Overview", "2020-01-01", text=""),
        "e.md": dated("Overview", "2020-01-01", text=""),
        "f.md": dated("News of one", more="webUrl: https://news.example/one\n"),
        "g.md": dated("News of one", more="webUrl: https://news.example/one/?utm_source=x\n"),
    }
    assert found(write_files(tmp_path, site)) == [
        ("b.md", 2, 8, "copy", 'the article is a copy of "a.md": same title; 13 days apart'),
        ("g.md", 4, 9, "duplicate-article", 'the document is about the same article as "f.md"'),
    ]


def test_copies_are_those_of_the_analysis(tmp_path: Path) -> None:
    """A weekly series is no copy, an article with nearly the same words is one, and stubs have no document to check."""
    text = "Genomes of a million people are now stored safely in the cloud, says the institute"
    stub = "- title: Genomes of a million people are in a cloud\n  webUrl: https://x.example/1\n  date: 2020-01-01\n"
    site = {f"{number}.md": dated("News of the past week", f"2020-01-{1 + 7 * number:02}") for number in range(4)}
    site["a.md"] = dated(
        "Genomes of a million people are in a cloud", "2020-01-01", more=f"excerpt: {text}\nrelated:\n{stub}"
    )
    site["b.md"] = dated("Genomes of a million people are in the cloud", "2020-01-02", more=f"excerpt: {text}\n")
    write_files(tmp_path, site)
    told = {(row.article, row.other) for row in duplicates(graph.build(tmp_path)) if row.kind == "copy"}
    (finding,) = graph.check(tmp_path, select=["copy"])
    assert (finding.document, "a.md" in finding.message) == ("b.md", True)
    assert len(told) == 2


def test_copies_have_the_reasons_of_the_analysis(tmp_path: Path) -> None:
    """A finding names the pages, addresses and topics that two copies share, as the analysis of the same site does."""
    text = "Genomes of a million people are now stored safely in the cloud, says the institute. "
    links = "[Cells](cells.md) and [a paper](https://paper.example/1)"
    site = {
        f"{name}.md": f"---\ntitle: Genomes of the {name}\ntopics: [Biology]\nexcerpt: {text * 3}\n---\nSee {links}.\n"
        for name in ("world", "planet")
    }
    site["cells.md"] = "---\ntitle: Cells divide in two\ntopics: [Physics]\n---\nCells.\n"
    site |= {f"{number}.md": f"---\ntitle: Rain of week {number} fell\ntopics: [Rain]\n---\n" for number in range(3)}
    write_files(tmp_path, site)
    (finding,) = graph.check(tmp_path, select=["copy"])
    (row,) = duplicates(graph.build(tmp_path))
    reasons = "; ".join(row.reasons)
    assert finding.message.endswith(f": {reasons}")
    assert all(shared in reasons for shared in ("“Cells divide in two”", "https://paper.example/1", "Biology"))


def test_links_to_unpublished_articles(tmp_path: Path) -> None:
    """A published article may not lead to an unpublished page of the site; a page elsewhere is there in any case."""
    site = {
        "a.md": dated("A", text="See [the draft](b.md) and [more](https://news.example/1)."),
        "b.md": dated("B", more="draft: true\n", text="See [another draft](c.md)."),
        "c.md": dated("C", more="draft: true\n"),
        "d.md": dated("D", more="published: false\nwebUrl: https://news.example/1\n"),
    }
    assert found(write_files(tmp_path, site)) == [("a.md", 5, 6, "link-to-unpublished", '"B" is not published')]


def test_pictures(tmp_path: Path) -> None:
    """A picture needs an alternative text, unless that is stated to be empty; videos and embedded notes do not."""
    text = (
        "![](a.png) ![text](b.png) ![[c.png]]\n\n<img src='d.png' alt=''> <img src='e.png'>\n\n"
        "<p>\n<img src='f.png'>\n</p>\n\n![](https://www.youtube.com/watch?v=NnTvZWp5Q7o)\n\n`![](g.png)`\n"
    )
    site = {"a.md": dated("A", more="image: h.png\n", text=text), "b.html": "<html><body><p>\n<img src='i.png'></p>"}
    assert [one[:4] for one in found(write_files(tmp_path, site), "picture-without-size")] == [
        ("a.md", 4, 8, "picture-without-size"),
        ("a.md", 6, 1, "picture-without-text"),
        ("a.md", 8, 1, "picture-without-text"),
        ("a.md", 11, 1, "picture-without-text"),
        ("b.html", 2, 1, "picture-without-text"),
    ]


def test_excerpts_and_orphans_are_checked_when_asked_for(tmp_path: Path) -> None:
    """Rules that are off by default are selected by name; the limit of excerpts is a setting."""
    site = {
        "a.md": dated("A", more="description: >\n  Quite a long\n  excerpt.\n", text="[B](b.md)"),
        "b.md": dated("B"),
        "c.md": dated("C"),
        "article-graph.toml": "[check]\nlongest_excerpt = 20\n",
    }
    assert found(write_files(tmp_path, site)) == []
    assert found(tmp_path, "AG652", "orphan") == [
        ("a.md", 4, 14, "long-excerpt", "'description' has 21 characters, more than 20"),
        ("c.md", 1, 1, "orphan", "no other article points to this article, and it points to none"),
    ]


# Settings -------------------------------------------------------------------------------------------------------------


def test_fields_are_held_to_their_schema(tmp_path: Path) -> None:
    """Required fields, types, allowed values and patterns are checked in the folder for which they are stated."""
    settings = """
        [check.fields]
        title = { required = true, type = "text" }
        [check.folders."news".fields]
        Date = { required = true, type = "date" }
        state = { allowed = ["open", "closed", 1, true] }
        tags = { type = "list", allowed = ["a", "b"] }
        slug = { pattern = "[a-z]+" }
        "author.name" = { required = true }
    """
    news = "---\ntitle: 7\nstate: Open\ntags:\n- a\n- c\nslug: A1\nauthor:\n  name:\n---\n"
    right = "---\ntitle: T\ndate: 2020-01-01\nstate: [1, true]\ntags: [a]\nslug: x\nauthor: {name: Ann}\n---\n"
    site = {"news/a.md": news, "news/b.md": right, "c.md": "---\nstate: Open\n---\n", "readme.md": "# No fields\n"}
    write_files(tmp_path, {**site, "article-graph.toml": settings})
    findings = graph.check(tmp_path, select=["AG25", "AG805"])
    assert [(one.document, one.line, one.column, one.rule) for one in findings] == [
        ("c.md", 1, 1, "missing-field"),
        ("news/a.md", 1, 1, "missing-field"),
        ("news/a.md", 2, 8, "wrong-type"),
        ("news/a.md", 3, 8, "value-not-allowed"),
        ("news/a.md", 6, 3, "value-not-allowed"),
        ("news/a.md", 7, 7, "value-not-matching"),
        ("news/a.md", 8, 1, "missing-field"),
    ]
    assert findings[3].fix == graph.Fix("state", "Open", "open")
    assert findings[4].fix is None


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    """What stands in `secured` is in no message, whatever the settings require of it."""
    settings = '[check.fields]\nsecured = { type = "integer", allowed = ["x"], pattern = "y" }\n'
    write_files(tmp_path, {"a.md": dated("A", more="secured: hush1234\n"), "article-graph.toml": settings})
    assert "hush1234" not in str(graph.check(tmp_path, select=["AG"]))


def test_folders_have_the_last_word(tmp_path: Path) -> None:
    """Inner folders beat outer ones, and the command line beats all settings."""
    settings = """
        [check]
        ignore = ["AG404"]
        [check.severity]
        AG4 = "note"
        broken-link = "warning"
        [check.folders."a"]
        extend_select = ["broken-link"]
        [check.folders."a/b"]
        select = ["AG3"]
    """
    link = dated("T", text="[x](nowhere.md)")
    write_files(tmp_path, {**dict.fromkeys(("x.md", "a/x.md", "a/b/x.md"), link), "article-graph.toml": settings})
    assert [(one.document, one.severity) for one in graph.check(tmp_path)] == [("a/x.md", "warning")]
    assert len(graph.check(tmp_path, select=["broken-link"])) == 3
    assert len(graph.check(tmp_path, select="AG3, broken-link")) == 3
    assert graph.check(tmp_path, ignore=["AG4"]) == ()


@pytest.mark.parametrize(
    ("settings", "line", "told"),
    [
        ("check = 1", 1, "'check' is \"1\""),
        ("[check]\ncolour = 1", 2, '"colour" is not a setting of [check]'),
        ("\n[check]\nignore = ['AG999']", 3, "'ignore' has \"AG999\""),
        ("[check]\nlongest_excerpt = true", 2, "'longest_excerpt' is \"true\""),
        ("[check.severity]\nAG404 = 'fatal'", 2, 'the severity of "AG404" is "fatal"'),
        ("[check.severity]\nnone = 'note'", 2, '"none" is not a rule'),
        ("[check.folders]\n'/' = {}", 2, '"/" is not a folder'),
        ("[check.folders]\na = 1", 2, "'check.folders.a' is \"1\""),
        ("[check.fields]\na = 1", 2, "'check.fields.a' is \"1\""),
        ("[check.fields]\na = {type = 'colour'}", 2, "'type' is \"colour\""),
        ("[check.fields]\na = {required = 1}", 2, "'required' is \"1\""),
        ("[check.fields]\na = {allowed = 1}", 2, "'allowed' is \"1\""),
        ("[check.fields]\na = {pattern = '('}", 2, "'pattern' is \"(\""),
        ("[check.fields]\na = {b = 1}", 2, '"b" is not a setting of a field'),
        ('[check]\n[check.folders."a.b/c".fields.d]\n\ntype = 1', 4, "'type' is \"1\""),
        ("[check]\n[check.fields.d]\nallowed = ['''\nrequired = 1\n''']\nrequired = 1", 6, "'required' is \"1\""),
    ],
)
def test_invalid_settings_are_findings(tmp_path: Path, settings: str, line: int, told: str) -> None:
    """A mistake in the settings is reported at its line, and the rest is checked."""
    write_files(tmp_path, {"a.md": dated("A", text="[x](b.md)"), "article-graph.toml": settings})
    first, second = graph.check(tmp_path)
    assert first.rule == "broken-link"
    assert (second.path.endswith("article-graph.toml"), second.line) == (True, line)
    assert second.message.startswith(told)
    assert graph.build(tmp_path).problems[1:] == ()  # a build reads the same file without another fault


@pytest.mark.parametrize("name", ["article_graph_ignore", "Article-Graph-Ignore", "articleGraphIgnore"])
@pytest.mark.parametrize("value", ["[AG404]", "broken-link", "AG3, AG4", '["AG", 7]'])
def test_a_document_names_its_exceptions(tmp_path: Path, name: str, value: str) -> None:
    """Rules that a document names are not checked in it, and the field means nothing else."""
    write_files(tmp_path, {"a.md": dated("A", more=f"{name}: {value}\n", text="[x](b.md)")})
    assert graph.check(tmp_path, ignore=["AG851"]) == ()
    assert "ignore" not in str(graph.build(tmp_path).truth.unmapped)


def test_an_exception_must_name_a_rule(tmp_path: Path) -> None:
    """A word that is not a rule is reported where it stands."""
    write_files(tmp_path, {"a.md": dated("A", more="article_graph_ignore: [AG404, AG999]\n", text="[x](b.md)")})
    assert found(tmp_path) == [
        ("a.md", 4, 31, "unknown-rule", "'article_graph_ignore' names \"AG999\", which is not a rule")
    ]


# Sources --------------------------------------------------------------------------------------------------------------


def test_links_out_of_what_is_checked(tmp_path: Path) -> None:
    """A folder or a file that is checked by itself may lead to what is there outside, and nowhere else."""
    text = "[b](../b.md) [b](../b#part) [c](c.md) [tools](../../tools) [x](../gone.md) [z](/gone.md)"
    files = {"docs/a/a.md": dated("A", text=text), "docs/b.md": dated("B"), "docs/a/c.md": dated("C"), "tools/x.py": ""}
    write_files(tmp_path, files)
    gone = 'there is no document at "../gone.md"'
    for source in ("docs/a", "docs/a/a.md", "docs"):
        messages = [one.message for one in graph.check(tmp_path / source, select="broken-link")]
        assert messages[0] == gone
        assert len(messages) == 1, source
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "docs/a/a.md", "a.md")
    assert len(graph.check(tmp_path / "a.zip", select="broken-link")) == 5


def test_paths_lead_to_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of a finding is that of the file from where the source is named: a folder, a file, an archive."""
    write_files(tmp_path, {"site/news/a.md": dated("A", text="[x](nowhere.md)")})
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("site.zip", "w") as archive:
        archive.write("site/news/a.md", "news/a.md")
        archive.writestr("b.md", dated("B"))
    for source, path in {
        "site": "site/news/a.md",
        "./site/": "site/news/a.md",
        "site/news/a.md": "site/news/a.md",
        str(tmp_path / "site"): f"{tmp_path.as_posix()}/site/news/a.md",
        "site.zip": "site.zip/news/a.md",
    }.items():
        (finding,) = graph.check(source)
        assert (finding.path, finding.line, finding.column) == (path, 5, 5)
    monkeypatch.chdir("site")
    assert [one.path for one in graph.check(".")] == ["news/a.md"]


def test_each_source_has_its_own_settings(tmp_path: Path) -> None:
    """Settings of one source do not hold in another, and links lead from one to the other."""
    one = {"a.md": dated("A", text="[x](nowhere.md)"), "article-graph.toml": "[check]\nignore = ['AG404']\n"}
    write_files(tmp_path / "one", one)
    write_files(tmp_path / "two", {"b.md": dated("B", text="\n\n[x](nowhere.md) [[A]]")})
    (finding,) = graph.check([tmp_path / "one", tmp_path / "two"])
    assert (finding.document, finding.line) == ("b.md", 7)


def test_misuse_is_an_error(tmp_path: Path) -> None:
    """A source that is not there and a rule that does not exist are misuse."""
    with pytest.raises(SourceError):
        graph.check(tmp_path / "nowhere")
    with pytest.raises(FormatError, match="'AG9' is not a rule"):
        graph.check(tmp_path, ignore=["AG9"])


def test_a_source_without_documents_is_a_finding(tmp_path: Path) -> None:
    """A finding that is about no single file has no path."""
    (finding,) = graph.check(tmp_path)
    assert (finding.path, finding.rule) == ("", "no-documents")
    assert str(finding).startswith("AG111 error ")


def assert_stand_in_their_files(folder: Path) -> None:
    """Check that each finding names a file, and a line and a column that it has; nothing was written."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    findings = graph.check(folder, extend_select=["AG"])
    for one in findings:
        if one.path:
            data = (folder / one.document).read_bytes()
            text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
            lines = text.split("\n")
            assert 1 <= one.line <= len(lines)
            assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert "\n" not in str(one)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("site", [HOSTILE_SITE])
def test_hostile_content_is_checked(site: Site) -> None:
    """Content made to break outputs gives findings, never a traceback."""
    with unpacked(site) as folder:
        (folder / "article-graph.toml").write_text(STRICT, encoding="utf-8")
        assert_stand_in_their_files(folder)


@pytest.mark.slow
@given(sites())
def test_any_site_is_checked(site: Site) -> None:
    """Whatever a site says, each finding stands in its file."""
    with unpacked(site) as folder:
        (folder / "article-graph.toml").write_text(STRICT, encoding="utf-8")
        assert_stand_in_their_files(folder)


@pytest.mark.slow
@given(fields_of(ARTICLE), st.sampled_from(sorted(WRITERS)), st.sampled_from(["\n", "\r\n"]))
def test_any_front_matter_is_checked(fields: Mapping[str, object], writer: str, end: str) -> None:
    """Front matter of any kind in any language, right or wrong, is held to a schema."""
    folder = Path(tempfile.mkdtemp())
    try:
        text = WRITERS[writer](fields).replace("\n", end)
        (folder / "a.md").write_bytes(text.encode("utf-8", "replace"))
        (folder / "article-graph.toml").write_text(STRICT, encoding="utf-8")
        assert_stand_in_their_files(folder)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_exception_is_read(tmp_path: Path, value: object) -> None:
    """The field of exceptions may hold anything."""
    text = WRITERS["yaml"]({"title": "A", "article_graph_ignore": value})
    (tmp_path / "a.md").write_text(text, encoding="utf-8", errors="replace")
    assert_stand_in_their_files(tmp_path)


@pytest.mark.slow
@given(sites(), st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(site: Site, random: Random) -> None:
    """Documents given as sources of their own, in any order, give the same findings in the same order."""
    with unpacked(site) as folder:
        files = [path for path in folder.rglob("*") if path.is_file()]
        paths = [path.rename(path.with_name(f"{number}-{path.name}")) for number, path in enumerate(sorted(files))]
        forth = graph.check(paths, extend_select=["AG"])
        random.shuffle(paths)
        assert forth == graph.check(paths, extend_select=["AG"])


def test_the_settings_of_the_page_hold(tmp_path: Path) -> None:
    """The example of settings on the page about checking has no fault, and does what it says."""
    page = (Path(__file__).resolve().parent.parent / "docs" / "check.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example
    site = {
        "content/drafts/a.md": "---\nx: 1\ndate: never\n---\n[x](n.md)\n",
        "content/news/b.md": "---\ntitle: B\nstate: shut\nslug: B\n---\nText, ![](a.png)\n",
    }
    findings = graph.check(write_files(tmp_path, {**site, "article-graph.toml": example[1]}))
    assert sorted((one.document, one.rule, one.severity) for one in findings) == [
        ("content/drafts/a.md", "broken-link", "warning"),
        ("content/drafts/a.md", "orphan", "note"),
        ("content/news/b.md", "missing-field", "error"),
        ("content/news/b.md", "missing-field", "error"),
        ("content/news/b.md", "orphan", "note"),
        ("content/news/b.md", "value-not-allowed", "error"),
        ("content/news/b.md", "value-not-matching", "error"),
    ]
