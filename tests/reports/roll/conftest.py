"""Runs to be rolled: the tiny plan and the library's, with tables of what was really produced."""

import csv
import json
from pathlib import Path

import builders
import pytest

from minequota.optimizer.solve import solve
from minequota.reports.roll.run import Order, roll_run
from minequota.reports.run_folder import write_run
from minequota.scenarios.load import load_scenario


def records(run):
    """Return `allocation.json` of a run."""
    return json.loads((Path(run) / "allocation.json").read_text(encoding="utf-8"))


def register(folder):
    """Return the register of a folder by licence."""
    with (Path(folder) / "mines.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["licence"]: row for row in csv.DictReader(stream)}


def actual_table(run, path, year=None, leave_out=1, shares=(1.1, 0.9)):
    """Write outputs of a run's held rights, over and under their quotas in turn; return the path.

    As a bureau would: a title row, GBK, two decimals, the last right with a quota left out.
    """
    document = records(run)
    year = year or document["years"][0]
    held = register(Path(run) / "inputs")
    quotas = [one for one in document["quotas"] if one["year"] == year and one["right"] in held]
    given = [one["right"] for one in quotas if one["ore"] > 0]
    missing = given[len(given) - leave_out :]
    rows = [
        [
            one["right"],
            one["name"],
            f"{one['ore'] * shares[number % len(shares)]:.2f}",
            one["ore_unit"],
            "矿石量",
        ]
        for number, one in enumerate(quotas)
        if one["right"] not in missing
    ]
    with Path(path).open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([f"{year}年开采总量控制指标执行情况表"])
        writer.writerow(["许可证号", "矿山名称", "实际产量", "单位", "口径"])
        writer.writerows(rows)
        writer.writerow(["合计", "", "", "", ""])
    return Path(path)


class Bench:
    """Solves, rolls and reads in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def run(self, scenario, name="run"):
        """Return the checked run folder of a scenario."""
        return write_run(scenario, solve(scenario), self.folder / name)

    def actual_table(self, run, name="actual.csv", **given):
        """Return a table of what a run's rights produced."""
        return actual_table(run, self.folder / name, **given)

    def records(self, run):
        """Return what a run's allocation says."""
        return records(run)

    def register(self, folder):
        """Return a register by licence."""
        return register(folder)

    def tiny(self, name="run", **changes):
        """Return a run of 2024: mines A (10 万吨, 100 of ore) and B (6), 16 万吨 wanted."""
        demand = {"菱镁矿": {"amount": "16 万吨", "assumed": True, "source": "test"}}
        question = builders.tiny_question(
            **({"year": 2024, "demand": demand} | changes.pop("question", {}))
        )
        rights = [
            builders.right("A", "东县", "菱镁矿", "10 万吨", reserves="100 万吨"),
            builders.right("B", "西县", "菱镁矿", "6 万吨", **changes.pop("b", {})),
        ]
        plan = builders.tiny_plan(**({"zones": []} | changes))
        return self.run(builders.scenario(plan, question, rights), name)

    def table(self, text, name="actual.csv"):
        """Return a file of the text."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def roll(self, run, actual, name="next", **given):
        """Return the folder of the next year."""
        return roll_run(Order(run, actual, self.folder / name, **given)).folder

    def solved(self, folder, name):
        """Return the checked run folder of a rolled scenario."""
        return self.run(load_scenario(folder), name)


@pytest.fixture
def bench(tmp_path):
    """Return an empty bench."""
    return Bench(tmp_path)
