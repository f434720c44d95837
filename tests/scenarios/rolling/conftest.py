"""A year of the tiny plan, rolled without a solver: figures and decisions are given by hand."""

from pathlib import Path

import builders
import pytest

from minequota.scenarios.events.reader import read_events
from minequota.scenarios.rolling.decided import Decided
from minequota.scenarios.rolling.roll import Year, roll


class Desk:
    """A planner's desk: tables are written here and the year is rolled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name, *rows, encoding="utf-8"):
        """Return a CSV of the rows."""
        path = self.folder / name
        path.write_bytes("".join(",".join(row) + "\n" for row in rows).encode(encoding))
        return path

    def roll(self, rights, quotas=(), outputs=(), events=(), **given):
        """Return the year 2024 rolled; outputs are rows of licence and 万吨 of ore."""
        question = builders.tiny_question(**({"year": 2024} | given.pop("question", {})))
        plan = builders.tiny_plan(**given.pop("plan", {}))
        scenario = builders.scenario(plan, question, rights)
        header = given.pop("header", ("许可证号", "实际产量（万吨，矿石量）"))
        actual = self.table("actual.csv", header, *outputs)
        decided = given.pop("decided", Decided(quotas=tuple(quotas)))
        if events:
            columns = ("date", "event", "licence", *given.pop("event_columns", ()))
            path = self.table("events.csv", columns, *events)
            given |= {"given": read_events(path, scenario.plan), "events_label": path.name}
        return roll(scenario, Year(2024, actual, decided, **given))

    def rolled(self, rows):
        """Return 2024 rolled with a table as it is, of mines A and B without quotas."""
        rights = [builders.right(one, "东县", "菱镁矿", "10 万吨") for one in "AB"]
        scenario = builders.scenario(
            builders.tiny_plan(), builders.tiny_question(year=2024), rights
        )
        return roll(scenario, Year(2024, self.table("actual.csv", *rows), Decided()))


@pytest.fixture
def desk(tmp_path):
    """Return an empty desk."""
    return Desk(tmp_path)
