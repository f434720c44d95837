"""The small scenario on disk, in an empty working directory."""

import pytest
import small_sweep


@pytest.fixture
def scenario(tmp_path, monkeypatch):
    """Return the folder of the small scenario, beside the working directory."""
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    return small_sweep.write_scenario(tmp_path / "small")


@pytest.fixture
def fake(monkeypatch):
    """Answer every chunk by hand instead of solving it."""
    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", small_sweep.fake_chunk)
