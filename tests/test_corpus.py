"""On real sites nothing is lost, nothing stands twice, and the same content gives the same bytes."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import graph
from graph.names import slug
from graph.reading.files import WantedPaths
from graph.urls import clean_url, match_key
from tests.corpus import corpus
from tests.health import assert_readable

FILES = {"everyday-azure": 2518, "digitalgov": 935, "rust-blog": 150, "obsidian-help": 173}
ARTICLES = re.compile(r"_(news|learning|events|newsletters)/")
DECLARED = re.compile(
    r"^[ -]*(?:webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl): *[\"']?(http[^\"'\\\n]*)[\"'\n]", re.MULTILINE
)
SECURED = re.compile(r"^secured: *\"?([^\"\n]+)", re.MULTILINE)
BLOCK = 20
"""Every run of forty characters of a blob holds one of its aligned blocks of twenty."""

ENCODED = bytes(byte if re.match(rb"[\w+/=;]", bytes([byte])) else ord(" ") for byte in range(256))
"""Translates all that stands in no blob into spaces. Splitting at them takes half the time of a regular expression."""

SHUFFLED_BUILD = """
import contextlib, os, random, sys
import graph

real = os.scandir

@contextlib.contextmanager
def shuffled(path):
    with real(path) as entries:
        found = list(entries)
    random.shuffle(found)
    yield found

os.scandir = shuffled
graph.publish(graph.build(sys.argv[1]), sys.argv[2], formats="ttl,nt,graphml,jsonld")
"""


@functools.cache
def texts_of(archive: Path) -> Mapping[str, str]:
    """Return the text of each document of an archive, by its path below the one folder of the archive."""
    texts = {}
    with tarfile.open(archive) as members:
        for member in members:
            stream = members.extractfile(member)
            path = member.name.partition("/")[2]
            if stream is not None and WantedPaths(()).member(path):
                texts[path] = stream.read().decode("utf-8")
    return texts


def addresses_of(knowledge: graph.KnowledgeGraph) -> Iterator[tuple[str, str]]:
    """Yield every address of every article, as its match key, with the article's IRI."""
    for iri, article in knowledge.articles.items():
        for address in {article.url, *article.amp_urls, *article.aliases} - {None}:
            yield match_key(str(address)), iri


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    """Return the documents of the largest site."""
    return texts_of(corpus("everyday-azure"))


