"""The shape of the house, checked: who may import whom, who asks the time, what markup may hold."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).parents[1]
BUREAU = ROOT / "bureau"
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}
NOT_FEATURES = {"kernel", "web"}
"""Packages below the features; everything else in ``bureau`` is a feature."""


def features() -> list[str]:
    """The names of all feature packages."""
    packages = {init.parent.name for init in BUREAU.glob("*/__init__.py")}
    return sorted(packages - NOT_FEATURES)


def room(module: str) -> str:
    """The room that a module belongs to: ``bureau.rotation.solver.model`` is in ``solver``."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 else ""


def sources(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of every file of the product, or of those in ``rooms`` only."""
    for path in sorted(BUREAU.rglob("*.py")):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        if not rooms or room(module) in rooms:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def called(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The last word of every call in ``tree``, with its line: ``db.session.execute(…)`` gives ``execute``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id), node.lineno


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Who imports whom in the product."""
    return grimp.build_graph("bureau", cache_dir=None)


# Who may import whom


def test_a_features_tables_are_touched_only_by_that_feature(graph: grimp.ImportGraph) -> None:
    tables = [module for module in graph.modules if room(module) == "models"]

    strangers = sorted(
        f"{importer} imports {table}"
        for table in tables
        for importer in graph.find_modules_that_directly_import(table)
        if importer.split(".")[1] != table.split(".")[1] and room(importer) != "models"
    )

    assert strangers == []


def test_features_meet_only_through_queries_actions_and_domain(graph: grimp.ImportGraph) -> None:
    # `site` is what publishing writes: the pages of a feature as text, asked for by nobody else.
    open_rooms = {"", "queries", "actions", "domain", "permissions", "models", "site"}
    # Where a feature lets those above it show something on its pages, without knowing them.
    doors = {
        "bureau.rotation.views.asks", "bureau.rotation.views.panels", "bureau.rotation.views.whose",
        "bureau.scheduling.views",
    }  # fmt: skip
    own = features()

    trespasses = sorted(
        f"{importer} imports {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.count(".") >= 2
        and imported.split(".")[1] in own
        and importer.split(".")[1] in own
        and importer.split(".")[1] != imported.split(".")[1]
        and room(imported) not in open_rooms
        and imported not in doors
    )

    assert trespasses == []


def test_every_feature_stands_in_both_contracts() -> None:
    layers = {layer.strip("()") for layer in CONTRACTS["features"]["layers"]}
    containers = {container.removeprefix("bureau.") for container in CONTRACTS["rooms"]["containers"]}

    assert (sorted(set(features()) - layers), sorted(containers)) == ([], features())


def test_every_feature_with_pages_commands_or_jobs_is_in_the_list_of_features(graph: grimp.ImportGraph) -> None:
    doors = {module for module in graph.modules if room(module) in {"views", "cli", "jobs"} and module.count(".") == 2}

    listed = graph.find_modules_directly_imported_by("bureau.features")
    reached = {module for module in doors if any(name == module or name.startswith(f"{module}.") for name in listed)}

    assert sorted(doors - reached) == []


def test_no_import_of_our_own_hides_inside_a_function() -> None:
    hidden = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if (isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("bureau")))
        or (isinstance(node, ast.Import) and any(name.name.startswith("bureau") for name in node.names))
    ]

    assert hidden == []


# The contracts themselves


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Judge the copy of the product in ``folder`` by the contracts."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--cache-dir", "cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's code and contracts in a folder of their own, read once so that its copies are read quickly."""
    folder = tmp_path_factory.mktemp("original")
    shutil.copytree(BUREAU, folder / "bureau", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    lint(folder)
    return folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    """A copy to do wrong in."""
    return shutil.copytree(original, tmp_path / "copy")


def test_the_contracts_are_kept(original: Path) -> None:
    verdict = lint(original)

    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize(
    ("contract", "room_of", "planted"),
    [
        ("Features stand in layers", "kernel/month", "import bureau.rotation.queries"),
        ("Features stand in layers", "organisations/queries", "import bureau.accounts.queries"),
        ("Rooms inside a feature stand in layers", "rotation/queries", "import bureau.rotation.actions"),
        ("Rules and computations know no framework, no table and no clock", "rotation/domain", "import flask"),
        ("Rules and computations know no framework, no table and no clock", "rotation/domain", "import sqlalchemy"),
        ("Views and forms never touch tables or the session", "rotation/views", "import bureau.rotation.models"),
        ("Only the solver knows the optimiser", "rotation/actions", "import ortools"),
        ("No cycles", "kernel/clock", "import bureau.web"),
    ],
)
def test_a_planted_violation_is_seen(copy: Path, contract: str, room_of: str, planted: str) -> None:
    named = copy / "bureau" / room_of
    target = named / "__init__.py" if named.is_dir() else named.with_suffix(".py")
    target.write_text(f"{target.read_text()}\n{planted}\n")

    verdict = lint(copy)

    assert (verdict.returncode, f"{contract} BROKEN" in verdict.stdout) == (1, True), verdict.stdout


# Habits that imports cannot show


def test_only_the_kernels_clock_asks_the_time() -> None:
    names = {"now", "today", "utcnow"}
    askers = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        if path != "bureau/kernel/clock.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
        and node.func.attr in names
    ]

    assert askers == []


def test_rules_queries_and_actions_are_told_the_time() -> None:
    inner = ("domain", "solver", "permissions", "ical", "models", "queries", "actions", "exports")
    askers = [
        f"{path}:{line}" for path, tree in sources(*inner) for name, line in called(tree) if name in {"utcnow", "today"}
    ]

    assert askers == []


def test_views_never_select_or_commit() -> None:
    database = {"select", "execute", "scalars", "scalar", "commit", "flush", "transaction"}
    selects = [
        f"{path}:{line} {name}"
        for path, tree in sources("views", "forms")
        for name, line in called(tree)
        if name in database
    ]

    assert selects == []


def test_queries_never_write() -> None:
    writes = {"commit", "flush", "add_all", "transaction"}
    writers = [
        f"{path}:{line} {name}" for path, tree in sources("queries") for name, line in called(tree) if name in writes
    ]
    statements = [
        f"{path}:{node.lineno}"
        for path, tree in sources("queries")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and {"insert", "update", "delete"} & {name.name for name in node.names}
    ]

    assert writers + statements == []


def test_no_room_is_crowded() -> None:
    most = 300
    crowded = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in sorted([*BUREAU.rglob("*.py"), *(ROOT / "templates").rglob("*.html"), *ROOT.glob("*.py")])
        if (lines := len(path.read_text().splitlines())) > most
    ]

    assert crowded == []


# Markup and style

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((BUREAU / "static").glob("css/**/*.css"))
INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc=)|<[a-z][^>]*\sstyle\s*=|<[a-z][^>]*\son[a-z]+\s*=|javascript:""", re.IGNORECASE
)
JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
DATA_SCRIPT = re.compile(r"""<script\b[^>]*type="application/(?:ld\+)?json"[^>]*>""")
PHYSICAL = re.compile(
    r"""(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)
        (?:-(?:width|style|color))?\s*:
        |(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b""",
    re.VERBOSE,
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_script_style_or_handler_inside(template: Path) -> None:
    markup = DATA_SCRIPT.sub("", JINJA.sub("", template.read_text()))

    found = [match.group() for match in INLINE.finditer(markup)]

    assert found == []


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_serves_both_directions(style: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)

    found = [match.group() for match in PHYSICAL.finditer(rules)]

    assert found == []
