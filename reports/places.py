"""Where a right to be issued comes from: a block of the plan, a proposal, an exploration right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minequota.optimizer.allocation import Issuance
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.text import Words
from minequota.scenarios.plan import Authority
from minequota.scenarios.projects import Conversion
from minequota.scenarios.question import ExtraCandidate
from minequota.scenarios.units import Quantity

OF_PLAN = Words("规划", "plan")
OF_SCENARIO = Words("情景提出", "proposed by the scenario")
ASSUMED = Words("假定", "assumed")


@dataclass(frozen=True)
class Place:
    """What plan and scenario say of the ground of a right to be issued.

    `assumed` names what the scenario supposes of it: ``reserves``, ``authority``.
    """

    code: str
    reserves: Quantity | None
    authority: Authority | None
    origin: Words
    assumed: frozenset[str] = frozenset()


def place_of(context: Context, issuance: Issuance) -> Place:
    """Return the ground of a right to be issued."""
    conversion = _conversion(context, issuance)
    if conversion is not None:
        origin = ASSUMED if conversion.assumed else OF_PLAN
        return Place("", conversion.reserves, conversion.authority, origin)
    extra = _extra(context, issuance)
    if extra is not None:
        origin = text.SYNTHETIC if extra.synthetic else OF_SCENARIO
        if issuance.assumed and not extra.synthetic:
            origin = ASSUMED
        return Place(issuance.zone or extra.id, extra.reserves, extra.authority, origin)
    zone = next((one for one in context.scenario.plan.zones if one.code == issuance.zone), None)
    detail = context.scenario.question.zone_details.get(issuance.zone)
    origin, code = ASSUMED if issuance.assumed else OF_PLAN, issuance.zone or issuance.right
    stated: dict[str, Any] = {
        name: getattr(zone, name, None) or getattr(detail, name, None)
        for name in ("reserves", "authority")
    }
    supposed = {name for name in stated if stated[name] and getattr(zone, name, None) is None}
    assumed = frozenset(supposed if detail is not None and detail.assumed else ())
    return Place(code, stated["reserves"], stated["authority"], origin, assumed)


def _conversion(context: Context, issuance: Issuance) -> Conversion | None:
    if issuance.kind != "converted":
        return None
    scenario = context.scenario
    for one in (*scenario.plan.conversions, *scenario.question.conversions):
        if issuance.right == f"convert:{one.id}":
            return one
    return None


def _extra(context: Context, issuance: Issuance) -> ExtraCandidate | None:
    for one in context.scenario.question.extra_candidates:
        ids = {one.id} if one.number == 1 else {f"{one.id}-{k + 1}" for k in range(one.number)}
        if issuance.right in ids:
            return one
    return None
