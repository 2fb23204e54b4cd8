"""The steps of docs/adding.md work: what they add is found in every export and interface."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from graph.names import expand
from graph.plain_fields import ArticleFields, PersonFields, ProviderFields, TopicFields
from graph.reading.fields import ARTICLE
from graph.reading.stating import Stater
from graph.records import Article, Person, Provider, Topic
from graph.statements import StatedArticle, StatedPerson, StatedProvider, StatedTopic
from graph.terms import Form, terms_of
from graph.vocabulary import VOCABULARY
from tests.adding import ROOT, apply, with_steps
from tests.explorers import opened

pytestmark = pytest.mark.server  # a copy of the package serves

WITHOUT_ROWS = {"iri", "relations", "literals", "extra"}
"""What names a record, and what a site adds to it."""

FORMS = """\
     \"\"\"Which edition it is, as written.\"\"\"
+    pages: int | None = field(default=None, metadata=term("schema:numberOfPages", form=Form.INTEGER))
+    \"\"\"Its pages.\"\"\"
+    score: float | None = field(default=None, metadata=term("ag:score", form=Form.DECIMAL))
+    \"\"\"Points.\"\"\"
+    is_free: bool | None = field(default=None, metadata=term("schema:isAccessibleForFree", form=Form.BOOLEAN))
+    \"\"\"Whether it costs nothing.\"\"\"
+    reading_time: str | None = field(default=None, metadata=term("ag:readingTime", form=Form.DURATION))
+    \"\"\"How long it takes to read.\"\"\"
+    reviewed_at: str | None = field(default=None, metadata=term("schema:lastReviewed", form=Form.TIME))
+    \"\"\"When it was reviewed.\"\"\"
+    formats: tuple[str, ...] = field(default=(), metadata=term("schema:bookFormat", label="Comes as"))
+    \"\"\"In which forms it is sold.\"\"\"
"""
"""Beside the example, a field of every other form."""

SPELLED = """\
         "edition": ("edition", "release"),
+        **{name: (name,) for name in ("pages", "score", "is_free", "reading_time", "reviewed_at", "formats")},
"""
STATED = "release: second\npages: 12\nscore: 1.5\nis_free: yes\nreading_time: 14:03\nreviewed_at: 2024-05-06\n"
VALUES = {
    "edition": "second",
    "pages": 12,
    "score": 1.5,
    "is_free": True,
    "reading_time": "PT14M3S",
    "reviewed_at": "2024-05-06",
    "formats": ("paper", "audio"),
}
A = "https://books.example/a"
PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"

INTERFACES = """
import gzip, json, sys
import graph
from graph.atlas import to_atlas
from graph.explorer import payload, to_payload
from graph.reading.field_uses import fields_of
from graph.viewing.part import cut

source, out, iri = sys.argv[1:]
knowledge = graph.build(source)
graph.publish(knowledge, out)
article = knowledge.truth.articles[iri]
names = json.loads(sys.stdin.read())
node = knowledge.network.nodes[iri]
part = cut(knowledge.network, [iri], base=knowledge.base, title="").articles[iri]
whole = json.loads(gzip.decompress(to_payload(to_atlas(knowledge.truth)).text))
payload.MOST_WHOLE = 0
large = json.loads(gzip.decompress(to_payload(to_atlas(knowledge.truth)).text))
rows = knowledge.query(
    "SELECT ?e ?p { ?a schema:bookEdition ?e ; schema:numberOfPages ?p FILTER(?p > 11) }"
)
print(json.dumps({
    "problems": [str(problem) for problem in knowledge.problems],
    "record": {name: getattr(article, name) for name in names},
    "part": {name: getattr(part, name) for name in names},
    "network": {name: node.get(name) for name in names},
    "explorer": whole["facts"][str(whole["iri"].index(iri))],
    "large explorer": large["facts"][str(large["iri"].index(iri))],
    "query": len(list(rows)),
    "fields": {use.name: list(use.meanings) for use in fields_of(source)},
}))
"""

SERVING = """
import sys

root, out, path, accepted = sys.argv[1:]
sys.path.append(root)
from tests.served import serving

with serving(out) as served:
    print(served.get(path, accept=accepted).text)
"""


def run(folder: Path, *command: str, given: str = "") -> str:
    """Run Python with a copy of the package, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclasses.dataclass(frozen=True)
class Added:
    """A copy of the package with added fields, and a build of a site that states them."""

    folder: Path
    out: Path
    answers: dict[str, Any]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Added:
    """Follow the steps, and build a site of two documents about one article, of which the lesser states the fields."""
    folder = with_steps("Add a field", tmp_path_factory.mktemp("field"))
    apply(FORMS, folder / "graph" / "plain_fields.py")
    apply(SPELLED, folder / "graph" / "reading" / "fields.py")
    site = folder / "site"
    site.mkdir()
    full = f"webUrl: {A}\ntitle: A book\nexcerpt: Of words.\nlang: en\nprice: Free\nquality: 3\nheat: 4\ntype: book\n"
    (site / "a.md").write_text(f"---\n{full}---\nA text.\n", encoding="utf-8")
    (site / "b.md").write_text(f"---\nwebUrl: {A}\n{STATED}formats: [paper, audio]\n---\n", encoding="utf-8")
    out = folder / "exports"
    printed = run(folder, "-c", INTERFACES, str(site), str(out), A, given=json.dumps(list(VALUES)))
    return Added(folder, out, json.loads(printed))


