"""The rules, one file per family. Each is a record and a function that writes rows."""

from __future__ import annotations

from minequota.optimizer.rules import (
    ban,
    cap,
    capacity,
    convert,
    count,
    demand,
    exchange,
    expand,
    holder,
    merge,
    minscale,
    overrun,
    ratio,
    reach,
    renew,
    reserve,
    status,
    steady,
    zone,
)
from minequota.optimizer.rules.record import Rule

RULES: tuple[Rule, ...] = (
    cap.RULE,
    capacity.RULE,
    minscale.RULE,
    ban.RULE,
    zone.RULE,
    count.RULE,
    ratio.RULE,
    reserve.RULE,
    status.RULE,
    renew.RULE,
    expand.RULE,
    merge.RULE,
    convert.RULE,
    holder.RULE,
    exchange.RULE,
    demand.RULE,
    reach.RULE,
    steady.RULE,
    overrun.RULE,
)

__all__ = ["RULES", "Rule"]
