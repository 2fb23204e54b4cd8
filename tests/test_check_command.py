"""`article-graph check` as users and machines run it: formats, baselines, learnt settings, hooks."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.checking import RULES, Finding
from graph.checking.baseline import read_baseline, without_known, write_baseline
from graph.checking.formats import MOST_LINES, text_lines, to_annotations, to_sarif
from graph.errors import SourceError
from tests.commands import SEEDS, Run, assert_misuse, command, environment
from tests.folders import write_files
from tests.test_checking import dated
from tests.worlds import HOSTILE

HERE = Path(__file__).resolve().parent.parent
LEVELS = {"none", "note", "warning", "error"}
"""The levels of SARIF."""

FINDINGS = st.lists(
    st.builds(
        lambda path, text, line, rule: Finding(
            *(path, line, 1, rule.code, rule.name, rule.severity, text, "Correct it", path.lower(), None)
        ),
        st.sampled_from([*HOSTILE, "a,b:c%d.md", "a b/ä#?.md"]) | st.text(max_size=9),
        st.sampled_from([*HOSTILE, "100% of\r\n::error::it"]) | st.text(max_size=9),
        st.integers(1, 99),
        st.sampled_from(RULES),
    ),
    max_size=5,
)


# Formats --------------------------------------------------------------------------------------------------------------


def test_text_is_grouped_and_short(run: Run, tmp_path: Path) -> None:
    """Findings are grouped by rule, the gravest first; of each rule ten are shown, and all if asked for."""
    site = {f"{number:02}.md": dated(f"T {number}", "2020-01-01 10:00", text="[x](n.md)") for number in range(12)}
    folder = str(write_files(tmp_path, site))
    done = run("check", folder)
    lines = done.out.splitlines()
    assert done.status == 1
    assert lines[0] == "AG404 broken-link: 12 findings. Correct the link, or add the document."
    assert lines[1] == f'{folder}/00.md:5:5: AG404 error there is no document at "n.md"'
    assert lines[MOST_LINES + 1] == "  and 2 more; --all shows them"
    assert lines[MOST_LINES + 3].startswith("AG303 date-without-zone: 12 findings.")
    assert lines[-1] == "24 findings in 12 files, of 12 documents read: 12 errors, 12 warnings."
    assert len(run("check", folder, "--all").out.splitlines()) == 29


@given(FINDINGS)
def test_text_has_a_line_for_each_finding(findings: list[Finding]) -> None:
    """Every finding is told, under the heading of its rule."""
    told = list(text_lines(findings, None))
    assert sum(bool(line) for line in told) == len(findings) + len({(one.severity, one.code) for one in findings})


def test_json_is_a_list_of_findings(run: Run, tmp_path: Path) -> None:
    """The JSON has the fields of the rows, and fixes in them."""
    site = {f"{name}.md": dated(name, more=f"tags: [{tag}]\n") for name, tag in (("a", "Rust"), ("b", "Rust"))}
    site["c.md"] = dated("c", more="tags: [rust]\n")
    (row,) = json.loads(run("check", str(write_files(tmp_path, site)), "--format", "json").out)
    (finding,) = graph.check(tmp_path)
    assert finding.fix is not None
    assert Finding(**{**row, "fix": graph.Fix(**row["fix"])}) == finding


def assert_is_sarif(log: dict[str, Any], findings: list[Finding]) -> None:
    """Check a log against what the schema of SARIF 2.1.0 requires of the properties that are used."""
    assert log.keys() == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run.keys() == {"tool", "columnKind", "results"}
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("article-graph", graph.__version__)
    for rule in driver["rules"]:
        assert rule.keys() == {"id", "name", "shortDescription", "help", "defaultConfiguration"}
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["help"]["text"].endswith(".")
        assert rule["defaultConfiguration"]["level"] in LEVELS
        assert isinstance(rule["defaultConfiguration"]["enabled"], bool)
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    assert len(run["results"]) == len(findings)
    for result, finding in zip(run["results"], findings, strict=True):
        assert result.keys() <= {
            "ruleId",
            "ruleIndex",
            "level",
            "message",
            "partialFingerprints",
            "locations",
            "properties",
        }
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] in LEVELS
        text, told = result["message"]["text"], f"{finding.message}. {finding.remedy}."
        assert (re.sub(r"\\([\\\[\]])", r"\1", text) if "](" in told else text) == told
        assert not re.search(r"(?<!\\)\]\(", text)  # viewers show it as a link
        assert all(isinstance(value, str) and value for value in result["partialFingerprints"].values())
        for location in result.get("locations", ()):
            place = location["physicalLocation"]
            assert place["region"] == {"startLine": finding.line, "startColumn": finding.column}
            assert min(place["region"].values()) >= 1
            uri = place["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", uri, re.ASCII)
            assert unquote(uri) == finding.path.encode("utf-8", "replace").decode()
        assert bool(result.get("locations")) == bool(finding.path)
    prints = [json.dumps(result["partialFingerprints"]) for result in run["results"]]
    assert len(set(prints)) == len(prints)


@given(FINDINGS)
def test_any_findings_are_sarif(findings: list[Finding]) -> None:
    """Whatever paths and messages are, the log is valid: the addresses are, and fingerprints differ."""
    findings = [replace(one, path=one.path.lstrip("/")) for one in findings]
    assert_is_sarif(json.loads(json.dumps(to_sarif(findings, graph.__version__))), findings)


def test_content_is_no_link_in_sarif(tmp_path: Path) -> None:
    """A text that has the form of a link is escaped, as the standard says."""
    site = {"article-graph.toml": "[check.fields]\nkind = { allowed = ['a'] }\n"}
    site["a.md"] = "---\ntitle: A\nkind: '[see](https://evil.example) \\'\n---\nText.\n"
    findings = [replace(one, path="a.md") for one in graph.check(write_files(tmp_path, site), select=["AG253"])]
    log = to_sarif(findings, graph.__version__)
    assert_is_sarif(log, findings)
    assert r'"\[see\](https://evil.example) \\"' in log["runs"][0]["results"][0]["message"]["text"]


def test_sarif_is_read_by_a_model_of_the_standard(run: Run, tmp_path: Path) -> None:
    """The log is read by a typed model of SARIF 2.1.0, and has the same results in it."""
    model = pytest.importorskip("sarif_pydantic")
    folder = write_files(tmp_path, {"ä b.md": dated("A", text="[x](n.md)")})
    done = run("check", str(folder), "--format", "sarif", "--fail-on", "never")
    log = model.Sarif.model_validate_json(done.out)
    (result,) = log.runs[0].results
    place = result.locations[0].physical_location
    assert (result.rule_id, place.region.start_line, place.region.start_column) == ("AG404", 5, 5)
    assert place.artifact_location.uri == (folder / "ä b.md").as_uri()


def read_annotation(line: str) -> tuple[str, dict[str, str], str]:
    """Return command, properties and message of a workflow command, as the runner of GitHub reads it."""
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line, re.DOTALL)
    assert found, line
    pairs = [pair.partition("=") for pair in found[2].split(",")]
    return found[1], {key: plain(value) for key, _, value in pairs}, plain(found[3])


def plain(text: str) -> str:
    """Return a text without the escapes of workflow commands."""
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, sign)
    return text


@given(FINDINGS)
def test_annotations_say_what_was_found(findings: list[Finding]) -> None:
    """Each finding is one command, whose parts are what they were before they were escaped."""
    lines = list(to_annotations(findings))
    for line, finding in zip(lines, findings, strict=True):
        assert "\n" not in line
        assert "\r" not in line
        name, properties, message = read_annotation(line)
        assert name == {"error": "error", "warning": "warning", "note": "notice"}[finding.severity]
        assert message == f"{finding.message}. {finding.remedy}."
        if finding.path:
            assert (properties["file"], properties["line"], properties["col"]) == (finding.path, str(finding.line), "1")


# Exit status ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        ("Text.", [], 0),
        ("[x](n.md)", [], 1),
        ("[x](n.md)", ["--fail-on", "never"], 0),
        ("[x](n.md)", ["--ignore", "AG3,broken-link"], 0),
        ("[x](n.md)", ["--select", "AG1"], 0),
        ("![](a.png)", [], 0),
        ("![](a.png)", ["--fail-on", "warning"], 1),
        ("Text.", ["--fail-on", "note"], 0),
        ("Text.", ["--fail-on", "note", "--extend-select", "orphan"], 1),
    ],
)
def test_the_exit_status(run: Run, tmp_path: Path, text: str, options: list[str], status: int) -> None:
    """The status is 1 if something of the chosen severity is found, and otherwise 0."""
    assert run("check", str(write_files(tmp_path, {"a.md": dated("A", text=text)})), *options).status == status


def test_misuse(run: Run, tmp_path: Path) -> None:
    """What cannot be carried out ends with status 2 and one line."""
    assert_misuse(run("check"), "Name a source")
    assert_misuse(run("check", ""), "Name a source")
    assert_misuse(run("check", "nowhere"), "cannot be read")
    assert_misuse(run("check", SEEDS, "--select", "AG9"), "'AG9' is not a rule. Name a code")
    assert_misuse(run("check", SEEDS, "--ignore", "borken_link"), "Did you mean broken-link?")
    assert_misuse(run("check", SEEDS, "--baseline", str(tmp_path / "none.json")), "Name a baseline file that exists")
    assert_misuse(run("check", SEEDS, "--write-baseline", str(tmp_path)), str(tmp_path))


def test_the_rules_are_listed(run: Run) -> None:
    """`--rules` names every rule, and needs no source."""
    listed = run("check", "--rules").out
    assert all(re.search(rf"^{rule.code}  {rule.name} ", listed, re.MULTILINE) for rule in RULES)


def test_control_characters_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    """A message that quotes content has no escape sequences, in any format."""
    folder = str(write_files(tmp_path, {"a\x1b[31m.md": dated("A", text="[x](<n\x1b[2J\x9b.md>)")}))
    for form in ("text", "json", "sarif", "github"):
        printed = run("check", folder, "--format", form)
        assert printed.status == 1
        assert not set(printed.out) & set("\x1b\x9b\x07")


# Baselines ------------------------------------------------------------------------------------------------------------


def test_known_findings_are_not_reported(run: Run, tmp_path: Path) -> None:
    """What a baseline knows is not reported when lines move; one more of a kind is, and a stale entry is told."""
    site, file = tmp_path / "site", str(tmp_path / "new" / "known.json")
    write_files(site, {"a.md": dated("A", text="[x](n.md)\n\n[y](n.md)"), "b.md": dated("B", "never")})
    assert run("check", str(site), "--write-baseline", file).told == f"3 findings written to {file}\n"
    assert run("check", str(site), "--baseline", file).status == 0
    write_files(site, {"a.md": dated("A", text="Moved.\n\nDown: [x](n.md)\n[y](n.md)"), "b.md": dated("B", "never")})
    assert run("check", str(site), "--baseline", file).told == ""
    write_files(site, {"a.md": dated("A", text="[x](n.md)\n[y](n.md)\n[z](n.md)"), "b.md": dated("B")})
    done = run("check", str(site), "--baseline", file)
    assert (done.status, done.out.count("broken-link")) == (1, 1)
    assert "1 entry of" in done.told
    assert "b.md: AG301" in done.told
    assert "entry" not in run("check", str(site), "--baseline", file, "--ignore", "AG301").told


def test_the_positions_of_items_do_not_matter(tmp_path: Path) -> None:
    """A fault of an item is known when items before it come or go."""
    related = "related:\n- title: One\n  webUrl: https://x.example/1\n  date: never\n"
    (before,) = graph.check(write_files(tmp_path, {"a.md": dated("A", more=related)}), select=["invalid-date"])
    moved = related.replace("- title: One", "- title: Zero\n  webUrl: https://x.example/0\n- title: One")
    (after,) = graph.check(write_files(tmp_path, {"a.md": dated("A", more=moved)}), select=["invalid-date"])
    assert before.message != after.message
    assert before.key == after.key


@given(FINDINGS)
def test_a_baseline_knows_all_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, findings: list[Finding]
) -> None:
    """Whatever was found is known afterwards, and nothing is stale; without it, everything is."""
    path = tmp_path_factory.mktemp("baseline") / "known.json"
    findings = [one for one in findings if not re.search("[\ud800-\udfff]", one.message + one.path)]
    assert write_baseline(path, findings) == len(findings)
    known = read_baseline(path)
    assert without_known(findings, known) == ((), ())
    assert without_known([], known) == ((), tuple(sorted({one.key for one in findings})))
    shutil.rmtree(path.parent)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "1", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{}]}', "\x00", "[" * 9999],
)
def test_other_files_are_no_baselines(tmp_path: Path, text: str) -> None:
    """A file that is not a baseline is refused in one sentence."""
    (tmp_path / "known.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="is not a baseline"):
        read_baseline(tmp_path / "known.json")


# Learning -------------------------------------------------------------------------------------------------------------


def test_learning_finds_what_most_have(run: Run, tmp_path: Path) -> None:
    """Settings that were learnt are valid, hold for most, and find those that differ."""
    site = {}
    for number in range(60):
        state = ["open", "closed"][number % 2]
        site[f"content/news/{2000 + number % 9}/{number}.md"] = dated(f"T {number}", more=f"state: {state}\n'a b': 1\n")
    site["content/news/odd.md"] = dated("Odd", more="state: Open\n'a b': x\n").replace("date", "data")
    for number in range(40):
        site[f"content/pages/{number}.md"] = f"---\ntitle: P {number}\nweight: {number}\n---\nText.\n"
    printed = run("check", str(write_files(tmp_path, site)), "--learn").out
    news = tomllib.loads(printed)["check"]["folders"]["content/news"]["fields"]
    assert news["date"] == {"required": True, "type": "date"}
    assert news["state"] == {"required": True, "type": "text", "allowed": ["closed", "open"]}
    assert news["a b"] == {"required": True, "type": "integer"}
    assert "content/news/2000" not in printed
    (tmp_path / "article-graph.toml").write_text(printed, encoding="utf-8")
    findings = graph.check(tmp_path, select=["AG25", "AG805"])
    assert [(one.document, one.rule) for one in findings] == [
        ("content/news/odd.md", rule) for rule in ("missing-field", "value-not-allowed", "wrong-type")
    ]


def test_few_documents_teach_nothing(run: Run, tmp_path: Path) -> None:
    """Thirty documents that all agree prove nothing."""
    site = {f"{number}.md": dated(f"T {number}") for number in range(30)}
    assert tomllib.loads(run("check", str(write_files(tmp_path, site)), "--learn").out) == {}
    few = run("check", SEEDS, "--learn").out
    assert few.endswith("\n# No field is surely in nine of ten, and so few cannot show it.\n")
    assert tomllib.loads(few) == {}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--learn", "--fix"], "--learn only prints, and checks nothing. Leave out --fix."),
        (["--learn", "--select", "AG4", "--diff"], "Leave out --select, --diff."),
        (["--rules", "--format", "json"], "--rules only prints, and checks nothing. Leave out --format."),
    ],
)
def test_what_only_prints_takes_no_other_option(run: Run, options: list[str], told: str) -> None:
    """An option that would do nothing is refused, and not passed over."""
    assert_misuse(run("check", SEEDS, *options), told)


def test_hostile_names_are_learnt_as_valid_settings(run: Run, tmp_path: Path) -> None:
    """Names and values of fields that have a meaning in TOML are quoted; secrets are not learnt."""
    fields = {'a"]\n[x': 'b"\n', "é \\ .": "c\\", "space": "a\u00a0b", "secured": "hush"}
    site = {
        f"f'\"{{}}/{number}.md": json.dumps({"title": f"T {number}", **fields}, indent=1) + "\nText.\n"
        for number in range(50)
    }
    printed = run("check", str(write_files(tmp_path, site)), "--learn").out
    assert "hush" not in printed
    assert len(tomllib.loads(printed)["check"]["fields"]) == 4
    (tmp_path / "article-graph.toml").write_text(printed, encoding="utf-8")
    assert graph.check(tmp_path, select=["AG25", "AG805"]) == ()


# Hooks ----------------------------------------------------------------------------------------------------------------


def program(folder: Path) -> dict[str, str]:
    """Return an environment in which `article-graph` is the one under test."""
    folder.mkdir()
    file = folder / "article-graph"
    file.write_text(f'#!/bin/sh\nexec {shlex.join(command())} "$@"\n', encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return environment(PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_the_hook_of_pre_commit_runs(tmp_path: Path) -> None:
    """The hook names a command that checks the repository and fails with its findings."""
    (hook,) = yaml.safe_load((HERE / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook.keys() >= {"id", "name", "entry", "language"}
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    write_files(tmp_path / "site", {"a.md": dated("A", text="[x](n.md)")})
    words = [*shlex.split(hook["entry"]), *hook["args"]]
    done = subprocess.run(
        words, cwd=tmp_path / "site", env=program(tmp_path / "bin"), capture_output=True, text=True, check=False
    )
    assert (done.returncode, "a.md:5:5: AG404" in done.stdout) == (1, True)


@pytest.mark.parametrize("sarif", ["", "out.sarif"])
def test_the_action_runs(tmp_path: Path, sarif: str) -> None:
    """The script of the action checks each source by its name, whatever is in it, and fails with the findings."""
    action = yaml.safe_load((HERE / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    steps = {step.get("name"): step for step in action["runs"]["steps"]}
    step = steps["Check"]
    assert "${{" not in step["run"]  # an input that became part of a script could run anything
    inputs = {name: str(given["default"]) for name, given in action["inputs"].items()}
    name = "my $(touch pwned) site"
    inputs |= {"sources": f"{name}\nother\n", "sarif": sarif}
    values = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
        for key, value in step["env"].items()
    }
    write_files(tmp_path / name, {"a.md": dated("A", text="[x](n.md)")})
    write_files(tmp_path / "other", {"b.md": dated("B")})
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={**program(tmp_path / "bin"), **values},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert not (tmp_path / "pwned").exists()
    if sarif:
        (result,) = json.loads((tmp_path / sarif).read_text(encoding="utf-8"))["runs"][0]["results"]
        assert result["ruleId"] == "AG404"
    else:
        assert done.stdout.startswith(f"::error file={name}/a.md,line=5,col=5,title=AG404 broken-link::")


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    """A reader that has seen enough is no error."""
    write_files(tmp_path, {f"{number}.md": dated("A", text="[x](n.md)") for number in range(300)})
    script = f"{shlex.join([sys.executable, '-m', 'graph', 'check', str(tmp_path), '--all'])} | head -1"
    done = subprocess.run(["sh", "-c", script], env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