def test_a_field_is_in_python(added: Added) -> None:
    """A field that is declared and spelled is read, merged, and in the record, the network, and a part of it."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in VALUES.items()}
    assert added.answers["problems"] == []
    assert added.answers["record"] == plain
    assert added.answers["part"] == plain
    assert added.answers["network"] == {**plain, "formats": "paper; audio"}
    assert added.answers["query"] == 1
    assert {name: added.answers["fields"][name] for name in ("release", "formats")} == {
        "release": ["edition"],
        "formats": ["formats"],
    }


def test_a_field_is_in_data_frames(added: Added) -> None:
    """It is a column of the articles' data frame."""
    pytest.importorskip("pandas")
    code = (
        "import sys, graph; from graph.frames import to_pandas\n"
        "print(to_pandas(graph.build(sys.argv[1]).articles.values()).iloc[0]['edition'])"
    )
    assert run(added.folder, "-c", code, str(added.folder / "site")).strip() == "second"


def test_a_field_is_in_every_export(added: Added) -> None:
    """It is in Turtle, N-Triples, JSON-LD and GraphML, each typed as its form says."""
    texts = {path.suffix: path.read_text(encoding="utf-8") for path in added.out.glob("graph.*")}
    assert 'schema:bookEdition "second"' in texts[".ttl"]
    for predicate, value in (
        ("schema:bookEdition", '"second"'),
        ("schema:numberOfPages", f'"12"^^<{expand("xsd:integer")}>'),
        ("ag:score", f'"1.5"^^<{expand("xsd:decimal")}>'),
        ("schema:isAccessibleForFree", f'"true"^^<{expand("xsd:boolean")}>'),
        ("ag:readingTime", f'"PT14M3S"^^<{expand("xsd:duration")}>'),
        ("schema:lastReviewed", f'"2024-05-06T00:00:00Z"^^<{expand("xsd:dateTime")}>'),
        ("schema:bookFormat", '"audio"'),
    ):
        assert f"<{A}> <{expand(predicate)}> {value} .\n" in texts[".nt"]
    (node,) = (one for one in json.loads(texts[".jsonld"])["@graph"] if one["@id"] == A)
    assert (node["schema:bookEdition"], node["schema:numberOfPages"]) == ("second", 12)
    assert json.loads(texts[".jsonld"])["@context"]["schema:lastReviewed"] == {"@type": "xsd:dateTime"}
    assert 'attr.name="edition" attr.type="string"' in texts[".graphml"]
    assert 'attr.name="pages" attr.type="long"' in texts[".graphml"]
    assert ">second</data>" in texts[".graphml"]


def test_a_field_is_in_the_explorer(added: Added) -> None:
    """The page carries it, and so does that of very many articles."""
    carried = {**VALUES, "formats": "paper; audio"}
    assert added.answers["explorer"].items() >= carried.items()
    assert added.answers["large explorer"].items() >= carried.items()


def test_a_field_is_on_the_card(added: Added, browser: Browser) -> None:
    """The explorer's card names it and shows its value, as readers write it."""
    with opened(browser, added.out / "explorer.html", "#" + quote(A, safe="")) as page:
        facts = page.locator("#card dl.facts")
        for name, value in (
            ("Edition", "second"),
            ("Pages", "12"),
            ("Score", "1.5"),
            ("Is free", "yes"),
            ("Reading time", "14 min 3 s"),
            ("Reviewed at", "2024-05-06"),
            ("Comes as", "paper; audio"),
        ):
            expect(facts.locator(f"dt:text-is('{name}') + dd")).to_have_text(value)


def test_a_field_is_on_the_page_of_a_node(added: Added) -> None:
    """The server's page of the article names it and shows its value."""
    text = run(added.folder, "-c", SERVING, str(ROOT), str(added.out), f"/node?iri={quote(A, safe='')}", PAGE)
    for name, value in (
        ("Edition", "second"),
        ("Is free", "yes"),
        ("Reviewed at", "6 May 2024"),
        ("Comes as", "audio"),
    ):
        assert f">{name}</dt>" in text
        assert value in text


def test_a_field_is_in_the_documentation(added: Added) -> None:
    """Writing the generated pages again puts it into the table of names, and into the list of fields."""
    docs = added.folder / "docs"
    docs.mkdir()
    for name in ("make_vocabulary.py", "settings.md"):
        (docs / name).write_bytes((ROOT / "docs" / name).read_bytes())
    run(added.folder, str(docs / "make_vocabulary.py"))
    row = "| `edition` | `schema:bookEdition` | `xsd:string` | `edition` | Which edition it is, as written. |\n"
    assert row in (docs / "vocabulary.md").read_text(encoding="utf-8")
    assert "`edition`," in (docs / "settings.md").read_text(encoding="utf-8")


