"""Table 2 结果对照: what every case comes to, and the difference from the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.outcome import OutcomeValue, column_of
from minequota.reports import text
from minequota.reports.compare.columns import (
    NAME,
    difference_cells,
    difference_columns,
    value_cells,
    value_columns,
)
from minequota.reports.compare.comparison import Comparison, OutcomeLine, alike
from minequota.reports.compare.names import Names, names_of
from minequota.reports.compare.notes import notes
from minequota.reports.compare.outcomes import years_of
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Lang, Words

TITLE = Words("结果对照", "Outcomes side by side")
STEM = Words("结果对照", "outcomes")
_DECIMALS = 6
_PERCENT_DECIMALS = 2
# A difference of two percentages is no percentage of either.
_SHARE = ("%（差：百分点）", "% (difference: points)")
_STATE = Words("求解", "Solving")
_SUPPLY = Words("供需", "Supply and demand")
_CAPS = Words("开采总量", "Caps")
_RIGHTS = Words("采矿权", "Rights")
_GOALS = Words("各级目标", "Goals in order")
BINDING = Words("起约束作用的条款", "Binding clauses")
# Lists of rights stand in the tables of zones and rights, which know whom they may name.
_ELSEWHERE = {"issued_rights", "leaving_rights", "expanded_rights", "merged_rights", "binding"}
_BY_FAMILY = {
    "goal.": _GOALS,
    "demand.": _SUPPLY,
    "output.": _SUPPLY,
    "unmet.": _SUPPLY,
    "cap_used.": _CAPS,
    "cap_share.": _CAPS,
}
_BY_NAME = {"status": _STATE, "unmet_products": _SUPPLY, "evenness": _GOALS, "cost": _GOALS}
FIRST = (_STATE, _SUPPLY, _RIGHTS, _CAPS, _GOALS, BINDING)
"""The order of the parts where there is little room."""
RANKS = "序号之和"
"""The unit of the goal that only decides between equals."""
_ORDER = (_STATE, _SUPPLY, _CAPS, _RIGHTS, _GOALS, BINDING)


def outcome_table(comparison: Comparison, lang: Lang) -> Table:
    """Build table 2."""
    names = names_of(comparison, lang)
    columns = (
        Column(NAME, Words("指标", "Outcome")),
        Column("unit", Words("单位", "Unit")),
        *value_columns(comparison.cases, Words("结果", "Result"), decimals=_DECIMALS),
        *difference_columns(comparison, _DECIMALS),
    )
    lines = [line for line in comparison.outcomes if line.name not in _ELSEWHERE]
    parts: dict[Words, list[Row]] = {part: [] for part in _ORDER}
    for line in lines:
        parts[_part(line)].append(_row(line, names))
    parts[_GOALS] += _statuses(comparison, names)
    parts[BINDING] += _binding(comparison, names)
    rows = tuple(row for part in _ORDER for row in parts[part])
    own = Words(
        "供需各项为各年之和；总量和采矿权数为末年数；目标值为求解值，取整后的值见各案例结果文件夹。",
        "Supply and demand are sums over all years, caps and rights those of the last year; goals "
        "are the solver's values, the rounded ones stand in each case's run folder.",
    ).say(lang)
    horizons = _horizons(comparison, lang)
    given = (own, *([horizons] if horizons else []), *notes(comparison, lang))
    return Table(2, TITLE, STEM, lang, columns, rows, given, parted=True)


def _horizons(comparison: Comparison, lang: Lang) -> str:
    """Return a note naming each column's years, empty where all plan the same."""
    years = years_of(comparison.answered)
    if alike(years.values()):
        return ""
    said = [f"{case} {text.period(list(ones), lang)}" for case, ones in years.items()]
    named = text.joined(said, lang)
    return Words(
        f"各案例的年度不同：{named}。供需和目标是各自年度之和，年度不同的案例之间不列差值。",
        f"The cases plan different years: {named}. Supply, demand and goals are sums over a "
        "case's own years; cases of different years have no difference there.",
    ).say(lang)


def _part(line: OutcomeLine) -> Words:
    column = column_of(line.name)
    return _BY_FAMILY.get(column.family) or _BY_NAME.get(line.name, _RIGHTS)


def _row(line: OutcomeLine, names: Names) -> Row:
    share = line.unit == "1"
    factor = 100.0 if share else 1.0
    values = {case: _cell(line.name, value, factor, names) for case, value in line.values.items()}
    cells: dict[str, Cell] = {
        NAME: line.title.say(names.lang),
        "unit": names.say(*_SHARE) if share else names.unit(line.unit, line.basis),
        **value_cells(values),
        **difference_cells(line.differences, factor, _PERCENT_DECIMALS if share else None),
    }
    return Row(cells, "body", _part(line).say(names.lang), line.name)


def _cell(name: str, value: OutcomeValue, factor: float, names: Names) -> Cell:
    if name == "status":
        return text.word(text.SOLVE_STATUS, str(value), names.lang)
    if name == "unmet_products":
        products = [names.place(one) for one in str(value).split(";") if one]
        return text.joined(products, names.lang) or text.NONE.say(names.lang)
    if factor != 1.0 and isinstance(value, float):
        return round(value * factor, _PERCENT_DECIMALS)
    return value


def _statuses(comparison: Comparison, names: Names) -> Iterator[Row]:
    """Yield the state of every goal that is not proven optimal everywhere."""
    for goal in comparison.goals:
        if set(goal.statuses.values()) == {SolveStatus.OPTIMAL.value}:
            continue
        title = goal.title.say(names.lang)
        words: Mapping[str, Cell] = {
            case: text.word(text.SOLVE_STATUS, status, names.lang)
            for case, status in goal.statuses.items()
        }
        cells: dict[str, Cell] = {NAME: names.say(f"{title}：状态", f"{title}: status")}
        yield Row(cells | value_cells(words), "body", _GOALS.say(names.lang))


def _binding(comparison: Comparison, names: Names) -> Iterator[Row]:
    """Yield a line for each clause that binds somewhere, with a yes where it does."""
    titles: dict[str, Words] = {}
    found: dict[str, set[str]] = {}
    for case in comparison.answered:
        if case.allocation is None:
            continue
        for rule in case.allocation.rules:
            if rule.binding:
                dated = f"{rule.clause}@{rule.year}" if case.allocation.mode == "calendar" else ""
                key = dated or rule.clause
                year = f" {rule.year}" if dated else ""
                titles.setdefault(key, Words(f"{rule.title_zh}{year}", f"{rule.title_en}{year}"))
                found.setdefault(key, set()).add(case.name)
    for key, holding in found.items():
        yes: dict[str, Cell] = {
            case.name: text.YES.say(names.lang) if case.name in holding else "—"
            for case in comparison.answered
        }
        cells: dict[str, Cell] = {NAME: f"{titles[key].say(names.lang)} [{key}]"}
        yield Row(cells | value_cells(yes), "body", BINDING.say(names.lang))
