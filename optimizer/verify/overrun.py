"""Whether last year's over-production is taken off the first year's figures, and told there."""

from __future__ import annotations

import re

from minequota.optimizer.verify.after_excess import After, after_excess
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.quantities import ceiling
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance

#: What only a mine that makes all its licence allows may be said to have reached.
LICENSED = ("达到许可生产规模", "at licensed capacity")
#: What is said where the year has room for less than a step beside the excess.
ALL = ("不少于全年可安排量，本年不安排", "no less than the year allows: none")
_FIGURE = r"(\d[\d.e+-]*)"
#: How much was taken off and why not more, as the two languages say it.
PHRASES = {
    "nobody": (
        "扣减{}，其余因无其他矿山可承接未扣减",
        "{} taken off, the rest not, as no other",
    ),
    "floor": ("扣减{}，扣至最低安排量为止", "{} taken off, down to the least"),
    "used_up": ("扣减{}，本年指标已扣完", "{} taken off, all that it would have had"),
    "whole": ("扣减{}；", "{} taken off; "),
    "no_taker": ("无其他矿山可承接，未能扣减", "nothing could be taken off"),
    "nothing": ("本年无可扣减的指标", "there is nothing to take it off"),
    "open": ("全年可安排量相应扣减", "the most it may get this year is so much less"),
}

#: What the table says of a figure that last year's excess has made smaller.
TOLD = "超采"
#: What it says beside that of an excess that is an assumption.
ASSUMED = "假定"


def overrun_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the figures of the first year that leave an excess out, or do not tell of it."""
    faults = []
    known, availability = (
        after_excess(inputs, records, reckoning),
        inputs.scenario.question.options.availability,
    )
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    for row in rows_of(records.quotas):
        year, right = row["year"], row["right"]
        source, off = reckoning.holding.get((year, right)), inputs.taken_off(year, right)
        if source is None or not off > 0 or not source["works"] or not source["usable"] > 0:
            continue
        where, product = f"{right} {year}", inputs.product[source["product"]]
        limit = ceiling(inputs, year, right, source)
        if not row["amount"] <= limit + amount_tolerance(steps.get(product.name, product.step)):
            faults.append(
                fault(
                    "quota_keeps_excess",
                    where,
                    found=row["amount"],
                    limit=limit,
                    excess=off,
                    unit=product.unit,
                )
            )
        if inputs.awaits(year, source["product"], source["county"], source["use"]):
            continue
        faults += _word_faults(inputs, where, right, row["reason"])
        step = steps.get(product.name, product.step)
        after = known.get(right)
        if after is not None and abs(row["amount"] - after.figure) > after.band:
            facts = {"found": row["amount"], "expected": after.figure, "excess": off}
            faults.append(fault("quota_after_excess", where, **facts, unit=product.unit))
        full = source["usable"] * source["factor"] * availability
        claims_all = row["amount"] < full - 2 * step and _any_of(LICENSED, row)
        room = limit >= product.step
        wrong = _amount_wrong(row, off, after, product.unit) if room else not _said(ALL, row)
        if claims_all or wrong:
            expected = "…" if claims_all else _expected(off, after, room=room)
            faults.append(fault("quota_reason", where, found=row["reason"], expected=expected))
    return faults


def _said(words: tuple[str, str], row: Row) -> bool:
    return words[0] in row["reason"] and words[1] in row["reason_en"]


def _any_of(words: tuple[str, str], row: Row) -> bool:
    return words[0] in row["reason"] or words[1] in row["reason_en"]


def _expected(off: float, after: After | None, *, room: bool) -> str:
    """Return, for the fault, how much should be said to be taken off."""
    if not room:
        return ALL[0]
    return f"{TOLD}{off:.10g}" if after is None else f"扣减{after.off:.10g}"


def _amount_wrong(row: Row, excess: float, after: After | None, unit: str) -> bool:
    """Whether what is said to be taken off, or why not more, is not so."""
    told = f"{TOLD}{round(excess, 4):.12g}{unit}"
    if (
        told not in row["reason"]
        or f"over-production of {round(excess, 4):.12g}," not in (row["reason_en"])
    ):
        return True
    for end, (zh, en) in PHRASES.items():
        pattern = re.escape(zh).replace(re.escape("{}"), _FIGURE + re.escape(unit))
        match = re.search(pattern, row["reason"])
        if match is None:
            continue
        figure = match.group(1) if match.groups() else ""
        if en.format(figure) not in row["reason_en"]:
            return True
        off = float(figure) if figure else 0.0
        return not _is_so(end, off, excess, after, row["amount"])
    return True


def _is_so(end: str, off: float, excess: float, after: After | None, amount: float) -> bool:
    """Whether so much was taken off for such a reason, as far as that is known here."""
    near = 1e-4
    if end == "whole" and abs(off - excess) > near:
        return False
    if not 0 <= off <= excess + near:
        return False
    if after is None:
        return True
    band = after.band
    if end == "open" or not after.off - band <= off <= after.off_most + band:
        return False
    given_back = after.figure > after.limit - band
    return {
        "whole": after.off_most >= excess - band,
        "nobody": given_back,
        "no_taker": given_back,
        "floor": after.figure <= after.least + band,
        "used_up": amount <= band,
        "nothing": after.figure <= max(after.limit, after.least) + band,
    }[end]


def _word_faults(inputs: Inputs, where: str, right: str, reason: str) -> list[Fault]:
    """Return the words a reason lacks: that there was an excess, and that it is assumed."""
    merged = inputs.merger.get(right)
    licences = (right,) if merged is None else merged["members"]
    entries = (inputs.scenario.question.overproduced.get(one) for one in licences)
    assumed = any(one.assumed and one.amount.value > 0 for one in entries if one is not None)
    words = (TOLD, ASSUMED) if assumed else (TOLD,)
    return [
        fault("quota_reason", where, found=reason, expected=word)
        for word in words
        if word not in reason
    ]
