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
    band = STEPS * step
    running = group[group["amount"] > 0] if floors else group
    running = running[running["share_weight"] > 0]
    takes = running[running["amount"] + band <= running["top"]]
    gives = running[running["amount"] - band >= (running["least"] if floors else 0.0)]
    if takes.empty or gives.empty:
        return []
    least = ((takes["amount"] + band) / takes["share_weight"]).min()
    most = ((gives["amount"] - band) / gives["share_weight"]).max()
    if not least < most:
        return []
    lowest = takes["amount"] / takes["share_weight"]
    highest = gives["amount"] / gives["share_weight"]
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
    """Return who shares output: bounds, amount and weight of every right with a figure."""
    import pandas as pd

    columns = ["county", "product", "top", "least", "capacity", "factor", "coefficient"]
    issued = reckoning.issued.assign(coefficient=1.0)
    rows = pd.concat([one[columns] for one in (reckoning.held, issued) if len(one)])
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
