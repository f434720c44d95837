"""Whether rights add up to the totals a plan publishes for its base year."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.scenarios.classes import size_class
from minequota.scenarios.plan import BaseCount, Plan
from minequota.scenarios.right import Right


def counted(plan: Plan, count: BaseCount, right: Right) -> bool:
    """Whether a published number speaks of this right, by its mineral group and size class."""
    mineral = plan.mineral(right.mineral)
    in_group = count.group is None or (mineral is not None and mineral.group == count.group)
    return in_group and (not count.size_classes or size_class(plan, right)[0] in count.size_classes)


def totals_missed(plan: Plan, rights: Sequence[Right]) -> list[str]:
    """Return one sentence for each published total of the base year the rights do not add to."""
    missed = []
    for count in plan.base_counts:
        number = sum(counted(plan, count, right) for right in rights)
        if number != count.number:
            missed.append(f"{count.title.zh} is {number}, not {count.number}")
    for output in plan.base_outputs:
        unit = output.amount.unit
        total = round(
            sum(
                right.last_output.to(unit)
                for right in rights
                if right.mineral == output.mineral and right.last_output is not None
            ),
            6,
        )
        if total != output.amount.value:
            missed.append(f"output of {output.mineral} is {total}, not {output.amount}")
    for area in plan.areas:
        number = sum(right.area == area.code for right in rights)
        if area.existing_rights is not None and number != area.existing_rights:
            missed.append(f"{area.name} has {number} rights, not {area.existing_rights}")
    return missed
