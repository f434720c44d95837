"""`robust.json`: a robust plan as a document other programs can rely on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from minequota.optimizer.robust.result import RobustPlan
from minequota.reports.numbers import clean
from minequota.reports.robust_figures import Figures
from minequota.reports.robust_rights import Decision

FORMAT = "minequota-robust/1"
FILE_NAME = "robust.json"
FUTURES = "futures"


@dataclass(frozen=True)
class Files:
    """Where a future's run and its own plan stand below the folder, and what they hash to."""

    folder: str
    allocation_sha256: str
    own_file: str
    own_sha256: str


def robust_document(
    plan: RobustPlan,
    figures: Figures,
    rights: Iterable[Decision],
    files: Mapping[str, Files],
) -> dict[str, Any]:
    """Return `robust.json` as a dictionary.

    Parameters
    ----------
    plan, figures, rights
        The plan and what is made of it.
    files
        What is written of each future, by future.
    """
    first = plan.futures[0].scenario
    return {
        "format": FORMAT,
        "scenario": first.name,
        "plan": first.plan.id,
        "authority": first.question.authority.zh,
        "measure": plan.measure,
        "status": plan.status.value,
        "solver": plan.solver,
        "mode": first.question.mode,
        "year": first.question.year,
        "years": list(plan.allocations[0].years),
        "futures": [
            {
                "name": future.name,
                "cases": list(future.scenario.cases),
                "titles_zh": [title.zh for title in future.scenario.case_titles],
                "titles_en": [title.en for title in future.scenario.case_titles],
                "weight": clean(future.weight),
                "status": one.status.value,
                "own_status": own.status.value,
                **asdict(files[future.name]),
            }
            for future, one, own in zip(plan.futures, plan.allocations, plan.own, strict=True)
        ],
        "goals": _plain(plan.goals),
        "titles": _plain(figures.titles.values()),
        "values": _plain(figures.values),
        "measures": _plain(figures.measures),
        "rounded": _plain(figures.rounded),
        "prices": _plain(figures.prices),
        "unmet": _plain(figures.unmet),
        "knowing": _plain(figures.knowing),
        "knowing_products": _plain(figures.products),
        "rights": _plain(rights),
        "notes": list(plan.notes),
    }


def robust_text(document: Mapping[str, Any]) -> str:
    """Return `robust.json` as text: UTF-8, two spaces of indent, keys in record order."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(records: Iterable[Any]) -> list[Any]:
    return [_cleaned(asdict(record)) for record in records]


def _cleaned(value: Any) -> Any:
    """Return a value as JSON holds it, numbers without noise."""
    if isinstance(value, Mapping):
        return {str(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return clean(value) if isinstance(value, float) else value
