"""Fields of a site's own: `article-graph.toml` adds relations and literals, and every view carries them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

import graph
from graph.cli import main
from graph.publishing import Exports, open_exports
from graph.publishing.evidence import write_evidence_turtle
from graph.publishing.fingerprint import frame_of
from graph.publishing.jsonld import write_jsonld
from graph.publishing.ntriples import write_ntriples
from graph.publishing.turtle import write_turtle
from tests.folders import write_files
from tests.wholeness import assert_whole
from tests.worlds import unpacked

BASE = "https://example.org/"
SETTINGS = """\
[prefixes]
book = "https://books.example/terms#"

[relations.reviews]
fields = ["reviews", "review_of"]
term = "schema:itemReviewed"
label = "Reviews"
inverse = "Reviewed by"

[relations.place]
target = "topic"

[relations.editor]
target = "person"
term = "https://schema.org/editor"

[relations.sponsor]
target = "provider"
term = "book:sponsor"

[literals.difficulty]
term = "schema:educationalLevel"
facet = true

[literals.pages]
term = "schema:numberOfPages"
type = "integer"

[literals.weight]
fields = ["weight_kg"]
type = "decimal"

[literals.checked]
type = "boolean"

[literals.due]
type = "date"

[literals.seen]
type = "time"

[literals.doi]
term = "https://books.example/terms#doi"
type = "iri"
"""
SITE: Mapping[str, str] = {
    "a.md": (
        "---\ntitle: A\nreviews: ['[[B]]', sub/c.md, 'https://books.example/some-book']\nplace: [Berlin, Rome]\n"
        "editor: Ann Smith\nsponsor: {name: Big, domain: big.example}\ndifficulty: [hard, soft]\nlevels: [hard]\n"
        "pages: '12'\nweight_kg: 2\nchecked: false\ndue: 2024-05-06\nseen: 2024-05-06T07:08:09Z\n"
        "doi: https://doi.example/10.1/x\nplain: kept\n---\nText.\n"
    ),
    "b.md": "---\ntitle: B\nreview_of: A\ntopics: [Berlin]\n---\n",
    "sub/c.md": "---\ntitle: C\n---\n",
}
A, B, C = (f"{BASE}article/{name}" for name in ("a", "b", "sub-c"))
BOOK = "https://books.example/some-book"


def site(folder: Path, toml: str = SETTINGS, documents: Mapping[str, str | bytes] = SITE) -> Path:
    """Write settings and documents into a folder, and return it."""
    return write_files(folder, {**documents, "article-graph.toml": toml})


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> graph.KnowledgeGraph:
    """Return the graph of the specimen."""
    return graph.build(site(tmp_path_factory.mktemp("own")))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Return a build of the specimen."""
    folder = tmp_path_factory.mktemp("built")
    graph.update([site(folder / "site")], folder / "exports", evidence=True)
    return open_exports(folder / "exports")


def test_records_carry_them(knowledge: graph.KnowledgeGraph) -> None:
    """An article holds its own literals in their types, and its own relations as IRIs of nodes."""
    assert knowledge.problems == ()
    article = knowledge.articles[A]
    assert article.literals == {
        "checked": (False,),
        "difficulty": ("hard", "soft"),
        "doi": ("https://doi.example/10.1/x",),
        "due": ("2024-05-06",),
        "pages": (12,),
        "seen": ("2024-05-06T07:08:09Z",),
        "weight": (2.0,),
    }
    assert article.relations == {
        "editor": (f"{BASE}person/ann-smith",),
        "place": (f"{BASE}topic/berlin", f"{BASE}topic/rome"),
        "reviews": (B, C, BOOK),
        "sponsor": ("https://big.example/#organization",),
    }
    assert article.extra == {"plain": "kept"}
    assert knowledge.articles[B].relations == {"reviews": (A,)}
    assert knowledge.articles[BOOK].stub
    assert_whole(knowledge.truth)


