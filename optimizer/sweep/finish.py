"""From rights and goals to what a case comes to: sizes and shares settled, nothing rounded."""

from __future__ import annotations

from minequota.optimizer.allocation import Allocation
from minequota.optimizer.answer import Answer
from minequota.optimizer.compose import outline
from minequota.optimizer.flows import settle_flows
from minequota.optimizer.results import evenness_result, goal_results, settled_result
from minequota.optimizer.settle import settle_sizes
from minequota.optimizer.shares import serve_by_products, share_outputs, worst_unevenness
from minequota.optimizer.supply_goals import by_product
from minequota.optimizer.sweep.series import Reached, Series
from minequota.optimizer.sweep.shape import Case


def finish(series: Series, case: Case, reached: Reached) -> Allocation:
    """Return the outline of a case whose goals were just reached by `series`.

    Raises
    ------
    StageError
        When tolerances leave the shares no room; the case is then for the plain solve.
    """
    problem, draft = case.model.problem, case.model.draft
    pursued = problem.scenario.question.goals
    engine = series.settled
    served = tuple(by_product(problem, draft)) if "by_product" in pursued else ()
    unevenness = None
    with engine.undone():
        solution = settle_sizes(engine, problem, draft, reached.solution)
        if "evenness" in pursued:
            solution = share_outputs(engine, problem, draft, solution).solution
            unevenness = worst_unevenness(problem, draft, solution)
        elif served:
            solution = serve_by_products(engine, problem, draft, solution)
    flows = settle_flows(problem, draft, solution, "highs")
    answer = Answer(problem, draft, flows.solution)
    results = goal_results(reached.stages, answer)
    results = (*results, *(settled_result(goal, solution, answer) for goal in served))
    if unevenness is not None:
        results = (*results, evenness_result(unevenness, unevenness))
    return outline(answer, engine.name, (*results, *flows.goals))
