"""What a quota's reason says of last year's over-production."""

from __future__ import annotations

from minequota.optimizer.answer import BINDING, Answer, clean
from minequota.optimizer.deduction import Deduction
from minequota.optimizer.rules.overrun import RULE
from minequota.optimizer.source import Source
from minequota.scenarios.plan import Product
from minequota.scenarios.question import Overproduction

_ENDS = {
    "nobody": (
        "其余因无其他矿山可承接未扣减",
        "the rest not, as no other mine can take it over",
    ),
    "floor": ("扣至最低安排量为止", "down to the least it runs with"),
    "used_up": ("本年指标已扣完", "all that it would have had"),
}
Reason = tuple[str, str, str]
"""Why this figure and not more: Chinese, English, and the text it rests on."""


def with_excess(answer: Answer, m: int, y: int, product: Product, reason: Reason) -> Reason:
    """Return a reason that begins with what was taken off, and why not more.

    The same reason where there was no excess.
    """
    off, source = answer.taken_off(m, y), answer.problem.sources[m]
    if off <= 0 or not source.eligible(answer.years[y]) or answer.usable(m, y) <= BINDING:
        # Who may not produce anyway has nothing that could be taken off.
        return reason
    listed = _listed(answer, source)
    assumed = any(one.assumed for one in listed)
    amount = f"{round(off, 4):.12g}"
    said_zh = f"上年超采{amount}{product.unit}" + ("（假定）" if assumed else "")
    said_en = f"last year's {'assumed ' if assumed else ''}over-production of {amount}"
    sources = [RULE.source, *(one.source for one in listed)]
    unit_en = "in the quota's unit"
    if answer.allowed(m, y) < product.step * (1 - BINDING):
        zh = f"{said_zh}，不少于全年可安排量，本年不安排"
        return zh, f"{said_en}, {unit_en}: no less than the year allows: none", _joined(sources)
    zh, en, own = reason
    off_zh, off_en = _off(answer.deducted.get(m), product)
    return (
        f"{said_zh}，{off_zh}；{zh}",
        f"{said_en}, {unit_en}: {off_en}; {en}",
        _joined([*sources, own]),
    )


def _off(deduction: Deduction | None, product: Product) -> tuple[str, str]:
    """What was taken off a mine's share and why not more, in both languages."""
    if deduction is None:
        # Shared on the solver, or not evenly at all: what it would have had is not known.
        return "全年可安排量相应扣减", "the most it may get this year is so much less"
    step, end = product.step, deduction.end
    if end == "whole":
        figure = f"{round(deduction.amount, 4):.12g}"
        return f"扣减{figure}{product.unit}", f"{figure} taken off"
    if deduction.amount < step * (1 - BINDING):
        if end == "nobody":
            zh = "无其他矿山可承接，未能扣减"
            return zh, "nothing could be taken off, as no other mine can take it over"
        return "本年无可扣减的指标", "there is nothing to take it off"
    figure = f"{clean(round(deduction.amount / step) * step):.12g}"
    rest_zh, rest_en = _ENDS[end]
    return f"扣减{figure}{product.unit}，{rest_zh}", f"{figure} taken off, {rest_en}"


def _listed(answer: Answer, source: Source) -> list[Overproduction]:
    """The entries that a right's excess adds up: its own, or those of the members it joins."""
    dug = answer.problem.scenario.question.overproduced
    found = (dug.get(one.id) for one in (source.parts or (source,)))
    return [one for one in found if one is not None and one.amount.value > 0]


def _joined(sources: list[str]) -> str:
    return "；".join(dict.fromkeys(sources))