@pytest.fixture(scope="module")
def outputs(azure: graph.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every output of the largest site."""
    out = tmp_path_factory.mktemp("outputs")
    graph.publish(azure, out)
    return out


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_file_is_accounted_for(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Every document of a real site becomes part of a record or of a problem, and the outputs can be read."""
    archive = corpus(name)
    large = name == "everyday-azure"
    knowledge = request.getfixturevalue("azure") if large else graph.build(archive)
    assert knowledge.info().files == FILES[name]
    records = (knowledge.articles, knowledge.providers, knowledge.topics, knowledge.people)
    documents = set(texts_of(archive))
    sources = {source for found in records for record in found.values() for source in record.sources}
    assert sources <= documents <= sources | {problem.path for problem in knowledge.problems}
    if not large:
        assert_readable(knowledge, tmp_path)


def test_no_two_articles_share_an_address(azure: graph.KnowledgeGraph) -> None:
    """Whatever the spelling, one address leads to one article."""
    owners: dict[str, set[str]] = {}
    for key, iri in addresses_of(azure):
        owners.setdefault(key, set()).add(iri)
    assert not {key: iris for key, iris in owners.items() if len(iris) > 1}


def test_every_address_declared_leads_to_its_article(azure: graph.KnowledgeGraph, texts: Mapping[str, str]) -> None:
    """Each web, original, AMP and AMP-cache address that any document writes down is one of an article's."""
    known = dict(addresses_of(azure))
    declared = {url for path, text in texts.items() if ARTICLES.match(path) for url in DECLARED.findall(text)}
    assert len(declared) > 6_000
    unknown = sorted(url for url in declared if match_key(clean_url(url) or url) not in known)
    assert not unknown


def test_a_topic_has_one_spelling(azure: graph.KnowledgeGraph) -> None:
    """There is one topic for all spellings of its name, and one provider for each domain that is no platform's."""
    assert max(Counter(slug(topic.label) for topic in azure.topics.values()).values()) == 1
    owners = {(slug(name), iri) for iri, topic in azure.topics.items() for name in (topic.label, *topic.names)}
    assert max(Counter(name for name, _ in owners).values()) == 1
    organizations = [iri for iri in azure.providers if iri.endswith("/#organization")]
    assert len({azure.providers[iri].domain for iri in organizations}) == len(organizations)


def test_a_provider_of_two_spellings(azure: graph.KnowledgeGraph) -> None:
    """The provider that is spelled in two ways is one, shown by its right name, and the other is told."""
    (provider,) = (found for found in azure.providers.values() if "morningstar" in found.label.lower())
    assert (provider.label, provider.names) == ("Morningstar, Inc.", ("Morningstar%2c Inc.",))
    (problem,) = (found for found in azure.problems if found.kind == "provider-spelling")
    assert '"Morningstar%2c Inc." and "Morningstar, Inc."' in problem.fact


def test_addresses_with_spaces(azure: graph.KnowledgeGraph, texts: Mapping[str, str]) -> None:
    """Addresses that are written with spaces are shown with the spaces encoded, and otherwise as written."""
    spaced = {url for text in texts.values() for url in DECLARED.findall(text) if " " in url.strip()}
    assert spaced
    shown = {address for article in azure.articles.values() for address in (article.iri, *article.aliases)}
    assert {clean_url(url) for url in spaced} == {url.replace(" ", "%20") for url in spaced} <= shown


def test_contradictions_are_told(azure: graph.KnowledgeGraph) -> None:
    """Each stub that states another title or date than its article is told, with the line it stands on."""
    told = [problem for problem in azure.problems if problem.kind.endswith("-contradiction")]
    assert len({(problem.path, problem.line) for problem in told}) >= 12
    assert all(problem.line for problem in told)


@pytest.mark.slow
def test_encrypted_blobs_are_in_no_output(outputs: Path, texts: Mapping[str, str]) -> None:
    """No run of forty characters of any `secured` field stands in any output."""
    blobs = [blob for text in texts.values() for blob in SECURED.findall(text)]
    assert len(blobs) > 1_000
    blocks = {blob[start : start + BLOCK] for blob in blobs for start in range(0, len(blob) - BLOCK + 1, BLOCK)}
    runs: dict[str, str] = {}  # most stand in several files, and are looked through once
    for path in (found for found in outputs.rglob("*") if found.is_file()):
        stated = {run.decode() for run in set(path.read_bytes().translate(ENCODED).split()) if len(run) >= 2 * BLOCK}
        runs |= dict.fromkeys(stated, path.name)
    leaking = {
        name
        for run, name in runs.items()
        if any(run[start : start + BLOCK] in blocks for start in range(len(run) - BLOCK + 1))
    }
    assert not leaking


@pytest.mark.slow
def test_the_same_content_gives_the_same_bytes(outputs: Path, tmp_path: Path) -> None:
    """A folder, listed in any order under any hash seed, gives the bytes that its archive gave."""
    with tarfile.open(corpus("everyday-azure")) as members:
        members.extractall(tmp_path / "site", filter="data")
    (folder,) = (tmp_path / "site").iterdir()
    run = [sys.executable, "-c", SHUFFLED_BUILD, str(folder), str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONHASHSEED": "271828", "PYTHONPATH": str(Path(graph.__file__).parent.parent)}
    subprocess.run(run, check=True, timeout=600, env=environment)
    names = {"graph.ttl", "graph.nt", "graph.graphml", "graph.jsonld", "records.data", "problems.json"}
    written = {path.name for path in (tmp_path / "out").glob("[!.]*")}
    assert written == {*names, "info.json", "manifest.json"}
    for name in sorted(names):
        assert (tmp_path / "out" / name).read_bytes() == (outputs / name).read_bytes(), name
