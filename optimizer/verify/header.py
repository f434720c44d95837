"""Whether the records answer the question asked, and say honestly how well."""

from __future__ import annotations

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.shape import STATUSES, Records
from minequota.scenarios.scenario import Scenario

NO_FIGURES = ("infeasible", "no_answer")


def header_faults(scenario: Scenario, records: Records) -> list[Fault]:
    """Return where the header names another question."""
    header, question, plan = records.header, scenario.question, scenario.plan
    asked: dict[str, tuple[object, ...]] = {
        "scenario": (scenario.name,),
        "plan": (plan.id, question.plan),
        "authority": (question.authority.zh, question.authority.en),
        "mode": (question.mode,),
        "year": (question.year,),
    }
    faults = [
        fault("header_differs", "header", field=name, found=header[name], expected=accepted[0])
        for name, accepted in asked.items()
        if header[name] not in accepted
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
        families = ("quotas", "issuance", "actions", "caps", "structure", "balance")
        faults += [
            fault("figures_without_answer", family, status=status)
            for family in families
            if len(getattr(records, family))
        ]
    return faults
