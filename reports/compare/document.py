"""`comparison.json`: the comparison as a document other programs can rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from minequota.reports.compare.case import Case
from minequota.reports.compare.comparison import Comparison, size_of
from minequota.reports.manifest import sha256_of
from minequota.reports.numbers import clean
from minequota.reports.provenance import register_share
from minequota.reports.text import Words

FORMAT = "minequota-comparison/1"
FILE_NAME = "comparison.json"


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return `comparison.json` as a dictionary; the run folders are read for their hashes."""
    return {
        "format": FORMAT,
        "base": comparison.base,
        "cases": [_case(case) for case in comparison.cases],
        "inputs": [_plain(line) for line in comparison.inputs],
        "outcomes": [_plain(line) for line in comparison.outcomes],
        "goals": [_plain(line) for line in comparison.goals],
        "mines": [_sized(line) for line in comparison.mines],
        "zones": [_sized(line) for line in comparison.zones],
        "rights": [_sized(line) for line in comparison.rights],
        "mines_left_out": comparison.left_out,
    }


def comparison_text(comparison: Comparison) -> str:
    """Return `comparison.json` as text: UTF-8, two spaces of indent."""
    document = comparison_document(comparison)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _case(case: Case) -> dict[str, Any]:
    share = register_share(case.scenario)
    question = case.scenario.question
    years = [] if case.allocation is None else list(case.allocation.years)
    answered = case.place is not None and case.allocation is not None
    return {
        "name": case.name,
        "title_zh": case.title.zh,
        "title_en": case.title.en,
        "kind": case.kind,
        "scenario": case.scenario.name,
        "cases": list(case.scenario.cases),
        "plan": case.plan,
        "mode": question.mode,
        "year": question.year,
        "years": years,
        "status": case.status.value,
        "solver": "" if case.allocation is None else case.allocation.solver,
        "folder": case.folder,
        "allocation_sha256": sha256_of(case.place / "allocation.json")
        if answered and case.place is not None
        else "",
        "register": {
            "rights": share.total,
            "synthetic": share.synthetic,
            "partly_synthetic": share.partly,
            "not_synthetic": share.real,
        },
    }


def _sized(line: Any) -> dict[str, Any]:
    """Return a line with the size it is sorted by."""
    return {**_plain(line), "largest_difference": clean(size_of(line.differences))}


def _plain(value: Any) -> Any:
    """Return records, texts and numbers as JSON has them; a title becomes two keys."""
    if is_dataclass(value):
        plain: dict[str, Any] = {}
        for field in fields(value):
            item = getattr(value, field.name)
            if isinstance(item, Words):
                plain |= {f"{field.name}_zh": item.zh, f"{field.name}_en": item.en}
            else:
                plain[field.name] = _plain(item)
        return plain
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return clean(value) if isinstance(value, float) else value
