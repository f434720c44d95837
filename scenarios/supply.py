"""What the register and the candidates could supply at most, before anything is solved.

Plain arithmetic for the audit and the registers' generator: who may produce in a year, who may be
issued, and how much of a product that is at most. It knows nothing of the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.issuable import candidates, product_of
from minequota.scenarios.plan import Basis, Product, Use
from minequota.scenarios.projects import Expansion, Merger, Project
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import departure, may_produce
from minequota.scenarios.units import Quantity


@dataclass(frozen=True)
class Supply:
    """What one right could yield of a product in a year at most, in the product's unit.

    `unit` and `ore` are those of its licence, for figures stated in another basis.
    """

    county: str
    use: Use
    amount: float
    unit: str
    ore: Ore


def modelled_years(scenario: Scenario) -> tuple[int, ...]:
    """Return the years the scenario asks about."""
    question = scenario.question
    first = question.year
    if question.mode == "calendar" and question.first_year is not None:
        first = min(question.first_year, question.year)
    return tuple(range(first, question.year + 1))


def expansions(scenario: Scenario) -> tuple[Expansion, ...]:
    """Return every listed expansion, the plan's first."""
    return (*scenario.plan.expansions, *scenario.question.expansions)


def ore_of(right: Right) -> Ore:
    """Return what a right of the register states of its ore."""
    return Ore(right.density, right.grade, right.recovery, right.block_yield)


def in_product(
    product: Product, amount: Quantity, ore: Ore | None = None, basis: Basis | None = None
) -> float | None:
    """Return an amount of ore in the product's unit, in its basis or another.

    None without the density, grade or block yield it takes.
    """
    try:
        return amount.value * product_per_ore(product, amount.unit, ore or Ore(), basis)
    except ValueError:
        return None


def largest_supply(
    scenario: Scenario, product: Product, year: int | None = None
) -> dict[str, float]:
    """Return by county what eligible rights and all candidates could yield, caps aside."""
    total = {place.name: 0.0 for place in scenario.plan.counties}
    for one in supplies(scenario, product, year):
        total[one.county] = total.get(one.county, 0.0) + one.amount
    return total


def supplies(scenario: Scenario, product: Product, year: int | None = None) -> Iterator[Supply]:
    """Yield what each right could yield of a product in a year (the scenario's last by default).

    An upper bound: every candidate is issued, every listed expansion and merger carried out, as
    early as may be. A merger adds what its capacity exceeds that of its producing members.
    """
    asked = scenario.question.year if year is None else year
    availability = scenario.question.options.availability
    producing = {}
    for right in scenario.rights:
        amount = usable_capacity(scenario, right, asked)
        if amount is not None and product_of(scenario.plan, right.mineral) == product:
            producing[right.licence] = amount
            yield from _supply(
                product, right.county, right.use, amount, ore_of(right), availability
            )
    for merger in scenario.question.mergers:
        yield from _merged(scenario, product, merger, producing, asked)
    for one in candidates(scenario):
        share = yielding_share(scenario, one.project, asked)
        if share and one.maximum and product_of(scenario.plan, one.mineral) == product:
            yield from _supply(
                product, one.county, "main", one.maximum, one.ore, availability * share
            )


def _supply(
    product: Product, county: str, use: Use, amount: Quantity, ore: Ore, share: float
) -> Iterator[Supply]:
    yielded = in_product(product, amount, ore)
    if yielded is not None:
        yield Supply(county, use, yielded * share, amount.unit, ore)


def usable_capacity(scenario: Scenario, right: Right, year: int) -> Quantity | None:
    """Return the capacity a right could use in a year at most; None where it may not produce."""
    if right.capacity is None or not may_produce(right, year):
        return None
    capacity = right.capacity
    # What an expansion adds is not part of what the right can use a share of.
    share = scenario.question.options.usable.get(right.licence, {}).get(year, 1.0)
    idle = capacity.value * (1 - share)
    listed = [one for one in expansions(scenario) if one.right in (right.licence, right.name)]
    for one in listed:
        larger = one.capacity
        if (
            yielding_share(scenario, one, year)
            and larger.dimension == capacity.dimension
            and larger.to(capacity.unit) > capacity.value
        ):
            capacity = Quantity(larger.to(capacity.unit), capacity.unit)
    gone = departure(scenario.plan, right)
    # A listed expansion may lift a right above the minimum for existing mines in time.
    lifted = gone is not None and gone.cause == "existing_minimum" and bool(listed)
    if gone is not None and gone.year <= year and not lifted:
        return None
    return Quantity(capacity.value - idle, capacity.unit) if share < 1 else capacity


def _merged(
    scenario: Scenario,
    product: Product,
    merger: Merger,
    producing: dict[str, Quantity],
    year: int,
) -> Iterator[Supply]:
    members = [right for right in scenario.rights if right.licence in merger.members]
    if not members or product_of(scenario.plan, members[0].mineral) != product:
        return
    before = 0.0
    for right in members:
        if right.licence in producing:
            before += in_product(product, producing[right.licence], ore_of(right)) or 0.0
    capacity = merged_capacity(scenario, merger)
    if capacity is None or not yielding_share(scenario, merger, year, at_once=True):
        return
    ore = ore_of(members[0])
    after = in_product(product, capacity, ore)
    if after is not None and after > before:
        share = scenario.question.options.availability
        yield Supply(
            members[0].county, members[0].use, (after - before) * share, capacity.unit, ore
        )


def merged_capacity(scenario: Scenario, merger: Merger) -> Quantity | None:
    """Return a merger's capacity, its members' sum where it states none; None where unknown."""
    if merger.capacity is not None:
        return merger.capacity
    known = [one.capacity for one in scenario.rights if one.licence in merger.members]
    amounts = [one for one in known if one is not None]
    if not amounts or any(one.dimension != amounts[0].dimension for one in amounts):
        return None
    unit = amounts[0].unit
    return Quantity(sum(one.to(unit) for one in amounts), unit)


def yielding_share(
    scenario: Scenario, project: Project | None, year: int, *, at_once: bool = False
) -> float:
    """Return the share of its capacity that what is decided as early as may be yields in a year.

    `at_once` for mergers, which need no building. In target state everything yields.
    """
    question = scenario.question
    if question.mode == "target_state":
        return 1.0
    if project is not None and project.yields_from is not None:
        return 1.0 if year >= project.yields_from else 0.0
    decided = modelled_years(scenario)[0]
    if project is not None and project.years is not None:
        decided = max(decided, project.years.first)
    options = question.options
    age = year - decided - (0 if at_once else options.lead_time)
    if age < 0:
        return 0.0
    if at_once or isinstance(project, Expansion):
        return 1.0
    return options.ramp_up[age] if age < len(options.ramp_up) else 1.0
