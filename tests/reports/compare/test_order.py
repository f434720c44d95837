"""Which columns a command line asks for, and under which names."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from minequota.reports.compare.folder import default_folder, folder_names
from minequota.reports.compare.order import CompareOrder, check_base, wanted
from minequota.reports.staging import RunFolderExistsError, staged
from minequota.scenarios.errors import InputError

LIBRARY = Path(__file__).parents[3] / "scenarios" / "plans"


def columns(*what, **options):
    """Return name and cases of every column."""
    return [(one.name, one.cases) for one in wanted(CompareOrder(what, **options))]


def codes(*what, **options):
    """Return the codes of the problems."""
    with pytest.raises(InputError) as raised:
        wanted(CompareOrder(what, **options))
    for problem in raised.value.problems:
        assert problem.wrong
        assert problem.wrong_zh
        assert problem.repair_zh
    return [problem.code for problem in raised.value.problems]


def test_one_scenario_brings_its_cases():
    """As it stands first, then each named case in the order of the file."""
    names = [name for name, _ in columns("dandong")]
    assert names[:4] == ["dandong", "low", "base", "high"]
    assert "calendar" in names


def test_several_scenarios_stand_as_they_are():
    """Without --case each is one column; with it each case of each is one."""
    assert columns("dandong", "liaoyang") == [("dandong", ()), ("liaoyang", ())]
    assert columns("dandong", "liaoyang", cases=("low", "high+calendar")) == [
        ("dandong:low", ("low",)),
        ("dandong:high+calendar", ("high", "calendar")),
        ("liaoyang:low", ("low",)),
        ("liaoyang:high+calendar", ("high", "calendar")),
    ]


def test_scenarios_of_one_name_are_told_apart(tmp_path):
    """A planner's own folder may be called as the library's."""
    own = shutil.copytree(LIBRARY / "dandong", tmp_path / "dandong")
    assert columns("dandong", str(own)) == [("dandong", ()), ("dandong-2", ())]


def test_nothing_is_compared_with_itself():
    """A scenario or case given twice is refused, a combination in whatever order."""
    assert codes("dandong", "dandong") == ["compare_twice"]
    assert codes("dandong", cases=("low", "low")) == ["compare_twice"]
    assert codes("dandong", cases=("high+low", "low+high")) == ["compare_twice"]


def test_one_column_is_no_comparison():
    """A single case has nothing beside it."""
    assert codes("dandong", cases=("low",)) == ["compare_too_few"]


def test_forty_columns_at_most():
    """Forty are a wide table, one more is refused."""
    assert len(columns("dandong", cases=tuple(f"c{n}" for n in range(40)))) == 40
    assert codes("dandong", cases=tuple(f"c{n}" for n in range(41))) == ["compare_too_many"]


def test_finished_runs_have_no_cases(tmp_path):
    """A run folder stands as it is, and all that is wrong is said at once."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "allocation.json").write_text("{}", encoding="utf-8")
    runs = [str(tmp_path / name) for name in ("a", "b")]
    assert columns(*runs) == [("a", ()), ("b", ())]
    assert codes(*runs, "nowhere", cases=("low",)) == ["scenario_missing"]
    assert codes(*runs, cases=("low",)) == ["compare_run_case"]
    assert codes(runs[0], runs[0], cases=("low",)) == ["compare_run_case", "compare_twice"]


def test_the_base_is_a_column():
    """Another name is refused with the nearest there is."""
    check_base("", ["low", "high"])
    check_base("high", ["low", "high"])
    with pytest.raises(InputError, match="high"):
        check_base("hihg", ["low", "high"])


def test_folder_names_any_system_can_hold():
    """No device, no mark, no dot at the end, no two that differ by capitals alone."""
    given = ["high", "HIGH", "a/b:c", "con", "Nul.x", "low+高", "..", "x" * 90, "end."]
    assert list(folder_names(given).values()) == [
        "high",
        "HIGH-2",
        "a_b_c",
        "con_",
        "Nul.x_",
        "low+高",
        "_",
        "x" * 60,
        "end",
    ]


def test_the_default_folder_lies_below_runs():
    """A scenario's name leads to no other place."""
    now = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert default_folder("../x", now) == Path("runs/_x-compare-20250102T030405Z")


def test_a_folder_is_whole_or_not_there(tmp_path):
    """What fails leaves nothing, not even the folders above; what is there is never touched."""
    target = tmp_path / "deep" / "er" / "out"

    def fail():
        with staged(target) as folder:
            (folder / "x").write_text("x", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []
    with staged(target) as folder:
        (folder / "x").write_text("x", encoding="utf-8")
        assert not target.exists()
    assert (target / "x").is_file()
    assert [one.name for one in target.parent.iterdir()] == ["out"]
    with pytest.raises(RunFolderExistsError), staged(target):
        pass
    assert (target / "x").is_file()


def test_a_folder_that_appears_meanwhile_is_kept(tmp_path):
    """Somebody else's folder is not replaced."""
    target = tmp_path / "out"

    def overtaken():
        with staged(target):
            target.mkdir()
            (target / "theirs").write_text("x", encoding="utf-8")

    with pytest.raises(RunFolderExistsError):
        overtaken()
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    assert (target / "theirs").is_file()
