"""Whether rights add up to the totals a plan publishes for its base year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minequota.scenarios.classes import size_class
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.plan import BaseCount, BaseOutput, Mineral, Plan, Product
from minequota.scenarios.right import Right

# Totals are printed with at most this many digits less than they are compared to.
_LEAST_DIGITS = 2


def counted(plan: Plan, count: BaseCount, right: Right) -> bool:
    """Whether a published number speaks of this right, by mineral, group and size class."""
    mineral = plan.mineral(right.mineral)
    groups = {count.group, *count.groups} - {None}
    return (
        (not groups or (mineral is not None and mineral.group in groups))
        and (not count.minerals or right.mineral in _names(plan, count.minerals))
        and (not count.size_classes or size_class(plan, right)[0] in count.size_classes)
    )


def outputs_in_force(plan: Plan) -> list[BaseOutput]:
    """Return the published outputs, those of single minerals first, of groups last.

    Of one thing published for several years the latest counts: a register has one last output.
    """
    latest: dict[tuple[object, ...], BaseOutput] = {}
    for output in plan.base_outputs:
        about = (output.basis, frozenset(_minerals(plan, output)), frozenset(output.groups))
        if about not in latest or latest[about].year < output.year:
            latest[about] = output
    return sorted(latest.values(), key=lambda one: (bool(one.groups), len(_minerals(plan, one))))


def speaks_of(plan: Plan, output: BaseOutput, right: Right) -> bool:
    """Whether a published output includes what this right produced."""
    mineral = plan.mineral(right.mineral)
    return mineral is not None and (
        mineral.name in _minerals(plan, output) or mineral.group in output.groups
    )


def per_licensed(plan: Plan, output: BaseOutput, right: Right, unit: str) -> float:
    """Return what one licensed `unit` of a right's ore counts in a published output.

    Raises
    ------
    ValueError
        When the density, grade or yield it takes is stated neither by the right nor its product.
    """
    mineral = plan.mineral(right.mineral)
    if mineral is None:
        raise ValueError(f"The plan {plan.id} has no mineral {right.mineral!r}.")
    ore = Ore(right.density, right.grade, right.recovery, right.block_yield)
    product = _counted_as(plan, mineral, output)
    return product_per_ore(product, unit, ore, output.basis)


def title_of(output: BaseOutput) -> str:
    """Return what a published output is of."""
    return "+".join((output.mineral or "", *output.minerals, *output.groups)).strip("+")


def digits_of(output: BaseOutput) -> int:
    """Return the decimals to which an output is to be met: as printed, two at the least."""
    decimals = repr(output.amount.value).partition(".")[2]
    return max(_LEAST_DIGITS, len(decimals) if decimals.isdigit() else 0)


def totals_missed(plan: Plan, rights: Sequence[Right]) -> list[str]:
    """Return one sentence for each published total of the base year the rights do not add to."""
    return [
        *_counts_missed(plan, rights),
        *_outputs_missed(plan, rights),
        *_areas_missed(plan, rights),
    ]


def _counts_missed(plan: Plan, rights: Sequence[Right]) -> Iterator[str]:
    for count in plan.base_counts:
        number = sum(counted(plan, count, right) for right in rights)
        if number != count.number:
            yield f"{count.title.zh} is {number}, not {count.number}"


def _outputs_missed(plan: Plan, rights: Sequence[Right]) -> Iterator[str]:
    for output in outputs_in_force(plan):
        parts = [
            right.last_output.value * per_licensed(plan, output, right, right.last_output.unit)
            for right in rights
            if speaks_of(plan, output, right)
            and right.last_output is not None
            and right.last_output.value > 0
        ]
        digits = digits_of(output)
        total = round(sum(parts), digits)
        if total != round(output.amount.value, digits):
            yield f"output of {title_of(output)} is {total}, not {output.amount}"
        if output.rights is not None and len(parts) != output.rights:
            yield f"{title_of(output)} was produced by {len(parts)} rights, not {output.rights}"


def _areas_missed(plan: Plan, rights: Sequence[Right]) -> Iterator[str]:
    for area in plan.areas:
        number = sum(right.area == area.code for right in rights)
        if area.existing_rights is not None and number != area.existing_rights:
            yield f"{area.name} has {number} rights, not {area.existing_rights}"


def _names(plan: Plan, words: Sequence[str]) -> set[str]:
    found = (plan.mineral(word) for word in words)
    return {one.name for one in found if one is not None}


def _minerals(plan: Plan, output: BaseOutput) -> set[str]:
    words = (*output.minerals, output.mineral) if output.mineral else output.minerals
    return _names(plan, words)


def _counted_as(plan: Plan, mineral: Mineral, output: BaseOutput) -> Product:
    """Return the mineral's product counted as the output is; a bare one where it has none."""
    unit, basis = output.amount.unit, output.basis
    if mineral.product is not None:
        product = plan.product(mineral.product)
        return product.model_copy(update={"unit": unit, "basis": basis})
    return Product(
        name=mineral.name, en=mineral.en, unit=unit, basis=basis, step=1, capacity_step=1
    )
