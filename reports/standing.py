"""What stands under every table: mode, case, status, where the data come from."""

from __future__ import annotations

from minequota.optimizer.allocation import RuleUse
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.provenance import register_sentence
from minequota.reports.text import Lang, Words
from minequota.scenarios.scenario import Scenario


def case_title(scenario: Scenario, lang: Lang) -> str:
    """Return the titles of the cases applied, or that there is none."""
    if not scenario.cases:
        return Words("基本情形（未套用案例）", "as written (no case applied)").say(lang)
    known = dict(zip(scenario.cases, scenario.case_titles, strict=False))
    titles = []
    for name in scenario.cases:
        title = known.get(name)
        titles.append(
            name if title is None else f"{title.zh if lang == 'zh' else title.en} [{name}]"
        )
    return text.joined(titles, lang)


def mode_title(mode: str, lang: Lang) -> str:
    """Return the mode with what it means."""
    if mode == "target_state":
        return Words(
            "目标状态（target_state）：按规划目标实现后的状态测算，不计建设周期",
            "target state (target_state): the plan fulfilled, lead times not counted",
        ).say(lang)
    return text.word(text.MODE, mode, lang)


def demand_sentence(context: Context) -> str:
    """Say which demands are assumed and which are taken from a cap."""
    lang = context.lang
    assumed = [context.product(line.product) for line in context.allocation.balance if line.assumed]
    from_cap = [
        context.product(line.product) for line in context.allocation.balance if line.from_cap
    ]
    parts = []
    if assumed:
        parts.append(
            Words(
                f"需求量为假定：{text.joined(assumed, lang)}。",
                f"Demand is assumed for {text.joined(assumed, lang)}.",
            ).say(lang)
        )
    if from_cap:
        parts.append(
            Words(
                f"以开采总量控制数（扣除预留）代替需求量：{text.joined(from_cap, lang)}。",
                "The cap, net of what is held back, stands for the demand of "
                f"{text.joined(from_cap, lang)}.",
            ).say(lang)
        )
    return ("" if lang == "zh" else " ").join(parts)


def rests_on_invented_base(rules: tuple[RuleUse, ...]) -> tuple[RuleUse, ...]:
    """Return the counts and ratios that are met on a partly synthetic register."""
    return tuple(
        rule
        for rule in rules
        if rule.applies
        and rule.rests_on_synthetic
        and rule.missed_by <= 0
        and rule.code in {"COUNT", "RATIO"}
    )


def met_sentence(context: Context) -> str:
    """Say which targets are met only on a synthetic base; empty when there is none."""
    lang = context.lang
    rules = rests_on_invented_base(context.allocation.rules)
    if not rules:
        return ""
    titles = text.joined([rule.title_zh if lang == "zh" else rule.title_en for rule in rules], lang)
    return Words(
        f"“{titles}”的达标结论以含合成数据的现状为基础，不等于真实现状下的达标。",
        f"That {titles} is met rests on a register with synthetic data; it does not show that "
        "the real register meets it.",
    ).say(lang)


def standing_notes(context: Context) -> tuple[str, ...]:
    """Return the notes every table ends with."""
    lang = context.lang
    allocation = context.allocation
    case = case_title(context.scenario, lang)
    status = text.word(text.SOLVE_STATUS, allocation.status, lang)
    notes = (
        Words(
            f"测算模式：{mode_title(allocation.mode, lang)}。年度：{allocation.year}年。",
            f"Mode: {mode_title(allocation.mode, lang)}. Year: {allocation.year}.",
        ).say(lang),
        Words(
            f"情形：{case}。求解状态：{status}（{allocation.solver}）。",
            f"Case: {case}. Status: {status} ({allocation.solver}).",
        ).say(lang),
        register_sentence(context.scenario, lang),
        demand_sentence(context),
        met_sentence(context),
        *allocation.notes,
    )
    return tuple(note for note in notes if note)
