"""How a clause and its figures are said in a sentence."""

from __future__ import annotations

from minequota.optimizer.allocation import RuleUse
from minequota.reports.context import Context
from minequota.reports.numbers import amount, percent


def rule_title(rule: RuleUse, context: Context) -> str:
    """Return the title of a clause."""
    return rule.title_zh if context.lang == "zh" else rule.title_en


def rule_number(value: float | None, rule: RuleUse, context: Context) -> str:
    """Write a limit, use or miss of a clause with its unit."""
    if value is None:
        return ""
    if rule.unit in {"", "1"}:
        return percent(value) if rule.code == "RATIO" else amount(value, 6)
    if rule.unit == "%":
        return f"{amount(value, 4)}%"
    if context.lang == "zh":
        return f"{amount(value, 6)}{context.clause_unit(rule)}"
    unit = context.clause_unit(rule)
    return f"{amount(value, 6)} {unit.removesuffix('s') if value == 1 else unit}"