def test_the_network_carries_them(knowledge: graph.KnowledgeGraph) -> None:
    """Relations are edges under their names, and literals are attributes."""
    node = knowledge.network.nodes[A]
    assert (node["difficulty"], node["pages"], node["weight"], node["checked"]) == ("hard; soft", 12, 2.0, False)
    assert {(source, target) for source, target, name in knowledge.network.edges(keys=True) if name == "reviews"} == {
        (A, B),
        (A, C),
        (A, BOOK),
        (B, A),
    }


def test_all_rdf_says_the_same(knowledge: graph.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turtle, N-Triples and JSON-LD hold the terms and types that the settings name, and agree; no triple repeats."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    lines = "".join(write_ntriples(knowledge)).splitlines(keepends=True)
    assert len(lines) == len(set(lines)) == len(knowledge.triples)
    texts = {
        pyoxigraph.RdfFormat.N_TRIPLES: "".join(lines),
        pyoxigraph.RdfFormat.TURTLE: "".join(write_turtle(knowledge)),
        pyoxigraph.RdfFormat.JSON_LD: "".join(write_jsonld(knowledge)),
    }
    read = [{str(quad.triple) for quad in pyoxigraph.parse(text, form)} for form, text in texts.items()]
    assert read[0] == read[1] == read[2]
    turtle = texts[pyoxigraph.RdfFormat.TURTLE]
    assert isomorphic(rdflib.Graph().parse(data=turtle, format="turtle"), knowledge.triples)
    assert f"<{A}> <https://schema.org/itemReviewed> <{BOOK}> .\n" in lines
    assert (
        f'<{A}> <https://w3id.org/article-graph/due> "2024-05-06"^^<http://www.w3.org/2001/XMLSchema#date> .\n' in lines
    )
    assert f"<{A}> <https://books.example/terms#sponsor> <https://big.example/#organization> .\n" in lines
    assert "schema:editor <" in turtle


def test_queries_find_them(knowledge: graph.KnowledgeGraph) -> None:
    """A SPARQL query asks by the terms of the settings."""
    rows = knowledge.query("SELECT ?b { ?a schema:itemReviewed ?b ; schema:numberOfPages ?n FILTER(?n > 11) }")
    assert {str(row["b"]) for row in rows if isinstance(row, dict)} == {B, C, BOOK}


def test_evidence_tells_where(knowledge: graph.KnowledgeGraph) -> None:
    """Each own relation tells the document and the line that states it, whatever it leads to."""
    found = [knowledge.evidence(A, target) for target in (B, f"{BASE}topic/rome", f"{BASE}person/ann-smith")]
    assert [[(one.relation, one.path, one.line) for one in some] for some in found] == [
        [("reviews", "a.md", 3)],
        [("place", "a.md", 4)],
        [("editor", "a.md", 5)],
    ]
    assert f"<{A}> schema:itemReviewed <{B}>\n  ~ " in "".join(write_evidence_turtle(knowledge))


def test_info_counts_them(knowledge: graph.KnowledgeGraph) -> None:
    """The numbers name own relations beside the others, count own literals, and tell what the vocabulary adds."""
    info = knowledge.info()
    assert (info.relations["reviews"], info.relations["place"], info.relations["editor"]) == (4, 2, 1)
    assert info.literals["difficulty"] == 1
    assert [row["name"] for row in info.vocabulary["relations"]] == ["editor", "place", "reviews", "sponsor"]
    assert dict(info.unmapped) == {"plain": 1}
    json.dumps(info.to_dict())


def test_graphml_brings_them_back(exports: Exports, knowledge: graph.KnowledgeGraph) -> None:
    """GraphML, read back, is the same network."""
    network = networkx.read_graphml(exports.folder / "graph.graphml", force_multigraph=True)
    assert dict(network.nodes[A]) == dict(knowledge.network.nodes[A])
    assert set(network.edges(data="relation")) == set(knowledge.network.edges(keys=True))


@pytest.mark.slow
@pytest.mark.parametrize("change", ["term", "type", "fields", "label", "facet", "none"])
def test_changed_settings_are_a_fresh_build(tmp_path: Path, change: str) -> None:
    """What a cache recalls never outlives the settings: after any change the exports are those of a fresh build."""
    changes = {
        "term": ("schema:itemReviewed", "schema:mainEntity"),
        "type": ('type = "integer"', 'type = "text"'),
        "fields": ('["reviews", "review_of"]', '["review_of"]'),
        "label": ('"Reviewed by"', '"Read by"'),
        "facet": ("facet = true", "facet = false"),
        "none": (SETTINGS, ""),
    }
    folder = site(tmp_path / "site")
    graph.update([folder], tmp_path / "out")
    site(folder, SETTINGS.replace(*changes[change]))
    assert graph.update([folder], tmp_path / "out").is_new
    graph.update([folder], tmp_path / "fresh", cache=False)
    for name in ("graph.nt", "graph.graphml", "graph.jsonld", "info.json", "problems.json", "explorer.html"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes(), name
    assert frame_of(graph.build(folder).truth) != frame_of(graph.build(site(tmp_path / "other")).truth)


def test_recalled_documents_say_the_same(tmp_path: Path) -> None:
    """A document that the cache recalls states the same own fields as one that is read."""
    folder = site(tmp_path / "site")
    graph.update([folder], tmp_path / "out")
    (folder / "sub" / "c.md").write_text("---\ntitle: C again\n---\n", encoding="utf-8")
    graph.update([folder], tmp_path / "out")
    graph.update([folder], tmp_path / "fresh", cache=False)
    assert (tmp_path / "out" / "graph.nt").read_bytes() == (tmp_path / "fresh" / "graph.nt").read_bytes()


CLASHES = {
    "a known relation": ('[relations.about]\nfields = ["x"]', 'line 1 "about", which is already in use'),
    "a known attribute": ("[literals.label]", 'line 1 "label", which is already in use'),
    "one field twice": ('[literals.x]\n[literals.y]\nfields = ["X"]', "line 2 \"X\", which is read as 'x'"),
    "one field in both tables": ('[relations.x]\n[literals.y]\nfields = ["x"]', "line 2 which is read as 'x'"),
    "one name in both tables": ('[relations.x]\n[literals.x]\nfields = ["y"]', 'line 2 "x" is both'),
    "a further name": ('[fields]\ntitle = ["x"]\n[literals.x]', "line 3 which is read as 'title'"),
    "a further name of nothing": ('[fields]\nheadlines = ["x"]', 'line 2 "headlines", which is not a field'),
    "a further name of two": ('[fields]\noriginalUrl = ["x"]', 'line 2 "originalUrl", which is not a field'),
    "a further name by two names": (
        '[fields]\nexcerpt = ["x"]\nheadline = ["x"]',
        "line 1 to 'excerpt' and to 'title'",
    ),
    "a further name twice": ('[fields]\ntitle = ["x"]\nexcerpt = ["x"]', "line 1 to 'excerpt' and to 'title'"),
    "an unknown prefix": ('[literals.x]\nterm = "dc:title"', "line 1 'term' of 'x' is \"dc:title\""),
    "no address": ('[literals.x]\nterm = "https://a.example/<b>"', "line 1 'term' of 'x'"),
    "another scheme": ('[literals.x]\nterm = "javascript:alert(1)"', "line 1 'term' of 'x'"),
    "a term of ours": ('[literals.x]\nterm = "rdfs:label"', "line 1 used for something else"),
    "a class": ('[relations.x]\nterm = "rdf:type"', "line 1 used for something else"),
    "a term in another form": ('[literals.x]\nterm = "schema:wordCount"', "line 1 used for something else"),
    "two forms": (
        '[literals.x]\nterm = "schema:size"\n[literals.y]\nterm = "schema:size"\ntype = "integer"',
        "line 3 used for something else",
    ),
    "an unknown type": ('[literals.x]\ntype = "number"', "line 1 'type' of 'x' is \"number\""),
    "an unknown target": ('[relations.x]\ntarget = "place"', "line 1 'target' of 'x' is \"place\""),
    "a bad name": ('[literals."a b"]', 'line 1 [literals] names "a b"'),
    "an unknown setting": ("[literals.x]\ncolour = 1", 'line 1 "colour" is not a setting here'),
    "the secret": ('[literals.x]\nfields = ["Secured"]', "line 1 reads 'secured'"),
    "a prefix of ours": ('[prefixes]\nschema = "https://a.example/"', "line 2 already stands for https://schema.org/"),
    "a prefix for nothing": ('[prefixes]\nx = "y"', 'line 2 the prefix "x" stands for "y"'),
    "a table that is none": ("prefixes = []", "line 1 'prefixes' is a list of 0"),
    "an entry that is none": ("[literals]\nx = 1", "line 2 'literals.x' is \"1\""),
}


@pytest.mark.parametrize("name", CLASHES)
def test_clashing_maps(tmp_path: Path, name: str) -> None:
    """A map that cannot be meant is a problem with its line, fact and remedy, and everything else holds."""
    toml, told = CLASHES[name]
    line, fact = (int(told.split()[1]), told.split(maxsplit=2)[2])
    good = '\n[literals.good]\n[relations.better]\nterm = "schema:successorOf"\n'
    documents = {
        "a.md": "---\ntitle: A\ngood: yes it is\nbetter: B\nsecured: QUJD\n---\n",
        "b.md": "---\ntitle: B\n---\n",
    }
    knowledge = graph.build(site(tmp_path, toml + good, documents))
    assert {problem.kind for problem in knowledge.problems} == {"invalid-settings"}
    assert any(problem.line == line and fact in problem.fact for problem in knowledge.problems), knowledge.problems
    assert all(problem.remedy and problem.path == "article-graph.toml" for problem in knowledge.problems)
    article = knowledge.articles[A]
    assert (article.label, article.literals["good"], article.relations) == ("A", ("yes it is",), {"better": (B,)})
    assert "QUJD" not in "".join(write_turtle(knowledge))


def test_a_link_field_can_be_given_a_meaning(tmp_path: Path) -> None:
    """A field that is otherwise read as mere links can be given a relation of its own, and is then no mere link."""
    toml = '[relations.requires]\nfields = ["prerequisites"]\nterm = "schema:coursePrerequisites"\n'
    documents = {"a.md": "---\ntitle: A\nprerequisites: [B]\nnext: B\n---\n", "b.md": "---\ntitle: B\n---\n"}
    article = graph.build(site(tmp_path, toml, documents)).articles[A]
    assert (article.relations, article.links) == ({"requires": (B,)}, (B,))


def test_labels_are_as_written(tmp_path: Path) -> None:
    """What own fields say is what the file says, and topics and people are taken apart as everywhere."""
    toml = (
        "[literals.release]\n[literals.flag]\n[literals.batch]\ntype = 'integer'\n[literals.seen]\ntype = 'boolean'\n"
        "[relations.place]\ntarget = 'topic'\n[relations.helper]\ntarget = 'person'\n[relations.follows]\n"
    )
    documents = {
        "a.md": (
            "---\ntitle: A\nrelease: 3.10\nflag: no\nbatch: 007\nseen: no\n"
            "place: [3.10, 12:30, '#garden', '[[In/Sea|x]]']\n"
            "helper: Ann Smith <ann@x.example> and Bob Jones\nfollows: 3.10\n---\n"
        ),
        "b.md": "---\ntitle: '3.10'\nplace: Rome, Berlin\n---\n",
    }
    folder = site(tmp_path, toml, documents)
    knowledge = graph.build(folder)
    assert knowledge.problems == ()
    article = knowledge.articles[A]
    assert article.literals == {"release": ("3.10",), "flag": ("no",), "batch": (7,), "seen": (False,)}
    assert article.relations == {
        "follows": (B,),
        "helper": (f"{BASE}person/ann-smith", f"{BASE}person/bob-jones"),
        "place": tuple(f"{BASE}topic/{name}" for name in ("3-10", "12-30", "garden", "sea")),
    }
    assert knowledge.topics[f"{BASE}topic/3-10"].label == "3.10"
    assert set(knowledge.articles[B].relations["place"]) == {f"{BASE}topic/berlin", f"{BASE}topic/rome"}
    uses = {use.name: use.examples for use in graph.fields_of(folder)}
    assert (uses["release"], uses["batch"], uses["place"][0]) == (
        ("3.10",),
        ("007",),
        "3.10, 12:30, #garden, [[In/Sea|x]]",
    )


def test_a_known_field_can_be_given_a_meaning_too(tmp_path: Path) -> None:
    """A field that is read as something already states what the owner says besides, and loses nothing."""
    toml = '[literals.difficulty]\nfields = ["level"]\n[relations.subject]\nfields = ["tags"]\ntarget = "topic"\n'
    toml += '[literals.unfinished]\nfields = ["draft"]\ntype = "boolean"\n'
    documents = {"a.md": "---\ntitle: A\nlevel: [hard]\ntags: [Roses]\ndraft: true\n---\n"}
    knowledge = graph.build(site(tmp_path, toml, documents))
    assert knowledge.problems == ()
    article = knowledge.articles[A]
    assert (article.levels, article.topics, article.published) == (("hard",), (f"{BASE}topic/roses",), False)
    assert article.literals == {"difficulty": ("hard",), "unfinished": (True,)}
    assert article.relations == {"subject": (f"{BASE}topic/roses",)}


def test_a_field_may_be_given_a_further_name_by_any_of_its_names(tmp_path: Path) -> None:
    """A further name may be given to a field by a name that documents use for it, or by several at once."""
    toml = '[fields]\ndate = ["cooked_on"]\npublished_at = "made"\nDescription = ["teaser"]\ntags = ["cuisine"]\n'
    documents = {
        "a.md": "---\ntitle: A\ncooked_on: 2024-01-02\nteaser: Short.\ncuisine: [Soup]\n---\n",
        "b.md": "---\ntitle: B\nmade: 2024-01-03\n---\n",
    }
    knowledge = graph.build(site(tmp_path, toml, documents))
    assert knowledge.problems == ()
    article = knowledge.articles[A]
    assert (article.published_at, article.excerpt) == ("2024-01-02", "Short.")
    assert article.topics == (f"{BASE}topic/soup",)
    assert knowledge.articles[B].published_at == "2024-01-03"


@pytest.mark.parametrize("term", ["schema:isBasedOn", "schema:citation", "dcterms:relation"])
def test_a_relation_may_share_a_term_that_leads_to_nodes_or_addresses(tmp_path: Path, term: str) -> None:
    """A term of ours whose objects are IRIs, of nodes or of pages outside, may be that of an own relation too."""
    toml = f'[relations.draws_on]\nterm = "{term}"\n[literals.doi]\ntype = "iri"\nterm = "{term}"\n'
    text = "---\ntitle: A\ndraws_on: B\ndoi: https://doi.example/1\n---\n[out](https://out.example/)\n"
    knowledge = graph.build(site(tmp_path, toml, {"a.md": text, "b.md": "---\ntitle: B\n---\n"}))
    assert knowledge.problems == ()
    rows = knowledge.query(f"SELECT ?o {{ <{A}> {term} ?o }}")
    assert {B, "https://doi.example/1"} <= {str(row["o"]) for row in rows if isinstance(row, dict)}
    stated = list(pyoxigraph.parse("".join(write_jsonld(knowledge)), pyoxigraph.RdfFormat.JSON_LD))
    assert len(stated) == len(knowledge.triples)


def test_two_sources_agree_or_are_told(tmp_path: Path) -> None:
    """Rows of several sources hold together; a name that means something else in a later one is a problem there."""
    one = site(tmp_path / "one", "[literals.x]\n[literals.y]\n", {"a.md": "---\ntitle: A\nx: one\n---\n"})
    two = site(
        tmp_path / "two", '[literals.x]\ntype = "integer"\n[literals.z]\n', {"b.md": "---\ntitle: B\nx: 2\nz: q\n---\n"}
    )
    knowledge = graph.build([one, two])
    assert [row.name for row in knowledge.truth.vocabulary.literals] == ["x", "y", "z"]
    assert [problem.fact for problem in knowledge.problems] == ["'x' means something else in another source"]
    assert knowledge.articles[A].literals == {"x": ("one",)}
    assert knowledge.articles[B].literals == {"z": ("q",)}


def test_a_document_states_wrong_values(tmp_path: Path) -> None:
    """A value that cannot be read is a problem at its line, and the others of its list hold."""
    documents = {
        "a.md": (
            "---\ntitle: A\nreviews: [Nowhere, true, {}, B]\npages: [many, 3, 1.5]\ndue: spring\nchecked: perhaps\n"
            "doi: nothing\nplace: {}\neditor: [{}]\nsponsor: [[]]\n---\n"
        ),
        "b.md": "---\ntitle: B\n---\n",
    }
    knowledge = graph.build(site(tmp_path, SETTINGS, documents))
    assert {(problem.line, problem.kind) for problem in knowledge.problems} == {
        (3, "broken-link"),
        (3, "not-an-article"),
        (4, "invalid-number"),
        (5, "invalid-date"),
        (6, "invalid-boolean"),
        (7, "invalid-url"),
        (8, "not-a-text"),
        (1, "nameless-person"),
        (10, "not-a-text"),
    }
    assert knowledge.articles[A].relations == {"reviews": (B,)}
    assert knowledge.articles[A].literals == {"pages": (3,)}


def test_a_relation_to_articles_leads_to_articles_only(tmp_path: Path) -> None:
    """A name that only a topic's record bears is no article, which is said."""
    documents = {
        "a.md": "---\ntitle: A\nreviews: Gardens\n---\n",
        "_data/topics/gardens.yaml": "name: Gardens\n",
        "content/topics/gardens.md": "---\ntitle: Gardens\n---\n",
    }
    knowledge = graph.build(site(tmp_path, SETTINGS, documents))
    assert [problem.kind for problem in knowledge.problems] == ["not-an-article"]
    assert knowledge.articles[A].relations == {}


def test_unpublished_articles_stay_left_out(tmp_path: Path) -> None:
    """With `published_only` no relation brings an unpublished article back, by its name or by its address."""
    documents = {
        "a.md": "---\ntitle: A\nreviews: ['[[Secret]]', 'https://secret.example/page']\n---\n",
        "s.md": "---\ntitle: Secret\nwebUrl: https://secret.example/page\npublished: false\n---\n",
    }
    knowledge = graph.build(site(tmp_path, SETTINGS, documents), published_only=True)
    assert list(knowledge.articles) == [A]
    assert knowledge.articles[A].relations == {}


_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["reviews", "schema:about", "dc:x", "https://a.example/x#", "topic", "date", "tags", "title"])
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_ENTRIES = st.dictionaries(
    st.sampled_from(["fields", "term", "target", "type", "label", "inverse", "facet", "x"]), _VALUES, max_size=5
)
_NAMES = st.sampled_from(["reviews", "x", "about", "constructor", "__proto__", "a b", ""]) | st.text(max_size=5)
_TABLES = st.dictionaries(_NAMES, _ENTRIES | _VALUES, max_size=3)


def to_toml(value: object) -> str:
    """Return a value as TOML writes it inline; nothing is a text."""
    match value:
        case None:
            return '""'
        case bool():
            return "true" if value else "false"
        case int():
            return str(max(-(2**63), min(2**63 - 1, value)))
        case float():
            return repr(value) if math.isfinite(value) else "0.0"
        case str():
            return json.dumps(value.encode("utf-8", "ignore").decode(), ensure_ascii=False).replace("\x7f", "")
        case list():
            return f"[{', '.join(map(to_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{to_toml(key)} = {to_toml(item)}" for key, item in value.items()) + "}"
        case _:
            raise AssertionError(value)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["relations", "literals"], _TABLES | _VALUES) | {"prefixes": _VALUES}
    )
)
@example({"relations": {"reviews": {"fields": [1, None, [], "reviews"], "term": 7}}})
def test_settings_of_any_shape(said: Mapping[str, object]) -> None:
    """Whatever stands in the tables, there is a graph, RDF that parses, and every complaint is about the settings."""
    toml = "".join(f"{name} = {to_toml(value)}\n" for name, value in said.items())
    with unpacked({}) as folder:
        knowledge = graph.build(site(Path(folder), toml, {"a.md": "---\ntitle: A\nreviews: B\nx: 1\n---\n"}))
        assert {problem.path for problem in knowledge.problems} <= {"article-graph.toml", "a.md"}
        assert knowledge.articles[A].label == "A"
        assert list(pyoxigraph.parse("".join(write_turtle(knowledge)), pyoxigraph.RdfFormat.TURTLE))
        assert list(pyoxigraph.parse("".join(write_jsonld(knowledge)), pyoxigraph.RdfFormat.JSON_LD))


