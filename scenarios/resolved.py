"""A scenario written out again: the files of a run folder that load as the same scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.question import Question
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.rolling.later import format_events

if TYPE_CHECKING:
    from minequota.scenarios.scenario import Scenario

PLAN_FILE = "plan.yaml"
SCENARIO_FILE = "scenario.yaml"
REGISTER_FILE = "mines.csv"
EVENTS_FILE = "events.csv"


def normal_question(question: Question) -> Question:
    """Return the question as solved: no cases left, its files those of a run folder.

    The register of a run folder is the one after the events, so none are left to apply.
    """
    return question.model_copy(
        update={
            "plan": PLAN_FILE,
            "register_": REGISTER_FILE,
            "events": "",
            "cases": {},
            "default_case": None,
        }
    )


def resolved_documents(scenario: Scenario) -> dict[str, str]:
    """Return the texts of scenario.yaml, plan.yaml and mines.csv, by file name.

    Events that lie in or after the first planned year are kept in events.csv, where there are any.
    Loading them gives a `Scenario` with equal plan, question and rights. All are to be written
    as UTF-8; the CSV begins with the byte-order mark that spreadsheet programs look for.
    """
    question = normal_question(scenario.question)
    documents = {}
    if scenario.events_later:
        question = question.model_copy(update={"events": EVENTS_FILE})
        documents[EVENTS_FILE] = "\ufeff" + format_events(scenario.events_later)
    return documents | {
        # Every option is written, so that the folder does not lean on a version's defaults.
        SCENARIO_FILE: format_yaml(
            question.model_dump(mode="json", by_alias=True, exclude_none=True)
        ),
        PLAN_FILE: format_yaml(
            scenario.plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        ),
        REGISTER_FILE: "\ufeff" + format_register(scenario.rights),
    }
