"""Bundles of the Open Knowledge Format are recognised, read whole, and never stop a build."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

import graph
from benchmarks.comparing import compare, exact
from benchmarks.dialects import SITES
from graph.atlas import to_atlas
from graph.explorer.numbers import record_numbers
from graph.publishing.exports import SEARCH_FILE
from graph.publishing.jsonld import write_jsonld
from graph.publishing.ntriples import write_ntriples
from graph.publishing.updating import CACHE_FILE, update
from graph.records import Derivation
from graph.store import Value
from tests.folders import write_files
from tests.packing import PACKERS

BASE = "https://example.org/"
VERSION = '---\nokf_version: "0.2"\n---\n\n# All\n'
METRIC = "---\ntype: Metric\n---\nA number.\n"
QUERIES = Path(__file__).resolve().parent.parent / "examples" / "queries"
ORDERS = """\
---
type: BigQuery Table
title: Customer Orders
description: One row for each order.
resource: https://console.example/bigquery?t=orders
tags: [sales, orders]
generated: { by: reference_agent/gemini-2.5-pro, at: 2026-05-28T14:30:00+02:00 }
verified:
  - { by: human:ada, at: 2026-06-25T09:00:00Z }
  - { by: process:nightly, at: 2026-06-26T02:00:00Z }
status: draft
stale_after: 2026-09-23
owner: { team: sales, since: 2024-01-01 }
cost: 12
sources:
  - id: export-schema
    resource: https://developers.example/export-schema
    title: The export's schema
    author: team:docs
    usage_count: 5000
    last_modified: 2026-05-30
  - { id: customers, resource: /tables/customers.md, usage_count: 3, usage_window: { from: 2025-01-01 } }
  - { resource: all queries in project X, usage_count: 7 }
  - { resource: "bigquery://acme/sales/orders" }
usage_window: { from: 2026-06-01, to: 2026-06-30 }
---

# Schema

The `orders` table is sharded daily.[^export-schema] It goes on
with customers.[^customers]

| Column | Meaning |
| --- | --- |
| `customer_id` | Key into [customers](/tables/customers.md). |

[^export-schema]: The export's schema
"""
CUSTOMERS = """\
---
type: BigQuery Table
timestamp: '2026-05-28T22:53:05+00:00'
---

See [orders](./orders.md).

```
# Citations
- https://code.example/never
```

## Citations

- https://wiki.example/handbook
- [Orders](orders.md)

## After

