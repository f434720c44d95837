"""What identifies a run: plan, case, year, mode, status, and how much of it is synthetic."""

from __future__ import annotations

from minequota.optimizer.allocation import Allocation
from minequota.reports import text
from minequota.reports.assumptions import assumption_sentence
from minequota.reports.context import Context
from minequota.reports.events import events_sentence
from minequota.reports.provenance import register_sentence
from minequota.reports.standing import case_title, changed_sentence, mode_title
from minequota.reports.text import Lang, Words
from minequota.scenarios.scenario import Scenario


def facts(scenario: Scenario, allocation: Allocation, lang: Lang) -> list[tuple[str, str]]:
    """Return label and value of what identifies a run."""
    plan, question = scenario.plan, scenario.question
    chinese = lang == "zh"
    case = case_title(scenario, lang)
    changes = changed_sentence(scenario, lang)
    pairs = [
        (Words("规划", "Plan"), plan.title.zh if chinese else plan.title.en),
        (Words("规划文本", "Document"), plan.document),
        (
            Words("情景", "Scenario"),
            f"{question.title.zh if chinese else question.title.en} [{scenario.name}]",
        ),
        (Words("案例", "Case"), case),
        *([(Words("改动", "Changed"), changes)] if changes else ()),
        (
            Words("测算机关", "Authority"),
            question.authority.zh if chinese else question.authority.en,
        ),
        (Words("年度", "Year"), Context(scenario, allocation, lang).period()),
        (Words("测算模式", "Mode"), mode_title(allocation.mode, lang)),
        (Words("求解状态", "Status"), text.word(text.SOLVE_STATUS, allocation.status, lang)),
        (Words("求解器", "Solver"), allocation.solver),
        (Words("现状数据", "Register"), register_sentence(scenario, lang)),
    ]
    changed = events_sentence(scenario, lang)
    if changed:
        pairs.append((Words("名册变更", "Register events"), changed))
    assumed = assumption_sentence(scenario, allocation, lang)
    if assumed:
        pairs.append((Words("情景假定", "Assumptions"), assumed))
    return [(label.say(lang), value) for label, value in pairs]
