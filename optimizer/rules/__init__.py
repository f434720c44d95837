"""The rules, one file per family. Each is a record and a function that writes rows."""

from __future__ import annotations

from minequota.optimizer.rules import (
    ban,
    cap,
    capacity,
    count,
    demand,
    minscale,
    ratio,
    renew,
    reserve,
    status,
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
    demand.RULE,
)

__all__ = ["RULES", "Rule"]
