"""Whether the records answer the question asked, and say honestly how well."""

from __future__ import annotations

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.fields import FIELDS, STATUSES
from minequota.optimizer.verify.horizon import horizon_of
from minequota.optimizer.verify.shape import Records
from minequota.scenarios.scenario import Scenario

NO_FIGURES = ("infeasible", "no_answer")
#: Lists that are empty where there is no answer.
FIGURES = (
    *("quotas", "issuance", "actions", "reorganisations", "caps", "structure", "balance"),
    "flows",
)


def header_faults(scenario: Scenario, records: Records) -> list[Fault]:
    """Return where the header names another question."""
    header, question, plan = records.header, scenario.question, scenario.plan
    asked: dict[str, tuple[object, ...]] = {
        "scenario": (scenario.name,),
        "plan": (plan.id, question.plan),
        "authority": (question.authority.zh, question.authority.en),
        "mode": (question.mode,),
        "year": (question.year,),
        "years": (horizon_of(question).years,),
    }
    found = {**header, "years": tuple(header["years"])}
    faults = [
        fault("header_differs", "header", field=name, found=found[name], expected=accepted[0])
        for name, accepted in asked.items()
        if found[name] not in accepted
    ]
    given = header["case"]
    cases = (given,) if isinstance(given, str) and given else tuple(given or ())
    if cases not in (scenario.cases, ("+".join(scenario.cases),), (",".join(scenario.cases),)):
        faults.append(
            fault(
                "header_differs",
                "header",
                field="case",
                found=", ".join(cases),
                expected=", ".join(scenario.cases),
            )
        )
    return faults


def status_faults(records: Records) -> list[Fault]:
    """Return whether the run's status is its worst goal's, and empty where there is no answer."""
    status = records.header["status"]
    goals = list(records.goals["status"])
    worst = max(goals, key=STATUSES.index, default=status)
    faults = []
    if status != worst:
        faults.append(fault("status_lies", "header", found=status, expected=worst))
    if status in NO_FIGURES:
        faults += [
            fault("figures_without_answer", family, status=status)
            for family in FIGURES
            if len(getattr(records, family))
        ]
    return faults


def year_faults(scenario: Scenario, records: Records) -> list[Fault]:
    """Return the rows that speak of a year nobody has planned.

    A licence that has ended before the first year may be renewed with that year beside it.
    """
    years = set(horizon_of(scenario.question).years)
    faults = []
    for family, fields in FIELDS.items():
        if "year" not in fields:
            continue
        frame = getattr(records, family)
        if family == "actions":
            frame = frame[frame["kind"] != "renew"]
        faults += [
            fault("year_unknown", f"{family}[{at}]", found=year)
            for at, year in zip(frame.index, frame["year"], strict=True)
            if year not in years
        ]
    return faults