_OWN = ("reviews", "place", "editor", "sponsor", "difficulty", "pages", "weight_kg", "checked", "due", "seen", "doi")


@pytest.mark.slow
@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(_OWN), _VALUES, max_size=6))
@example({name: [[[["x"]]]] for name in _OWN})
@example(dict.fromkeys(_OWN, 10**400))
@example(dict.fromkeys(_OWN, "\ud800\x00]]>"))
def test_values_of_any_shape(said: Mapping[str, object]) -> None:
    """Whatever documents state in own fields, there is a whole graph, and each literal has the type it was given."""
    text = json.dumps({"title": "A", **said}, indent=1)
    with unpacked({}) as folder:
        knowledge = graph.build(site(Path(folder), SETTINGS, {"a.md": text}))
    assert_whole(knowledge.truth)
    kinds = {"difficulty": str, "pages": int, "weight": float, "checked": bool, "due": str, "seen": str, "doi": str}
    for name, values in knowledge.articles[A].literals.items():
        assert values
        assert {type(value) for value in values} == {kinds[name]}
    assert not any(literal.ill_typed for _, _, literal in knowledge.triples if isinstance(literal, rdflib.Literal))


FIELDS: Mapping[str, str] = {
    "a.md": (
        "---\ntitle: A\nTopicss: [x]\nmood: [calm, odd]\nreviews: ['[[B]]']\nsecured: QUJDREVG\n"
        "meta: {a: {secured: Q}}\n---\n"
    ),
    "b.md": "---\ntitle: B\nmood: 3\nrating: 4.5\nrating_day: 2024-01-02\nhome: https://b.example/\nMood: x\n---\n",
    "_data/topics/t.yaml": "name: T\ncolour: red\n",
}


