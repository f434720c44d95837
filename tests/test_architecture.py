"""The walls of the project: who imports whom, what is packaged, how large a file may grow."""

import ast
import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from minequota.optimizer.rules import RULES

ROOT = Path(__file__).parents[1]
PARTS = ("scenarios", "optimizer", "reports")
LAYERS = {"scenarios": 0, "optimizer": 1, "reports": 2, "cli": 3}
SOURCES = [ROOT / "cli.py", *sorted(p for part in PARTS for p in (ROOT / part).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_TEST = 500


@cache
def tree(path):
    """Return the syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def imports(path):
    """Return every module or name that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def part_of(name):
    """Return the part of this project that an imported name belongs to, or None."""
    first, *rest = name.split(".")
    part = rest[0] if first == "minequota" and rest else first
    return part if part in LAYERS else None


def layer(path):
    """Return the layer a source file stands in."""
    return LAYERS[path.relative_to(ROOT).parts[0].removesuffix(".py")]


def label(path):
    """Return a path as it is shown in a failure."""
    return path.relative_to(ROOT).as_posix()


def test_imports_run_one_way():
    """The command line may use reports, they the optimizer, it scenarios; never upwards."""
    upwards = [
        f"{label(path)} imports {name}"
        for path in SOURCES
        for name in imports(path)
        if (part := part_of(name)) and LAYERS[part] > layer(path)
    ]
    assert upwards == []


def test_parts_are_imported_by_the_package_name():
    """`minequota.scenarios`, never `scenarios`, which only a run inside the folder would find."""
    assert [
        f"{label(path)} imports {name}"
        for path in [*SOURCES, *TESTS]
        for name in imports(path)
        if name.split(".")[0] in LAYERS
    ] == []


def test_only_the_engine_imports_solvers():
    """PuLP and HiGHS are reached through optimizer/engine alone, and it does reach them."""
    engine = ROOT / "optimizer" / "engine"
    users = {
        path for path in SOURCES if {n.split(".")[0] for n in imports(path)} & {"pulp", "highspy"}
    }
    assert users
    assert [label(path) for path in users if not path.is_relative_to(engine)] == []


def test_check_and_model_share_nothing():
    """The check imports of the optimizer only itself; of the optimizer nobody imports the check."""
    check = ROOT / "optimizer" / "verify"
    shared = [
        f"{label(path)} imports {name}"
        for path in SOURCES
        for name in imports(path)
        if layer(path) == LAYERS["optimizer"]
        and name.startswith("minequota.optimizer")
        and name.startswith("minequota.optimizer.verify") != path.is_relative_to(check)
    ]
    assert shared == []


def test_files_stay_small():
    """One idea a file: past a few hundred lines there are two."""
    limits = dict.fromkeys(SOURCES, MOST_LINES) | dict.fromkeys(TESTS, MOST_LINES_OF_A_TEST)
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    assert [f"{label(path)}: {n}" for path, n in lines.items() if n > limits[path]] == []


def test_nothing_is_executed_or_swallowed():
    """No eval, no exec, no unsafe YAML, and no failure that vanishes without a trace."""
    barred = {"eval", "exec", "yaml.load", "yaml.unsafe_load", "pickle.load", "pickle.loads"}
    found = []
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in barred:
                found.append(f"{label(path)}:{node.lineno} calls {ast.unparse(node.func)}")
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                broad = caught in {"everything", "Exception", "BaseException"}
                if broad and all(isinstance(one, ast.Pass) for one in node.body):
                    found.append(f"{label(path)}:{node.lineno} swallows {caught}")
    assert found == []


def test_every_file_says_what_it_is():
    """Every source file begins with a docstring, `__init__.py` included."""
    assert [label(path) for path in SOURCES if not ast.get_docstring(tree(path))] == []


def test_package_list_is_the_folders():
    """pyproject.toml packages exactly the folders that hold an `__init__.py`."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    folders = {
        ".".join(("minequota", *init.parent.relative_to(ROOT).parts))
        for part in PARTS
        for init in (ROOT / part).rglob("__init__.py")
    }
    assert sorted(settings["setuptools"]["packages"]) == sorted(folders | {"minequota"})
    holders = {path.parent for path in SOURCES if path != ROOT / "cli.py"}
    assert sorted(folder for folder in holders if not (folder / "__init__.py").exists()) == []


def digests(root):
    """Return the SHA-256 of every file of a package's tree, by path."""
    chosen = [root / "__init__.py", root / "cli.py", root / "py.typed"]
    chosen += [path for part in PARTS for path in (root / part).rglob("*") if path.is_file()]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in chosen
        if "__pycache__" not in path.parts
    }


def test_installed_package_is_this_tree():
    """What the tests import is what stands here: else delete build/ and install again."""
    installed = digests(Path(str(files("minequota").joinpath("cli.py"))).parent)
    here = digests(ROOT)
    assert sorted(set(installed) ^ set(here)) == []
    assert sorted(name for name in here if installed[name] != here[name]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_is_documented_and_tested(rule):
    """A rule's record says what it is and where it comes from; its test exists and names it."""
    for text in (rule.title_zh, rule.title_en, rule.index, rule.sentence, rule.formula, rule.unit):
        assert text.strip()
    assert rule.source.strip()
    assert rule.kind in {"plan", "practice", "definition"}
    assert rule.code in (ROOT / rule.test).read_text(encoding="utf-8")


def test_rule_codes_differ():
    """A clause's id begins with its rule's code, so no two rules share one."""
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(code.isascii() and code.isupper() for code in codes)


def test_every_rule_file_is_in_the_catalogue():
    """A file of optimizer/rules that nobody lists would be a rule that never holds."""
    helpers = {"__init__", "record"}
    written = {path.stem for path in (ROOT / "optimizer" / "rules").glob("*.py")} - helpers
    assert {rule.write.__module__.rpartition(".")[2] for rule in RULES} == written
