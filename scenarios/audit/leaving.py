"""Rights that must be gone, by reason and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, called, say, tally
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import Cause, Departure, departure, licence_ends_by
from minequota.scenarios.supply import expansions, modelled_years

_CAUSES: dict[Cause, tuple[str, str]] = {
    "not_renewed": ("到期不再延续", "not to be renewed"),
    "renewal_minimum": ("到期且低于延续的最低规模", "ending below the minimum for renewals"),
    "new_tender": ("到期后重新出让", "ending and to be tendered anew"),
    "exit_by": ("名册载明限期退出", "to leave by the register's own date"),
    "exit": ("规划限期退出", "to leave by a deadline of the plan"),
    "existing_minimum": ("低于已有矿山最低规模", "below the minimum for existing mines"),
}

_ADVICE: dict[Cause, tuple[str, str]] = {
    "existing_minimum": (
        "可列入整合或扩能项目，使其达标。",
        "List a merger or expansion that lifts them above it.",
    ),
    "renewal_minimum": (
        "如拟整合或扩能达标，请先更新名册。",
        "Where a merger or expansion lifts them above it, update the register first.",
    ),
    "new_tender": (
        "到期后在集中开采区内重新出让的，列为可投放采矿权。",
        "List what is tendered anew inside a zone as a candidate.",
    ),
}


def audit_leaving(scenario: Scenario) -> Iterator[Finding]:
    """Yield one finding for each reason that makes rights leave within the years asked about."""
    last = modelled_years(scenario)[-1]
    leaving = [
        (right, found)
        for right in scenario.rights
        if (found := departure(scenario.plan, right)) is not None and found.year <= last
    ]
    for cause, words in _CAUSES.items():
        of_cause = [(right, found) for right, found in leaving if found.cause == cause]
        if of_cause:
            yield _leaving(scenario, cause, words, of_cause, last)


def _leaving(
    scenario: Scenario,
    cause: Cause,
    words: tuple[str, str],
    found: list[tuple[Right, Departure]],
    last: int,
) -> Finding:
    zh, en = words
    minerals = Counter(right.mineral for right, _ in found)
    english = Counter(called(scenario.plan, right.mineral, "en") for right, _ in found)
    made_up = sum(right.synthetic for right, _ in found)
    sources = "；".join(dict.fromkeys(one.source for _, one in found if one.source))
    said_zh, said_en = (f"（{sources}）", f" ({sources})") if sources else ("", "")
    if made_up:
        said_zh += f"，其中{made_up}个含合成字段"
        said_en += f", {made_up} of them with synthetic fields"
    ends_zh = ends_en = ""
    if cause in ("not_renewed", "renewal_minimum", "new_tender"):
        ending = sum(licence_ends_by(right, last) for right in scenario.rights)
        ends_zh = f"到期（含已过期）的采矿权{ending}个，其中"
        ends_en = f" ({ending} licences have ended or end by then)"
    return say(
        "must_leave",
        cause,
        f"{last}年底前{ends_zh}{len(found)}个须退出：{zh}{said_zh}。矿种：{tally(minerals)}。",
        f"Rights that must leave by the end of {last}{ends_en}, {en}{said_en}: {len(found)}: "
        f"{tally(english, 'en')}.",
        _ADVICE.get(
            cause,
            (
                "核对期限；其产量和数量不再计入。",
                "Check the dates; neither their output nor their number counts any more.",
            ),
        ),
    )


def must_leave(scenario: Scenario, right: Right, year: int) -> bool:
    """Whether a right is gone by the end of the year, whatever is chosen.

    A right below the minimum for existing mines that a listed project may lift is not.
    """
    found = departure(scenario.plan, right)
    if found is None or found.year > year:
        return False
    return found.cause != "existing_minimum" or not liftable(scenario, right)


def liftable(scenario: Scenario, right: Right) -> bool:
    """Whether a listed expansion or merger speaks of the right."""
    return any(one.right in (right.licence, right.name) for one in expansions(scenario)) or any(
        right.licence in one.members for one in scenario.question.mergers
    )
