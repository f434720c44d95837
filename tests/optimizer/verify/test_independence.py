"""The check shares no code with the model, and every fault it knows is provoked by a test."""

import ast
import runpy
from pathlib import Path

import pytest

import minequota.optimizer.verify
from minequota.optimizer.verify.messages import MESSAGES

FOLDER = Path(minequota.optimizer.verify.__file__).parent
SOURCES = sorted(FOLDER.glob("*.py"))
ALLOWED = ("minequota.optimizer.verify", "minequota.scenarios")
#: What audit and model read out of a plan together: the check reads it for itself.
SHARED = ("standing", "minimums", "conversion", "supply", "issuable")


def imported(path):
    """Return every module that a source file imports, relative ones resolved."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"__import__", "import_module", "importlib.import_module"}, path
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_imports_nothing_of_the_model(path):
    """Of this project only the scenario's types and the check itself are imported."""
    own = {name for name in imported(path) if name.split(".")[0] == "minequota"}
    assert [name for name in own if not name.startswith(ALLOWED)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_reads_plans_and_registers_for_itself(path):
    """Who may produce, who must leave and what admits a mine is derived twice, apart."""
    shared = tuple(f"minequota.scenarios.{name}." for name in SHARED)
    assert [name for name in imported(path) if f"{name}.".startswith(shared)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_imports_no_solver(path):
    """No solver and no engine is reached from the check."""
    tops = {name.split(".")[0] for name in imported(path)}
    assert not tops & {"pulp", "highspy", "scipy"}


def test_every_fault_is_provoked_by_a_test():
    """Each code of the catalogue is what some wrong record, file or table is caught by."""
    provoked = set()
    for path in sorted(Path(__file__).parent.glob("test_wrong_*.py")):
        provoked |= {wrong.code for wrong in runpy.run_path(str(path))["CASES"].values()}
    provoked |= {"not_records", "file_unreadable"}  # provoked by tests of their own
    assert sorted(set(MESSAGES) - provoked) == []
    assert sorted(provoked - set(MESSAGES)) == []


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_say_the_same_figures(code):
    """English and Chinese of one fault fill in the same names, or the Chinese would fail alone."""
    from string import Formatter

    english, chinese = (
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in MESSAGES[code]
    )
    assert chinese <= english
