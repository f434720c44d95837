"""A scenario of three rights on disk, small enough to be swept in every way and solved by hand.

Magnesite: M1 in the east makes at most 20 万吨 of a cap of 21, M2 in the west at most the cap of
10: 30 in all, which is just what is asked for. Building stone: S1 has expired; Z1-1 may be issued
with at most 60 of the 50 万立方米 asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import builders

from minequota.optimizer.sweep.job import ChunkJob, Row
from minequota.reports.sweep.cases import Request
from minequota.reports.sweep.opening import Manner, Question
from minequota.reports.sweep.sweep import Order
from minequota.scenarios.documents.yamltext import format_yaml

REGISTER = """licence,name,county,mineral,capacity,status,licence_end
M1,一号矿,东县,菱镁矿,20 万吨,producing,2030-12-31
M2,二号矿,西县,菱镁矿,60 万吨,producing,2030-12-31
S1,三号矿,西县,建筑用石料,75 万吨,expired,2024-06-30
"""
MOST = 30.0
ASKED = 30.0


def write_scenario(folder: Path, **changes: Any) -> Path:
    """Write the scenario's three files into a new folder."""
    folder.mkdir()
    case = {"title": builders.name("降低"), "set": {"plan.caps.magnesite_city.amount": "25 万吨"}}
    question = builders.tiny_question(**({"cases": {"cut": case}} | changes))
    for name, content in (("plan.yaml", builders.tiny_plan()), ("scenario.yaml", question)):
        (folder / name).write_text(format_yaml(content), encoding="utf-8")
    (folder / "mines.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def order(scenario: Path, out: Path, *vary: str, chunk: int = 2, **changes: Any) -> Order:
    """Return an order to sweep, in this process unless `changes` say otherwise."""
    given: dict[str, Any] = {
        "jobs": 1,
        "quiet": True,
        "turning": False,
        "command": "minequota sweep",
    }
    return Order(
        question=Question(str(scenario)),
        request=changes.pop("request", Request(vary=vary)),
        manner=Manner(chunk=chunk, **changes.pop("manner", {})),
        out=out,
        **(given | changes),
    )


def fake_chunk(job: ChunkJob) -> list[Row]:
    """Answer every case without solving: what is short of magnesite, by hand."""
    rows: list[Row] = []
    for case in job.cases:
        demand = ASKED * float(case.values[0] or 0.0)
        values = {one.path: value for one, value in zip(job.parameters, case.values, strict=True)}
        answer: Row = {
            "status": "optimal",
            "demand.菱镁矿": demand,
            "output.菱镁矿": min(demand, MOST),
            "unmet.菱镁矿": max(demand - MOST, 0.0),
            "issued": 1,
            "unmet_products": "菱镁矿" if demand > MOST else "",
        }
        rows.append({"case": case.number, **values, **answer})
    return rows


def files(folder: Path) -> dict[str, bytes]:
    """Return what of a result must not depend on who solved it."""
    return {name: (folder / name).read_bytes() for name in ("cases.parquet", "cases.csv")}