def test_fields_are_shown(tmp_path: Path) -> None:
    """Every field of every kind of document is a row: how often, of what types, examples, and what it is read as."""
    uses = {use.name: use for use in graph.fields_of(site(tmp_path, SETTINGS, FIELDS))}
    assert (uses["title"].documents, uses["title"].types, uses["title"].meanings) == (2, (("text", 2),), ("title",))
    assert uses["mood"] == graph.FieldUse(
        "mood", 2, ("article",), (("integer", 1), ("list", 1)), ("calm, odd", "3"), ()
    )
    assert uses["reviews"].meanings == ("relation reviews",)
    assert (uses["rating_day"].types, uses["rating_day"].examples) == ((("date", 1),), ("2024-01-02",))
    assert (uses["secured"].examples, uses["meta"].examples) == ((), ("fields (a)",))
    assert (uses["colour"].kinds, uses["colour"].meanings, uses["name"].meanings) == (("topic",), (), ("name",))
    assert list(uses)[:2] == ["mood", "title"]


def test_fields_of_a_bundle_are_shown(tmp_path: Path) -> None:
    """What a bundle of the Open Knowledge Format gives a meaning is shown, and nothing else is suggested for it."""
    stated = "sources: [{resource: 'https://a.example/'}]\nverified: {by: 'human:ann'}\nteam_size: 3"
    text = f"---\ntype: Table\n{stated}\n---\n"
    folder = site(tmp_path, "", {"index.md": "---\nokf_version: '0.2'\n---\n", "tables/a.md": text})
    uses = {use.name: use.meanings for use in graph.fields_of(folder)}
    assert uses == {"type": ("type",), "sources": ("sources",), "verified": ("verified",), "team_size": ()}


