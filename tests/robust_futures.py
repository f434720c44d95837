"""Futures for tests, and the one choice of three that every measure makes differently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import builders
import yaml
from small import asked

from minequota.optimizer.robust.future import Future, build_future
from minequota.scenarios.resolved import resolved_documents
from minequota.scenarios.scenario import Scenario

THREE = ("甲矿", "乙矿", "丙矿")
CAPACITY = {"甲矿": 10, "乙矿": 10, "丙矿": 12}
DEMAND = {
    "first": {"甲矿": 10, "乙矿": 20, "丙矿": 20},
    "second": {"甲矿": 200, "乙矿": 20, "丙矿": 30},
}


def futures(*scenarios: Scenario, weights: tuple[float, ...] = ()) -> tuple[Future, ...]:
    """Return futures named f1, f2, … of equal weight, or of the weights given."""
    given = weights or (1.0,) * len(scenarios)
    return tuple(
        build_future(f"f{s}", weight / sum(given), scenario)
        for s, (scenario, weight) in enumerate(zip(scenarios, given, strict=True), start=1)
    )


def one_of_three(future: str, **question: Any) -> Scenario:
    """Return a year in which at most one of three rights may be issued, each of its own product.

    Two rights are allowed, and one that stays is there: a sealed green mine that yields nothing.
    """
    plan = builders.tiny_plan(
        products=[
            {"name": name, "en": f"p{k}", "unit": "万吨", "step": 0.01, "capacity_step": 1}
            for k, name in enumerate(THREE)
        ],
        minerals=[
            {"name": name, "en": f"p{k}", "group": "non_metal", "product": name, "scale_row": ""}
            for k, name in enumerate(THREE)
        ],
        caps=[],
        minimum_scales=[],
        special_minimums=[],
        zones=[],
        counts=[builders.count(2)],
    )
    return builders.scenario(
        plan,
        builders.tiny_question(
            **{
                "demand": {
                    name: asked(f"{amount} 万吨") for name, amount in DEMAND[future].items()
                },
                "extra_candidates": [
                    {
                        "id": f"N{k}",
                        "name": f"N{k}",
                        "county": "东县",
                        "mineral": name,
                        "maximum": f"{CAPACITY[name]} 万吨",
                        "source": "test",
                    }
                    for k, name in enumerate(THREE)
                ],
            }
            | question
        ),
        [builders.right("R1", "东县", "甲矿", "1 万吨", status="sealed", green=True)],
    )


def write_three(folder: Path) -> Path:
    """Write the choice of three as a scenario with cases.

    ``first`` and ``second`` are its futures; in ``none`` five rights are asked for where four can
    be had, in ``closed`` none may be issued, and ``longer`` is a calendar of two years.
    """
    folder.mkdir()
    for name, text in resolved_documents(one_of_three("first")).items():
        (folder / name).write_bytes(text.encode("utf-8"))
    path = folder / "scenario.yaml"
    question = yaml.safe_load(path.read_text(encoding="utf-8"))
    question["cases"] = {
        "first": {"title": builders.name("第一"), "set": {}},
        "second": {
            "title": builders.name("第二"),
            "set": {f"demand.{k}.amount": f"{v} 万吨" for k, v in DEMAND["second"].items()},
        },
        "none": {
            "title": builders.name("无解"),
            "set": {"plan.counts.mine_count.sense": "floor", "plan.counts.mine_count.limit": 5},
        },
        "closed": {
            "title": builders.name("不得新增"),
            "set": {"plan.counts.mine_count.limit": 1},
        },
        "longer": {
            "title": builders.name("分年度"),
            "set": {"mode": "calendar", "first_year": 2024},
        },
    }
    path.write_text(yaml.safe_dump(question, allow_unicode=True), encoding="utf-8")
    return path


def measure_of(measure, plan, goals, name):
    """Return the measure of one goal from its values in every future, worked out anew."""
    values = [one.get(name, 0.0) for one in goals]
    if measure == "expected":
        return sum(f.weight * v for f, v in zip(plan.futures, values, strict=True))
    least = [one.get(name, 0.0) if measure == "regret" else 0.0 for one in plan.best]
    return max(v - b for v, b in zip(values, least, strict=True))


def assert_never_worse(plan, measure):
    """No single plan that fits all futures is better, the first goal that differs deciding."""
    names = dict.fromkeys(goal.name for goal in plan.goals if goal.counted != "order")
    for single in plan.plans[1:]:
        if not single.feasible:
            continue
        for name in names:
            kinds = ("expected",) if name == "policy_preference" else (measure, "expected")
            pairs = [
                [measure_of(kind, plan, one.goals, name) for one in (plan.plans[0], single)]
                for kind in kinds
            ]
            apart = next((p for p in pairs if abs(p[0] - p[1]) > 1e-5 * max(1, abs(p[1]))), None)
            if apart is not None:
                assert apart[0] < apart[1], (single.plan, name)
                break