def without_row(kind: type) -> set[str]:
    """Return the fields of a record that no row of the table is about, and that should have one."""
    return {field.name for field in dataclasses.fields(kind)} - {row.name for row in terms_of(kind)} - WITHOUT_ROWS


@pytest.mark.parametrize("kind", VOCABULARY)
def test_every_field_of_a_record_has_its_row(kind: type) -> None:
    """A field without a row would be in no output: only what names a record and what a site adds have none."""
    assert without_row(kind) == set()


def test_a_field_without_a_row_is_found() -> None:
    """A field that is added to a record and not to the table is one without a row."""
    wider = dataclasses.make_dataclass("Wider", [("edition", "str | None", None)], bases=(Article,), frozen=True)
    assert without_row(wider) == {"edition"}


@pytest.mark.parametrize(
    ("shared", "statement", "record"),
    [
        (ArticleFields, StatedArticle, Article),
        (ProviderFields, StatedProvider, Provider),
        (TopicFields, StatedTopic, Topic),
        (PersonFields, StatedPerson, Person),
    ],
)
def test_statements_and_records_share_their_plain_fields(shared: type, statement: type, record: type) -> None:
    """What is said and what is kept have the same plain fields, in slots and without a dictionary of their own."""
    names = [field.name for field in dataclasses.fields(shared)]
    for kind in (statement, record):
        assert {field.name for field in dataclasses.fields(kind)} >= {*names}
        assert "__dict__" not in dir(kind)


def test_every_predicate_has_one_label() -> None:
    """Pages that know only the predicate of a fact can name it: no two fields give one predicate two labels."""
    labels: dict[str, set[str]] = {}
    for rows in VOCABULARY.values():
        for row in rows:
            if row.form is not Form.RELATION and row.name not in {"label", "title"}:
                for predicate in row.predicates:
                    labels.setdefault(predicate, set()).add(row.label)
    shared = {predicate: found for predicate, found in labels.items() if len(found) > 1}
    assert not shared


def test_every_spelled_field_is_read(tmp_path: Path) -> None:
    """A plain field that documents can state has a reader: none is declared and spelled, and then forgotten."""
    from graph.reading.faults import Faults
    from graph.reading.settings import Settings

    samples = {Form.TEXT: "x", Form.INTEGER: 1, Form.DECIMAL: 1.5, Form.BOOLEAN: True, Form.STATUS: True}
    samples |= {Form.DURATION: "PT1S", Form.TIME: "2024-05-06", Form.IRI: "https://books.example/a"}
    stater = Stater(Settings())
    for row in terms_of(ArticleFields):
        if row.name in ARTICLE.names and row.name != "aliases" and row.form is not Form.DAY:
            value = samples[row.form]
            raw = {ARTICLE.names[row.name][0]: [value] if row.is_list else value}
            assert getattr(stater.article(raw, Faults(str(tmp_path))), row.name), row.name


def test_a_format_is_written(tmp_path: Path) -> None:
    """A format that is added is written by a build, listed in its report, and kept by a second build."""
    folder = with_steps("Add an export format", tmp_path)
    for _ in range(2):
        run(folder, "-m", "graph", "build", str(ROOT / "seeds"), "--out", "exports", "--format", "dot,ttl")
    text = (folder / "exports" / "graph.dot").read_text(encoding="utf-8")
    info = json.loads((folder / "exports" / "info.json").read_bytes())
    assert "graph.dot" in info["exports"]
    assert text.startswith("digraph {\n")
    assert text.endswith("}\n")
    assert text.count(" -> ") == sum(info["relations"].values())
    assert "dot" in run(folder, "-m", "graph", "build", "--help")


def test_an_analysis_is_offered(tmp_path: Path) -> None:
    """An analysis that is added is listed and answers on the command line."""
    folder = with_steps("Add an analysis", tmp_path)
    assert "longest-articles" in run(folder, "-m", "graph", "analyze", "--list")
    rows = json.loads(
        run(folder, "-m", "graph", "analyze", "longest-articles", str(ROOT / "seeds"), "--format", "json")
    )
    assert rows
    assert [row["words"] for row in rows] == sorted((row["words"] for row in rows), reverse=True)


def test_a_dialect_is_understood(tmp_path: Path) -> None:
    """A dialect that is added is recognised, and links to where it publishes its documents lead to them."""
    folder = with_steps("Add a dialect", tmp_path)
    site = folder / "site"
    (site / "text" / "guide").mkdir(parents=True)
    (site / "retype.yml").write_text("input: text\n", encoding="utf-8")
    (site / "text" / "intro.md").write_text("# Intro\n\nRead [the guide](/guide/).\n", encoding="utf-8")
    (site / "text" / "guide" / "README.md").write_text("# Guide\n\nOf [this](/intro/).\n", encoding="utf-8")
    code = "import sys, graph; print(sorted(k for *_, k in graph.build(sys.argv[1]).network.edges(keys=True)))"
    assert run(folder, "-c", code, str(site)).strip() == "['links', 'links']"
