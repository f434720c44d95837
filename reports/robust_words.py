"""Words of a robust plan in both languages, and the names its tables need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.robust.result import ROBUST, RobustPlan
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.numbers import percent
from minequota.reports.provenance import register_sentence
from minequota.reports.robust_figures import Figures
from minequota.reports.robust_rights import Decision
from minequota.reports.safe_text import one_line
from minequota.reports.text import Lang, Words

MEASURE = {
    "expected": Words("期望值", "expected value"),
    "worst": Words("最坏情形", "worst case"),
    "regret": Words("最大后悔值", "largest regret"),
}
COUNTED = {
    **MEASURE,
    "once": Words("仅取决于采矿权", "a matter of the rights alone"),
    "order": Words("许可证号次序", "licence order"),
}
ROBUST_PLAN = Words("稳健方案", "Robust plan")
INFEASIBLE = Words("不可行", "infeasible")
DECISION = {
    "issue": Words("投放", "issued"),
    "convert": Words("探转采", "converted"),
    "expand": Words("改扩建或扩能", "expanded"),
    "merge": Words("整合形成", "made by a merger"),
    "leave": Words("退出", "leaving"),
}
PHASES: dict[str, Words] = {
    **text.PHASES,
    "own_plans": Words("各未来单独求解", "Solving each future alone"),
    "robust_rights": Words("为所有未来决定采矿权", "Deciding the rights for all futures"),
    "robust_values": Words("比较各方案", "Comparing the plans"),
    "robust_quotas": Words("各未来分配指标", "Sharing out each future's quotas"),
}
_SOLVED = (SolveStatus.OPTIMAL, SolveStatus.WITHIN_GAP)


@dataclass(frozen=True)
class Report:
    """A robust plan with its figures, in one language, and where its futures are written."""

    plan: RobustPlan
    figures: Figures
    rights: tuple[Decision, ...]
    folders: dict[str, str]
    lang: Lang

    @cached_property
    def context(self) -> Context:
        """The first future's names of places, products and units; all futures share the plan."""
        return Context(self.plan.futures[0].scenario, self.plan.allocations[0], self.lang)

    @property
    def measure(self) -> str:
        """The measure in words."""
        return MEASURE[self.plan.measure].say(self.lang)

    def plan_name(self, plan: str) -> str:
        """Return the robust plan's name, or that of a plan for one future."""
        if plan == ROBUST:
            return ROBUST_PLAN.say(self.lang)
        name = one_line(plan)
        return Words(f"仅按“{name}”编制", f'Plan for "{name}" alone').say(self.lang)

    def goal(self, name: str) -> str:
        """Return a goal's title."""
        title = self.figures.titles[name]
        return title.title_zh if self.lang == "zh" else title.title_en

    def goal_unit(self, name: str) -> str:
        """Return a goal's unit."""
        return text.unit(self.figures.titles[name].unit, self.lang)


def case_titles(report: Report, at: int) -> str:
    """Return the titles of the cases one future applies."""
    scenario = report.plan.futures[at].scenario
    titles = [one.zh if report.lang == "zh" else one.en for one in scenario.case_titles]
    return text.joined(titles, report.lang)


def notes(report: Report) -> tuple[str, ...]:
    """Return the notes below every table: futures, measure, states, what is synthetic."""
    return (*_notes(report), *_registers(report))


def _notes(report: Report) -> Iterator[str]:
    lang = report.lang
    weighed = text.joined(
        [f"{one_line(one.name)} {percent(one.weight, 2)}" for one in report.plan.futures], lang
    )
    yield Words(
        f"采矿权（投放、退出、整合、改扩建及其规模和年份）只决定一次，各未来的开采指标分别测算；"
        f"未来及权重：{weighed}；度量：{report.measure}。",
        "The rights (issued, leaving, merged, enlarged, their capacities and years) are decided "
        f"once, quotas for each future by itself. Futures and weights: {weighed}. Measure: "
        f"{report.measure}.",
    ).say(lang)
    for future, one in zip(report.plan.futures, report.plan.allocations, strict=True):
        if one.status not in _SOLVED:
            state = text.SOLVE_STATUS[one.status.value]
            yield Words(f"“{future.name}”：{state.zh}。", f'"{future.name}": {state.en}.').say(lang)
    if report.plan.status not in _SOLVED:
        state = text.SOLVE_STATUS[report.plan.status.value]
        yield Words(f"求解状态：{state.zh}。", f"Status: {state.en}.").say(lang)
    for note in report.plan.notes:
        yield _note(note).say(lang)


def _note(note: str) -> Words:
    kind, _, name = note.partition(":")
    if kind == "single_plan_taken":
        return Words(
            f"规模取整（或求解时限）使稳健方案不及仅按“{name}”编制的方案，故采用后者的采矿权。",
            f'Whole capacity steps (or a limit of time) left the plan for "{name}" alone better '
            "than the robust one: its rights are taken.",
        )
    return Words(
        "同样好的采矿权组合中所取的一组未证明唯一。",
        "The set of rights taken is not proven to be the only one among equals.",
    )


def _registers(report: Report) -> Iterator[str]:
    said = (register_sentence(future.scenario, report.lang) for future in report.plan.futures)
    yield from dict.fromkeys(said)
