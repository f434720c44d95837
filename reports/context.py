"""A scenario and its allocation side by side, with the look-ups every table needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from minequota.optimizer.allocation import (
    Action,
    Allocation,
    Issuance,
    Reorganisation,
    RuleUse,
)
from minequota.reports import text
from minequota.reports.safe_text import printable
from minequota.reports.table import YEAR, Cell, Column
from minequota.reports.text import Lang
from minequota.scenarios.facts import Indicator, Name
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity


@dataclass(frozen=True)
class Context:
    """What a table is built from, and in which language."""

    scenario: Scenario
    allocation: Allocation
    lang: Lang

    @property
    def calendar(self) -> bool:
        """Whether the answer goes year by year."""
        return self.allocation.mode == "calendar"

    @property
    def one_county(self) -> bool:
        """Whether the plan has a single county: what is said of it is said of the whole."""
        return len(self.scenario.plan.counties) == 1

    def dated(self, *columns: Column) -> tuple[Column, ...]:
        """Return the columns of a table, the year in front where the answer goes by years.

        A screen leaves out the county where there is but one.
        """
        if self.one_county:
            columns = tuple(
                replace(column, rank=3) if column.key == "county" else column for column in columns
            )
        return (YEAR, *columns) if self.calendar else columns

    def year_cell(self, year: int) -> dict[str, Cell]:
        """Return the year's cell of a line; nothing where there is but one year."""
        return {YEAR.key: str(year)} if self.calendar else {}

    def planned(self, year: int) -> int:
        """Return the planned year in which something of `year` is settled: the nearest."""
        return min(max(year, self.allocation.years[0]), self.allocation.years[-1])

    def period(self) -> str:
        """Return the year planned, or the first and the last."""
        return text.period(self.allocation.years, self.lang)

    @cached_property
    def rights(self) -> dict[str, Right]:
        """The register by licence."""
        return {right.licence: right for right in self.scenario.rights}

    @cached_property
    def actions(self) -> dict[str, Action]:
        """What happens to each right of the register, by licence."""
        return {action.right: action for action in self.allocation.actions}

    @cached_property
    def issued(self) -> dict[str, Issuance]:
        """The rights to be issued, by their id."""
        return {issuance.right: issuance for issuance in self.allocation.issuance}

    @cached_property
    def mergers(self) -> dict[str, Reorganisation]:
        """The rights made of others, by the id they have in the quotas."""
        return {one.right: one for one in self.allocation.reorganisations if one.kind == "merge"}

    def enlarged(self, licence: str, year: int) -> Reorganisation | None:
        """Return the last expansion a right of the register has had by the end of a year."""
        had = [
            one
            for one in self.allocation.reorganisations
            if one.kind == "expand" and one.right == licence and one.year <= year
        ]
        return max(had, key=lambda one: one.year, default=None)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The figures the plan and the scenario set, by clause."""
        plan, question = self.scenario.plan, self.scenario.question
        families: dict[str, tuple[Indicator, ...]] = {
            "CAP": plan.caps,
            "COUNT": plan.counts,
            "RATIO": plan.ratios,
            "HOLDER": plan.holder_limits,
            "ZONE": plan.zone_limits,
            "EXCHANGE": (*plan.exchanges, *question.exchanges),
        }
        return {f"{code}.{one.id}": one for code, ones in families.items() for one in ones}

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Clauses whose figure another authority hands down."""
        return frozenset(f"CAP.{one.id}" for one in self.scenario.plan.handed_down)

    @cached_property
    def _centres(self) -> dict[str, Name]:
        transport = self.scenario.question.transport
        return {} if transport is None else {one.id: one.name for one in transport.centres}

    def centre(self, ident: str) -> str:
        """Return a demand centre's name."""
        title = self._centres.get(ident)
        if title is None:
            return printable(ident)
        return printable(title.zh if self.lang == "zh" else title.en)

    @cached_property
    def _quoted(self) -> dict[str, tuple[str, str]]:
        return {quota.right: (quota.name, quota.county) for quota in self.allocation.quotas}

    def named_right(self, ident: str) -> tuple[str, str]:
        """Return the name and county of a right with a quota, or its id where it has none."""
        return self._quoted.get(ident, (ident, ""))

    @cached_property
    def _counties(self) -> dict[str, str]:
        return {place.name: place.en for place in self.scenario.plan.counties}

    @cached_property
    def _minerals(self) -> dict[str, str]:
        return {mineral.name: mineral.en for mineral in self.scenario.plan.minerals}

    @cached_property
    def _products(self) -> dict[str, str]:
        return {product.name: product.en for product in self.scenario.plan.products}

    def _named(self, name: str, english: dict[str, str]) -> str:
        return printable(name if self.lang == "zh" else english.get(name, name))

    def county(self, name: str | None) -> str:
        """Return a county's name; the jurisdiction's for None."""
        if name is None:
            title = self.scenario.plan.jurisdiction
            return title.zh if self.lang == "zh" else title.en
        return self._named(name, self._counties)

    def mineral(self, name: str) -> str:
        """Return a mineral's name."""
        return self._named(name, self._minerals)

    def product(self, name: str) -> str:
        """Return a product's name."""
        return self._named(name, self._products)

    def unit(self, name: str, basis: str = "ore") -> str:
        """Return a unit, with its basis where that is not ore."""
        return text.unit(name, self.lang, basis)

    @cached_property
    def clause_bases(self) -> dict[str, str]:
        """The basis of the amounts of each cap and demand, by clause."""
        caps: dict[str, str] = {use.clause: use.basis for use in self.allocation.caps}
        return caps | {f"DEMAND.{line.product}": line.basis for line in self.allocation.balance}

    def clause_unit(self, rule: RuleUse) -> str:
        """Return the unit of a clause's figures, with its basis where that is not ore."""
        return self.unit(rule.unit, self.clause_bases.get(rule.clause, "ore"))

    @cached_property
    def by_county(self) -> Callable[[str], tuple[int, str]]:
        """Sort key of counties: the plan's order, then names."""
        order = {place.name: at for at, place in enumerate(self.scenario.plan.counties)}
        return lambda name: (order.get(name, len(order)), name)

    @cached_property
    def by_mineral(self) -> Callable[[str], tuple[int, str]]:
        """Sort key of minerals: the plan's order, then names."""
        order = {mineral.name: at for at, mineral in enumerate(self.scenario.plan.minerals)}
        return lambda name: (order.get(name, len(order)), name)

    @cached_property
    def by_product(self) -> Callable[[str], tuple[int, str]]:
        """Sort key of products: the plan's order, then names."""
        order = {product.name: at for at, product in enumerate(self.scenario.plan.products)}
        return lambda name: (order.get(name, len(order)), name)


def converted(value: float, unit: str, target: str) -> float:
    """Return `value` of `unit` counted in `target`."""
    return value if unit == target else Quantity(value, unit).to(target)


def amount_in(quantity: Quantity | None, target: str) -> float | None:
    """Return an amount counted in `target`; None where unknown or of the other dimension."""
    if quantity is None:
        return None
    try:
        return quantity.to(target)
    except ValueError:
        return None
