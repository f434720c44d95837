"""The command line as a user meets it, in an empty working directory."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from minequota.cli import app

LIBRARY = Path(__file__).parents[2] / "scenarios" / "plans" / "dandong"


@dataclass(frozen=True)
class Outcome:
    """What a command ended with."""

    code: int
    out: str
    err: str


def as_process(*args, cwd=None, **environment):
    """Run the command in a process of its own, its streams piped."""
    import os

    code = "from minequota.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return an empty working directory, entered."""
    place = tmp_path / "desk"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def command(desk):
    """Return a function that runs the command inside this process."""

    def run(*args):
        result = CliRunner().invoke(app, [str(arg) for arg in args])
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def process(desk):
    """Return a function that runs the command in a process of its own."""
    return lambda *args, **environment: as_process(*args, cwd=desk, **environment)


@pytest.fixture
def files(tmp_path):
    """Return a copy of Dandong's files, to be edited, beside the working directory."""
    return Files(Path(shutil.copytree(LIBRARY, tmp_path / "mine")))


@dataclass(frozen=True)
class Files:
    """A planner's own folder: scenario, plan and register."""

    folder: Path

    def __post_init__(self) -> None:
        self.edit("scenario.yaml", "plan: dandong", "plan: plan.yaml")

    @property
    def scenario(self) -> Path:
        """The scenario file."""
        return self.folder / "scenario.yaml"

    def edit(self, name, old, new, after=""):
        """Replace the first `old` behind `after`; return the line and column it stands at."""
        path = self.folder / name
        text = path.read_bytes().decode("utf-8-sig")
        at = text.index(old, text.index(after))
        changed = text[:at] + new + text[at + len(old) :]
        path.write_bytes(changed.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
        before = text[:at]
        return before.count("\n") + 1, at - before.rfind("\n")


@pytest.fixture(scope="session")
def runs(tmp_path_factory):
    """Return the folder with Dandong solved once in each language: zh/, en/ and what was shown."""
    base = tmp_path_factory.mktemp("runs")
    shown = {
        lang: as_process(
            "solve", "dandong", "--out", base / lang, "--lang", lang, cwd=base, COLUMNS="600"
        )
        for lang in ("zh", "en")
    }
    return base, shown
