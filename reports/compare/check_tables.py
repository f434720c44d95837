"""The tables beside comparison.json, read by a reader of their own and compared cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from minequota.reports.compare.check_answers import NAMELESS, number
from minequota.reports.compare.check_words import FATES, PARTS, SIZES, STATES, USES, Say

_ELSEWHERE = {"issued_rights", "leaving_rights", "expanded_rights", "merged_rights", "binding"}
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
Cell = str | float | Callable[[str], bool] | None
Tables = Mapping[int, list[list[str]]]


def read_tables(folder: Path) -> dict[int, list[list[str]]]:
    """Return the lines of every table that is there once, headers first, by its number."""
    found: dict[int, list[list[str]]] = {}
    for table in range(1, 6):
        paths = sorted(folder.glob(f"table{table}_*.csv"))
        if len(paths) == 1:
            text = paths[0].read_bytes().decode("utf-8-sig")
            found[table] = list(csv.reader(io.StringIO(text, newline="")))
    return found


def table_faults(said: dict[str, Any], tables: Tables, registered: set[str]) -> Iterator[str]:
    """Yield every cell of tables 2 to 5 that comparison.json does not have.

    `registered` are the licences of all registers: a synthetic one is marked in its line.
    """
    for table in range(1, 6):
        if table not in tables:
            yield f"table {table}: it is not there, or twice"
    for table, rows in tables.items():
        if table > 1:
            reader = _Reader(said, rows[0], registered)
            body = [row for row in rows[1:] if row[0] == reader.say("明细", "detail")]
            yield from (f"table {table}: {fault}" for fault in reader.faults(table, body))


class _Reader:
    """What stands in the tables of one document, in the language of a header line."""

    def __init__(self, said: dict[str, Any], header: list[str], registered: set[str]) -> None:
        self.said = said
        self.registered = registered
        self.header = header
        self.english = header[0] == "Row"
        self.all = [one["name"] for one in said["cases"]]
        self.answered = [one["name"] for one in said["cases"] if one["folder"]]
        self.calendar = any(len(one["years"]) > 1 for one in said["cases"])

    def say(self, zh: str, en: str) -> str:
        return en if self.english else zh

    def word(self, words: Mapping[str, Say], key: str) -> str:
        return self.say(*words[key]) if key in words else key

    def faults(self, table: int, body: list[list[str]]) -> Iterator[str]:
        rows = {2: self._outcomes, 3: self._mines, 4: self._zones, 5: self._rights}[table]()
        if table == 2:
            wanted = sum(1 for _ in self._outcomes())
            yield from self._binding(body[wanted:])
            body = body[:wanted]
            rows = self._outcomes()
        expected = list(rows)
        if len(expected) != len(body):
            yield f"{len(body)} lines, comparison.json has {len(expected)}"
        for at, (wanted_row, row) in enumerate(zip(expected, body, strict=False), start=1):
            if len(wanted_row) != len(row) - 1:
                yield f"line {at} has {len(row)} cells, not {len(wanted_row) + 1}"
                continue
            for wanted_cell, cell, head in zip(wanted_row, row[1:], self.header[1:], strict=True):
                if not _agrees(wanted_cell, cell):
                    shown = "" if callable(wanted_cell) else f", not {wanted_cell}"
                    yield f"line {at}, {head}: {cell}{shown}"

    def _outcomes(self) -> Iterator[list[Cell]]:
        parts = list(dict.fromkeys(PARTS.values()))
        lines = [line for line in self.said["outcomes"] if line["name"] not in _ELSEWHERE]
        for part in parts:
            for line in lines:
                if _part(line["name"]) == part:
                    yield self._outcome(line, part)
            if part == PARTS["goal."]:
                yield from self._states(part)

    def _outcome(self, line: dict[str, Any], part: Say) -> list[Cell]:
        share = line["unit"] == "1"
        unit: Cell = self.say("%（差：百分点）", "% (difference: points)")
        others = [name for name in self.all if name != self.said["base"]]
        return [
            self.say(*part),
            self.say(line["title_zh"], line["title_en"]),
            unit if share else self._unit(line["unit"], line["basis"]),
            *(self._result(line, line["values"].get(name), share=share) for name in self.all),
            *(self._result(line, line["differences"].get(name), share=share) for name in others),
        ]

    def _result(self, line: dict[str, Any], value: Any, *, share: bool) -> Cell:
        if value is None:
            return None
        if line["name"] == "status":
            return self.word(STATES, value)
        if line["name"] == "unmet_products":
            products = value.split(";") if value else [self.say("无", "none")]
            return _any if self.english and value else "、".join(products)
        if share:
            return _rounded(100 * value)
        return float(value)

    def _states(self, part: Say) -> Iterator[list[Cell]]:
        for goal in self.said["goals"]:
            states = goal["statuses"]
            if set(states.values()) == {"optimal"}:
                continue
            title = self.say(f"{goal['title_zh']}：状态", f"{goal['title_en']}: status")
            said = [self.word(STATES, states[one]) if one in states else "" for one in self.all]
            yield [self.say(*part), title, "", *said, *[None] * (len(self.all) - 1)]

    def _binding(self, body: list[list[str]]) -> Iterator[str]:
        """Yield what is wrong in the lines of binding clauses, each known by its id."""
        line = next((one for one in self.said["outcomes"] if one["name"] == "binding"), None)
        lists = {} if line is None else line["values"]
        holding = {name: set(lists.get(name, "").split(";")) - {""} for name in self.answered}
        wanted = set().union(*holding.values()) if holding else set()
        yes = self.say("是", "yes")
        for row in body:
            clause = next((one for one in wanted if row[2].endswith(f" [{one}]")), None)
            said = ["" if name not in holding else "—" for name in self.all]
            for at, name in enumerate(self.all):
                if name in holding and clause in holding[name]:
                    said[at] = yes
            blank = [row[3], *row[4 + len(said) :]]
            part = self.say("起约束作用的条款", "Binding clauses")
            told = row[1] == part and row[4 : 4 + len(said)] == said
            if clause is None or not told or any(blank):
                yield f"{row[2]}: {row[4:]}, not {said}"
            wanted -= {clause}
        yield from (f"{clause} binds, and no line says so" for clause in sorted(wanted))

    def _mines(self) -> Iterator[list[Cell]]:
        dated = self.header[2] in {"年度", "Year"}
        used = bool({"用途", "Use"} & set(self.header[3:8]))
        for line in self.said["mines"]:
            hidden = f"不具名的采矿权{line['count']}个", f"Rights not named: {line['count']}"
            waiting = dict.fromkeys(line["awaiting"], self.say("待下达", "awaiting"))
            product = _any if self.english else line["product"]
            year = "" if line["year"] is None else str(line["year"])
            yield [
                product if line["differs"] else self._same(),
                *([year] if dated else []),
                line["name"] if line["named"] else self.say(*hidden),
                line["right"],
                self._place(line["county"]),
                *([self.word(USES, line["use"])] if used else []),
                self._unit(line["unit"], line["basis"]),
                *(waiting.get(name, line["values"].get(name)) for name in self.answered),
                *self._differences(line),
                self._origin(line),
            ]

    def _zones(self) -> Iterator[list[Cell]]:
        for line in self.said["zones"]:
            yield [
                self._differs(line),
                *(line["zone"], line["name"]),
                *(self._place(line["county"]), self._place(line["mineral"])),
                self.say("探转采", "converted")
                if line["kind"] == "converted"
                else self.say("拟投放", "to be issued"),
                *(line["issued"].get(name) for name in self.answered),
                self._unit(line["unit"], "ore"),
                *(line["values"].get(name) for name in self.answered),
                *self._differences(line),
                *(self._when(line, name) for name in self.answered if self.calendar),
            ]

    def _when(self, line: dict[str, Any], name: str) -> str:
        years = [one["year"] for one in line["rights"].get(name, [])]
        said = [
            self.say(f"{year}年{years.count(year)}个", f"{years.count(year)} in {year}")
            for year in sorted(set(years))
        ]
        return self.say("、", ", ").join(said)

    def _rights(self) -> Iterator[list[Cell]]:
        for line in self.said["rights"]:
            yield [
                self._differs(line),
                (line["name"] or line["right"])
                if line["named"]
                else self.say(NAMELESS, "(not named)"),
                line["right"],
                *(self._place(line["county"]), self._place(line["mineral"])),
                self.word(SIZES, line["size_class"]),
                line["count"],
                *(self._fate(line["fates"].get(name)) for name in self.answered),
                self._unit(line["unit"], "ore"),
                *(line["values"].get(name) for name in self.answered),
                *self._differences(line),
                self._origin(line),
            ]

    def _fate(self, fate: dict[str, Any] | None) -> str:
        if fate is None:
            return ""
        said = self.word(FATES, fate["kind"])
        if self.calendar and fate["year"]:
            return self.say(f"{said}（{fate['year']}年）", f"{said} ({fate['year']})")
        return said

    def _differences(self, line: dict[str, Any]) -> list[Cell]:
        others = [name for name in self.answered if name != self.said["base"]]
        return [line["differences"].get(name) for name in others]

    def _differs(self, line: dict[str, Any]) -> str:
        return self.say("有差异", "With a difference") if line["differs"] else self._same()

    def _same(self) -> str:
        return self.say("无差异", "Without a difference")

    def _place(self, name: str) -> Cell:
        """Return a place or mineral; its English name is the plan's alone to know."""
        return _any if self.english and name else name

    def _unit(self, unit: str, basis: str) -> Cell:
        if self.english:
            return _any if unit else ""
        return unit if basis == "ore" else lambda cell: cell.startswith(unit)

    def _origin(self, line: dict[str, Any]) -> Cell:
        """A synthetic right is marked as such; which of the marks is the register's to say."""
        if not line["named"]:
            return self.say("合成", "synthetic")
        if line["synthetic"] and line["right"] in self.registered:
            return lambda cell: self.say("合成", "synthetic") in cell
        return bool


def _any(cell: str) -> bool:
    return bool(cell)


def _part(name: str) -> Say:
    head, dot, _ = name.partition(".")
    return PARTS.get(head + dot, PARTS["rights"])


def _rounded(value: float) -> Callable[[str], bool]:
    """Return whether a cell is a number rounded to two decimals, whichever way a tie went."""
    return lambda cell: _is_number(cell) and abs(float(cell) - value) <= 0.005 + 1e-9


def _agrees(wanted: Cell, cell: str) -> bool:
    if callable(wanted):
        return wanted(cell)
    if wanted is None:
        return cell == ""
    if isinstance(wanted, str):
        return _plain(wanted) == _plain(cell)
    close = 1e-8 * max(1.0, abs(wanted))
    return number(wanted) and _is_number(cell) and abs(float(cell) - wanted) <= close


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """Return a text without what a table drops of it, and without the apostrophe it puts first."""
    kept = "".join(one for one in text if one.isprintable())
    return kept.removeprefix("'") if kept[1:].startswith(_FORMULA) else kept
