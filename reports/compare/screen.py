"""A comparison on the terminal: inputs first, then outcomes, then the allocations."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.compare.columns import DIFFERENCE, NAME
from minequota.reports.compare.comparison import Comparison
from minequota.reports.compare.notes import notes
from minequota.reports.compare.overview import headers, overview
from minequota.reports.compare.table_mines import UNCHANGED
from minequota.reports.compare.table_outcomes import FIRST, RANKS
from minequota.reports.compare.tables import build_tables
from minequota.reports.layout import wrapped
from minequota.reports.numbers import amount, written
from minequota.reports.safe_text import one_line, printable
from minequota.reports.screen import NARROW_GAP, bands, fitted, header
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.terminal import flowing, make_console
from minequota.reports.text import Lang, Words

if TYPE_CHECKING:
    from rich.console import Console

MOST_INPUTS = 200
"""More keys that differ are shown as a digest: numbers by part, and the first of them."""
_DIGEST = 40
# Beside more cases than this the long texts of sources and notes are left to the files.
_FEW = 4
# Of every product, or of all zones or rights, the screen shows this many.
_ROWS = 12
_WIDE = 130
_DECIMALS = 6
_INPUTS, _OUTCOMES = 1, 2
# Stands for Δ while headers are broken into lines: a letter stays with the name behind it.
_MARK = "d"
# Tables with one value per case: its column needs no heading but the case's name.
_ONE_VALUE = (1, 2, 3)
# What the list of cases shows on a narrow screen: name, title, years, status, rights, synthetic.
_SHORT = (0, 1, 5, 6, 7, 8)


def show_comparison(
    comparison: Comparison,
    *,
    lang: Lang = "zh",
    console: Console | None = None,
    folder: Path | None = None,
    other_mode: tuple[str, ...] = (),
    tables: bool = True,
) -> None:
    """Print a comparison.

    Parameters
    ----------
    folder
        Where it was written, for the closing line.
    other_mode
        Named cases left out, said below the list of cases.
    tables
        False prints the cases and their outcomes only.
    """
    _Screen(comparison, lang, console or make_console()).show(folder, other_mode, tables)


class _Screen:
    """One comparison on one console."""

    def __init__(self, comparison: Comparison, lang: Lang, console: Console) -> None:
        self.comparison = comparison
        self.lang: Lang = lang
        self.console = console
        self.wide = console.width >= _WIDE
        self.standing = notes(comparison, lang)

    def show(self, folder: Path | None, other_mode: tuple[str, ...], tables: bool) -> None:
        self._cases(other_mode)
        for table in build_tables(self.comparison, self.lang):
            if table.number == _OUTCOMES or tables:
                self._table(table)
        self._rule(Words("说明", "Notes").say(self.lang))
        for note in self.standing:
            self._line(note)
        if folder is not None:
            self._line(Words(f"对照结果：{folder}", f"Comparison: {folder}").say(self.lang))

    def _cases(self, other_mode: tuple[str, ...]) -> None:
        self._rule(Words("案例", "Cases").say(self.lang))
        shown = range(len(headers())) if self.wide else _SHORT
        numbers = {7, 8, 9}
        columns = [
            Column(str(at), headers()[at], "count" if at in numbers else "text") for at in shown
        ]
        lines = overview(self.comparison, self.lang)
        rows = [
            Row({str(at): int(line[at]) if at in numbers else line[at] for at in shown})
            for line in lines
        ]
        self._band(columns, rows)
        if other_mode:
            named = ", ".join(other_mode)
            self._line(
                Words(
                    f"测算模式不同、未列的案例：{named}（用 --case 指定可列）。",
                    f"Left out, planned in another mode: {named} (--case asks for them).",
                ).say(self.lang),
                "dim",
            )

    def _table(self, table: Table) -> None:
        self._rule(table.heading)
        rows, left_out = self._chosen(table)
        rank = 2 if self.wide else 1
        bare = table.number in _ONE_VALUE
        columns = [_narrow(column, bare) for column in table.columns if column.rank <= rank]
        for section, part in _parts(rows):
            self._line(section, "bold")
            there = [column for column in columns if _filled(column, part)]
            for band in bands(there, part, self.lang, self.console.width):
                self._band(band, part)
        if not table.rows:
            self._line(Words("无。", "None.").say(self.lang))
        if left_out:
            self._left_out(table, left_out)
        for note in table.notes:
            if note not in self.standing:
                self._line(note, "dim")

    def _chosen(self, table: Table) -> tuple[list[Row], int]:
        """Return the rows a screen shows, and how many it leaves out."""
        rows = list(table.rows)
        if table.number == _INPUTS:
            shown = rows if len(rows) <= MOST_INPUTS else rows[:_DIGEST]
            if len(self.comparison.cases) > _FEW:
                shown = [row for row in shown if not _explains(row)]
        elif table.number == _OUTCOMES:
            hidden = _left_to_files(self.comparison)
            shown = [row for row in rows if _says(row) and row.block not in hidden]
            shown = sorted(shown, key=_weight)
            shown.sort(key=lambda row: [one.say(self.lang) for one in FIRST].index(row.section))
        else:
            same = UNCHANGED.say(self.lang)
            parts = _parts([row for row in rows if row.section != same])
            shown = [row for _, part in parts for row in part[:_ROWS]]
        return shown, len(rows) - len(shown)

    def _left_out(self, table: Table, left_out: int) -> None:
        name = f"tables/{table.file_stem}.csv"
        if table.number == _INPUTS:
            counts = Counter(row.section for row in table.rows)
            digest = [f"{section} {number}" for section, number in counts.items()]
            count, shown = len(table.rows), len(table.rows) - left_out
            self._line(
                Words(
                    f"共{count}处不同：{'、'.join(digest)}。此处列{shown}处，另有"
                    f"{left_out}处（包括来源、说明文字），全部见{name}、comparison.xlsx和"
                    "comparison.json。",
                    f"Keys that differ: {count} ({', '.join(digest)}). Shown: {shown}; {left_out} "
                    f"more, sources and notes among them, in {name}, comparison.xlsx and "
                    "comparison.json.",
                ).say(self.lang),
                "dim",
            )
            return
        same = UNCHANGED.say(self.lang)
        alike = sum(row.section == same for row in table.rows)
        words = Words(
            f"另有{left_out}行未列（各案例均为0或空，县级分项总量，许可证号次序），见{name}。",
            f"Lines left out here (0 or blank in every case, caps of single counties, licence "
            f"order): {left_out}; see {name}.",
        )
        if table.number != _OUTCOMES:
            words = Words(
                f"另有{left_out}行未列（其中无差异{alike}行），见{name}。",
                f"Lines left out here: {left_out} ({alike} without a difference); see {name}.",
            )
        self._line(words.say(self.lang), "dim")

    def _band(self, columns: list[Column], rows: list[Row]) -> None:
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text

        signed = [_signed(row) for row in rows]
        fit = fitted(columns, signed, self.lang, self.console.width)
        grid = Grid(
            box=box.SIMPLE_HEAD,
            padding=(0, 1, 0, fit.gap - NARROW_GAP),
            pad_edge=False,
            header_style="bold",
            show_edge=False,
        )
        for column, width in zip(columns, fit.widths, strict=True):
            head = wrapped(header(column, self.lang), width)
            if column.key.startswith(DIFFERENCE):
                head = f"Δ{head.removeprefix(_MARK)}"
            grid.add_column(
                Text(printable(head)),
                justify="left" if column.kind == "text" else "right",
                overflow="fold",
                width=width,
            )
        for row, said in zip(rows, signed, strict=True):
            cells = []
            for column, width in zip(columns, fit.widths, strict=True):
                line = one_line(written(said.cells.get(column.key), column))
                cells.append(Text(printable(wrapped(line, width)), style=_style(row, column)))
            grid.add_row(*cells)
        self.console.print(grid)

    def _rule(self, title: str) -> None:
        from rich.rule import Rule
        from rich.text import Text

        self.console.print()
        self.console.print(Rule(Text(one_line(title), style="bold")))

    def _line(self, line: str, style: str = "") -> None:
        self.console.print(flowing(line, self.console.width, style))


def _left_to_files(comparison: Comparison) -> set[str]:
    """Return the outcomes a screen leaves out: caps of single counties, the order of licences."""
    hidden = {line.name for line in comparison.outcomes if line.unit == RANKS}
    for case in comparison.answered:
        for use in case.allocation.caps if case.allocation is not None else ():
            if use.county:
                hidden |= {f"cap_used.{use.clause}", f"cap_share.{use.clause}"}
    return hidden


def _weight(row: Row) -> int:
    """Return what puts the lines of unmet demand before the rest."""
    return 0 if row.block.startswith("unmet") else 1


def _explains(row: Row) -> bool:
    """Whether a key holds a text about another: too long beside many others."""
    return str(row.cells.get(NAME)).endswith(("source", "note"))


def _narrow(column: Column, bare: bool) -> Column:
    """Return a column as a screen shows it: a difference marked, a lone value without heading."""
    if column.key.startswith(DIFFERENCE):
        title = Words(f"{_MARK}{column.title.zh}", f"{_MARK}{column.title.en}")
        return replace(column, title=title, group=None)
    return replace(column, group=None) if bare else column


def _signed(row: Row) -> Row:
    """Return a row whose positive differences are written with their sign."""
    return replace(row, cells={key: _with_sign(key, cell) for key, cell in row.cells.items()})


def _with_sign(key: str, cell: Cell) -> Cell:
    positive = key.startswith(DIFFERENCE) and isinstance(cell, float) and cell > 0
    return f"+{amount(cell, _DECIMALS)}" if positive and isinstance(cell, float) else cell


def _style(row: Row, column: Column) -> str:
    cell = row.cells.get(column.key)
    if not column.key.startswith(DIFFERENCE) or not isinstance(cell, float) or not cell:
        return ""
    return "yellow" if cell > 0 else "cyan"


def _filled(column: Column, rows: list[Row]) -> bool:
    return any(written(row.cells.get(column.key), column) for row in rows)


def _parts(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.section, []).append(row)
    return list(parts.items())


def _says(row: Row) -> bool:
    """Whether an outcome is worth a place on the screen: it is not nothing everywhere."""
    values = [cell for key, cell in row.cells.items() if key.startswith("value:")]
    return any(cell not in (None, 0, 0.0, "") for cell in values)
