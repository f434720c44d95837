"""A finished sweep on the terminal: what was varied, how it ended, what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minequota.reports import text
from minequota.reports.layout import wrapped
from minequota.reports.numbers import amount, percent, written
from minequota.reports.provenance import may_be_named, register_sentence
from minequota.reports.safe_text import one_line
from minequota.reports.screen import NARROW_GAP, fitted, header
from minequota.reports.sweep.columns import Cases, TableColumn
from minequota.reports.sweep.result import TURNING_POINTS, Finished
from minequota.reports.sweep.summary import Shortage, Spread
from minequota.reports.sweep.turning import RECORD
from minequota.reports.table import Column, Row
from minequota.reports.terminal import flowing, make_console
from minequota.reports.text import Lang, Words

if TYPE_CHECKING:
    from rich.console import Console

_RATIO = "1"
_DECIMALS = 4
_TURNING_ROWS = 40
_TITLE = Words("参数扫描", "Sweep")
_SAMPLE = Words("抽样计算", "Sample")
_RIGHTS = {"leaving_rights", "merged_rights"}
_UNNAMED = Words("一个合成采矿权（不具名）", "a synthetic right (not named)")
_NO_CASE = Words("无", "none")


def show_sweep(
    done: Finished,
    folder: Path,
    lang: Lang,
    *,
    quiet: bool = False,
    console: Console | None = None,
) -> None:
    """Print a finished sweep; quietly only how it ended and where it is."""
    _Screen(done, lang, console or make_console()).show(folder, quiet=quiet)


class _Screen:
    """One sweep on one console."""

    def __init__(self, done: Finished, lang: Lang, console: Console) -> None:
        self.done = done
        self.lang: Lang = lang
        self.console = console

    def show(self, folder: Path, *, quiet: bool) -> None:
        if not quiet:
            sampled = self.done.specification.table.sampled
            title = self.done.scenario.question.title
            said = title.zh if self.lang == "zh" else title.en
            name = (_SAMPLE if sampled else _TITLE).say(self.lang)
            self._rule(f"{said} [{self.done.specification.scenario}] · {name}")
            for line in self._facts():
                self._line(line)
            self._table(Words("变动的参数", "What is varied"), *self._parameters())
        for line in self._statuses():
            self._line(line)
        if not quiet:
            self._table(Words("未满足的需求", "Unmet demand"), *self._shortages())
            self._table(Words("结果的范围", "Spread of the outcomes"), *self._spreads())
            self._turning_points()
        self._line(Words(f"结果文件夹：{folder}", f"Result folder: {folder}").say(self.lang))

    def _facts(self) -> list[str]:
        done = self.done
        lines = [register_sentence(done.scenario, self.lang)]
        if done.specification.named_cases:
            names = text.joined(list(done.specification.named_cases), self.lang)
            lines.append(Words(f"案例：{names}", f"Cases: {names}").say(self.lang))
        sample = done.specification.sample
        if sample is not None:
            number, seed, method = (sample[key] for key in ("number", "seed", "method"))
            lhs = method == "lhs"
            zh = f"{'拉丁超立方' if lhs else '简单随机'}抽样 {number} 个案例，随机种子 {seed}；"
            en = f"{'Latin hypercube' if lhs else 'Random'} sample of {number} cases, seed {seed}; "
            lines.append(
                Words(
                    f"{zh}各参数相互独立。", f"{en}the parameters are independent of each other."
                ).say(self.lang)
            )
        return lines

    def _parameters(self) -> tuple[list[Column], list[Row]]:
        columns = [
            Column("path", Words("参数", "Parameter")),
            Column("from", Words("最小", "least"), "text"),
            Column("to", Words("最大", "most"), "text"),
            Column("values", Words("取值数", "Values"), "count"),
            Column("said", Words("范围或分布", "Range or distribution")),
        ]
        rows = []
        table = self.done.specification.table
        for at, column in enumerate(self.done.cases.parameters):
            values = list(dict.fromkeys(table.column(at)))
            figures = [one for one in values if isinstance(one, int | float)]
            ends = (
                (min(figures), max(figures))
                if len(figures) == len(values)
                else values[:: len(values) - 1 or 1]
            )
            about = table.about[at]
            said = about.get("values") or f"{about['distribution']} {_listed(about['parameters'])}"
            rows.append(
                Row(
                    {
                        "path": column.title.say(self.lang),
                        "from": _shown(ends[0]),
                        "to": _shown(ends[-1]),
                        "values": len(values),
                        "said": str(said),
                    }
                )
            )
        return columns, rows

    def _statuses(self) -> list[str]:
        statuses = self.done.summary.statuses
        total = sum(statuses.values())
        counted = text.joined(
            [
                f"{text.word(text.SOLVE_STATUS, status, self.lang)} {number}"
                for status, number in statuses.items()
            ],
            self.lang,
        )
        lines = [Words(f"共 {total} 个案例：{counted}", f"{total} cases: {counted}").say(self.lang)]
        if statuses.get("infeasible"):
            zh = "无可行解的案例是结果，不是失败：其约束性条款不能同时满足，其余各列为空。"
            en = (
                "An infeasible case is a result, not a failure: its binding clauses cannot hold "
                "together, and its other columns are empty."
            )
            lines.append(Words(zh, en).say(self.lang))
        if statuses.get("time_limit") or statuses.get("no_answer"):
            zh = "到达时限的案例与机器快慢有关，再算一遍可能不同。"
            en = "Cases that ran out of time depend on the machine; another run may differ in them."
            lines.append(Words(zh, en).say(self.lang))
        return lines

    def _shortages(self) -> tuple[list[Column], list[Row]]:
        columns = [
            Column("product", Words("产品", "Product")),
            Column("cases", Words("案例数", "Cases"), "count"),
            Column("share", Words("占比", "Share"), "percent", decimals=1),
            Column("first", Words("首个案例", "First case")),
            Column("last", Words("最后案例", "Last case")),
        ]
        total = sum(self.done.summary.statuses.values())
        rows = [
            Row(
                {
                    "product": self._product(one),
                    "cases": one.cases,
                    "share": one.cases / total,
                    "first": self._case(one.first),
                    "last": self._case(one.last),
                }
            )
            for one in self.done.summary.shortages
        ]
        return columns, rows

    def _product(self, one: Shortage) -> str:
        for product in self.done.scenario.plan.products:
            if product.name == one.product and self.lang == "en":
                return product.en
        return one.product

    def _case(self, number: int | None) -> str:
        """Return a case by its number and what was varied in it."""
        if number is None:
            return _NO_CASE.say(self.lang)
        cases: Cases = self.done.cases
        row = cases.rows[number - 1]
        few = cases.parameters[:2]
        said = ", ".join(_shown(row.get(column.name)) for column in few)
        return f"{number} ({said}{', …' if len(few) < len(cases.parameters) else ''})"

    def _spreads(self) -> tuple[list[Column], list[Row]]:
        spreads = self.done.summary.spreads
        columns = [
            Column("name", Words("指标", "Figure")),
            Column("unit", Words("单位", "Unit")),
            Column("least", Words("最小", "Least")),
            Column("mean", Words("平均", "Mean")),
            Column("most", Words("最大", "Most")),
        ]
        if any(one.quantiles for one in spreads):
            marks = (("q5", "5 %"), ("q50", "50 %"), ("q95", "95 %"))
            columns += [Column(key, Words(mark, mark)) for key, mark in marks]
        return columns, [self._spread(one) for one in spreads]

    def _spread(self, one: Spread) -> Row:
        share = one.column.unit == _RATIO

        def say(value: float) -> str:
            return percent(value) if share else amount(value, _DECIMALS)

        cells: dict[str, str | float | int | None] = {
            "name": self._title(one.column),
            "unit": "" if share else text.unit(one.column.unit, self.lang, one.column.basis),
            "least": say(one.least),
            "mean": say(one.mean),
            "most": say(one.most),
        }
        for key, value in zip(("q5", "q50", "q95"), one.quantiles, strict=False):
            cells[key] = say(value)
        return Row(cells)

    def _title(self, column: TableColumn) -> str:
        product = column.name.removeprefix("unmet.")
        if product != column.name and self.lang == "en":
            return f"Unmet demand {self._product(Shortage(product, '', 0, None, None))}"
        return column.title.say(self.lang)

    def _turning_points(self) -> None:
        points = self.done.turning_points
        if not points:
            return
        columns = [
            Column("parameter", Words("参数", "Parameter")),
            Column("at", Words("取值", "At")),
            Column("text", Words("变化", "Change")),
        ]
        others = [name for name in points[0] if name not in RECORD]
        columns += [Column(name, Words(name, name)) for name in others]
        rows = [Row(self._turning_point(one, others)) for one in points]
        self._table(Words("转折点", "Turning points"), columns, rows[:_TURNING_ROWS])
        if len(rows) > _TURNING_ROWS:
            left = len(rows) - _TURNING_ROWS
            zh, en = f"另有 {left} 行，见 {TURNING_POINTS}。", f"{left} more in {TURNING_POINTS}."
            self._line(Words(zh, en).say(self.lang))

    def _turning_point(self, one: Mapping[str, Any], others: list[str]) -> dict[str, str]:
        said = str(one["text" if self.lang == "zh" else "text_en"])
        rights = {right.licence: right for right in self.done.scenario.rights}
        right = rights.get(one["item"])
        # No list of who leaves may name a right that is made up.
        if one["what"] in _RIGHTS and right is not None and not may_be_named(right):
            said = said.replace(right.licence, _UNNAMED.say(self.lang))
        cells = {"parameter": str(one["parameter"]), "at": _shown(one["at"], 6), "text": said}
        return cells | {name: _shown(one.get(name)) for name in others}

    def _rule(self, title: str) -> None:
        from rich.rule import Rule
        from rich.text import Text

        self.console.print()
        self.console.print(Rule(Text(one_line(title), style="bold")))

    def _line(self, line: str) -> None:
        self.console.print(flowing(line, self.console.width))

    def _table(self, title: Words, columns: list[Column], rows: list[Row]) -> None:
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text

        if not rows:
            return
        self._rule(title.say(self.lang))
        fit = fitted(columns, rows, self.lang, self.console.width)
        grid = Grid(
            box=box.SIMPLE_HEAD,
            padding=(0, 1, 0, fit.gap - NARROW_GAP),
            pad_edge=False,
            header_style="bold",
            show_edge=False,
        )
        for column, width in zip(columns, fit.widths, strict=True):
            grid.add_column(
                Text(wrapped(header(column, self.lang), width)),
                justify="right" if _right(column) else "left",
                overflow="fold",
                width=width,
            )
        for row in rows:
            cells = [one_line(written(row.cells.get(column.key), column)) for column in columns]
            grid.add_row(
                *(Text(wrapped(one, width)) for one, width in zip(cells, fit.widths, strict=True))
            )
        self.console.print(grid)


def _right(column: Column) -> bool:
    """Whether a column holds figures, as numbers or as texts."""
    figures = {"at", "least", "mean", "most", "q5", "q50", "q95", "from", "to"}
    return column.kind != "text" or column.key in figures


def _shown(value: object, decimals: int = _DECIMALS) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return amount(float(value), decimals)
    return str(value)


def _listed(parameters: object) -> str:
    if not isinstance(parameters, Mapping):
        return ""
    return ", ".join(
        f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}"
        for key, value in parameters.items()
    )
