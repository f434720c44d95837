"""User errors: each with its place, what is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake in one input.

    `place` is `file:line:column`, `file:line` for a table row, or `file[sheet]!cell` for a
    workbook. `wrong` and `repair` are English, their `_zh` twins Chinese; `code` is the row of
    messages.csv the texts come from.
    """

    place: str
    wrong: str
    repair: str
    code: str = ""
    wrong_zh: str = ""
    repair_zh: str = ""

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: str = "zh") -> str:
        """Return the whole message in Chinese, or in English for the `lang` ``"en"``."""
        if lang == "en" or not self.wrong_zh:
            return f"{self.place}: {self.wrong} {self.repair}".rstrip()
        return f"{self.place}：{self.wrong_zh}{self.repair_zh}"


class InputError(Exception):
    """All mistakes found in the inputs, reported together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("An InputError needs at least one problem.")
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
