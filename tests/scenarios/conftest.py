"""Small scenario folders on disk, and the problems they raise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import builders
import pytest

from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.load import load_scenario

REGISTER = """licence,name,county,mineral,capacity,status,licence_end
M1,一号矿,东县,菱镁矿,20 万吨,producing,2030-12-31
M2,二号矿,西,菱镁矿,60 万吨,producing,2030-12-31
S1,三号矿,西县,建筑用石料,75 万吨,expired,2024-06-30
G1,四号矿,东县,金矿,,stopped,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of scenario folders: a plan, a question, a register."""

    def make(
        plan: dict[str, Any] | str | None = None,
        question: dict[str, Any] | str | None = None,
        register: str = REGISTER,
    ) -> Path:
        for name, content in (
            ("plan.yaml", builders.tiny_plan() if plan is None else plan),
            ("scenario.yaml", builders.tiny_question() if question is None else question),
        ):
            text = content if isinstance(content, str) else format_yaml(content)
            (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "mines.csv").write_text(register, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def problems(folder: Callable[..., Path]) -> Callable[..., list[Problem]]:
    """Return the problems that loading a folder raises; none where it loads."""

    def load(*args: Any, call: dict[str, Any] | None = None, **kwargs: Any) -> list[Problem]:
        try:
            load_scenario(folder(*args, **kwargs), **(call or {}))
        except InputError as error:
            return list(error.problems)
        return []

    return load
