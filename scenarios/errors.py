"""User errors: each with its place, what is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake in one input.

    `place` is `file:line:column`, `file:line` for a table row, or `file[sheet]!cell` for a
    workbook.
    """

    place: str
    wrong: str
    repair: str

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong} {self.repair}".rstrip()


class InputError(Exception):
    """All mistakes found in the inputs, reported together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("An InputError needs at least one problem.")
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
