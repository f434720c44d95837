"""What the goals reached, as the records that are handed over."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.optimizer.allocation import GoalResult, SolveStatus
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goal import Goal
from minequota.optimizer.stages import Stage


def goal_results(stages: Sequence[Stage], answer: Answer) -> tuple[GoalResult, ...]:
    """Return what the goals solved in stages reached, and what the final answer has of them."""
    return tuple(_result(stage.goal, stage, answer) for stage in stages)


def _result(goal: Goal, stage: Stage, answer: Answer) -> GoalResult:
    apart = max(0.0, stage.value - stage.bound)
    return GoalResult(
        name=goal.name,
        title_zh=goal.title_zh,
        title_en=goal.title_en,
        unit=goal.unit,
        status=stage.status,
        value=clean(stage.value),
        bound=clean(stage.bound),
        absolute_gap=clean(apart),
        relative_gap=clean(apart / abs(stage.value)) if stage.value else clean(apart),
        tolerance=stage.tolerance,
        rounded_value=clean(goal.value(answer.solution)),
    )


def settled_result(goal: Goal, solution: Floats, answer: Answer) -> GoalResult:
    """A goal that is reached exactly once the integers are fixed."""
    value = clean(goal.value(solution))
    return GoalResult(
        name=goal.name,
        title_zh=goal.title_zh,
        title_en=goal.title_en,
        unit=goal.unit,
        status=SolveStatus.OPTIMAL,
        value=value,
        bound=value,
        absolute_gap=0.0,
        relative_gap=0.0,
        tolerance=0.0,
        rounded_value=clean(goal.value(answer.solution)),
    )


def evenness_result(value: float, rounded: float) -> GoalResult:
    """Return the unevenness before and after rounding as a goal's result."""
    return GoalResult(
        name="evenness",
        title_zh="不均衡程度（0为完全均衡）",
        title_en="Unevenness (0 is perfectly even)",
        unit="相对差",
        status=SolveStatus.OPTIMAL,
        value=clean(value),
        bound=clean(value),
        absolute_gap=0.0,
        relative_gap=0.0,
        tolerance=0.0,
        rounded_value=clean(rounded),
    )
