"""REACH: a product with demand centres goes to those within its reach, and nowhere else."""

from __future__ import annotations

from minequota.optimizer.demand import DemandLine
from minequota.optimizer.draft import (
    INFINITY,
    NONE,
    CentreColumns,
    Draft,
    Link,
    OutOfReach,
)
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.transport import distance_of
from minequota.scenarios.plan import Product


def write(problem: Problem, draft: Draft) -> None:
    """Lead every output to the centres, and the rest of the centres' demand from outside."""
    distances: dict[str, dict[int, dict[str, float]]] = {}
    for y, year in enumerate(problem.years):
        for line in problem.demands_in(year):
            if line.places:
                name = line.product.name
                if name not in distances:
                    distances[name] = _within_reach(problem, draft, line.product, line)
                _lead(problem, draft, y, line, distances[name])
    linked = {link.m for link in draft.links}
    draft.reach("REACH", len(linked))


def _within_reach(
    problem: Problem, draft: Draft, product: Product, line: DemandLine
) -> dict[int, dict[str, float]]:
    """For every source of a product: the kilometres to the centres it may serve."""
    transport = problem.scenario.question.transport
    if transport is None:
        raise ValueError(f"Demand for {product.name} by place needs `transport`.")
    farthest = transport.reach.get(product.name, INFINITY)
    of_product = problem.of_product(product)
    found: dict[int, dict[str, float]] = {}
    for m, source in enumerate(problem.sources):
        if draft.columns.output[0, m] == NONE or not of_product[m]:
            continue
        found[m] = {}
        for centre in transport.centres:
            if centre.id not in line.places:
                continue
            kilometres = distance_of(problem, source, centre)
            if kilometres <= farthest:
                found[m][centre.id] = kilometres
            else:
                draft.out_of_reach.append(OutOfReach(m, product.name, centre.id, kilometres))
    return found


def _lead(
    problem: Problem,
    draft: Draft,
    y: int,
    line: DemandLine,
    distances: dict[int, dict[str, float]],
) -> None:
    arriving: dict[str, list[int]] = {centre: [] for centre in line.places}
    for m, ways in distances.items():
        output = int(draft.columns.output[y, m])
        if draft.upper[output] <= 0:
            continue
        leaving = []
        for centre, kilometres in ways.items():
            most = min(problem.sources[m].most * problem.options.availability, line.places[centre])
            column = draft.column(0.0, most)
            # Tighter than the sum of all ways: a right not held serves nobody.
            draft.at_most(column, most, int(draft.columns.hold[y, m]))
            draft.links.append(Link(y, m, line.product.name, centre, kilometres, column))
            arriving[centre].append(column)
            leaving.append(column)
        draft.sum_row([(output, -1.0), *((column, 1.0) for column in leaving)], 0.0, 0.0)
    own = [_centre(draft, y, line, centre, columns) for centre, columns in arriving.items()]
    _add_up(problem, draft, y, line, own)


def _centre(
    draft: Draft, y: int, line: DemandLine, centre: str, arriving: list[int]
) -> CentreColumns:
    asked = line.places[centre]
    unmet, outside = draft.column(0.0, asked), draft.column(0.0, asked)
    draft.sum_row([(column, 1.0) for column in (*arriving, unmet, outside)], asked, asked)
    own = CentreColumns(y, line.product.name, centre, unmet, outside)
    draft.centres.append(own)
    return own


def _add_up(
    problem: Problem, draft: Draft, y: int, line: DemandLine, centres: list[CentreColumns]
) -> None:
    """What the centres lack and get from outside is what the whole lacks and gets."""
    columns = draft.columns
    p = [product.name for product in problem.products].index(line.product.name)
    lacking = [(one.unmet, 1.0) for one in centres]
    draft.sum_row([*lacking, (int(columns.unmet[y, p]), -1.0)], 0.0, 0.0)
    terms = [*((one.outside, 1.0) for one in centres), (int(columns.surplus[y, p]), 1.0)]
    following = int(columns.by_product[y, p])
    if following != NONE:
        terms.append((following, -1.0))
    fixed = line.imports + line.by_product
    draft.sum_row(terms, fixed, fixed)


RULE = Rule(
    code="REACH",
    title_zh="合理运距",
    title_en="Reach",
    index="right m, demand centre c, year y",
    sentence=(
        "What a right produces goes to demand centres within the product's reach; each centre's "
        "demand is met by what arrives, by what comes from outside, or is unmet."
    ),
    formula=(
        "Σ_c flow[y,m,c] = output[y,m]; flow = 0 beyond reach; "
        "flow[y,m,c] ≤ min(capacity[m], demand[y,c]) · hold[y,m]; "
        "Σ_m flow[y,m,c] + outside[y,c] + unmet[y,c] = demand[y,c]"
    ),
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="practice",
    source="情景所列运距（砂石土类矿产就近供应，超出合理运距不经济）",
    test="tests/optimizer/rules/test_reach.py",
    write=write,
)
