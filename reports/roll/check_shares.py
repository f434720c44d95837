"""Whether rights issued in the years rolled can use what their lead time and ramp-up leave.

Read from the two scenario files as they are written; nothing of `scenarios/rolling` is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

_NEAR = 1e-9


def share_faults(
    run: Path,
    rolled: Path,
    passed: int,
    entered: Mapping[str, Mapping[str, Any]],
    register: Mapping[str, Mapping[str, str]],
) -> Iterable[str]:
    """Yield the rights whose shares in the rolled scenario are not the run's.

    Parameters
    ----------
    run, rolled
        The run folder and the rolled one.
    passed
        The year that has passed.
    entered
        Records of the rights issued in new places, by the licence they have now.
    register
        The register rolled, by licence: who is not built yet has no share to list.
    """
    before, after = _question(run / "inputs"), _question(rolled)
    if before.get("mode") != "calendar":
        return
    options = before.get("options", {})
    lead, ramp_up = options.get("lead_time", 0), options.get("ramp_up", [])
    listed = after.get("options", {}).get("usable", {})
    for licence, record in entered.items():
        if licence not in register:
            continue
        built = int(register[licence].get("resumes") or 0)
        said = {int(year): share for year, share in listed.get(licence, {}).items()}
        for year in range(passed + 1, record["year"] + lead + len(ramp_up) + 1):
            steps = [0.0] * lead + [*ramp_up, 1.0]
            share = steps[min(year - record["year"], len(steps) - 1)]
            found = said.get(year, 1.0)
            if year >= built and not math.isclose(found, share, abs_tol=_NEAR):
                yield f"{licence}: can use {found:g} of it in {year}, the run had {share:g}"


def _question(folder: Path) -> dict[str, Any]:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    question: dict[str, Any] = yaml.safe_load(text)
    return question
