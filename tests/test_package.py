"""The package keeps its promises to those who install and import it."""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.metadata
import inspect
import pkgutil
import pydoc
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import graph

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "graph"
PROJECT: dict[str, Any] = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [name for name in PROJECT["optional-dependencies"] if name not in {"dev", "mutation"}]
MODULES = ["graph"] + [
    found.name for found in pkgutil.walk_packages([str(PACKAGE)], "graph.") if not found.name.endswith("__main__")
]
DEFINITION = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
INDIRECT = {
    "pyspark": "Spark itself has the module pyspark, too",
    "pyspark-client": "has the module pyspark where Spark is elsewhere",
    "scipy": "networkx computes PageRank with it",
    "tzdata": "zoneinfo reads it where the system has no time zones",
}
"""Required packages that no module of ours imports, each with its reason."""


@functools.cache
def trees() -> list[tuple[Path, ast.Module]]:
    """Return each module's path and syntax tree."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [(path, ast.parse(path.read_text(encoding="utf-8"), str(path))) for path in paths]


def public(module: ModuleType) -> list[str]:
    """Return the names that a package lists, or that a module defines without an underscore."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    tree = next(tree for path, tree in trees() if str(path) == module.__file__)
    constants = [name for name, _, _ in explained(tree.body)]
    names = [*constants, *(node.name for node in tree.body if isinstance(node, DEFINITION))]
    return sorted({name for name in names if not name.startswith("_")}, key=in_order)


def in_order(name: str) -> tuple[int, str]:
    """Return what `__all__` is sorted by: constants, classes, the rest; each by the alphabet."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def explained(body: list[ast.stmt]) -> Iterator[tuple[str, int, bool]]:
    """Yield each name assigned in a body, its line, and whether a line of text follows that explains it."""
    for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        text = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, statement.lineno, text


@functools.cache
def explained_names() -> set[str]:
    """Return all module-level names whose source says what they are: constants, classes, functions, commands."""
    constants = {name for _, tree in trees() for name, _, text in explained(tree.body) if text}
    definitions = [node for _, tree in trees() for node in tree.body if isinstance(node, DEFINITION)]
    return constants | {node.name for node in definitions if ast.get_docstring(node)}


def test_offered_names_are_sorted_and_explained() -> None:
    """What a module offers is listed once, in order, exists, and says what it is."""
    unsorted, silent = [], []
    for name in MODULES:
        module = importlib.import_module(name)
        offered = public(module)
        in_place = offered == sorted(set(offered), key=in_order)
        if not in_place and module is not graph:  # which names first what is needed first
            unsorted.append(name)
        for item in offered:
            value = getattr(module, item)
            told = value.__doc__ if inspect.ismodule(value) else item in explained_names()
            if not told and not item.startswith("__"):
                silent.append(f"{name}.{item}")
    assert unsorted == []
    assert silent == []


def test_every_package_has_a_list_of_contents() -> None:
    """A package says what it offers."""
    packages = [name for name in MODULES if (PACKAGE / Path(*name.split(".")[1:])).is_dir()]
    assert [name for name in packages if not public(importlib.import_module(name))] == []


def test_everything_public_is_documented() -> None:
    """Every module and every public class, function and method says what it is."""
    silent = []
    for path, tree in trees():
        if not ast.get_docstring(tree):
            silent.append(f"{path}:1")
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        for body in [tree.body, *(node.body for node in classes if not node.name.startswith("_"))]:
            silent += [
                f"{path}:{node.lineno}: {node.name}"
                for node in body
                if isinstance(node, DEFINITION) and not node.name.startswith("_") and not ast.get_docstring(node)
            ]
    assert not silent, "\n".join(silent)


def test_records_are_frozen_and_explain_their_fields() -> None:
    """A public record is frozen and slotted, and each of its fields carries an explanation."""
    faults = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            marks = [ast.unparse(mark) for mark in node.decorator_list if "dataclass" in ast.unparse(mark)]
            if not marks:
                continue
            # What keeps a view once it is made needs a place to keep it, so it has no slots.
            keeps = "cached_property" in ast.unparse(node)
            # What is itself and no other, such as a connection, is no record.
            handle = "eq=False" in marks[0]
            # What records inherit leaves the slots to them, so that they can inherit from several.
            base = "__slots__ = ()" in ast.unparse(node)
            if not (handle or "frozen=True" in marks[0]) or not (keeps or base or "slots=True" in marks[0]):
                faults.append(f"{path}:{node.lineno}: {node.name} is not frozen and slotted")
            fields = [node for node in explained(node.body) if not node[0].startswith("_")]
            faults += [f"{path}:{line}: {node.name}.{name}" for name, line, text in fields if not text]
    assert not faults, "\n".join(faults)


def test_the_version_is_told_once() -> None:
    """The version stands in the package alone, and is that of its installed metadata."""
    assert PROJECT["dynamic"] == ["version"]
    assert "version" not in PROJECT
    assert graph.__version__ == importlib.metadata.version("article-graph")


def test_the_changelog_knows_the_version() -> None:
    """The changelog has a chapter for this version, or for what is not released yet."""
    chapters = re.findall(r"^## \[?([^\]\s]+)", (HERE / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert chapters[0] in {"Unreleased", graph.__version__}
    assert graph.__version__ in chapters


def test_required_packages_are_those_imported() -> None:
    """What the package requires is what its modules import: nothing missing, nothing idle."""
    imported = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"graph", "_typeshed"}
    owners = importlib.metadata.packages_distributions()
    needed = {canonical(owners.get(name, [name])[0]) for name in outside}
    assert needed | set(INDIRECT) == {name for extra in ("", *EXTRAS) for name in required(extra)}


def required(extra: str = "") -> set[str]:
    """Return the distributions that the package requires, or that one of its extras adds."""
    requirements = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    return {requirement_name(requirement) for requirement in requirements} - {"article-graph"}


def canonical(name: str) -> str:
    """Return a distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_name(requirement: str) -> str:
    """Return the distribution that a requirement such as `click>=8.1` names."""
    return canonical(re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0])


