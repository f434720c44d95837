"""Right answers as run folders: the hand-solved year and solved mechanisms, once per language."""

import shutil

import hand_solved
import mechanisms
import pytest

from minequota.reports.machine import allocation_from
from minequota.reports.run_folder import write_run


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Return the hand-solved run folder by language; not to be touched."""
    base = tmp_path_factory.mktemp("runs")
    allocation = allocation_from(hand_solved.records())
    return {
        lang: write_run(
            hand_solved.scenario(), allocation, base / lang, lang=lang, verify=lambda run: ()
        )
        for lang in ("zh", "en")
    }


@pytest.fixture
def run(written, tmp_path):
    """Return a copy of the Chinese run folder, to be damaged."""
    return shutil.copytree(written["zh"], tmp_path / "run")


@pytest.fixture(scope="session")
def mechanism_run(tmp_path_factory):
    """Return what writes a mechanism's run folder in a language; not to be touched."""
    base, done = tmp_path_factory.mktemp("mechanisms"), {}

    def written_run(name, lang="zh"):
        if (name, lang) not in done:
            scenario = mechanisms.scenario(name)
            allocation = allocation_from(mechanisms.records(name))
            done[name, lang] = write_run(
                scenario, allocation, base / f"{name}_{lang}", lang=lang, verify=lambda run: ()
            )
        return done[name, lang]

    return written_run