- https://wiki.example/after
"""
BUNDLE: Mapping[str, str] = {
    "index.md": VERSION + "\n* [Orders](tables/orders.md) - all\n* [Tables](tables/)\n* [Never written](/gone.md)\n",
    "log.md": "# Log\n\n## 2026-05-22\n\n* **Creation**: [old](/long-gone.md)\n",
    "tables/index.md": "# Tables\n\n* [Customers](customers.md) - who buys\n",
    "tables/orders.md": ORDERS,
    "tables/customers.md": CUSTOMERS,
}


def by_path(knowledge: graph.KnowledgeGraph) -> dict[str, graph.Article]:
    """Return the articles by the document that each was read from."""
    return {path: article for article in knowledge.articles.values() for path in article.sources}


def rows_of(knowledge: graph.KnowledgeGraph, query: str) -> list[dict[str, Value]]:
    """Return the rows that a query finds."""
    return [row for row in knowledge.query(query) if isinstance(row, dict)]


def is_bundle(folder: Path) -> bool:
    """Tell whether concepts below a folder are given what only bundles have."""
    return any(article.trust_tier for article in graph.build(folder).articles.values())


TRUSTED = "verified: { by: human:ada }\n"
BUNDLES: Mapping[str, Mapping[str, str]] = {
    "the version at the root": {"index.md": VERSION, "a.md": "---\ntype: note\n---\nA.\n"},
    "the version in a folder of a repository": {"README.md": "# Us", "kb/x/index.md": VERSION, "kb/x/a.md": METRIC},
    "the version beside a generator": {"_config.yml": "title: x", "index.md": VERSION, "a.md": METRIC},
    "the version, and nothing with a type": {"index.md": VERSION, "a.md": "---\ntitle: A\n---\nA.\n"},
    "a version of the future": {"index.md": "---\nokf_version: 9\n---\n", "a.md": METRIC},
    "a type on every concept": {"a.md": METRIC, "x/b.md": METRIC, "x/index.md": "# All\n", "log.md": "# Log\n"},
    "a type on every concept but the file of the repository": {"README.md": "# Us", "a.md": METRIC},
    "a folder of a repository without version": {
        "README.md": "# Us",
        "CODE.md": "# Code",
        "kb/a.md": METRIC.replace("---\nA", f"{TRUSTED}---\nA"),
        "kb/b.md": METRIC,
    },
    "a picture of all concepts beside them": {"a.md": METRIC, "viz.html": "<title>All</title><p>All of it</p>"},
    "one slip": {
        "a.md": METRIC.replace("---\nA", f"{TRUSTED}---\nA"),
        **{f"{n}.md": METRIC for n in range(4)},
        "slip.md": "No front matter.\n",
    },
}
OTHERS: Mapping[str, Mapping[str, str]] = {
    "a Jekyll site whose posts all have a type": {"_config.yml": "title: x", "_posts/2020-01-01-a.md": METRIC},
    "posts with dates": {"a.md": "---\ntype: Metric\ndate: 2020-01-01\n---\nA.\n"},
    "articles": {"a.md": "---\ntype: article\n---\nA.\n", "b.md": "---\ntype: video\n---\nB.\n"},
    "topics and people": {"a.md": "---\ntype: topic\nname: A\n---\n", "b.md": "---\ntitle: B\n---\nB.\n"},
    "a vault": {".obsidian/app.json": "{}", "a.md": METRIC},
    "documents without front matter": {"a.md": "# A\n", "b.md": METRIC},
    "a folder of a vault": {"a.md": "# A\n", "b.md": "# B\n", "c.md": "# C\n", "metrics/d.md": METRIC},
    "more pages than concepts": {"a.md": METRIC, "b.html": "<p>B</p>", "x/c.html": "<p>C</p>"},
    "nothing": {"a.html": "<p>A</p>"},
}


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_recognised(name: str, tmp_path: Path) -> None:
    """A bundle is known by its version, or else by the types of its concepts and what else they say."""
    assert is_bundle(write_files(tmp_path, BUNDLES[name]))


@pytest.mark.parametrize("name", OTHERS)
def test_other_sources_are_no_bundles(name: str, tmp_path: Path) -> None:
    """Documents of other dialects have types as well, and are read as ever."""
    assert not is_bundle(write_files(tmp_path, OTHERS[name]))


@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_in_an_archive_is_recognised(pack: str, name: str, tmp_path: Path) -> None:
    """A bundle that is handed on as an archive says what its folder would."""
    (tmp_path / "out").mkdir()
    members = [(path, text.encode()) for path, text in BUNDLES[name].items()]
    packed = graph.build(PACKERS[pack](tmp_path / "out", members))
    plain = graph.build(write_files(tmp_path / "plain", BUNDLES[name]))
    assert packed.articles == plain.articles


def test_a_concept_says_all_that_its_fields_say(tmp_path: Path) -> None:
    """What a concept states of its kind, its subject, its trust and its lifecycle is in its record."""
    article = by_path(graph.build(write_files(tmp_path, BUNDLE)))["tables/orders.md"]
    assert article.iri == f"{BASE}article/tables-orders"
    assert (article.label, article.type) == ("Customer Orders", "BigQuery Table")
    assert article.excerpt == "One row for each order."
    assert article.describes == "https://console.example/bigquery?t=orders"
    assert article.url is None
    assert article.topics == (f"{BASE}topic/sales", f"{BASE}topic/orders")
    assert article.modified_at == "2026-05-28T12:30:00Z"
    assert article.generated_by == "reference_agent/gemini-2.5-pro"
    assert article.verified_by == ("human:ada", "process:nightly")
    assert article.verified_at == "2026-06-26T02:00:00Z"
    assert article.trust_tier == "human-reviewed"
    assert (article.status, article.expires) == ("draft", "2026-09-23")
    assert article.published is None
    assert article.extra == {"cost": 12, "owner": "{team: sales, since: 2024-01-01}"}


def test_sources_keep_their_signals(tmp_path: Path) -> None:
    """A source is an article, an address or a minted name, and all that is said of it is said of this one use."""
    knowledge = graph.build(write_files(tmp_path, BUNDLE))
    article = by_path(knowledge)["tables/orders.md"]
    customers, scope = f"{BASE}article/tables-customers", f"{BASE}scope/all-queries-in-project-x"
    schema, warehouse = "https://developers.example/export-schema", "bigquery://acme/sales/orders"
    assert article.based_on == (customers,)
    assert article.origins == (schema, scope, warehouse)
    found = {one.entity: one for one in map(knowledge.derivations.__getitem__, article.derivations)}
    days = {"used_from": "2026-06-01", "used_until": "2026-06-30"}
    iris = {entity: one.iri for entity, one in found.items()}
    assert found == {
        schema: Derivation(
            iri=iris[schema],
            entity=schema,
            title="The export's schema",
            author="team:docs",
            usage_count=5000,
            modified_at="2026-05-30",
            **days,
        ),
        customers: Derivation(iri=iris[customers], entity=customers, usage_count=3, used_from="2025-01-01"),
        scope: Derivation(iri=iris[scope], entity=scope, scope="all queries in project X", usage_count=7, **days),
        warehouse: Derivation(iri=iris[warehouse], entity=warehouse),
    }


def test_footnotes_are_evidence(tmp_path: Path) -> None:
    """A claim whose footnote is keyed to a source says where, and in which sentence, the source was used."""
    knowledge = graph.build(write_files(tmp_path, BUNDLE))
    article, customers = f"{BASE}article/tables-orders", f"{BASE}article/tables-customers"
    lines = ORDERS.split("\n")
    stated = [
        (one.line, one.words, one.sentence)
        for one in knowledge.evidence(article, customers)
        if one.relation == "based_on"
    ]
    assert stated == [
        (next(n for n, line in enumerate(lines, 1) if "id: customers" in line), "", ""),
        (
            next(n for n, line in enumerate(lines, 1) if "[^customers]" in line),
            "customers",
            "It goes on with customers.",
        ),
    ]
    outside = knowledge.evidence(article, "https://developers.example/export-schema")
    assert [one.sentence for one in outside] == ["", "The orders table is sharded daily."]


def test_version_0_1_is_read(tmp_path: Path) -> None:
    """A bundle of the first version has its time of change and its citations, those in code and elsewhere aside."""
    article = by_path(graph.build(write_files(tmp_path, BUNDLE)))["tables/customers.md"]
    assert article.label == "customers"
    assert article.modified_at == "2026-05-28T22:53:05Z"
    assert article.based_on == (f"{BASE}article/tables-orders",)
    assert article.origins == ("https://wiki.example/handbook",)
    assert article.trust_tier == "unverified"


@pytest.mark.parametrize(
    ("verified", "tier"),
    [
        (None, "unverified"),
        ([], "unverified"),
        ({"at": "2026-01-01"}, "unverified"),
        ({"by": "process:nightly"}, "machine-confirmed"),
        ([{"by": "agent/1"}, {"by": "humanoid:x"}, {"by": "human:"}], "machine-confirmed"),
        ({"by": "human:ada"}, "human-reviewed"),
        ([{"by": "agent/1"}, {"by": "human:ada"}], "human-reviewed"),
        ([7, "human:ada", {"by": ["human:ada"]}], "unverified"),
    ],
)
def test_trust_follows_from_who_verified(verified: object, tier: str, tmp_path: Path) -> None:
    """Who confirmed a concept makes its tier: nobody, machines only, or a person."""
    front = yaml.safe_dump({"type": "Metric", "verified": verified})
    knowledge = graph.build(write_files(tmp_path, {"index.md": VERSION, "a.md": f"---\n{front}---\nA.\n"}))
    assert [article.trust_tier for article in knowledge.articles.values()] == [tier]


def test_indexes_and_logs_are_structure(tmp_path: Path) -> None:
    """An index is no article but a collection of what it lists, and a log is neither."""
    knowledge = graph.build(write_files(tmp_path, BUNDLE))
    assert set(by_path(knowledge)) == {"tables/orders.md", "tables/customers.md"}
    root, tables = f"{BASE}collection/bundle", f"{BASE}collection/tables"
    parts = {iri: one.parts for iri, one in knowledge.collections.items()}
    assert parts == {
        root: (f"{BASE}article/tables-orders", tables),
        tables: (f"{BASE}article/tables-customers",),
    }
    assert root not in knowledge.network
    (stated,) = knowledge.evidence(root, f"{BASE}article/tables-orders")
    assert (stated.relation, stated.path, stated.line) == ("part", "index.md", 7)
    assert [(one.path, one.line) for one in knowledge.problems] == [("index.md", 9)]


def test_an_index_with_a_type_is_reported(tmp_path: Path) -> None:
    """A concept that has the name of an index is described as the index, and its owner is told; a root may say more."""
    index = "---\ntype: Index\ntitle: All of it\ndescription: What we know.\n---\n* [A](a.md)\n"
    root = index.replace("type", "okf_version: '0.2'\ntype")
    knowledge = graph.build(
        write_files(tmp_path, {"index.md": root, "x/index.md": index, "x/a.md": METRIC, "a.md": METRIC})
    )
    described = {(one.label, one.description) for one in knowledge.collections.values()}
    assert described == {("All of it", "What we know.")}
    assert [(one.kind, one.path, one.line) for one in knowledge.problems] == [("reserved-name", "x/index.md", 2)]


def test_rooted_links_lead_from_the_root_of_the_bundle(tmp_path: Path) -> None:
    """Of two bundles with equal paths each links to its own; a folder needs no index; what is missing is reported."""
    text = METRIC + "[b](/x/b.md) [x](/x/) [all](/) [gone](/x/gone.md) [none](/y/)\n"
    one = {"index.md": VERSION, "x/b.md": METRIC, "x/a.md": text, "x/x/b.md": METRIC}
    knowledge = graph.build(
        write_files(tmp_path, {f"{name}/{path}": said for name in "pq" for path, said in one.items()})
    )
    articles = by_path(knowledge)
    assert articles["p/x/a.md"].links == (articles["p/x/b.md"].iri,)
    assert articles["q/x/a.md"].links == (articles["q/x/b.md"].iri,)
    broken = {(problem.path, problem.fact.rpartition(" ")[2]) for problem in knowledge.problems}
    assert broken == {(f"{name}/x/a.md", f'"{target}"') for name in "pq" for target in ("/x/gone.md", "/y/")}


def test_only_concepts_are_articles(tmp_path: Path) -> None:
    """Pages, lists and texts beside the concepts of a bundle are none; what they are is counted, links lead to them."""
    files = {
        "index.md": VERSION
        + "* [All](viz.html)\n* [A](a.md)\n* [Log](/log.md)\n* [x](x/log.md)\n* [none](/y/log.md)\n",
        "log.md": "# Log\n",
        "a.md": METRIC + "[all](/viz.html) [rows](x/rows.csv) [log](./log.md) [index](/index.md) [x](x/index.md)\n",
        "viz.html": "<title>All</title><p>All of it</p>",
        "x/b.md": METRIC,
        "x/rows.csv": "title,url\nOne,https://one.example/\nTwo,https://two.example/\n",
        "x/notes.txt": "Notes.\n",
        "x/data/people.yaml": "name: Ada\n",
    }
    knowledge = graph.build(write_files(tmp_path, files))
    assert set(by_path(knowledge)) == {"a.md", "x/b.md"}
    assert not knowledge.people
    assert knowledge.info().passed_over["beside the concepts of a bundle"] == 4
    assert [(one.path, one.line) for one in knowledge.problems] == [("index.md", 10)]


def test_no_field_hides_a_concept(tmp_path: Path) -> None:
    """What generators would not render is a concept all the same, wherever it lies, since its keys are its owner's."""
    plain = {
        "archetypes/a.md": METRIC,
        "public/b.md": METRIC,
        "404.md": METRIC.replace("---\nA", "layout: x\n---\nA"),
        "c.md": METRIC.replace("---\nA", "redirect_to: /a\nheadless: true\npermalink: /a.json\n---\nA"),
        "d.md": METRIC.replace("---\nA", "build: { render: never }\ntitle: '{{ name }}'\n---\nA"),
        "e.md": METRIC + "\n    {{ ref(x) }} = {{ y }}\n",
    }
    knowledge = graph.build(write_files(tmp_path, {"index.md": VERSION, **plain}))
    assert set(by_path(knowledge)) == set(plain)
    assert not knowledge.problems