def test_constraints_pin_what_is_required() -> None:
    """The constraints pin one version of everything required, and hold names and versions only."""
    text = (HERE / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[a-z0-9.]+( ; [^/]*)?", line), line
    pinned = {line.split("==")[0] for line in lines}
    for extra in ("", *EXTRAS, "dev", "mutation"):
        assert required(extra) <= pinned


def test_the_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    """The wheel carries every module, the type marker, the pages' files and the example queries, and nothing else."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=HERE, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        points = archive.read(f"article_graph-{graph.__version__}.dist-info/entry_points.txt").decode()
    ours = {path.relative_to(HERE).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    ours = {name for name in ours if "__pycache__" not in name}
    assert "graph/py.typed" in ours
    ours |= {f"graph/serving/pages/examples/{path.name}" for path in (HERE / "examples" / "queries").iterdir()}
    assert {name for name in held if name.startswith("graph/")} == ours
    assert {name.split("/")[0] for name in held} == {"graph", f"article_graph-{graph.__version__}.dist-info"}
    assert "article-graph = graph.cli:main" in points


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads in a process of its own."""
    code = f"import sys; known = set(sys.modules)\n{statement}\nprint(*set(sys.modules) - known)"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=HERE, check=True, capture_output=True, text=True, timeout=60)
    return set(done.stdout.split())


def test_importing_is_light() -> None:
    """What the package offers loads no library that only one format or view needs, and nothing before it is used."""
    heavy = {"IPython", "matplotlib", "pandas", "polars", "pyvis", "requests", "scipy", "starlette", "uvicorn"}
    assert not heavy & loaded_by("from graph import *")
    assert {name for name in loaded_by("import graph") if name.startswith("graph")} == {"graph"}
    assert "graph.checking" not in loaded_by("import graph; graph.build")


def test_a_build_is_light(tmp_path: Path) -> None:
    """A build of linked articles loads none of the large libraries that take longer to import than it takes itself."""
    out = str(tmp_path / "exports")
    loaded = loaded_by(f"import graph; graph.publish(graph.build('seeds'), {out!r})")
    assert "graph.structure.communities" in loaded
    assert not {"networkx", "pandas", "rdflib", "scipy"} & loaded


def test_the_package_offers_what_it_lists() -> None:
    """Every name of `__all__` and no other is found on first use, in `dir` and by its own name."""
    assert set(graph.__all__) <= set(dir(graph))
    for name in set(graph.__all__) - {"__version__"}:
        assert getattr(graph, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'bild'"):
        graph.bild  # type: ignore[attr-defined] # noqa: B018 - there is no such name


def test_help_begins_with_what_to_do() -> None:
    """The first screen of `help(graph)`, 24 lines with the pager's own, shows how to use the package, and is right."""
    screen = pydoc.plain(pydoc.render_doc(graph)).splitlines()[:23]
    shown = [line.strip() for line in screen]
    assert [line for line in (graph.__doc__ or "").splitlines()[1:] if line not in shown] == []
    assert max(map(len, screen)) <= 80
    text = "\n".join(shown)
    assert set(re.findall(r"\bgraph\.(\w+)", text)) <= set(graph.__all__)
    assert all(hasattr(graph.KnowledgeGraph, name) for name in re.findall(r"\bknowledge\.(\w+)", text))


def test_the_package_runs_as_a_module() -> None:
    """`python -m graph` is the console script by another name."""
    run = [sys.executable, "-m", "graph", "--version"]
    done = subprocess.run(run, cwd=HERE, check=True, capture_output=True, text=True, timeout=60)
    assert graph.__version__ in done.stdout
