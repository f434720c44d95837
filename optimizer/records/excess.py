"""What a quota's reason says of last year's over-production."""

from __future__ import annotations

from minequota.optimizer.answer import BINDING, Answer
from minequota.optimizer.rules.overrun import RULE
from minequota.scenarios.plan import Product

Reason = tuple[str, str, str]
"""Why this figure and not more: Chinese, English, and the text it rests on."""


def with_excess(answer: Answer, m: int, y: int, product: Product, reason: Reason) -> Reason:
    """Return a reason that begins with what was taken off; the same where nothing was."""
    off = answer.taken_off(m, y)
    eligible = answer.problem.sources[m].eligible(answer.years[y])
    if off <= 0 or not eligible or answer.usable(m, y) <= BINDING:
        # Who may not produce anyway has nothing that could be taken off.
        return reason
    amount = f"{round(off, 4):.12g}"
    if answer.allowed(m, y) < product.step * (1 - BINDING):
        return (
            f"上年超采{amount}{product.unit}，不少于全年可安排量，本年不安排",
            f"last year's over-production of {amount}, in the quota's unit, takes off all: none",
            RULE.source,
        )
    zh, en, source = reason
    return (
        f"上年超采{amount}{product.unit}，已扣减；{zh}",
        f"last year's over-production of {amount}, in the quota's unit, is taken off; {en}",
        f"{RULE.source}；{source}",
    )
