"""Formatter, linter and type checker find nothing to say."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("scenarios", "optimizer", "reports")


def run(*command, **options):
    """Run a Python module and return its exit code with all it said."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("command", [("format", "--check"), ("check",)], ids=lambda c: c[0])
def test_ruff(command):
    """`ruff format` would change nothing and `ruff check` finds nothing."""
    code, said = run("ruff", *command, "--config", ROOT / "pyproject.toml", ROOT)
    assert code == 0, said


def test_mypy(tmp_path):
    """The package is typed strictly.

    It is checked as a copy under its own name: its parts stand at the top of the repository, and
    mypy does not follow the import hook of an editable installation.
    """
    package = tmp_path / "minequota"
    ignored = shutil.ignore_patterns("__pycache__")
    for part in PARTS:
        shutil.copytree(ROOT / part, package / part, ignore=ignored)
    for name in ("__init__.py", "cli.py", "py.typed"):
        shutil.copy(ROOT / name, package / name)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["mypy"]["strict"] is True
    code, said = run(
        "mypy",
        "--config-file",
        ROOT / "pyproject.toml",
        "--cache-dir",
        ROOT / ".mypy_cache",
        "-p",
        "minequota",
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(tmp_path)},
    )
    assert code == 0, said
