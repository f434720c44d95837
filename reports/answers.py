"""What a planner asks first, answered plainly: kept, met, binding, leaving, issued."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.allocation import Action, RuleUse
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.numbers import amount, percent
from minequota.reports.provenance import may_be_named
from minequota.reports.standing import (
    demand_sentence,
    leaver_order_sentence,
    met_sentence,
    zone_order_sentence,
)
from minequota.reports.tables.register_changes import ground_words
from minequota.reports.text import Words

Mood = Literal["good", "bad", "neutral"]
# More clauses of one rule than this are counted, not listed.
_LISTED = 8


@dataclass(frozen=True)
class Answer:
    """One question, its short answer and what stands behind it, line by line."""

    key: str
    question: str
    verdict: str
    mood: Mood
    details: tuple[str, ...] = ()


def answers(context: Context) -> tuple[Answer, ...]:
    """Return the five answers in the order a planner asks."""
    return (_kept(context), _met(context), _binds(context), _leaves(context), _issued(context))


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


def _kept(context: Context) -> Answer:
    lang = context.lang
    # Whether demand is met is the next question, not a clause of the plan; a forecast asks nothing.
    rules = [rule for rule in context.allocation.rules if rule.applies and rule.sense != "forecast"]
    binding = [rule for rule in rules if rule.attribute == "binding"]
    expected = [rule for rule in rules if rule.attribute == "expected"]
    others = [rule for rule in rules if rule.attribute in {"plan", "practice", "definition"}]
    broken = [rule for rule in binding if rule.missed_by > 0]
    missed = [rule for rule in expected if rule.missed_by > 0]
    details = []
    for rule in broken + missed:
        attribute = text.word(text.ATTRIBUTE, rule.attribute, lang)
        limit, used, gap = (
            rule_number(value, rule, context) for value in (rule.limit, rule.used, rule.missed_by)
        )
        details.append(
            Words(
                f"未达到（{attribute}）：{rule_title(rule, context)}，限值{limit}，实为{used}，"
                f"差{gap}。",
                f"missed ({attribute}): {rule_title(rule, context)}, limit {limit}, is {used}, "
                f"off by {gap}.",
            ).say(lang)
        )
    if others:
        details.append(
            Words(
                f"另有{len(others)}类定义和管理规则全部符合。",
                f"Besides, {len(others)} kinds of definitions and general rules are all kept.",
            ).say(lang)
        )
    details.append(met_sentence(context))
    if broken:
        verdict = Words(
            f"没有守住：约束性条款{len(broken)}条未达到。",
            f"No: {len(broken)} binding {'clause is' if len(broken) == 1 else 'clauses are'} "
            "broken.",
        )
    elif missed:
        verdict = Words(
            f"约束性条款{len(binding)}条全部守住；预期性条款{len(expected)}条中"
            f"{len(missed)}条未达到。",
            f"All {len(binding)} binding clauses are kept; {len(missed)} of {len(expected)} "
            "expected ones are missed.",
        )
    else:
        verdict = Words(
            f"守住：约束性条款{len(binding)}条、预期性条款{len(expected)}条全部满足。",
            f"Yes: all {len(binding)} binding and {len(expected)} expected clauses are met.",
        )
    mood: Mood = "bad" if broken or missed else "good"
    return Answer(
        "kept",
        Words("规划是否守住", "Is the plan kept?").say(lang),
        verdict.say(lang),
        mood,
        tuple(line for line in details if line),
    )


def _met(context: Context) -> Answer:
    lang = context.lang
    lines = sorted(context.allocation.balance, key=lambda line: context.by_product(line.product))
    short = [line for line in lines if line.unmet > 0]
    details = []
    for line in short:
        share = percent(line.unmet / line.demand, 1) if line.demand else ""
        unit = context.unit(line.unit, line.basis)
        details.append(
            Words(
                f"{context.product(line.product)}缺{amount(line.unmet)}{unit}"
                f"（需求{amount(line.demand)}，缺口{share}）。",
                f"{context.product(line.product)}: {amount(line.unmet)} {unit} short of "
                f"{amount(line.demand)} ({share}).",
            ).say(lang)
        )
    details.append(demand_sentence(context))
    if not lines:
        verdict = Words("没有列入需求的产品。", "No product is demanded.")
    elif short:
        verdict = Words(
            f"{len(lines)}种产品中{len(short)}种未完全满足。",
            f"{len(short)} of {len(lines)} products fall short.",
        )
    else:
        verdict = Words(f"{len(lines)}种产品全部满足。", f"Yes, for all {len(lines)} products.")
    return Answer(
        "met",
        Words("需求是否满足", "Is demand met?").say(lang),
        verdict.say(lang),
        "bad" if short else "good",
        tuple(line for line in details if line),
    )


def _binds(context: Context) -> Answer:
    lang = context.lang
    by_code: dict[str, list[RuleUse]] = defaultdict(list)
    for rule in context.allocation.rules:
        # What is demanded binds nobody; whether it is met was the question before.
        if rule.applies and rule.binding and rule.code != "DEMAND":
            by_code[rule.code].append(rule)
    details = []
    for code, rules in by_code.items():
        if code == "ZONE" and len(rules) > 1:
            details.append(
                Words(
                    f"{len(rules)}个集中开采区的拟设采矿权已全部投放，逐条见表6。",
                    f"{len(rules)} mining zones have all their rights issued, see table 6.",
                ).say(lang)
            )
            continue
        if len(rules) > _LISTED:
            name = text.word(text.RULE, code, lang)
            details.append(
                Words(
                    f"{name}：{len(rules)}条，逐条见表6。",
                    f"{name}: {len(rules)} clauses, see table 6.",
                ).say(lang)
            )
            continue
        for rule in rules:
            limit = rule_number(rule.limit, rule, context)
            marginal = rule.marginal if lang == "zh" else rule.marginal_en
            between = "：" if lang == "zh" else ": "
            line = between.join(part for part in (rule_title(rule, context), limit) if part)
            details.append(
                f"{line}{'；' if lang == 'zh' else '; '}{marginal}" if marginal else line
            )
    number = sum(map(len, by_code.values()))
    verdict = (
        Words(
            f"{number}条条款起约束。",
            f"{number} {'clause binds' if number == 1 else 'clauses bind'}.",
        )
        if number
        else Words("没有条款起约束。", "No clause binds.")
    )
    return Answer(
        "binds",
        Words("什么在起约束", "What binds?").say(lang),
        verdict.say(lang),
        "neutral",
        tuple(details),
    )


def _leaves(context: Context) -> Answer:
    lang = context.lang
    actions = context.allocation.actions
    forced = [action for action in actions if action.kind == "leave_forced"]
    chosen = [action for action in actions if action.kind == "leave_chosen"]
    details = [
        *_grounds(context, forced, text.ACTION_KIND["leave_forced"]),
        *_grounds(context, chosen, text.ACTION_KIND["leave_chosen"]),
    ]
    order = leaver_order_sentence(context)
    if order:
        details.append(order)
    lapsed = sum(action.kind == "lapsed" for action in actions)
    if lapsed:
        title = text.ACTION_KIND["lapsed"]
        details.append(Words(f"{title.zh}：{lapsed}个。", f"{title.en}: {lapsed}.").say(lang))
    number = len(forced) + len(chosen)
    if not number:
        verdict = Words("没有采矿权退出。", "No right leaves.")
    else:
        leaving = (*forced, *chosen)
        named = sum(
            not one.synthetic and may_be_named(context.rights.get(one.right)) for one in leaving
        )
        how = (
            Words(f"测算建议，其中{named}个具名，见表7", f"a proposal; {named} by name in table 7")
            if named
            else Words("数量测算，不具名", "numbers only")
        )
        verdict = Words(
            f"{number}个采矿权退出：规则要求{len(forced)}个，建议{len(chosen)}个（{how.zh}）。",
            f"{number} in all: {len(forced)} by rule, {len(chosen)} proposed ({how.en}).",
        )
    return Answer(
        "leaves",
        Words("退出", "What leaves?").say(lang),
        verdict.say(lang),
        "neutral",
        tuple(details),
    )


def _grounds(context: Context, leaving: list[Action], title: Words) -> list[str]:
    lang = context.lang
    counts = Counter(ground_words(action.grounds, lang) for action in leaving)
    return [
        Words(f"{title.zh}，{ground}：{number}个。", f"{title.en}, {ground}: {number}.").say(lang)
        for ground, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _issued(context: Context) -> Answer:
    lang = context.lang
    groups: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for issuance in context.allocation.issuance:
        key = (issuance.county, issuance.mineral, issuance.capacity_unit)
        groups[key].append(issuance.capacity)
    details = []
    for county, mineral, unit in sorted(
        groups, key=lambda key: (context.by_county(key[0]), context.by_mineral(key[1]), key[2])
    ):
        capacities = groups[(county, mineral, unit)]
        total = amount(sum(capacities))
        details.append(
            Words(
                f"{county}{mineral}{len(capacities)}个，合计{total}{unit}/年。",
                f"{context.county(county)}, {context.mineral(mineral)}: {len(capacities)}, "
                f"together {total} {context.unit(unit)}/a.",
            ).say(lang)
        )
    details.append(zone_order_sentence(context))
    number = len(context.allocation.issuance)
    verdict = (
        Words(
            f"投放采矿权{number}个。",
            f"{number} {'right is' if number == 1 else 'rights are'} issued.",
        )
        if number
        else Words("不投放采矿权。", "No right is issued.")
    )
    return Answer(
        "issued",
        Words("投放", "What is issued?").say(lang),
        verdict.say(lang),
        "neutral",
        tuple(details),
    )