def test_a_status_of_the_format_is_found_in_any_case(tmp_path: Path) -> None:
    """The words that the format has are written alike, so that queries find them; others are as written."""
    said = {"a": "Deprecated", "b": "STABLE", "c": "In Review"}
    files = {f"{name}.md": f"---\ntype: Metric\nstatus: {status}\n---\n" for name, status in said.items()}
    knowledge = graph.build(write_files(tmp_path, {"index.md": VERSION, **files}))
    assert [article.status for article in knowledge.articles.values()] == ["deprecated", "stable", "In Review"]


def test_a_concept_is_an_article_whatever_its_type(tmp_path: Path) -> None:
    """A type that would make a record elsewhere is a kind of concept here; a title is not taken from a heading."""
    kinds = ("Person", "topic", "Organization", "Dataset", "???")
    files = {f"{n}.md": f"---\ntype: {kind}\n---\n# Schema\n\nx\n" for n, kind in enumerate(kinds)}
    knowledge = graph.build(write_files(tmp_path, {"index.md": VERSION, **files}))
    assert {article.type: article.label for article in knowledge.articles.values()} == {
        kind: str(number) for number, kind in enumerate(kinds)
    }
    assert not knowledge.people
    assert not knowledge.providers
    triples = f"<{BASE}article/3> a schema:Dataset"
    assert knowledge.query(f"ASK {{ {triples} }}")


