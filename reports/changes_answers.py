"""The answers about the rights themselves: who leaves, merges or grows, and what is issued."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from minequota.optimizer.allocation import Action, Issuance
from minequota.reports import text
from minequota.reports.answer import Answer
from minequota.reports.context import Context
from minequota.reports.numbers import amount
from minequota.reports.provenance import may_be_named
from minequota.reports.standing import leaver_order_sentence, zone_order_sentence
from minequota.reports.tables.register_changes import leaver_ground
from minequota.reports.text import Words


def leaving_answer(context: Context) -> Answer:
    """Say how many rights leave, by rule and by choice, and how many merge or grow."""
    lang = context.lang
    actions = context.allocation.actions
    forced = [action for action in actions if action.kind == "leave_forced"]
    chosen = [action for action in actions if action.kind == "leave_chosen"]
    details = [
        _by_year(context, (action.year for action in (*forced, *chosen))),
        *_grounds(context, forced, text.ACTION_KIND["leave_forced"]),
        *_grounds(context, chosen, text.ACTION_KIND["leave_chosen"]),
        leaver_order_sentence(context),
    ]
    lapsed = sum(action.kind == "lapsed" for action in actions)
    if lapsed:
        title = text.ACTION_KIND["lapsed"]
        details.append(Words(f"{title.zh}：{lapsed}个。", f"{title.en}: {lapsed}.").say(lang))
    details.append(_projects(context))
    number = len(forced) + len(chosen)
    if not number:
        verdict = Words("没有采矿权退出。", "No right leaves.")
    else:
        named = sum(
            not one.synthetic and may_be_named(context.rights.get(one.right))
            for one in (*forced, *chosen)
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
        tuple(line for line in details if line),
    )


def _by_year(context: Context, years: Iterable[int]) -> str:
    """Count things by the year they happen in; empty where there is but one year."""
    counts = Counter(map(context.planned, years))
    if not context.calendar or not counts:
        return ""
    parts = [
        Words(f"{year}年{counts[year]}个", f"{year}: {counts[year]}").say(context.lang)
        for year in sorted(counts)
    ]
    said = text.joined(parts, context.lang)
    return Words(f"分年度：{said}。", f"By year: {said}.").say(context.lang)


def _grounds(context: Context, leaving: list[Action], title: Words) -> list[str]:
    lang = context.lang
    counts = Counter(
        leaver_ground(action, lang) if action.grounds or action.kind == "leave_chosen" else ""
        for action in leaving
    )
    return [
        Words(
            f"{title.zh}{ground and f'，{ground}'}：{number}个。",
            f"{title.en}{ground and f', {ground}'}: {number}.",
        ).say(lang)
        for ground, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _projects(context: Context) -> str:
    """Say how many rights are merged into how many, and how many are enlarged."""
    done = context.allocation.reorganisations
    merged = [one for one in done if one.kind == "merge"]
    enlarged = len(done) - len(merged)
    parts = []
    if merged:
        members = sum(len(one.members) for one in merged)
        parts.append(
            Words(
                f"整合：{members}个采矿权整合为{len(merged)}个",
                f"mergers: {members} rights become {len(merged)}",
            )
        )
    if enlarged:
        parts.append(Words(f"改扩建或扩能{enlarged}个", f"enlarged: {enlarged}"))
    if not parts:
        return ""
    said = ("；" if context.lang == "zh" else "; ").join(one.say(context.lang) for one in parts)
    return Words(f"{said}，见表7。", f"{said}; see table 7.").say(context.lang)


def issued_answer(context: Context) -> Answer:
    """Say how many rights are issued, of what, where and when."""
    lang, issued = context.lang, context.allocation.issuance
    groups: dict[tuple[str, str, str], list[Issuance]] = defaultdict(list)
    for one in issued:
        groups[(one.county, one.mineral, one.capacity_unit)].append(one)
    details = [_by_year(context, (one.year for one in issued))]
    for county, mineral, unit in sorted(
        groups, key=lambda key: (context.by_county(key[0]), context.by_mineral(key[1]), key[2])
    ):
        alike = groups[(county, mineral, unit)]
        total = amount(sum(one.capacity for one in alike))
        details.append(
            Words(
                f"{county}{mineral}{len(alike)}个，合计{total}{unit}/年。",
                f"{context.county(county)}, {context.mineral(mineral)}: {len(alike)}, "
                f"together {total} {context.unit(unit)}/a.",
            ).say(lang)
        )
    details.append(zone_order_sentence(context))
    return Answer(
        "issued",
        Words("投放", "What is issued?").say(lang),
        _issued_verdict(issued).say(lang),
        "neutral",
        tuple(line for line in details if line),
    )


def _issued_verdict(issued: tuple[Issuance, ...]) -> Words:
    number = len(issued)
    if not number:
        return Words("不投放采矿权。", "No right is issued.")
    converted = sum(one.kind == "converted" for one in issued)
    of_these = Words("", "")
    if converted:
        of_these = Words(f"，其中探转采{converted}个", f", {converted} of them by conversion")
    return Words(
        f"投放采矿权{number}个{of_these.zh}。",
        f"{number} {'right is' if number == 1 else 'rights are'} issued{of_these.en}.",
    )
