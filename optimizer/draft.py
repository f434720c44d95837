"""The model while the rules write it: columns, rows, and the clauses the rows belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np

from minequota.optimizer.engine.types import Floats, Integers, LinearProgram
from minequota.optimizer.problem import Problem
from minequota.scenarios.plan import Attribute, Sense

NONE = -1
INFINITY = float("inf")


@dataclass(frozen=True)
class Clause:
    """One statement of the plan as the model holds it, with what a table must say of it.

    ``lower ≤ Σ value · x[index] ≤ upper``; for an expected clause `over` and `under`
    are the columns of its miss, which goal 1 divides by `base`.
    """

    id: str
    code: str
    title_zh: str
    title_en: str
    attribute: Attribute
    sense: Sense
    limit: float
    lower: float
    upper: float
    unit: str
    year: int
    source: str
    index: Integers
    value: Floats
    base: float = 1.0
    row: int = NONE
    over: int = NONE
    under: int = NONE

    def used(self, solution: Floats) -> float:
        """Left-hand side at a solution."""
        return float(self.value @ solution[self.index])

    def missed(self, solution: Floats) -> float:
        """By how much the clause is missed at a solution; 0 when it is kept."""
        used = self.used(solution)
        return max(0.0, used - self.upper, self.lower - used)


@dataclass(frozen=True)
class Reach:
    """How many rights a rule speaks of, for rules with one line per right."""

    code: str
    rights: int


@dataclass(frozen=True)
class Columns:
    """Column numbers, by year and source (or product); `NONE` where there is no such choice.

    `hold`: 1 while the right is on the register at the year's end. `output`: product units.
    `size`: capacity a new right is issued with in that very year. `expand`: 1 once a listed
    expansion is decided. `run`: 1 when it must either reach a floor or rest. `large`: 1 when a
    new right issued that year, whose size decides, is large or medium. By product: `unmet`
    demand, `surplus` of supply, `by_product` supply that follows other mines, and `not_handed`,
    what is left of a cap that is to be handed out.
    """

    hold: Integers
    output: Integers
    size: Integers
    expand: Integers
    run: Integers
    large: Integers
    unmet: Integers
    surplus: Integers
    by_product: Integers
    not_handed: Integers


def same_columns(one: Columns, other: Columns) -> bool:
    """Whether two drafts number their choices alike."""
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(Columns)
    )


@dataclass(frozen=True)
class Link:
    """A way from a source to a demand centre, and the column of what goes along it in a year."""

    y: int
    m: int
    product: str
    centre: str
    kilometres: float
    column: int


@dataclass(frozen=True)
class CentreColumns:
    """What a demand centre lacks in a year, and what reaches it from outside the mines."""

    y: int
    product: str
    centre: str
    unmet: int
    outside: int


@dataclass(frozen=True)
class OutOfReach:
    """A way that is farther than its product is carried, in any year."""

    m: int
    product: str
    centre: str
    kilometres: float


@dataclass
class Draft:
    """Columns and rows written so far. Rules add; nothing is taken back.

    `one` is a column that is always 1, for the constants of goals. `level` is in no row: the
    sharing of output raises it where evenness has no closed form.
    """

    problem: Problem
    columns: Columns
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[Integers] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    one: int = NONE
    level: int = NONE
    reaches: list[Reach] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    centres: list[CentreColumns] = field(default_factory=list)
    out_of_reach: list[OutOfReach] = field(default_factory=list)

    def column(self, lower: float, upper: float, *, integer: bool = False) -> int:
        """Add a column and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.lower) - 1

    def row(self, index: Integers, value: Floats, lower: float, upper: float) -> int:
        """Add ``lower ≤ Σ value · x[index] ≤ upper`` and return its number."""
        self.indices.append(np.asarray(index, dtype=np.int64))
        self.values.append(np.asarray(value, dtype=np.float64))
        self.starts.append(self.starts[-1] + len(index))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    def at_most(self, left: int, factor: float, right: int) -> int:
        """Add ``x[left] ≤ factor · x[right]``."""
        return self.row(np.array([left, right]), np.array([1.0, -factor]), -INFINITY, 0.0)

    def at_least(self, left: int, factor: float, right: int) -> int:
        """Add ``x[left] ≥ factor · x[right]``."""
        return self.row(np.array([left, right]), np.array([1.0, -factor]), 0.0, INFINITY)

    def sum_row(self, terms: Iterable[tuple[int, float]], lower: float, upper: float) -> int:
        """Add a row of (column, coefficient) terms; terms of one column are added up."""
        total: dict[int, float] = {}
        for column, coefficient in terms:
            total[column] = total.get(column, 0.0) + coefficient
        kept = {column: value for column, value in total.items() if value != 0.0}
        index = np.array(list(kept), dtype=np.int64)
        return self.row(index, np.array(list(kept.values())), lower, upper)

    def fix(self, column: int, value: float) -> None:
        """Give a column one value."""
        self.lower[column] = self.upper[column] = value

    def not_begun(self, columns: Sequence[int], y: int) -> None:
        """Let a choice that lasts be made before year `y`, not in it; `columns` by year."""
        if y == 0:
            self.fix(columns[y], 0.0)
        else:
            self.at_most(columns[y], 1.0, columns[y - 1])

    def clause(self, clause: Clause) -> None:
        """Hold a clause: a hard row when binding, a row with its miss as columns when expected."""
        row, over, under = NONE, NONE, NONE
        index, value = clause.index, clause.value
        if clause.sense != "forecast":
            if clause.attribute == "expected":
                if clause.upper < INFINITY:
                    over = self.column(0.0, INFINITY)
                    index, value = np.append(index, over), np.append(value, -1.0)
                if clause.lower > -INFINITY:
                    under = self.column(0.0, INFINITY)
                    index, value = np.append(index, under), np.append(value, 1.0)
            row = self.row(index, value, clause.lower, clause.upper)
        self.clauses.append(replace(clause, row=row, over=over, under=under))

    def reach(self, code: str, rights: int) -> None:
        """Record how many rights a rule speaks of; zero is reported, never silent."""
        self.reaches.append(Reach(code, rights))

    def program(self) -> LinearProgram:
        """Return the arrays a solver takes."""
        return LinearProgram(
            np.array(self.lower, dtype=np.float64),
            np.array(self.upper, dtype=np.float64),
            np.array(self.integer, dtype=bool),
            np.array(self.starts, dtype=np.int64),
            np.concatenate(self.indices) if self.indices else np.empty(0, dtype=np.int64),
            np.concatenate(self.values) if self.values else np.empty(0),
            np.array(self.row_lower, dtype=np.float64),
            np.array(self.row_upper, dtype=np.float64),
        )