def test_concepts_that_tags_name_stay_articles(tmp_path: Path) -> None:
    """A folder whose files are called as the tags of other concepts holds concepts, unless its owner says otherwise."""
    names = ("orders", "customers", "products")
    files = {"index.md": VERSION, **{f"tables/{name}.md": METRIC for name in names}}
    files |= {f"metrics/{name}.md": METRIC.replace("---\nA", f"tags: [{name}]\n---\nA") for name in names}
    articles = graph.build(write_files(tmp_path, files)).articles
    assert len(articles) == 2 * len(names)
    assert {article.trust_tier for article in articles.values()} == {"unverified"}
    write_files(tmp_path, {"article-graph.toml": '[kinds]\ntables = "topic"\n'})
    knowledge = graph.build(tmp_path)
    assert len(knowledge.articles) == len(knowledge.topics) == len(names)


def test_a_computation_keeps_its_contract(tmp_path: Path) -> None:
    """What a computation states is kept and what it names is linked to; nothing of it is run."""
    front = {
        "type": "Attested Computation",
        "runtime": "bigquery",
        "parameters": [{"name": "year", "type": "integer", "required": True}],
        "computation": "references/revenue.md",
        "executor": {"resource": "/references/run.md", "receipt": ["job_id", "result"]},
        "attester": {"resource": "references/check.py"},
    }
    files = {
        "index.md": VERSION,
        "computations/revenue.md": f"---\n{yaml.safe_dump(front)}---\n\n# Computation\n\n    SELECT 1\n",
        "references/revenue.md": METRIC,
        "references/run.md": METRIC,
    }
    knowledge = graph.build(write_files(tmp_path, files))
    article = by_path(knowledge)["computations/revenue.md"]
    assert set(article.links) == {f"{BASE}article/references-{name}" for name in ("revenue", "run")}
    assert article.extra["runtime"] == "bigquery"
    assert article.extra["parameters"] == "[{name: year, required: true, type: integer}]"
    assert article.extra["executor"] == "{receipt: [job_id, result], resource: /references/run.md}"
    assert not knowledge.problems


