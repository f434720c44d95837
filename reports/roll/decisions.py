"""What an allocation says of the years that have passed, in the scenarios' terms."""

from __future__ import annotations

from minequota.optimizer.allocation import Allocation
from minequota.scenarios.rolling.decided import (
    Decided,
    Enlarged,
    Gone,
    Issued,
    Joined,
    Quota,
    Renewed,
)
from minequota.scenarios.units import Quantity


def decided_by(allocation: Allocation, passed: int) -> Decided:
    """Return the figures and decisions of an allocation up to the year passed."""
    return Decided(
        quotas=tuple(
            Quota(
                one.year,
                one.right,
                one.product,
                one.kind == "control",
                one.use,
                one.awaiting,
                Quantity(one.ore, one.ore_unit),
                Quantity(one.amount, one.unit),
            )
            for one in allocation.quotas
            if one.year <= passed
        ),
        issued=_issued(allocation, passed),
        joined=tuple(
            Joined(
                one.id,
                one.right,
                one.name,
                one.members,
                Quantity(one.capacity, one.capacity_unit),
                one.size_class,
                one.year,
                one.first_output_year,
                one.source,
            )
            for one in allocation.reorganisations
            if one.kind == "merge" and one.year <= passed
        ),
        enlarged=tuple(
            Enlarged(
                one.id,
                one.right,
                Quantity(one.capacity, one.capacity_unit),
                one.size_class,
                one.year,
                one.first_output_year,
                one.source,
            )
            for one in allocation.reorganisations
            if one.kind == "expand" and one.year <= passed
        ),
        gone=tuple(
            Gone(one.right, one.kind == "leave_forced", one.year, one.source)
            for one in allocation.actions
            if one.kind in ("leave_forced", "leave_chosen") and one.year <= passed
        ),
        renewed=tuple(
            Renewed(one.right, one.year)
            for one in allocation.actions
            if one.kind == "renew" and one.year <= passed
        ),
    )


def _issued(allocation: Allocation, passed: int) -> tuple[Issued, ...]:
    return tuple(
        Issued(
            one.right,
            one.kind == "converted",
            one.zone,
            one.zone_name,
            one.county,
            one.mineral,
            Quantity(one.capacity, one.capacity_unit),
            one.size_class,
            one.year,
            one.first_output_year,
            one.term_years,
            one.assumed,
            one.source,
        )
        for one in allocation.issuance
        if one.year <= passed
    )
