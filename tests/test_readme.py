"""Every command the two READMEs print is run here, or checked piece by piece where it installs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from minequota.cli import app
from minequota.scenarios.library import library_names

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.zh.md")
SOLVE, TESTS = 0, 1
COMMANDS = get_command(app).commands.values()
MAKING = ("solve", "compare", "sweep", "roll")


def blocks(page, language):
    """Return the code blocks of a README in one language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [block.strip() for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]


def skeleton(page):
    """Return what both languages share: headings, lists, tables, code and links, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(r"^#+ |^```\w*|^- |^\| `|\]\((?:docs/)[^)]*\)", text, re.MULTILINE)


def test_twins_have_the_same_structure():
    """Headings, lists, tables, code and documents stand in the same order in both languages."""
    for language in ("sh", "bat"):
        assert blocks(PAGES[0], language) == blocks(PAGES[1], language)
    assert skeleton(PAGES[0]) == skeleton(PAGES[1])


def test_every_block_is_one_line():
    """A command is copied in one go, and no block escapes these tests under another name."""
    found = [block for language in ("sh", "bat") for block in blocks(PAGES[0], language)]
    assert (ROOT / PAGES[0]).read_text(encoding="utf-8").count("```") == 2 * len(found)
    assert [block for block in found if "\n" in block] == []


def test_windows_lines_are_the_same_commands():
    """`python3` is `py`, and the environment's programs stand in Scripts with a backslash."""
    for unix, windows in zip(blocks(PAGES[0], "sh")[:2], blocks(PAGES[0], "bat"), strict=True):
        expected = unix.replace("python3 ", "py ", 1)
        assert re.sub(r"(\.venv[-\w]*)/bin/", r"\1\\Scripts\\", expected) == windows


def test_first_line_installs_and_solves():
    """A new environment, this folder installed, a console command that exists, a known scenario."""
    make, install, solve = blocks(PAGES[0], "sh")[SOLVE].split(" && ")
    assert make == "python3 -m venv .venv"
    assert install == ".venv/bin/pip install ."
    command = solve.removeprefix(".venv/bin/").split()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert command[0] in settings["project"]["scripts"]
    assert command[1:] == ["solve", "dandong"]
    assert "dandong" in library_names()


def test_second_line_is_what_ci_runs():
    """CI runs the README's test command and nothing else."""
    line = blocks(PAGES[0], "sh")[TESTS]
    assert line == (
        'python3 -m venv .venv-test && .venv-test/bin/pip install ".[dev]" && '
        ".venv-test/bin/python -m pytest -n auto --dist loadfile"
    )
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in script
    assert script[-1] == line
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = " ".join(settings["project"]["optional-dependencies"]["dev"])
    assert all(tool in extras for tool in ("pytest", "xdist", "ruff", "mypy"))


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """Run the tour in one empty folder, command after command; return what each said."""
    folder = tmp_path_factory.mktemp("tour")
    scripts = sysconfig.get_path("scripts")
    program = shutil.which("minequota", path=scripts)
    assert program, f"minequota is not installed in {scripts}"
    said = {}
    for line in blocks(PAGES[0], "sh")[2:]:
        name, *arguments = shlex.split(line)
        assert name == "minequota"
        done = subprocess.run(
            [program, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "120"},
        )
        said[line] = done
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return folder, said


def test_tour_covers_every_command(tour):
    """Every command of the program is shown, and each said something."""
    _, said = tour
    assert {line.split()[1] for line in said} == {command.name for command in COMMANDS}
    assert all(done.stdout.strip() for done in said.values())


def test_tour_makes_what_it_says(tour):
    """The first run's folder holds what the README lists."""
    folder, said = tour
    run = folder / "runs" / "first"
    listed = ("tables.xlsx", "allocation.json", "manifest.json", "log.txt", "inputs/mines.csv")
    assert [name for name in listed if not (run / name).is_file()] == []
    assert len(list((run / "tables").glob("*.csv"))) == 7
    making = [line for line in said if line.split()[1] in MAKING]
    assert len(list((folder / "runs").iterdir())) == len(making)


def test_answers_come_first(tour):
    """The screen says whether the plan is kept before any table."""
    _, said = tour
    (first,) = [done.stdout for line, done in said.items() if line.endswith("--out runs/first")]
    order = [
        "Is the plan kept?",
        "Is demand met?",
        "What binds?",
        "What leaves?",
        "What is issued?",
        "Goals in order",
        "Table 1",
        "Table 7",
    ]
    places = [first.index(words) for words in order]
    assert places == sorted(places)
    assert first.index("synthetic") < first.index("Table 1")


def test_readme_names_every_case():
    """A planner learns of every case of the library's scenario."""
    library = (ROOT / "scenarios/plans/dandong/scenario.yaml").read_text(encoding="utf-8")
    cases = re.findall(r"^  (\w+):\n    title", library, re.MULTILINE)
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [case for case in cases if f"`{case}`" not in text] == []


def test_python_versions_are_those_of_the_package():
    """The README asks for the Python versions that pyproject.toml allows."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["requires-python"] == ">=3.11,<3.14"
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        assert all(f"3.{minor}" in text for minor in (11, 12, 13))
    assert sys.version_info[:2] in {(3, 11), (3, 12), (3, 13)}
