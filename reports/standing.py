"""What stands under every table: mode, case, status, where the data come from."""

from __future__ import annotations

from minequota.optimizer.allocation import BalanceLine, RuleUse
from minequota.reports import text
from minequota.reports.assumptions import assumption_sentence
from minequota.reports.context import Context
from minequota.reports.provenance import register_sentence
from minequota.reports.text import Lang, Words
from minequota.scenarios.rolling.period import ended_year
from minequota.scenarios.scenario import Scenario

# More targets than this are counted, not named.
_NAMED = 3
_SHORT = 40


def case_title(scenario: Scenario, lang: Lang) -> str:
    """Return the titles of the cases applied, or that there is none, and what else was changed."""
    title = _cases_title(scenario, lang)
    other = sum(one.case not in scenario.cases for one in scenario.changes)
    if not other:
        return title
    return Words(f"{title}，另改动{other}处", f"{title}, {other} more changed").say(lang)


def changed_sentence(scenario: Scenario, lang: Lang) -> str:
    """Name what was changed besides the cases: by the command, or by the file that extends."""
    other = [one for one in scenario.changes if one.case not in scenario.cases]
    if not other:
        return ""
    named = [f"{one.path} {_shown(one.old)} → {_shown(one.new)}" for one in other[:_NAMED]]
    zh = "；".join(named) + (f"；等{len(other)}处" if len(other) > _NAMED else "")
    en = "; ".join(named) + (f"; {len(other)} in all" if len(other) > _NAMED else "")
    return Words(zh, en).say(lang)


def _with_label(changes: str, lang: Lang) -> str:
    return Words(f"改动：{changes}。", f"Changed: {changes}.").say(lang) if changes else ""


def _shown(value: object) -> str:
    plain = "—" if value in (None, "") else str(value)
    return plain if len(plain) <= _SHORT else f"{plain[:_SHORT]}…"


def extended_sentence(scenario: Scenario, lang: Lang) -> str:
    """Say that the plan has ended and its clauses were held on, where that is so."""
    ended = ended_year(scenario.plan)
    if ended is None:
        return ""
    return Words(
        f"规划期至{ended}年止；其后年度的条款为延用，属推定，新规划批准后应改用新规划。",
        f"The plan ended with {ended}; its clauses are held on past it, which is an assumption "
        "until the next plan is adopted.",
    ).say(lang)


def _cases_title(scenario: Scenario, lang: Lang) -> str:
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
    return Words(
        "分年度（calendar）：逐年测算，计建设周期、投产进度、许可证到期和限期",
        "year by year (calendar): with lead times, ramp-up, licence ends and deadlines",
    ).say(lang)


def demand_sentence(context: Context) -> str:
    """Say which demands are assumed and which are taken from a cap."""
    lang = context.lang
    lines = sorted(context.allocation.balance, key=lambda line: context.by_product(line.product))
    assumed = _names(context, [line for line in lines if line.assumed])
    from_cap = _names(context, [line for line in lines if line.from_cap])
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


def _names(context: Context, lines: list[BalanceLine]) -> list[str]:
    return list(dict.fromkeys(context.product(line.product) for line in lines))


def rests_on_invented_base(rules: tuple[RuleUse, ...]) -> tuple[RuleUse, ...]:
    """Return the counts and ratios that are met on a partly synthetic register."""
    return tuple(
        rule
        for rule in rules
        if rule.applies
        and rule.rests_on_synthetic
        and rule.verdict == "met"
        and rule.code in {"COUNT", "RATIO"}
    )


def met_sentence(context: Context) -> str:
    """Say which targets are met only on a synthetic base; empty when there is none."""
    lang = context.lang
    rules = rests_on_invented_base(context.allocation.rules)
    if not rules:
        return ""
    titles = dict.fromkeys(f"“{rule.title_zh}”" for rule in rules)
    names = list(dict.fromkeys(f"'{rule.title_en}'" for rule in rules))
    chinese = "".join(titles)
    if len(names) > _NAMED:
        chinese = f"{''.join(list(titles)[:_NAMED])}等{len(titles)}项目标（见表6）"
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more (see table 6)"]
    if len(names) == 1:
        english = f"The target {names[0]} is met"
        it = "it"
    else:
        english = f"The targets {', '.join(names[:-1])} and {names[-1]} are met"
        it = "them"
    return Words(
        f"{chinese}的达标结论以含合成数据的现状为基础，不等于真实现状下的达标。",
        f"{english} on a base that holds synthetic data, which does not show that the real "
        f"register meets {it}.",
    ).say(lang)


def zone_order_sentence(context: Context) -> str:
    """Say how many rights could be issued, and how equals were told apart."""
    lang, scenario = context.lang, context.scenario
    goals = scenario.question.goals
    issued = sum(one.kind == "new" for one in context.allocation.issuance)
    candidates = sum(zone.rights for zone in scenario.plan.zones if zone.mineral is not None)
    candidates += sum(one.number for one in scenario.question.extra_candidates)
    parts = [
        Words(
            f"候选采矿权{candidates}个，投放{issued}个。",
            f"Candidates: {candidates}; issued: {issued}.",
        )
    ]
    if issued and "tie_break" in goals:
        parts.append(
            Words(
                "效果相同的候选按区块编号从小到大选取，这一次序不是规划的排序。",
                "Among equally good candidates the lower zone code is taken first; the plan ranks "
                "them in no such way.",
            )
        )
    if issued and "capacity_issued" in goals:
        assumed = any(line.assumed for line in context.allocation.balance)
        parts.append(
            Words(
                f"拟设生产规模取满足{'（假定的）' if assumed else ''}需求所需的最小值。",
                "The capacity is the least that meets the "
                f"{'(assumed) ' if assumed else ''}demand.",
            )
        )
    return ("" if lang == "zh" else " ").join(words.say(lang) for words in parts)


def leaver_order_sentence(context: Context) -> str:
    """Say how the rights proposed to leave were told apart; empty where none is proposed."""
    chosen = any(action.kind == "leave_chosen" for action in context.allocation.actions)
    if not chosen or "tie_break" not in context.scenario.question.goals:
        return ""
    return Words(
        "建议退出的采矿权中，依据相同者按许可证号靠后的先退出；依据相同之处，"
        "其分县、分矿种的数量取决于许可证号的次序。",
        "Among rights with equal grounds the later licence number is taken; where grounds are "
        "equal, the split of those proposed by county and mineral rests on the licence order.",
    ).say(context.lang)


def standing_notes(context: Context) -> tuple[str, ...]:
    """Return the notes every table ends with."""
    lang = context.lang
    allocation = context.allocation
    case = case_title(context.scenario, lang)
    status = text.word(text.SOLVE_STATUS, allocation.status, lang)
    notes = (
        Words(
            f"测算模式：{mode_title(allocation.mode, lang)}。年度：{context.period()}年。",
            f"Mode: {mode_title(allocation.mode, lang)}. "
            f"{'Years' if context.calendar else 'Year'}: {context.period()}.",
        ).say(lang),
        Words(
            f"案例：{case}。求解状态：{status}（{allocation.solver}）。",
            f"Case: {case}. Status: {status} ({allocation.solver}).",
        ).say(lang),
        _with_label(changed_sentence(context.scenario, lang), lang),
        extended_sentence(context.scenario, lang),
        register_sentence(context.scenario, lang),
        assumption_sentence(context.scenario, allocation, lang),
        demand_sentence(context),
        met_sentence(context),
        *allocation.notes,
    )
    return tuple(note for note in notes if note)
