"""The lines of table 7 that speak of rights merged, acquired or enlarged."""

from __future__ import annotations

from minequota.optimizer.allocation import Reorganisation
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.table import Cell, Column
from minequota.reports.text import Words

DETAILS = (
    Column("members", Words("整合成员", "Members"), rank=2),
    Column("before", Words("原规模", "Capacity before"), kind="number", decimals=4, rank=2),
    Column("capacity", Words("新规模", "Capacity after"), kind="number", decimals=4),
    Column("minimum", Words("最低开采规模", "Minimum"), kind="number", decimals=4, rank=2),
    Column("unit", Words("规模单位（每年）", "Unit (a year)"), rank=2),
    Column("holder", Words("采矿权人", "Holder"), rank=3),
)
FIRST_OUTPUT = Column("first_output", Words("首次可产年度", "First output"), rank=2)
MERGED = Words("整合", "merged")
ACQUIRED = Words("收购", "acquired")
ENLARGED = Words("改扩建", "enlarged")
RAISED = Words("扩大生产规模", "capacity raised")
ASSUMED = Words("假定", "assumed")


def reorganisations_of(context: Context, kind: str, year: int) -> list[Reorganisation]:
    """Return a year's mergers or expansions, by county, mineral and id."""
    found = [
        one for one in context.allocation.reorganisations if (one.kind, one.year) == (kind, year)
    ]
    return sorted(
        found,
        key=lambda one: (context.by_county(one.county), context.by_mineral(one.mineral), one.id),
    )


def reorganisation_cells(context: Context, one: Reorganisation) -> dict[str, Cell]:
    """Return the cells of a merger or expansion."""
    lang = context.lang
    cells: dict[str, Cell] = {
        "action": _action(context, one).say(lang),
        "county": context.county(one.county),
        "mineral": context.mineral(one.mineral),
        "size_class": text.word(text.SIZE_CLASS, one.size_class, lang),
        "name": one.name,
        "before": one.capacity_before,
        "capacity": one.capacity,
        "minimum": one.minimum or None,
        "unit": context.unit(one.capacity_unit),
        "holder": one.holder,
        "rule": text.word(text.RULE, "MERGE" if one.kind == "merge" else "EXPAND", lang),
        "source": one.source,
        "data": _data(one, context),
    }
    if one.kind == "merge":
        cells["members"] = text.joined(list(one.members), lang)
    else:
        cells["licence"] = one.right
    if context.calendar:
        cells[FIRST_OUTPUT.key] = str(one.first_output_year)
    return cells


def _action(context: Context, one: Reorganisation) -> Words:
    if one.kind == "merge":
        return MERGED if len(one.members) > 1 else ACQUIRED
    scenario = context.scenario
    for listed in (*scenario.plan.expansions, *scenario.question.expansions):
        if listed.id == one.id:
            return ENLARGED if listed.enlarges_area else RAISED
    return RAISED


def _data(one: Reorganisation, context: Context) -> str:
    """Say what about it is made up, or that nothing is."""
    marks = [text.SYNTHETIC] if one.synthetic else []
    marks += [ASSUMED] if one.assumed else []
    return text.joined([mark.say(context.lang) for mark in marks or [text.REAL]], context.lang)