def test_suggested_settings_hold(tmp_path: Path) -> None:
    """The suggested settings change nothing as printed, and hold without a fault once their marks are taken away."""
    folder = site(tmp_path, "", FIELDS)
    assert main(["fields", str(folder), "--format", "toml"]) == 0
    from graph.reading.field_uses import to_settings

    text = "\n".join(to_settings(graph.fields_of(folder)))
    before = graph.build(folder)
    site(folder, text, {})
    assert graph.build(folder).articles == before.articles
    site(folder, "\n".join(line.removeprefix("# ") for line in text.splitlines()), {})
    knowledge = graph.build(folder)
    assert "invalid-settings" not in {problem.kind for problem in knowledge.problems}
    assert knowledge.articles[A].topics == (f"{BASE}topic/x",)
    assert knowledge.articles[A].relations == {"reviews": (B,)}
    assert knowledge.articles[B].literals["rating_day"] == ("2024-01-02",)


_FIELD_NAMES = st.text(max_size=12) | st.sampled_from(["title", "Title", "__proto__", "a.b", '"', "\\", "#", "secured"])


@pytest.mark.slow
@settings(max_examples=100)
@given(st.lists(st.dictionaries(_FIELD_NAMES, _VALUES | st.dates().map(str), max_size=5), min_size=1, max_size=4))
def test_any_fields_give_settings_that_hold(documents: list[Mapping[str, object]]) -> None:
    """Whatever documents hold, the fields are shown and the suggestions hold, all of them at once."""
    from graph.reading.field_uses import to_settings

    texts = {f"{number}.md": json.dumps({"title": "A", **said}, indent=1) for number, said in enumerate(documents)}
    with unpacked({}) as folder:
        uses = graph.fields_of(site(Path(folder), "", texts))
        assert sum(use.documents for use in uses if use.name == "title") <= len(documents)
        assert all(example.isprintable() for use in uses for example in use.examples)
        lines = [line.removeprefix("# ") for line in to_settings(uses)]
        knowledge = graph.build(site(Path(folder), "\n".join(lines), {}))
        assert not [problem for problem in knowledge.problems if problem.path == "article-graph.toml"]


@pytest.mark.parametrize("form", ["table", "csv", "json", "toml"])
def test_the_command_shows_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    """Each form of the command names every field, and never what is encrypted."""
    folder = site(tmp_path, SETTINGS, FIELDS)
    assert main(["fields", str(folder), "--format", form]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "QUJD" not in printed.out
    assert ("An article-graph.toml to start from:" in printed.out) == (form == "table")
    assert ("# [literals.mood]" in printed.out) == (form in {"table", "toml"})
    names = ["mood", "rating_day"] + (["colour", "title", "reviews", "meta"] if form != "toml" else [])
    assert all(name in printed.out for name in names)
    assert "literals.colour" not in printed.out  # which only a topic has
    if form == "json":
        rows = json.loads(printed.out)
        assert {"name", "documents", "kinds", "types", "examples", "meanings"} == rows[0].keys()


def test_the_command_refuses_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that is not there is one line, and status 2."""
    assert main(["fields", str(tmp_path / "none")]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