@pytest.mark.parametrize(
    ("fields", "published"),
    [("status: draft", None), ("status: deprecated", None), ("published: false", False), ("draft: true", False)],
)
def test_a_status_is_no_publication(fields: str, published: bool | None, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    """A concept that is a draft is shown as one; only fields that say so hide it."""
    files = {"index.md": VERSION, "a.md": f"---\ntype: Metric\n{fields}\n---\nA.\n"}
    (article,) = graph.build(write_files(tmp_path, files)).articles.values()
    assert article.published is published


MALFORMED: Mapping[str, str] = {
    "front matter that is no YAML": "---\ntype: [\n---\nA.\n",
    "front matter that never closes": "---\ntype: Metric\nA.\n",
    "front matter that is a list": "---\n- type\n---\nA.\n",
    "no front matter": "A.\n",
    "no type": "---\ntitle: A\n---\nA.\n",
    "a type that is a mapping": "---\ntype: {a: b}\n---\nA.\n",
    "nothing": "",
    "bytes": "\x00\x01\ufffd",
    "every family wrong": (
        "---\ntype: Metric\nsources: 7\ngenerated: [x]\nverified: x\nstatus: {a: b}\nstale_after: soon\n"
        "usage_window: x\ntimestamp: never\nresource: [x]\ntags: 7\nexecutor: x\ncomputation: {resource: [1]}\n"
        "---\nA.\n"
    ),
    "sources wrong": (
        "---\ntype: Metric\nsources: [null, 1, [x], {}, {resource: null}, {resource: {a: b}}, {resource: x,"
        " usage_count: many, last_modified: x, usage_window: {from: x, to: [1]}, title: [x], author: {a: b}}]\n"
        "---\nA.\n"
    ),
    "a source that is missing": "---\ntype: Metric\nsources: [{resource: /gone.md}]\n---\nA.\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_one_bad_file_loses_nothing_else(name: str, tmp_path: Path) -> None:
    """A malformed file is a problem in its own place, and all others are read."""
    files = {**BUNDLE, "index.md": VERSION, "bad.md": MALFORMED[name]}
    knowledge = graph.build(write_files(tmp_path, files))
    assert {"tables/orders.md", "tables/customers.md"} <= set(by_path(knowledge))
    assert {problem.path for problem in knowledge.problems} == {"bad.md"}


def test_a_bundle_where_everything_is_malformed_is_read(tmp_path: Path) -> None:
    """Where every file is wrong, indexes and logs as well, each is a problem and the build comes to its end."""
    files = {f"{number}.md": text for number, text in enumerate(MALFORMED.values())}
    files |= {f"x/{path}": f"---\nokf_version: [\n{text}" for path, text in files.items()}
    files |= {"index.md": "---\nokf_version: {a: [}\n---\n* [x](", "log.md": "\x00", "x/index.md": "---\n- a\n---\n"}
    knowledge = graph.build(write_files(tmp_path, files))
    assert {problem.path for problem in knowledge.problems} >= {"index.md", "0.md", "x/index.md", "x/0.md"}


@pytest.mark.slow
def test_huge_fields_take_bounded_time(tmp_path: Path) -> None:
    """Tens of thousands of sources, verifiers, footnotes and headings cost seconds at most."""
    many = 20_000
    front = "type: Metric\nsources:\n" + "- {id: a, resource: x}\n" * many
    front += "verified:\n" + "- {by: human:ada}\n" * many
    body = "Claim.[^a]\n\n" * many + "Claim.[^a] " * many + "\n\n[^a]: A\n\n" + "# Citations\n```\n" * many
    started = time.process_time()
    knowledge = graph.build(write_files(tmp_path, {"index.md": VERSION, "a.md": f"---\n{front}---\n{body}"}))
    assert time.process_time() - started < 60
    assert len(knowledge.articles) == 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["by", "at", "resource", "id", "from", "to", "usage_count", "title", "author", "usage_window"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
FIELDS = st.dictionaries(
    st.sampled_from(
        "type title sources generated verified status stale_after timestamp usage_window resource executor attester "
        "computation runtime tags other path slug".split()
    ),
    VALUES,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(fields=FIELDS, body=st.text(max_size=60))
def test_no_value_stops_a_build(fields: dict[str, object], body: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a concept's fields hold, it is one article or a problem, and the others stay as they are."""
    folder = tmp_path_factory.mktemp("bundle")
    text = f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\n{body}"
    (folder / "bad.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    knowledge = graph.build(write_files(folder, BUNDLE))
    articles = by_path(knowledge)
    assert articles["tables/orders.md"].trust_tier == "human-reviewed"
    assert "bad.md" in articles or any(problem.path == "bad.md" for problem in knowledge.problems)
    assert len(knowledge.triples) > 0


def test_the_specimen_is_read_whole(tmp_path: Path) -> None:
    """Of the specimen site every topic and link is read, and its questions have answers."""
    site = SITES["Open Knowledge Format"]()
    site.write(tmp_path)
    knowledge = graph.build(tmp_path)
    scores = compare(knowledge, site.expected, exact)
    for field in ("documents", "topics", "links", "outside links", "broken links"):
        assert scores[field].stated == scores[field].read == scores[field].agree
    assert len(knowledge.articles) == len(site.expected)
    for name in ("stale", "unverified", "deprecated-but-linked"):
        assert list(knowledge.query((QUERIES / f"{name}.rq").read_text(encoding="utf-8")))


def test_questions_about_trust_and_lifecycle_are_answered(tmp_path: Path) -> None:
    """What is stale, what nobody confirmed, and what is deprecated but linked is told by queries."""
    old = "---\ntype: Metric\ntitle: Old\nstatus: deprecated\nstale_after: 2026-01-01\n---\nOld.\n"
    knowledge = graph.build(write_files(tmp_path, {**BUNDLE, "old.md": old, "new.md": METRIC + "[Old](/old.md)\n"}))
    answers = {
        name: [
            next(iter(row.values())) for row in rows_of(knowledge, (QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
        ]
        for name in ("stale", "unverified", "deprecated-but-linked")
    }
    assert answers == {
        "stale": ["Old", "Customer Orders"],
        "unverified": ["Old", "customers", "new"],
        "deprecated-but-linked": ["Old"],
    }


def test_rdf_tells_of_sources_and_collections(tmp_path: Path) -> None:
    """A query reaches the signals of each source, and the parts of each index."""
    knowledge = graph.build(write_files(tmp_path, BUNDLE))
    rows = rows_of(
        knowledge,
        "SELECT ?entity ?count ?from WHERE { ?article prov:qualifiedDerivation ?one ; schema:isBasedOn ?entity . "
        "?one prov:entity ?entity ; ag:usageCount ?count ; ag:usedFrom ?from } ORDER BY ?count",
    )
    assert [row["count"] for row in rows] == [3, 7, 5000]
    assert knowledge.query("ASK { ?index a schema:Collection ; schema:hasPart/schema:hasPart ?article }")
    assert knowledge.query('ASK { ?article schema:expires "2026-09-23"^^xsd:date ; schema:mainEntity ?thing }')


def test_json_ld_tells_of_every_source(tmp_path: Path) -> None:
    """Articles and addresses that an article is based on stand in one list, so that neither hides the other."""
    knowledge = graph.build(write_files(tmp_path, BUNDLE))
    texts = {
        "".join(write_jsonld(knowledge)): RdfFormat.JSON_LD,
        "".join(write_ntriples(knowledge)): RdfFormat.N_TRIPLES,
    }
    one, other = ({str(quad.triple) for quad in pyoxigraph.parse(text, form)} for text, form in texts.items())
    assert one == other


def test_an_update_means_the_same_as_a_fresh_build(tmp_path: Path) -> None:
    """What was read of a bundle is recalled whole, and not at all where it is no longer one."""
    site, out, fresh = (tmp_path / name for name in ("site", "out", "fresh"))
    write_files(site, {**BUNDLE, "plain.md": "---\ntitle: Plain\n---\nA.\n", "_config.yml": "title: x\n"})

    def exports(folder: Path) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes()
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name not in {CACHE_FILE, SEARCH_FILE, "manifest.json"}
        }

    update([site], out)
    (site / "new.md").write_text(METRIC, encoding="utf-8")
    update([site], out)
    update([site], fresh, cache=False)
    assert exports(out) == exports(fresh)
    (site / "index.md").write_text("# No bundle any more\n", encoding="utf-8")
    update([site], out)
    update([site], fresh, cache=False)
    assert exports(out) == exports(fresh)
    assert "human-reviewed" not in (out / "graph.ttl").read_text(encoding="utf-8")


def test_the_explorer_knows_types(tmp_path: Path) -> None:
    """The types of concepts are among those that the explorer filters by."""
    atlas = to_atlas(graph.build(write_files(tmp_path, BUNDLE)).truth)
    assert record_numbers(atlas.census).types == ("BigQuery Table",)
