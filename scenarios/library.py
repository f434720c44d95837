"""The scenarios that come with the program, and where the files of a scenario are."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from minequota.scenarios.documents.messages import choice, problem
from minequota.scenarios.documents.yamlfile import label_of
from minequota.scenarios.errors import InputError, Problem

SCENARIO = "scenario.yaml"
PLAN = "plan.yaml"


def library_folder() -> Path:
    """Return the folder of the packaged plans."""
    return Path(str(files("minequota.scenarios.plans")))


def library_names() -> tuple[str, ...]:
    """Return the names of the packaged scenarios."""
    return tuple(sorted(one.parent.name for one in library_folder().glob(f"*/{SCENARIO}")))


def locate_scenario(name_or_path: str | Path) -> tuple[Path, str]:
    """Return the scenario's file and name.

    A name of the library wins; anything else is a file, or a folder that holds scenario.yaml.

    Raises
    ------
    InputError
        When there is no such scenario.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, str) and text in library_names():
        return library_folder() / text / SCENARIO, text
    path = Path(name_or_path)
    if path.is_dir():
        path = path / SCENARIO
    if not path.is_file():
        place = label_of(path)
        raise InputError(
            [problem("scenario_missing", place, value=text, choice=choice(text, library_names()))]
        )
    return path, path.resolve().parent.name if path.name == SCENARIO else path.stem


def locate_plan(given: str, scenario: Path, place: str) -> Path | Problem:
    """Return the plan's file: a path beside the scenario, or a plan of the library."""
    if not given.endswith((".yaml", ".yml")):
        plans = {one.parent.name for one in library_folder().glob(f"*/{PLAN}")}
        if given in plans:
            return library_folder() / given / PLAN
        return problem("plan_missing", place, value=given, choice=choice(given, sorted(plans)))
    return locate_beside(given, scenario, place)


def locate_extended(given: str, scenario: Path, place: str) -> Path | Problem:
    """Return the file a scenario extends: a path beside it, or a scenario of the library."""
    if not given.endswith((".yaml", ".yml")):
        if given in library_names():
            return library_folder() / given / SCENARIO
        return problem(
            "scenario_missing", place, value=given, choice=choice(given, library_names())
        )
    return locate_beside(given, scenario, place)


def locate_beside(given: str, scenario: Path, place: str) -> Path | Problem:
    """Return a file named by a scenario; it must lie beside or below it, links followed."""
    folder = scenario.resolve().parent
    named = Path(given)
    outside = problem("path_outside", place, value=given)
    if named.is_absolute() or ".." in named.parts or "\\" in given or ":" in given:
        return outside
    try:
        if not (folder / named).resolve().is_relative_to(folder):
            return outside
    except (OSError, RuntimeError, ValueError):
        return outside
    return scenario.parent / named
