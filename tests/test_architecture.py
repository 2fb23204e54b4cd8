"""The house stands as docs/design.md draws it: rooms on floors, imports that only go down, and its few habits."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "graph"
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
ENTRY_POINTS = frozenset({"__init__.py", "__main__.py"})
"""The entry points: the package itself, and `python -m`. The table need not name them."""

ROOM = re.compile(r"^\| *(\d+) *\| *`([^`]+)` *\|", re.MULTILINE)


@functools.cache
def nodes_of(module: str) -> list[ast.AST]:
    """Return all nodes of a module's syntax tree."""
    return list(ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"), module)))


@functools.cache
def floors() -> dict[str, int]:
    """Return the floor of each room that the table of the design page names; a folder ends in `/`."""
    page = (HERE / "docs" / "design.md").read_text(encoding="utf-8")
    return {room: int(floor) for floor, room in ROOM.findall(page)}


def floor_of(module: str) -> int | None:
    """Return the floor of a module such as `reading/values.py`: its own, or its folder's; `None` off the table."""
    table = floors()
    folders = [parent.as_posix() + "/" for parent in Path(module).parents if parent.name]
    return next((table[room] for room in (module, *folders) if room in table), None)


def module_named(dotted: str) -> str | None:
    """Return the module that `graph.a.b` names: a file of the package, or `None` where it names something in a file."""
    stem = "/".join(dotted.split(".")[1:])
    candidates = [f"{stem}.py", f"{stem}/__init__.py"] if stem else ["__init__.py"]
    return next((candidate for candidate in candidates if candidate in MODULES), None)


@functools.cache
def imports(module: str) -> list[tuple[int, str]]:
    """Return the line and the module of each import of our own package, wherever in the file it stands."""
    found = []
    for node in nodes_of(module):
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            continue
        for name in imported_names(node):
            if name.split(".")[0] == "graph":
                target = module_named(name)
                assert target, f"{module}:{node.lineno}: imports {name}, which does not exist"
                found.append((node.lineno, target))
    return found


def imported_names(node: ast.Import | ast.ImportFrom | ast.Call) -> list[str]:
    """Return the dotted names of the modules that a statement or a call imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: a relative import"
        source = node.module or ""
        # `from graph.views import network` may name a module as well as something inside one.
        inner = [f"{source}.{alias.name}" for alias in node.names]
        return [name if module_named(name) else source for name in inner]
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called == "import_module":
        constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        return [value for value in constants if isinstance(value, str)]
    return []


def height(module: str) -> int:
    """Return how high a module stands; the package's face, off the table, as high as the highest room it shows."""
    floor = floor_of(module)
    if floor is None:
        return max((height(target) for _, target in imports(module) if target != module), default=0)
    return floor


def bound_names(module: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of everything that a module gives a name to."""
    for node in nodes_of(module):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id if isinstance(node, ast.Name) else node.attr
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname


def types_defined(module: str) -> Iterator[str]:
    """Yield the names of classes and of types that a module defines, without the underscore of private ones."""
    for node in ast.parse(MODULES[module].read_text(encoding="utf-8"), module).body:
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            # Type variables are `_Row` wherever a row goes in and out: they mean nothing by themselves.
            is_variable = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) in {"TypeVar", "ParamSpec"}
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id.lstrip("_") for target in targets if isinstance(target, ast.Name) and not is_variable]
            yield from (name for name in names if name[:1].isupper() and not name.isupper())


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Forget the syntax trees when the last test is done, so that collecting garbage stays quick in other tests."""
    yield
    nodes_of.cache_clear()


def test_the_design_page_names_rooms() -> None:
    """The design page holds the table that these tests read."""
    assert len(floors()) >= 10


# One test asks each rule of all modules and names every module that breaks it: a test for each would take ten times as
# long as the rules themselves.


def test_every_room_of_the_table_exists() -> None:
    """The design page names no room that is not built."""
    rooms = {room: PACKAGE / room for room in floors()}
    missing = [room for room, path in rooms.items() if not (path.is_dir() if room.endswith("/") else path.is_file())]
    assert not missing, f"docs/design.md names {missing}; graph/ has none"


def test_every_module_has_a_floor() -> None:
    """Every module stands in the table of the design page, by its own name or by its folder's."""
    assert [module for module in MODULES if module not in ENTRY_POINTS and floor_of(module) is None] == []


def test_imports_only_go_down() -> None:
    """A module imports from its own floor or from below, inside functions too."""
    above = [
        f"graph/{module}:{line}: floor {top} imports {target} of floor {height(target)}"
        for module in MODULES
        for top in [max(floors().values()) if module == "__main__.py" else height(module)]
        for line, target in imports(module)
        if height(target) > top
    ]
    assert not above, "\n".join(above)


def test_nothing_else_is_called_graph() -> None:
    """The package is called `graph`, so no variable, parameter, function, class or module is."""
    named = [f"graph/{module}:{line}" for module in MODULES for line, name in bound_names(module) if name == "graph"]
    assert not named, "\n".join(named)
    assert [module for module in MODULES if "graph" in Path(module).with_suffix("").parts] == []


def test_tests_know_only_public_names() -> None:
    """A test neither imports nor replaces a private name of the package, so that these can be changed freely."""
    private = []
    for path in sorted((HERE / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "graph":
                names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            elif isinstance(node, ast.Constant) and re.fullmatch(r"graph(\.\w+)+", str(node.value)):
                names = str(node.value).split(".")
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".setattr"):
                names = [str(argument.value) for argument in node.args[1:2] if isinstance(argument, ast.Constant)]
            private += [f"{path.name}: {name}" for name in names if name[:1] == "_" and not name.startswith("__")]
    assert not private, "\n".join(private)


def test_a_type_has_one_meaning() -> None:
    """The name of a class or a type is defined in one module, so that a reader of one knows it in all."""
    homes: dict[str, set[str]] = {}
    for module in MODULES:
        for name in types_defined(module):
            homes.setdefault(name, set()).add(f"graph/{module}")
    several = {name: sorted(modules) for name, modules in homes.items() if len(modules) > 1}
    assert not several, "\n".join(f"{name}: {', '.join(modules)}" for name, modules in several.items())


def test_modules_are_small() -> None:
    """A module has at most 400 lines; one that outgrows them is split along an idea."""
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: number for module, number in lines.items() if number > 400} == {}


def test_only_the_command_line_speaks() -> None:
    """Only the command line prints or ends the process: a library returns or raises."""
    loud = [
        f"graph/{module}:{call.lineno}: {ast.unparse(call.func)}()"
        for module in MODULES
        if module != "__main__.py"
        for call in nodes_of(module)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"print", "sys.exit", "exit", "quit", "os._exit", "traceback.print_exc"}
    ]
    assert not loud, "\n".join(loud)


def test_no_bare_except() -> None:
    """Every `except` says what it catches."""
    bare = [
        f"graph/{module}:{handler.lineno}"
        for module in MODULES
        for handler in nodes_of(module)
        if isinstance(handler, ast.ExceptHandler) and handler.type is None
    ]
    assert not bare, "\n".join(bare)


def test_no_module_is_a_drawer() -> None:
    """There is no module for everything that found no place."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert not [module for module in MODULES if drawers & set(Path(module).with_suffix("").parts)]
