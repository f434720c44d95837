"""What a planner asks first, answered plainly: kept, met, binding, leaving, issued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from minequota.optimizer.allocation import BalanceLine, RuleUse
from minequota.reports import text
from minequota.reports.answer import Answer, Mood
from minequota.reports.changes_answers import issued_answer, leaving_answer
from minequota.reports.clauses import rule_number, rule_title
from minequota.reports.context import Context
from minequota.reports.numbers import amount, percent
from minequota.reports.standing import demand_sentence, extended_sentence, met_sentence
from minequota.reports.text import Words

# More clauses of one rule than this are counted, not listed.
_LISTED = 8


def answers(context: Context) -> tuple[Answer, ...]:
    """Return the five answers in the order a planner asks."""
    return (
        _kept(context),
        _met(context),
        _binds(context),
        leaving_answer(context),
        issued_answer(context),
    )


def _by_clause(rules: Iterable[RuleUse]) -> list[list[RuleUse]]:
    """Gather the years of each clause."""
    found: dict[str, list[RuleUse]] = defaultdict(list)
    for rule in rules:
        found[rule.clause].append(rule)
    return list(found.values())


def _kept(context: Context) -> Answer:
    lang = context.lang
    # Whether demand is met is the next question, not a clause of the plan; a forecast asks nothing.
    rules = [rule for rule in context.allocation.rules if rule.applies and rule.sense != "forecast"]
    judged = [rule for rule in rules if rule.verdict != "not_judged"]
    binding = _by_clause(rule for rule in judged if rule.attribute == "binding")
    expected = _by_clause(rule for rule in judged if rule.attribute == "expected")
    kinds = {"plan", "practice", "definition"}
    others = _by_clause(rule for rule in rules if rule.attribute in kinds)
    broken, missed = _missed(binding), _missed(expected)
    details = [_missed_words(context, years) for years in broken + missed]
    details += _unjudged_words(context)
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
        tuple(line for line in (*details, extended_sentence(context.scenario, lang)) if line),
    )


def _missed(clauses: list[list[RuleUse]]) -> list[list[RuleUse]]:
    """Return the years in which clauses are missed, clause by clause."""
    found = [[rule for rule in years if rule.verdict == "missed"] for years in clauses]
    return [years for years in found if years]


def _missed_words(context: Context, years: list[RuleUse]) -> str:
    """Say by how much a clause is missed, and when; of several years the last speaks."""
    lang, rule = context.lang, years[-1]
    attribute = text.word(text.ATTRIBUTE, rule.attribute, lang)
    limit, used, gap = (
        rule_number(value, rule, context) for value in (rule.limit, rule.used, rule.missed_by)
    )
    when = text.years((one.year for one in years), lang) if context.calendar else ""
    last = ""
    if len(years) > 1:
        last = Words(f"{rule.year}年", f"in {rule.year} ").say(lang)
    if when:
        last = Words(f"{when}；{last}", f"{when}; {last}").say(lang)
    return Words(
        f"未达到（{attribute}）：{rule_title(rule, context)}，{last}限值{limit}，实为{used}，"
        f"差{gap}。",
        f"missed ({attribute}): {rule_title(rule, context)}, {last}limit {limit}, is {used}, "
        f"off by {gap}.",
    ).say(lang)


def _unjudged_words(context: Context) -> list[str]:
    """Name the clauses nobody can judge, forecasts among them."""
    lang = context.lang
    clauses = _by_clause(
        rule for rule in context.allocation.rules if rule.verdict == "not_judged" and rule.applies
    )
    if not clauses:
        return []
    titles = text.joined([rule_title(years[0], context) for years in clauses], lang)
    return [
        Words(
            f"不作判定{len(clauses)}条（基数为合成数据，或上级指标待下达）：{titles}。",
            f"Not judged, for want of a real base or of a figure from above: {titles}.",
        ).say(lang)
    ]


def _met(context: Context) -> Answer:
    lang = context.lang
    lines = sorted(
        (line for line in context.allocation.balance if not line.place),
        key=lambda line: (context.by_product(line.product), line.year),
    )
    products: dict[str, list[BalanceLine]] = defaultdict(list)
    for line in lines:
        products[line.product].append(line)
    short = {name: [line for line in years if line.unmet > 0] for name, years in products.items()}
    short = {name: years for name, years in short.items() if years}
    details = [_short_words(context, years) for years in short.values()]
    details += _awaiting_words(context)
    details.append(demand_sentence(context))
    number = len(products)
    if not number:
        verdict = Words("没有列入需求的产品。", "No product is demanded.")
    elif short:
        verdict = Words(
            f"{number}种产品中{len(short)}种未完全满足。",
            f"{len(short)} of {number} products fall short.",
        )
    else:
        verdict = Words(f"{number}种产品全部满足。", f"Yes, for all {number} products.")
    return Answer(
        "met",
        Words("需求是否满足", "Is demand met?").say(lang),
        verdict.say(lang),
        "bad" if short else "good",
        tuple(line for line in details if line),
    )


def _short_words(context: Context, years: list[BalanceLine]) -> str:
    """Say how much of a product lacks, year by year."""
    lang, first = context.lang, years[0]
    name, unit = context.product(first.product), context.unit(first.unit, first.basis)
    if not context.calendar:
        share = percent(first.unmet / first.demand, 1) if first.demand else ""
        return Words(
            f"{name}缺{amount(first.unmet)}{unit}（需求{amount(first.demand)}，缺口{share}）。",
            f"{name}: {amount(first.unmet)} {unit} short of {amount(first.demand)} ({share}).",
        ).say(lang)
    parts = [
        Words(
            f"{line.year}年{amount(line.unmet)}（需求{amount(line.demand)}）",
            f"{line.year} {amount(line.unmet)} of {amount(line.demand)}",
        ).say(lang)
        for line in years
    ]
    said = text.joined(parts, lang)
    return Words(f"{name}缺口（{unit}）：{said}。", f"{name}, short by ({unit}): {said}.").say(lang)


def _awaiting_words(context: Context) -> list[str]:
    """Say which products wait for a figure from above."""
    waiting: dict[str, set[int]] = defaultdict(set)
    for quota in context.allocation.quotas:
        if quota.awaiting:
            waiting[quota.product].add(quota.year)
    lang = context.lang
    parts = []
    for product in sorted(waiting, key=context.by_product):
        when = text.years(waiting[product], lang) if context.calendar else ""
        name = context.product(product)
        parts.append(Words(f"{name}{when}", f"{name}{when and f' ({when})'}").say(lang))
    if not parts:
        return []
    names = text.joined(parts, lang)
    return [
        Words(
            f"待下达：{names}没有上级指标文件，不安排指标。",
            f"Awaiting a figure from above, so without quotas: {names}.",
        ).say(lang)
    ]


def _binds(context: Context) -> Answer:
    lang = context.lang
    by_code: dict[str, list[list[RuleUse]]] = defaultdict(list)
    # What is demanded binds nobody; whether it is met was the question before.
    for years in _by_clause(
        rule
        for rule in context.allocation.rules
        if rule.applies and rule.binding and rule.attribute != "scenario"
    ):
        by_code[years[0].code].append(years)
    details = []
    for code, clauses in by_code.items():
        if code == "ZONE" and len(clauses) > 1:
            details.append(
                Words(
                    f"{len(clauses)}条集中开采区条款已用尽，逐条见表6。",
                    f"{len(clauses)} clauses on mining zones are used up, see table 6.",
                ).say(lang)
            )
        elif len(clauses) > _LISTED:
            name = text.word(text.RULE, code, lang)
            details.append(
                Words(
                    f"{name}：{len(clauses)}条，逐条见表6。",
                    f"{name}: {len(clauses)} clauses, see table 6.",
                ).say(lang)
            )
        else:
            details += [_binding_words(context, years) for years in clauses]
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


def _binding_words(context: Context, years: list[RuleUse]) -> str:
    """Say a clause that binds: its limit, when, and what one more unit would change."""
    lang, rule = context.lang, years[-1]
    chinese = lang == "zh"
    limits = list(dict.fromkeys(rule_number(one.limit, one, context) for one in years))
    if rule.clause in context.awaited and rule.limit is None:
        limits = [text.AWAITING.say(lang)]
    limit = text.joined([one for one in limits if one], lang)
    line = ("：" if chinese else ": ").join(
        part for part in (rule_title(rule, context), limit) if part
    )
    if context.calendar:
        when = text.years((one.year for one in years), lang)
        line += f"（{when}）" if chinese else f" ({when})"
    marginal = rule.marginal if chinese else rule.marginal_en
    return f"{line}{'；' if chinese else '; '}{marginal}" if marginal else line
