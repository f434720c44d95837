"""What a planner asks of a robust plan first: what it decides, costs, and what knowing saves."""

from __future__ import annotations

from collections import Counter

from minequota.optimizer.robust.result import ROBUST
from minequota.reports import text
from minequota.reports.numbers import amount, percent
from minequota.reports.robust_figures import UNMET, PlanMeasure
from minequota.reports.robust_rights import DECISIONS
from minequota.reports.robust_words import DECISION, MEASURE, Report
from minequota.reports.safe_text import one_line
from minequota.reports.text import Words

_DECIMALS = 4
_NOISE = 5e-7


def robust_answers(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """Return each question's title with the lines that answer it."""
    lang = report.lang
    return [
        (Words("未来与权重", "Futures and weights").say(lang), (_futures(report),)),
        (Words("决定一次的采矿权", "Rights decided once").say(lang), (_decided(report),)),
        (Words("未满足需求", "Unmet demand").say(lang), tuple(_unmet(report))),
        (
            Words("与单一方案相比", "Against plans for one future").say(lang),
            tuple(_singles(report)),
        ),
        (Words("稳健的代价", "Price of robustness").say(lang), tuple(_prices(report))),
        (Words("预知需求的价值", "Value of knowing demand").say(lang), tuple(_knowing(report))),
    ]


def _futures(report: Report) -> str:
    parts = [
        f"{one_line(future.name)} {percent(future.weight, 2)}" for future in report.plan.futures
    ]
    between = Words("；度量：", "; measure: ").say(report.lang)
    return text.joined(parts, report.lang) + between + report.measure


def _decided(report: Report) -> str:
    counts = Counter(one.decision for one in report.rights if one.plans[ROBUST] is not None)
    parts = [
        Words(f"{DECISION[kind].zh}{counts[kind]}个", f"{DECISION[kind].en} {counts[kind]}")
        for kind in DECISIONS
        if counts[kind]
    ]
    if not parts:
        return Words("不作任何变动。", "Nothing changes.").say(report.lang)
    return text.joined([one.say(report.lang) for one in parts], report.lang)


def _unmet(report: Report) -> list[str]:
    lines = []
    for one in report.figures.measures:
        if one.plan == ROBUST and one.goal.startswith(UNMET):
            lines.append(f"{_title(report, one.goal)}{_three(report, one)}")
    return lines


def _title(report: Report, goal: str) -> str:
    return report.goal(goal) + Words("：", ": ").say(report.lang)


def _three(report: Report, one: PlanMeasure) -> str:
    found = {"expected": one.expected, "worst": one.worst, "regret": one.regret}
    parts = [
        f"{MEASURE[key].say(report.lang)} {amount(value, _DECIMALS)}"
        for key, value in found.items()
        if value is not None
    ]
    return text.joined(parts, report.lang)


def _singles(report: Report) -> list[str]:
    """Say of each single plan what it comes to by the measure, or where it fails."""
    lines = []
    by_key = {(one.plan, one.goal): one for one in report.figures.measures}
    goals = [goal for plan, goal in by_key if plan == ROBUST and goal.startswith(UNMET)]
    for plan in report.plan.plans[1:]:
        name = report.plan_name(plan.plan)
        if not plan.feasible:
            failing = [
                one_line(future.name)
                for future, goals_there in zip(report.plan.futures, plan.goals, strict=True)
                if goals_there is None
            ]
            named = text.joined(failing, report.lang)
            lines.append(
                Words(
                    f"{name}：其采矿权在{named}中不可行。",
                    f"{name}: its rights are infeasible in {named}.",
                ).say(report.lang)
            )
            continue
        parts = []
        for goal in goals:
            value = getattr(by_key[plan.plan, goal], report.plan.measure)
            robust = getattr(by_key[ROBUST, goal], report.plan.measure)
            if max(abs(value), abs(robust)) <= _NOISE:
                continue
            own, other = amount(value, _DECIMALS), amount(robust, _DECIMALS)
            parts.append(
                Words(
                    f"{report.goal(goal)}{report.measure}{own}（稳健方案{other}）",
                    f"{report.goal(goal)}, {report.measure} {own} (robust {other})",
                ).say(report.lang)
            )
        joined = ("；" if report.lang == "zh" else "; ").join(
            [*parts, _otherwise(report, plan.plan)]
        )
        lines.append(f"{name}{Words('：', ': ').say(report.lang)}{joined}")
    return lines


def _otherwise(report: Report, plan: str) -> str:
    """Count what the robust plan decides that a single plan does not, and the other way round."""
    only = Counter(
        one.decision for one in report.rights if one.plans[ROBUST] and not one.plans[plan]
    )
    less = Counter(
        one.decision for one in report.rights if one.plans[plan] and not one.plans[ROBUST]
    )
    parts = []
    for counts, zh, en in (
        (only, "稳健方案另有", "robust besides"),
        (less, "稳健方案没有", "robust without"),
    ):
        named = [
            Words(f"{DECISION[kind].zh}{counts[kind]}个", f"{DECISION[kind].en} {counts[kind]}")
            for kind in DECISIONS
            if counts[kind]
        ]
        if named:
            said = text.joined([one.say(report.lang) for one in named], report.lang)
            parts.append(Words(f"{zh}{said}", f"{en} {said}").say(report.lang))
    if not parts:
        return Words("涉及的采矿权相同", "the same rights are touched").say(report.lang)
    return ("；" if report.lang == "zh" else "; ").join(parts)


def _prices(report: Report) -> list[str]:
    """Say future by future which products lack more than if it were planned for alone."""
    lines = []
    for future in report.plan.futures:
        parts = []
        for line in report.figures.unmet:
            more = line.robust - line.own
            if line.future == future.name and abs(more) > _NOISE:
                name = report.context.product(line.product)
                unit = report.context.unit(line.unit, line.basis)
                sign = "+" if more > 0 else "-"
                parts.append(f"{name} {sign}{amount(abs(more), _DECIMALS)} {unit}")
        for one in report.figures.prices:
            measured = not one.goal.startswith(UNMET) and one.goal != "evenness"
            if one.future == future.name and measured and abs(one.price) > _NOISE:
                sign = "+" if one.price > 0 else "-"
                parts.append(f"{report.goal(one.goal)} {sign}{amount(abs(one.price), _DECIMALS)}")
        said = text.joined(parts, report.lang)
        none = Words("与单独最优相同", "as good as its own best").say(report.lang)
        lines.append(f"{one_line(future.name)}{Words('：', ': ').say(report.lang)}{said or none}")
    return lines


def _knowing(report: Report) -> list[str]:
    lines = [
        f"{_title(report, one.goal)}{amount(_quiet(one.value), _DECIMALS)}"
        for one in report.figures.knowing
    ]
    parts = [
        f"{report.context.product(one.product)} {amount(one.value, _DECIMALS)} "
        f"{report.context.unit(one.unit, one.basis)}"
        for one in report.figures.products
        if abs(one.value) > _NOISE
    ]
    if parts:
        lines.append(text.joined(parts, report.lang))
    return lines


def _quiet(value: float) -> float:
    return value if abs(value) > _NOISE else 0.0
