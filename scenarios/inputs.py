"""What a scenario is made from: its files as read, and what the call asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.overrides import Documents
from minequota.scenarios.documents.yamlfile import YamlFile, read_yaml
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.library import locate_beside, locate_plan
from minequota.scenarios.scenario import Change


@dataclass(frozen=True)
class Inputs:
    """The files of one scenario, read and unchanged, and the call's own register and mapping.

    `extended` are the files this one is laid over, `layers` what they had otherwise.
    """

    name: str
    question: YamlFile
    plan: YamlFile | None
    register: Path | None
    mapping: Path | None
    extended: tuple[Path, ...] = ()
    layers: tuple[Change, ...] = ()

    def documents(self) -> Documents:
        """Return both files as documents that may be changed."""
        plan = Document.of(self.plan) if self.plan is not None else None
        return Documents(Document.of(self.question), plan)


def read_plan(question: YamlFile, problems: list[Problem]) -> YamlFile | None:
    """Return the plan's file; None, with the problem, where there is none."""
    given = question.data.get("plan")
    if not isinstance(given, str):
        return None  # validation says what is wrong with the key
    found = locate_plan(given, question.path_of(("plan",)), question.place(("plan",)))
    if isinstance(found, Problem):
        problems.append(found)
        return None
    try:
        return read_yaml(found)
    except InputError as error:
        problems.extend(error.problems)
        return None


def beside(question: Document, key: str, problems: list[Problem]) -> Path | None:
    """Return the file a key names; None where it names none or one that may not be read."""
    given = question.data.get(key)
    if not isinstance(given, str) or (key == "events" and not given):
        return None
    found = locate_beside(given, question.path_of((key,)), question.place((key,)))
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found
