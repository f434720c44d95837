"""What a rule is: a record for documentation, tables and diagnosis, and one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.draft import Draft
from minequota.optimizer.problem import Problem


@dataclass(frozen=True)
class Rule:
    """One rule family.

    `years` and `attribute` say when it holds and whether it is binding; "own" where each clause
    of the plan says so itself. `kind` says whether its statements come from the plan (`plan`, each
    with its own source), from the law or practice (`practice`), or are what the words mean
    (`definition`). `test` names the test that fails without the rule.
    """

    code: str
    title_zh: str
    title_en: str
    index: str
    sentence: str
    formula: str
    unit: str
    years: str
    attribute: str
    kind: Literal["plan", "practice", "definition"]
    source: str
    test: str
    write: Callable[[Problem, Draft], None]
