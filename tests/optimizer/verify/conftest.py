"""The hand-solved year as a run folder, written once per language."""

import shutil

import hand_solved
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
