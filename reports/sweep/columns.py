"""The columns of the table of cases: which there are, in which order, of which type and unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.outcome import COLUMNS, column_of
from minequota.optimizer.sweep.job import Parameter, Row, Value
from minequota.reports import text
from minequota.reports.sweep.specification import Specification, column_name
from minequota.reports.text import Lang, Words
from minequota.scenarios.scenario import Scenario

Kind = Literal["text", "whole", "number", "yes_no"]
Units = Mapping[str, tuple[str, str]]
"""Unit and basis of every column of a family, by its name."""
CASE = "case"
ORE = "ore"
NO_ANSWER = {"infeasible", "no_answer"}
_COUNTED = "个"
_OUTPUT_FAMILIES = ("demand.", "output.", "unmet.")
# Goals that are no objective of the model have their units from the records alone.
_GOAL_UNITS = {"evenness": "相对差", "flows": "单位·公里", "by_product": "占需求份额之和"}


@dataclass(frozen=True)
class TableColumn:
    """One column: its name for machines, its title, the type of its values and their unit.

    `basis` says what the unit counts where that is not raw ore, such as ``metal``.
    """

    name: str
    title: Words
    kind: Kind
    unit: str = ""
    meaning: str = ""
    basis: str = ORE

    def heading(self, lang: Lang) -> str:
        """Return the title with its unit, for people."""
        title = self.title.say(lang)
        if not self.unit or self.unit == "1":
            return title
        unit = text.unit(self.unit, lang, self.basis)
        return f"{title}（{unit}）" if lang == "zh" else f"{title} ({unit})"


class Cases:
    """All rows of a sweep in the order of their cases, and their columns."""

    def __init__(self, specification: Specification, rows: Sequence[Row], units: Units) -> None:
        parameters = specification.table.parameters
        self.parameters = [_parameter_column(specification, at) for at in range(len(parameters))]
        answers = [_answer(row, parameters) for row in rows]
        self.outcomes = _outcome_columns(answers, units)
        self.columns = [
            TableColumn(CASE, Words("案例", "Case"), "whole", "", "number of the case, from 1"),
            *self.parameters,
            *self.outcomes,
        ]
        names = [column_name(one) for one in parameters]
        self.rows: list[Row] = [
            {CASE: at + 1} | dict(zip(names, values, strict=True)) | answer
            for at, (values, answer) in enumerate(
                zip(specification.table.rows, answers, strict=True)
            )
        ]

    def values(self, name: str) -> list[Value]:
        """Return one column, blanks as None."""
        return [row.get(name) for row in self.rows]

    def family(self, prefix: str) -> list[TableColumn]:
        """Return the columns whose names begin with `prefix`."""
        return [column for column in self.outcomes if column.name.startswith(prefix)]


def _answer(row: Row, parameters: Sequence[Parameter]) -> Row:
    """Return what was found, without the number of the case and the parameters' values.

    A factor on a demand bears the name of the demand itself, which stands in its place only where
    there is an answer.
    """
    if row["status"] in NO_ANSWER:
        return {"status": row["status"]}
    varied = {one.path for one in parameters}
    return {
        name: value
        for name, value in row.items()
        if name != CASE and not (name in varied and not _documented(name))
    }


def _documented(name: str) -> bool:
    try:
        column_of(name)
    except KeyError:
        return False
    return True


def _parameter_column(specification: Specification, at: int) -> TableColumn:
    parameter = specification.table.parameters[at]
    values = specification.table.column(at)
    path = parameter.path
    if parameter.kind == "factor":
        title = Words(f"{path} 的倍数", f"{path}, factor")
        return TableColumn(column_name(parameter), title, "number", "1", "factor on this figure")
    kind = _kind_of(values)
    return TableColumn(column_name(parameter), Words(path, path), kind, "", "value of this key")


def _kind_of(values: Iterable[Value]) -> Kind:
    kinds = {type(value) for value in values if value is not None}
    if not kinds or str in kinds:
        return "text"
    if kinds == {bool}:
        return "yes_no"
    return "whole" if kinds == {int} else "number"


def _outcome_columns(answers: Sequence[Row], units: Units) -> list[TableColumn]:
    """Return the columns of all answers: documented order, within a family as first met."""
    names = list(dict.fromkeys(name for answer in answers for name in answer))
    order = {column.name: at for at, column in enumerate(COLUMNS)}

    def rank(name: str) -> tuple[int, str]:
        if _documented(name):
            return order[column_of(name).name], ""
        return len(order), name

    found = []
    for name in sorted(names, key=rank):
        if not _documented(name):
            kind = _kind_of(answer.get(name) for answer in answers)
            found.append(TableColumn(name, Words(name, name), kind))
            continue
        column = column_of(name)
        rest = name.removeprefix(column.family) if column.family else ""
        title = Words(f"{column.title_zh} {rest}".strip(), f"{column.title_en} {rest}".strip())
        unit, basis = units.get(name, (column.unit, ORE))
        kind = outcome_kind(name)
        found.append(TableColumn(name, title, kind, unit, column.meaning, basis))
    return found


def outcome_kind(name: str) -> Kind:
    """Return the type of a documented column, whatever its rows hold."""
    column = column_of(name)
    if column.unit == _COUNTED:
        return "whole"
    return "number" if column.family or column.unit else "text"


def column_units(scenario: Scenario) -> Units:
    """Return the units of the families of columns, which no row says, from the model itself."""
    from minequota.optimizer.model import build_model

    model = build_model(scenario)
    units: dict[str, tuple[str, str]] = {
        f"{family}{product.name}": (product.unit, product.basis)
        for family in _OUTPUT_FAMILIES
        for product in scenario.plan.products
    }
    units |= {f"cap_used.CAP.{cap.id}": (cap.product.unit, cap.basis) for cap in model.problem.caps}
    goals = _GOAL_UNITS | {goal.name: goal.unit for goal in model.goals}
    return units | {f"goal.{name}": (unit, ORE) for name, unit in goals.items()}
