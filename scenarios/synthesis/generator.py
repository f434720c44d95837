"""Write a library plan's synthetic register: ``python -m minequota.scenarios.synthesis PLAN``.

The register is drawn from `register_recipe.yaml` with its seed and reproduces every total the
plan publishes; a recipe that misses one is refused. The same recipe gives the same file on every
machine. ``--check`` compares the file with what the recipe gives and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from math import floor, log10
from pathlib import Path
from random import Random

import yaml

from minequota.scenarios.plan import Area, Authority, Mineral, NamedRight, Plan, Zone
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.right import Method, Provenance, Right, Status
from minequota.scenarios.synthesis.outputs import capacity_of, with_published_outputs
from minequota.scenarios.synthesis.recipe import Group, NamedFields, Range, Recipe
from minequota.scenarios.synthesis.totals import totals_missed
from minequota.scenarios.units import Quantity

LIBRARY = Path(__file__).parents[1] / "plans"
RECIPE = "register_recipe.yaml"
SYNTHETIC_NAME = "合成矿山"
_RUNNING = (Status.PRODUCING, Status.BUILDING)


def synthesize(plan: Plan, recipe: Recipe) -> tuple[Right, ...]:
    """Return the register the recipe gives, the named rights first.

    Raises
    ------
    ValueError
        When the result misses a count or an output of the base year that the plan publishes, or
        the recipe names something the plan does not have.
    """
    names = {named.name for named in plan.named_rights}
    if unknown := [one.name for one in recipe.named if one.name not in {None, *names}]:
        raise ValueError(f"The plan {plan.id} names no right {unknown[0]!r}.")
    draw = _Draw(recipe.seed)
    rights: list[Right] = []
    ran: list[int] = []
    for named in plan.named_rights:
        given = _fields_of_named(plan, recipe, named)
        if given.ran if given.ran is not None else given.status is Status.PRODUCING:
            ran.append(len(rights))
        licence = f"{recipe.licence}{len(rights) + 1:04d}"
        rights.append(_named_right(plan, recipe, named, given, draw, licence))
    fixed = [at for at, right in enumerate(rights) if right.last_output is not None]
    serial: dict[tuple[str, str], int] = defaultdict(int)
    drawn: list[int] = []
    for group in recipe.groups:
        states = [state for state, number in group.states.items() for _ in range(number)]
        kind = (_county(plan, group.county), _mineral(plan, group.mineral).name)
        for position, state in enumerate(states):
            serial[kind] += 1
            right = _synthetic_right(
                plan,
                recipe,
                group,
                draw,
                position=position,
                state=state,
                serial=serial[kind],
                licence=f"{recipe.licence}{len(rights) + 1:04d}",
            )
            if state is Status.PRODUCING if group.ran is None else position < group.ran:
                drawn.append(len(rights))
            rights.append(right)
    rights, published = with_published_outputs(plan, rights, {*ran, *drawn}, fixed)
    rights = _with_drawn_outputs(recipe, rights, [at for at in drawn if at not in published], draw)
    named_fields = [_printed_fields(named) for named in plan.named_rights]
    marked = tuple(
        _with_provenance(right, named_fields[at] if at < len(named_fields) else frozenset())
        for at, right in enumerate(rights)
    )
    missed = totals_missed(plan, marked)
    if missed:
        raise ValueError("The recipe misses published totals: " + "; ".join(missed))
    return marked


class _Draw:
    """Draws that rest on `Random.random` alone, the one sequence Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._next = Random(seed).random  # noqa: S311 - nothing here is secret

    def number(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return low + int(self._next() * (high - low + 1))

    def on_grid(self, limits: Range, step: float) -> float:
        """Return a multiple of `step` above the lower limit, at most the upper."""
        low, high = limits
        digits = max(6, 3 - floor(log10(step)))
        return round(low + step * self.number(0, round((high - low) / step)), digits)

    def day(self, first_year: int, last_year: int) -> date:
        """Return the last day of a month of those years."""
        year, month = self.number(first_year, last_year), self.number(1, 12)
        after = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(after.toordinal() - 1)


def _synthetic_right(
    plan: Plan,
    recipe: Recipe,
    group: Group,
    draw: _Draw,
    *,
    position: int,
    state: Status,
    serial: int,
    licence: str,
) -> Right:
    mineral, county = _mineral(plan, group.mineral), _county(plan, group.county)
    capacity = Quantity(draw.on_grid(group.capacity, group.step), group.unit)
    reserves = None
    if group.reserve_years is not None:
        years = draw.number(*group.reserve_years)
        reserves = Quantity(round(capacity.value * years, 6), group.unit)
    return Right(
        licence=licence,
        name=f"{SYNTHETIC_NAME}·{county}·{mineral.name}·{serial:03d}",
        county=county,
        mineral=mineral.name,
        holder=group.holder,
        method=group.method,
        authority=group.authority or _authority(recipe, mineral),
        deposit_class=group.deposit,
        size_class=group.size,
        reserves=reserves,
        capacity=capacity,
        last_output=Quantity(0.0, group.unit),
        status=state,
        licence_end=_licence_end(plan, state, group.licence_ends or recipe.licence_ends, draw),
        # Who is said to resume has what it takes to.
        safety_licence=state in _RUNNING or group.resumes is not None,
        green=position < group.green,
        red_line=state is Status.RED_LINE,
        area=_code(plan.areas, group.area) if position < group.in_area else "",
        zone=_code(plan.zones, group.zone) if position < group.in_zone else "",
        holder_group=group.holder_group,
        use=group.use,
        grade=draw.on_grid(group.grade, group.grade_step) if group.grade else None,
        recovery=draw.on_grid(group.recovery, 0.01) if group.recovery else None,
        density=group.density,
        block_yield=group.block_yield,
        resumes=group.resumes,
        exit_by=group.exit_by,
    )


def _named_right(
    plan: Plan, recipe: Recipe, named: NamedRight, given: NamedFields, draw: _Draw, licence: str
) -> Right:
    """Return a right the plan names: what it prints of it, the rest from the recipe."""
    mineral = _mineral(plan, named.mineral)
    printed = _printed_fields(named)
    for name in ("capacity", "holder", "method", "zone"):
        if name in printed and getattr(given, name):
            raise ValueError(f"The plan prints the {name} of {named.name}; the recipe may not.")
    capacity = named.capacity or given.capacity
    if capacity is None:
        raise ValueError(f"Neither the plan nor the recipe has the capacity of {named.name}.")
    end = given.licence_end
    if not isinstance(end, date):
        end = _licence_end(plan, given.status, end or recipe.licence_ends, draw)
    return Right(
        licence=licence,
        name=named.name,
        county=_county(plan, named.county),
        mineral=mineral.name,
        holder=named.holder or given.holder,
        method=Method(named.method) if named.method else given.method,
        authority=given.authority or _authority(recipe, mineral),
        deposit_class=given.deposit,
        size_class=given.size,
        reserves=given.reserves,
        capacity=capacity,
        last_output=given.last_output,
        status=given.status,
        licence_end=end,
        safety_licence=given.status in _RUNNING or given.resumes is not None,
        green=given.green,
        red_line=given.status is Status.RED_LINE,
        area=_code(plan.areas, given.area),
        zone=_code(plan.zones, named.zone or given.zone),
        holder_group=given.holder_group,
        use=given.use,
        grade=given.grade,
        recovery=given.recovery,
        density=given.density,
        block_yield=given.block_yield,
        resumes=given.resumes,
        exit_by=given.exit_by,
    )


def _printed_fields(named: NamedRight) -> frozenset[str]:
    """Return what a named right has from the plan; everything else on it is invented."""
    printed = {name for name in ("capacity", "holder", "method", "zone") if getattr(named, name)}
    return frozenset({"name", "county", "mineral"} | printed)


def _fields_of_named(plan: Plan, recipe: Recipe, named: NamedRight) -> NamedFields:
    mineral = _mineral(plan, named.mineral)
    entries = [entry for entry in recipe.named if plan.mineral(entry.mineral) == mineral]
    for wanted in (named.name, None):
        for entry in entries:
            if entry.name == wanted:
                return entry
    raise ValueError(f"The recipe has no fields for the named right {named.name}.")


def _licence_end(plan: Plan, state: Status, years: tuple[int, int], draw: _Draw) -> date:
    """Return the end of a licence; an expired one has ended when the base year has."""
    if state is Status.EXPIRED:
        return draw.day(plan.base_year - 2, plan.base_year)
    return draw.day(*years)


def _authority(recipe: Recipe, mineral: Mineral) -> Authority:
    return recipe.authority_of.get(mineral.name, recipe.authority[mineral.group])


def _mineral(plan: Plan, name: str) -> Mineral:
    mineral = plan.mineral(name)
    if mineral is None:
        raise ValueError(f"The plan {plan.id} has no mineral {name!r}.")
    return mineral


def _county(plan: Plan, name: str) -> str:
    county = plan.county(name)
    if county is None:
        raise ValueError(f"The plan {plan.id} has no county {name!r}.")
    return county


def _code(places: Sequence[Area] | Sequence[Zone], code: str) -> str:
    if code and code not in {place.code for place in places}:
        raise ValueError(f"The plan has no area or zone of the code {code!r}.")
    return code


def _with_drawn_outputs(
    recipe: Recipe, rights: list[Right], ran: Sequence[int], draw: _Draw
) -> list[Right]:
    """Give the rights that ran and of which no total speaks a drawn share of their capacity."""
    result = list(rights)
    by_mineral: dict[str, list[int]] = defaultdict(list)
    for index in ran:
        by_mineral[rights[index].mineral].append(index)
    for indexes in by_mineral.values():
        for index in indexes:
            capacity = capacity_of(rights[index])
            load = draw.on_grid(recipe.base_year_load, 0.01)
            output = Quantity(round(capacity.value * load, 2), capacity.unit)
            result[index] = replace(rights[index], last_output=output)
    return result


def _with_provenance(right: Right, printed: frozenset[str]) -> Right:
    origin = {}
    for one in fields(Right):
        value = getattr(right, one.name)
        if one.name in ("provenance", "location") or value in (None, ""):
            continue
        if one.name == "use" and value == one.default:
            continue  # nobody said so: the program's own default
        origin[one.name] = Provenance.PLAN if one.name in printed else Provenance.SYNTHETIC
    return replace(right, provenance=origin)


def library_plan(plan_id: str, library: Path = LIBRARY) -> Plan:
    """Return the typed facts of a library plan."""
    text = (library / plan_id / "plan.yaml").read_text("utf-8")
    return Plan.model_validate(yaml.safe_load(text))


def library_recipe(plan_id: str, library: Path = LIBRARY) -> Recipe:
    """Return the recipe of a library plan's synthetic register."""
    return Recipe.model_validate(yaml.safe_load((library / plan_id / RECIPE).read_text("utf-8")))


def library_register(plan_id: str, library: Path = LIBRARY) -> tuple[Right, ...]:
    """Return the register the recipe of a library plan gives."""
    return synthesize(library_plan(plan_id, library), library_recipe(plan_id, library))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check one plan's register; 1 when the file differs from the recipe."""
    parser = argparse.ArgumentParser(prog="python -m minequota.scenarios.synthesis")
    parser.add_argument(
        "plan", choices=sorted(path.parent.name for path in LIBRARY.glob(f"*/{RECIPE}"))
    )
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    given = parser.parse_args(arguments)
    target = LIBRARY / given.plan / "mines.csv"
    made = format_register(library_register(given.plan)).encode("utf-8-sig")
    same = target.exists() and target.read_bytes() == made
    if given.check:
        print(f"{target.name}: {'as the recipe gives it' if same else 'differs from the recipe'}")
        return 0 if same else 1
    target.write_bytes(made)
    print(f"{target.name}: {'unchanged' if same else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
