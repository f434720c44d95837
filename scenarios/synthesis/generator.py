"""Write a library plan's synthetic register: ``python -m minequota.scenarios.synthesis PLAN``.

The register is drawn from `register_recipe.yaml` with its seed and reproduces every total the
plan publishes; a recipe that misses one is refused. The same recipe gives the same file on every
machine. ``--check`` compares the file with what the recipe gives and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from random import Random

import yaml

from minequota.scenarios.plan import Plan
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.right import Provenance, Right, Status
from minequota.scenarios.synthesis.recipe import Group, NamedFields, Range, Recipe
from minequota.scenarios.synthesis.totals import totals_missed
from minequota.scenarios.units import Quantity

LIBRARY = Path(__file__).parents[1] / "plans"
RECIPE = "register_recipe.yaml"
OUTPUT_STEP = 0.01
SYNTHETIC_NAME = "合成矿山"
_RUNNING = (Status.PRODUCING, Status.BUILDING)
# What a named right has from the plan; everything else on it is invented.
_FROM_PLAN = ("name", "county", "mineral")


def synthesize(plan: Plan, recipe: Recipe) -> tuple[Right, ...]:
    """Return the register the recipe gives, the named rights first.

    Raises
    ------
    ValueError
        When the result misses a count or an output of the base year that the plan publishes, or
        the recipe names something the plan does not have.
    """
    draw = _Draw(recipe.seed)
    rights = list(_named_rights(plan, recipe, draw))
    serial: dict[tuple[str, str], int] = defaultdict(int)
    ran: list[int] = []
    for group in recipe.groups:
        running = group.states.get(Status.PRODUCING, 0)
        most = running if group.ran is None else min(group.ran, running)
        states = [state for state, number in group.states.items() for _ in range(number)]
        for position, state in enumerate(states):
            serial[group.county, group.mineral] += 1
            right = _synthetic_right(
                plan,
                recipe,
                group,
                draw,
                position=position,
                state=state,
                serial=serial[group.county, group.mineral],
                licence=f"{recipe.licence}{len(rights) + 1:04d}",
            )
            if state is Status.PRODUCING and position < most:
                ran.append(len(rights))
            rights.append(right)
    rights = _with_outputs(plan, recipe, rights, ran, draw)
    marked = tuple(_with_provenance(right) for right in rights)
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
        return round(low + step * self.number(0, round((high - low) / step)), 6)

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
    mineral = plan.mineral(group.mineral)
    if mineral is None or mineral.name != group.mineral:
        raise ValueError(f"The plan {plan.id} has no mineral {group.mineral!r}.")
    if plan.county(group.county) != group.county:
        raise ValueError(f"The plan {plan.id} has no county {group.county!r}.")
    capacity = Quantity(draw.on_grid(group.capacity, group.step), group.unit)
    reserves = None
    if group.reserve_years is not None:
        years = draw.number(*group.reserve_years)
        reserves = Quantity(round(capacity.value * years, 6), group.unit)
    if state is Status.EXPIRED:
        end = draw.day(plan.base_year - 2, plan.base_year)
    else:
        end = draw.day(*(group.licence_ends or recipe.licence_ends))
    return Right(
        licence=licence,
        name=f"{SYNTHETIC_NAME}·{group.county}·{group.mineral}·{serial:03d}",
        county=group.county,
        mineral=group.mineral,
        method=group.method,
        authority=recipe.authority_of.get(group.mineral, recipe.authority[mineral.group]),
        deposit_class=group.deposit,
        size_class=group.size,
        reserves=reserves,
        capacity=capacity,
        last_output=Quantity(0.0, group.unit),
        status=state,
        licence_end=end,
        safety_licence=state in _RUNNING,
        green=position < group.green,
        red_line=state is Status.RED_LINE,
        area=group.area if position < group.in_area else "",
        grade=draw.on_grid(group.grade, 0.01) if group.grade else None,
        density=group.density,
    )


def _named_rights(plan: Plan, recipe: Recipe, draw: _Draw) -> Iterable[Right]:
    for number, named in enumerate(plan.named_rights, start=1):
        given = _fields_of_named(recipe, named.name, named.mineral)
        mineral = plan.mineral(named.mineral)
        if mineral is None:
            raise ValueError(f"The plan {plan.id} has no mineral {named.mineral!r}.")
        yield Right(
            licence=f"{recipe.licence}{number:04d}",
            name=named.name,
            county=named.county,
            mineral=named.mineral,
            method=given.method,
            authority=recipe.authority_of.get(named.mineral, recipe.authority[mineral.group]),
            deposit_class=given.deposit,
            size_class=given.size,
            capacity=given.capacity,
            status=Status.PRODUCING,
            licence_end=draw.day(*recipe.licence_ends),
            safety_licence=True,
        )


def _fields_of_named(recipe: Recipe, name: str, mineral: str) -> NamedFields:
    entries = [entry for entry in recipe.named if entry.mineral == mineral]
    for entry in entries:
        if entry.name == name:
            return entry
    for entry in entries:
        if entry.name is None:
            return entry
    raise ValueError(f"The recipe has no fields for the named right {name} ({mineral}).")


def _with_outputs(
    plan: Plan, recipe: Recipe, rights: list[Right], ran: list[int], draw: _Draw
) -> list[Right]:
    """Give the rights that ran an output: the published totals, else a drawn share of capacity."""
    published = {output.mineral: output.amount for output in plan.base_outputs}
    result = list(rights)
    by_mineral: dict[str, list[int]] = defaultdict(list)
    for index in ran:
        by_mineral[rights[index].mineral].append(index)
    for mineral, indexes in by_mineral.items():
        if mineral in published:
            total = published[mineral]
            capacities = [_capacity(rights[index]).to(total.unit) for index in indexes]
            outputs = [Quantity(part, total.unit) for part in _shared(total.value, capacities)]
        else:
            outputs = [
                Quantity(
                    round(
                        _capacity(rights[index]).value * draw.on_grid(recipe.base_year_load, 0.01),
                        2,
                    ),
                    _capacity(rights[index]).unit,
                )
                for index in indexes
            ]
        for index, output in zip(indexes, outputs, strict=True):
            result[index] = replace(rights[index], last_output=output)
    return result


def _capacity(right: Right) -> Quantity:
    if right.capacity is None:
        raise ValueError(f"{right.name} has no capacity.")
    return right.capacity


def _shared(total: float, weights: Sequence[float]) -> list[float]:
    """Share `total` in proportion to the weights, in whole steps (largest remainders first)."""
    steps = round(total / OUTPUT_STEP)
    exact = [steps * weight / sum(weights) for weight in weights]
    parts = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: steps - sum(parts)]:
        parts[i] += 1
    return [round(part * OUTPUT_STEP, 6) for part in parts]


def _with_provenance(right: Right) -> Right:
    named = not right.name.startswith(SYNTHETIC_NAME)
    origin = {}
    for one in fields(Right):
        if one.name in ("provenance", "location") or getattr(right, one.name) in (None, ""):
            continue
        from_plan = named and one.name in _FROM_PLAN
        origin[one.name] = Provenance.PLAN if from_plan else Provenance.SYNTHETIC
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