def limits(sense: Sense, amount: float, tolerance: float = 0.0) -> tuple[float, float]:
    """Return what a sense makes of a figure: the lowest and highest value it allows."""
    if sense == "ceiling":
        return -INFINITY, amount
    if sense == "floor":
        return amount, INFINITY
    if sense == "level":
        return amount, amount
    if sense == "about":
        return amount * (1 - tolerance), amount * (1 + tolerance)
    return -INFINITY, INFINITY


def start_draft(problem: Problem) -> Draft:
    """Open a draft with the choices every model has: hold, output, capacities of new rights."""
    years, sources, products = len(problem.years), len(problem.sources), len(problem.products)

    def none(columns: int) -> Integers:
        return np.full((years, columns), NONE, dtype=np.int64)

    draft = Draft(
        problem,
        Columns(
            hold=none(sources),
            output=none(sources),
            size=none(sources),
            expand=none(sources),
            run=none(sources),
            large=none(sources),
            unmet=none(products),
            surplus=none(products),
            by_product=none(products),
            not_handed=none(products),
        ),
    )
    known = {product.name for product in problem.products}
    for y in range(years):
        for m, source in enumerate(problem.sources):
            draft.columns.hold[y, m] = draft.column(0.0, 1.0, integer=True)
            if source.product is not None and source.product.name in known:
                draft.columns.output[y, m] = draft.column(0.0, source.most)
    for m, source in enumerate(problem.sources):
        for y in range(years):
            if source.kind == "new":
                draft.columns.size[y, m] = draft.column(0.0, source.maximum)
            if source.enlargement is not None:
                draft.columns.expand[y, m] = draft.column(0.0, 1.0, integer=True)
    draft.one = draft.column(1.0, 1.0, integer=True)
    draft.level = draft.column(0.0, 0.0)
    return draft
