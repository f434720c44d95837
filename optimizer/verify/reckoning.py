"""What the records amount to, added up from the rows that name known rights.

Facts such as county, product and size class come from the inputs, never from the records, so
that a wrong fact in a row cannot hide a wrong total.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.rows import rows_by_id
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sizes import size_class
from minequota.scenarios.plan import Scope

if TYPE_CHECKING:
    import pandas as pd

LEAVING = ("leave_forced", "leave_chosen")


@dataclass(frozen=True)
class Reckoning:
    """The state the records describe.

    `held` are the register rights that stay; `issued` the candidates issued, with `capacity` in
    the candidate's own unit, `size_class`, and the bounds `top` and `least` of output; `output`
    has one row per source with a figure: `amount` in the product's unit and the facts of the
    right.
    """

    kinds: pd.Series[str]
    held: pd.DataFrame
    leaving: pd.DataFrame
    chosen: pd.DataFrame
    issued: pd.DataFrame
    output: pd.DataFrame

    @cached_property
    def _sums(self) -> dict[tuple[str, str, bool], list[float]]:
        sums: dict[tuple[str, str, bool], list[float]] = defaultdict(list)
        columns = (self.output[name] for name in ("product", "county", "existing", "amount"))
        for product, county, existing, amount in zip(*columns, strict=True):
            sums[product, county, existing].append(amount)
        return sums

    def made(self, product: str, county: str | None = None, existing: bool | None = None) -> float:
        """Return the output of `product`, in its unit, of one county and origin where given."""
        return math.fsum(
            amount
            for (made, place, old), amounts in self._sums.items()
            if made == product and county in (None, place) and existing in (None, old)
            for amount in amounts
        )

    @cached_property
    def all_held(self) -> pd.DataFrame:
        """Every right held after the year: register and issued, one frame."""
        import pandas as pd

        columns = ["county", "mineral", "group", "authority", "size_class", "synthetic"]
        issued = self.issued.assign(synthetic=False)
        frames = [one[columns] for one in (self.held, issued) if len(one)]
        return pd.concat(frames) if frames else self.held[columns]


def in_scope(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the rows of `frame` a count or ratio speaks of."""
    if scope.minerals:
        frame = frame[frame["mineral"].isin(scope.minerals)]
    for name in ("group", "county", "authority"):
        asked = getattr(scope, name)
        if asked is not None:
            frame = frame[frame[name] == asked]
    return frame


def _issued(inputs: Inputs, records: Records) -> pd.DataFrame:
    plan, options = inputs.scenario.plan, inputs.scenario.question.options
    rows = rows_by_id(records.issuance.drop_duplicates("right").set_index("right"))
    issued = inputs.candidates[inputs.candidates.index.isin(list(rows))].copy()
    capacities: list[float] = []
    classes: list[str] = []
    for right, candidate in rows_by_id(issued).items():
        row = rows[right]
        unit, mineral, method = (candidate[name] for name in ("capacity_unit", "mineral", "method"))
        capacity = in_unit(row["capacity"], row["capacity_unit"], unit)
        capacities.append(capacity)
        classes.append(size_class(plan, mineral, method, capacity, unit))
    issued["capacity"] = capacities
    issued["size_class"] = classes
    full = issued["capacity"] * issued["factor"] * options.availability
    reserves = issued["reserves"].astype(float) * issued["factor"]
    minimum = issued["minimum"].astype(float) if options.minimum_binds_output else 0.0
    floor = issued["capacity"].clip(upper=minimum) * issued["factor"] * options.availability
    issued["top"] = full.where(reserves.isna(), reserves.clip(upper=full))
    issued["least"] = floor.clip(lower=options.min_load * full)
    return issued


def reckon(inputs: Inputs, records: Records) -> Reckoning:
    """Return the state that `records` describe, with the facts of `inputs`."""
    import pandas as pd

    kinds = records.actions.drop_duplicates("right").set_index("right")["kind"]
    kinds = kinds.reindex(inputs.rights.index).fillna("keep")
    leaves = kinds.isin(LEAVING)
    issued = _issued(inputs, records)
    quotas = records.quotas.drop_duplicates("right").set_index("right")["amount"]
    facts = ["county", "product", "synthetic", "existing", "least", "keep_points"]
    existing = inputs.rights.assign(existing=True)[facts]
    new = inputs.candidates.assign(synthetic=False, existing=False, least=issued["least"])[facts]
    sources = pd.concat([one for one in (existing, new) if len(one)] or [existing])
    output = sources[sources.index.isin(quotas.index)].copy()
    output["amount"] = quotas.reindex(output.index)
    return Reckoning(
        kinds=kinds,
        held=inputs.rights[~leaves],
        leaving=inputs.rights[leaves],
        chosen=inputs.rights[kinds == "leave_chosen"],
        issued=issued,
        output=output,
    )
