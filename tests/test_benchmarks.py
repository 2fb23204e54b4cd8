"""The benchmark measures what it says: a corpus with a real site's statistics, and two programs that do the same."""

from __future__ import annotations

import functools
import json
import os
import re
import statistics
import subprocess
import sys
import tarfile
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
import rdflib

import graph
from benchmarks.baseline import read_site, to_network, to_triples
from benchmarks.corpus import Shape, files, write_folder, write_tar
from benchmarks.floors import load_json, prepare_json, read_bytes
from benchmarks.growth import Step
from benchmarks.measuring import Cost, median_cost, run_module
from benchmarks.names import TABLE, Named, judged_names, score
from benchmarks.report import to_page
from benchmarks.side_by_side import BASELINE, COLD, ONE_FILE, SAME_FILES, WARM, Changed, Comparison, compare
from benchmarks.stages import Stages
from graph.structure.typical_phrases import LONGEST_NAME

HERE = Path(__file__).resolve().parent.parent
LISTED = re.compile(r'^ {4}webUrl: "(.*)"$', re.MULTILINE)
ADDRESS = re.compile(r'^webUrl: "(.*)"$', re.MULTILINE)
DOMAIN = re.compile(r"^ {2}domain: (.*)$", re.MULTILINE)


@functools.cache
def articles(count: int) -> list[str]:
    """Return the texts of a generated corpus' articles."""
    return [text for path, text in files(Shape(count)) if path.startswith("_news/")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small generated site."""
    folder = tmp_path_factory.mktemp("benchmarks") / "site"
    write_folder(Shape(120), folder)
    return folder


def test_the_generator_repeats_itself(tmp_path: Path) -> None:
    """The same size and seed give the same files in every process, whatever its hash seed."""
    for number in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "benchmarks.corpus", "40", str(tmp_path / number), "--seed", "7"],
            cwd=HERE,
            env={**os.environ, "PYTHONHASHSEED": number},
            check=True,
        )
    written = dict(files(Shape(40, seed=7)))
    for number in ("1", "2"):
        folder = tmp_path / number
        assert {
            path.relative_to(folder).as_posix(): path.read_bytes().decode()
            for path in folder.rglob("*")
            if path.is_file()
        } == written


def test_another_seed_gives_another_corpus() -> None:
    """Corpora of different seeds share no article."""
    one, other = ({text for path, text in files(Shape(40, seed)) if path.startswith("_news/")} for seed in (0, 1))
    assert not one & other


@pytest.mark.parametrize("count", [1, 40, 250])
def test_a_corpus_has_the_size_asked_for(count: int) -> None:
    """A corpus has exactly as many articles as asked for, each with a path of its own."""
    paths = [path for path, _ in files(Shape(count))]
    assert sum(path.startswith("_news/") for path in paths) == count
    assert len(set(paths)) == len(paths)


def test_a_larger_corpus_begins_with_the_smaller() -> None:
    """Growing a corpus adds files and changes none."""
    small = list(files(Shape(40)))
    assert list(islice(files(Shape(400)), len(small))) == small


def test_the_archive_holds_the_same_files(tmp_path: Path) -> None:
    """The archive written as a stream is a tar archive of the same files."""
    write_tar(Shape(40), tmp_path / "site.tar")
    with tarfile.open(tmp_path / "site.tar") as archive:
        found = {member.name: archive.extractfile(member) for member in archive}
        assert {name: stream.read().decode() for name, stream in found.items() if stream} == dict(files(Shape(40)))


def test_lists_repeat_the_same_stubs() -> None:
    """Lists are 33 long on average and mostly shorter, a sixth is empty, and each stub is written 17 times."""
    listed = [LISTED.findall(text) for text in articles(2000)]
    lengths = [len(stubs) for stubs in listed]
    assert 30 < statistics.mean(lengths) < 36
    assert 10 < statistics.median(lengths) < 20
    assert 0.12 < lengths.count(0) / len(lengths) < 0.20
    assert max(lengths) <= 180
    distinct = {stub for stubs in listed for stub in stubs}
    assert 15 < sum(lengths) / len(distinct) < 20


def test_half_of_the_pages_listed_have_no_file() -> None:
    """Between 0.8 and 1.2 pages are only listed for each that has a file, and every file but the lonely is listed."""
    texts = articles(2000)
    own = {found[1] for text in texts if (found := ADDRESS.search(text))}
    listed = {stub for text in texts for stub in LISTED.findall(text)}
    assert 0.8 < len(listed - own) / len(own) < 1.2
    assert 0.75 < len(listed & own) / len(own) < 0.9


def test_stories_hold_together() -> None:
    """The articles of one story list each other, and nothing outside it."""
    listed = {found[1]: set(LISTED.findall(text)) for text in articles(250) if (found := ADDRESS.search(text))}
    for address, stubs in listed.items():
        for other in stubs & listed.keys():
            assert listed[other] | {other} == stubs | {address}


def test_a_stub_is_written_alike_everywhere() -> None:
    """A page's stub has the same text in every list, so that reading may remember it."""
    texts: dict[str, set[str]] = {}
    for text in articles(250):
        for stub in re.split(
            r"^ {2}- (?=title: )", text.partition("\nrelated:\n")[2].partition("\n\n")[0], flags=re.MULTILINE
        )[1:]:
            found = LISTED.search(stub)
            assert found
            texts.setdefault(found[1], set()).add(stub.rstrip("\n"))
    assert texts
    assert all(len(variants) == 1 for variants in texts.values())


def test_publishers_follow_zipf() -> None:
    """The largest publisher has over two fifths of the articles, the next a twentieth at most, most have one or two."""
    counts = Counter(DOMAIN.findall(text)[0] for text in articles(2000))
    shares = [count / 2000 for _, count in counts.most_common()]
    assert 0.38 < shares[0] < 0.48
    assert 0.02 < shares[1] < 0.05
    assert shares[1] > 2 * shares[10] > 4 * shares[50]
    assert sum(share <= 2 / 2000 for share in shares) > len(shares) / 2


def test_smaller_stories_have_shorter_lists() -> None:
    """Stories a fifth as large make lists of a tenth to a fifth of the length."""
    texts = [text for path, text in files(Shape(2000, stories=0.2)) if path.startswith("_news/")]
    assert 3 < statistics.mean(len(LISTED.findall(text)) for text in texts) < 7


def test_the_generated_site_is_without_faults(site: Path) -> None:
    """article-graph finds all articles of a generated site, and nothing wrong with it."""
    knowledge = graph.build(site)
    assert not knowledge.problems
    assert sum(not article.stub for article in knowledge.articles.values()) == 120
    assert len(knowledge.topics) == 20


def test_the_script_finds_the_same_network(site: Path) -> None:
    """The straightforward script finds the nodes and relations that are stated; it looks for no topics in prose."""
    network, ours = to_network(read_site(site)), graph.build(site).network
    assert set(network.edges(keys=True)) == {edge for edge in ours.edges(keys=True) if edge[2] != "mentions"}
    assert set(network) == set(ours)
    for node, attributes in network.nodes.items():
        assert attributes.items() <= ours.nodes[node].items()


@pytest.mark.slow
def test_the_script_finds_the_same_triples(site: Path, tmp_path: Path) -> None:
    """The straightforward script makes all triples of what is stated; it looks for no topics in prose."""
    graph.publish(graph.build(site), tmp_path, formats="nt")
    ours = rdflib.Graph().parse(tmp_path / "graph.nt")
    ours.remove((None, rdflib.SDO.mentions, None))
    assert set(to_triples(read_site(site))) == set(ours)


@pytest.mark.slow
def test_every_program_is_measured(tmp_path: Path) -> None:
    """A comparison runs the script, the builds and the floors as often as asked, and leaves the folder as it was."""
    folder, work = tmp_path / "site", tmp_path / "work"
    write_folder(Shape(5), folder)
    work.mkdir()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    told: list[str] = []
    found = compare("A site", folder, work, 1, told.append)
    assert {BASELINE, COLD, WARM, ONE_FILE, SAME_FILES} < found.costs.keys()
    assert all(cost.peak > 1 for cost in found.costs.values())
    assert found.files == len(before)
    assert "reading" in found.stages
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert all(any(program in line for line in told) for program in found.costs)


def test_a_changed_document_is_put_back(site: Path) -> None:
    """One document differs as long as the context lasts, and afterwards not even by its time of change."""
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*.md")}
    with Changed(site, 1):
        assert sum(path.read_bytes() != data for path, (data, _) in before.items()) == 1
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_a_failing_program_ends_the_benchmark(tmp_path: Path) -> None:
    """A run that fails is told with its last words, and never measured."""
    with pytest.raises(SystemExit, match=r"ended with status [^0](?s:.*)nowhere"):
        run_module("graph", "build", tmp_path / "nowhere", "--out", tmp_path / "out")


def test_floors_see_all_data(site: Path, tmp_path: Path) -> None:
    """The floors read every byte and every document."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    assert read_bytes(site) == sum(path.stat().st_size for path in paths)
    prepare_json(site, tmp_path / "json")
    assert load_json(tmp_path / "json") == len(paths)
    stated = [json.loads(path.read_bytes()) for path in (tmp_path / "json").iterdir()]
    assert sum("webUrl" in data for data in stated) == 120


def test_stages_account_for_everything() -> None:
    """Each stage that a build tells of is added up, and so is what happens before, between and after them."""
    stages = Stages()
    for name in ("reading", "reading", "writing one", "writing two"):
        stages.tell(name, 0, None)
    stages.end()
    assert list(stages.seconds) == [
        "starting",
        "before reading",
        "reading",
        "between reading and writing",
        "writing one",
        "after the last file",
    ]


def test_medians_are_taken_number_by_number() -> None:
    """One slow run and one large run do not count."""
    assert median_cost([Cost(1, 9, 1), Cost(5, 2, 3), Cost(2, 1, 900)]) == Cost(2, 2, 3)


def test_the_page_shows_ratios_and_bends() -> None:
    """The page states how much less a build takes, how time grows with size, and which size was too large to try."""
    costs = {BASELINE: Cost(60, 61, 400), COLD: Cost(3, 3, 100), WARM: Cost(0.3, 0.3, 50)}
    costs |= {ONE_FILE: Cost(1.5, 1.5, 90), SAME_FILES: Cost(2, 2, 80)}
    comparison = Comparison("Site", 10, 1.0, 3, costs, {"starting": 1.0, "reading": 3.0}, {"1": Cost(5, 4, 90)})
    steps = [
        Step(1000, 2000, 33_000, 24, Cost(2, 2, 100)),
        Step(10_000, 20_000, 330_000, 240, Cost(30, 30, 500)),
        Step(1_000_000, 0, 0, 0, None, 70.0),
    ]
    page = to_page([comparison], steps, 33.0)
    assert "takes 20.0× less CPU and 4.0× less memory" in page
    assert "A warm build takes 10% of a cold one, after one change 50%." in page
    assert re.search(r"\| reading +\| +3\.00 \| +75% \|", page)
    assert re.search(r"\| one process \| +5\.00 \| +4\.00 \| +90 \|", page)
    assert re.search(r"\| 10,000 .*\| +3\.00 \| +51\.2 \| 1\.50 \|", page)
    assert "1,000,000 articles were skipped: they need 70 GB of free disk." in page


def test_judged_names_are_scored() -> None:
    """Names that are still given count as judged, on one level and on two; others are told and do not count."""
    table = "\n".join(
        f"| `{digest}` | site | 9 | {level} | {name} | {verdict} |"
        for digest, level, name, verdict in [
            ("0" * 12, "whole", "Roses", "good"),
            ("1" * 12, "part", "Red \\| white", "fair"),
            ("2" * 12, "whole", "Trees", "bad"),
        ]
    )
    named = [
        Named("0" * 12, "site", 9, "whole", "Roses", is_divided=True),
        Named("1" * 12, "site", 9, "part", "Red | white"),
        Named("2" * 12, "site", 9, "whole", "Oaks"),
        Named("3" * 12, "site", 9, "whole", "Never judged"),
    ]
    assert score(named, judged_names(table)).splitlines() == [
        "1 communities: 100% good, 0% fair, 0% bad",
        "1 with parts in place of divided ones: 0% good, 100% fair, 0% bad",
        "1 judged communities have a new name",
        "  site: Trees (bad) is now Oaks",
    ]


def test_the_table_of_judged_names_is_read_whole() -> None:
    """Every row of the table is read, and the shares above it are those of its rows."""
    page = TABLE.read_text(encoding="utf-8")
    judged = judged_names(page)
    assert len(judged) == page.count("\n| `") >= 120
    whole = [verdict for (_, level, _), (_, verdict) in judged.items() if level == "whole"]
    good, bad = (whole.count(verdict) / len(whole) for verdict in ("good", "bad"))
    assert f"| communities | {len(whole)} | {good:.0%} |" in page
    assert good >= 0.75
    assert bad <= 0.01
    assert all(len(name) <= LONGEST_NAME for name, _ in judged.values())
