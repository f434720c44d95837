"""Whether output is shared evenly: no step of it can pass from a favoured mine to another.

Within a group (a product in one cap's place) the total is fixed, and quota ÷ weight is to be as
equal as capacities allow. Where some mine could take and a better served one could give more
than rounding explains, the sharing is not even.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.shape import Records

if TYPE_CHECKING:
    import pandas as pd

#: Rounding moves a quota by less than this many steps.
STEPS = 2


def _group_faults(where: str, group: pd.DataFrame, step: float, floors: bool) -> list[Fault]:
    running = group[group["share_weight"] > 0]
    running = running[running["amount"] > 0] if floors else running
    amount, weight = running["amount"], running["share_weight"]
    band = STEPS * step + running["grain"]
    takes = amount + band <= running["top"]
    gives = amount - band >= (running["least"] if floors else 0.0)
    if not (takes.any() and gives.any()):
        return []
    least = ((amount + band) / weight)[takes].min()
    most = ((amount - band) / weight)[gives].max()
    if not least < most:
        return []
    lowest, highest = (amount / weight)[takes], (amount / weight)[gives]
    return [
        fault(
            "sharing_uneven",
            where,
            low=lowest.idxmin(),
            low_ratio=float(lowest.min()),
            high=highest.idxmax(),
            high_ratio=float(highest.max()),
        )
    ]


def _sharing(inputs: Inputs, reckoning: Reckoning) -> pd.DataFrame:
    """Return who shares output: bounds, amount and weight of every right with a figure.

    `grain` is how much of a new right's output the rounding of its capacity may have moved.
    """
    import pandas as pd

    columns = ["county", "product", "top", "least", "capacity", "factor", "coefficient", "grain"]
    working = reckoning.held[reckoning.held["works"].astype(bool)].assign(grain=0.0)
    grains = {one.name: one.capacity_step for one in inputs.scenario.plan.products}
    issued = reckoning.issued.assign(
        coefficient=1.0,
        grain=lambda right: right["product"].map(grains).astype(float) * right["factor"],
    )
    rows = pd.concat([one[columns] for one in (working, issued) if len(one)] or [working[columns]])
    amounts = reckoning.output["amount"]
    rows = rows[rows.index.isin(amounts.index)].copy()
    rows["amount"] = amounts.reindex(rows.index)
    rows["share_weight"] = rows["capacity"] * rows["factor"] * rows["coefficient"]
    return rows


def evenness_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the groups whose output is shared unevenly.

    Only for the sharing basis `capacity` without coefficients: other weights have fallbacks for
    rights without a history that the records do not show.
    """
    options = inputs.scenario.question.options
    sharing = options.sharing
    solved = records.goals[records.goals["status"].isin(("optimal", "within_gap"))]
    plain = sharing.basis == "capacity" and not sharing.coefficients
    if not plain or "evenness" not in set(solved["name"]) or reckoning.output.empty:
        return []
    floors = options.min_load > 0 or options.minimum_binds_output
    asked = {product.name: product.step for product in inputs.scenario.plan.products}
    steps = asked | dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    split = set(inputs.caps.loc[inputs.caps["county"].notna(), "product"])
    faults = []
    for product, group in _sharing(inputs, reckoning).groupby("product"):
        step = steps[str(product)]
        parts = group.groupby("county") if product in split else [("", group)]
        for county, part in parts:
            where = f"{product} {county}".strip()
            faults += _group_faults(where, part, step, floors)
    return faults
