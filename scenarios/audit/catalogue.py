"""Every check of the audit: its stable number, how serious it is, what it looks for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast

from minequota.scenarios.plan import Name

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Check:
    """One kind of finding.

    A code is never given to another check. `about` is its name in the program. `severity` is the
    usual one; a check that may be graver or milder says so in `looks_for`.
    """

    code: str
    about: str
    severity: Severity
    title: Name
    looks_for: Name
    example: str


@lru_cache(maxsize=1)
def catalogue() -> tuple[Check, ...]:
    """Return every check of the packaged ``audit-checks.csv``, in the order of its code."""
    path = files("minequota.scenarios").joinpath("audit-checks.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        Check(
            code=row["code"],
            about=row["about"],
            severity=cast(Severity, row["severity"]),
            title=Name(zh=row["title_zh"], en=row["title_en"]),
            looks_for=Name(zh=row["looks_for_zh"], en=row["looks_for_en"]),
            example=row["example"],
        )
        for row in csv.DictReader(lines)
    )


@lru_cache(maxsize=1)
def checks() -> dict[str, Check]:
    """Return the checks by the name that findings carry."""
    return {check.about: check for check in catalogue()}
