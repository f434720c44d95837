"""Chunks of a sweep: whoever solves them, whatever was solved before, the rows are the same."""

import pytest
from small import extra, magnesite, mine

from minequota.optimizer.outcome import outcome
from minequota.optimizer.solve import solve
from minequota.optimizer.sweep import chunk
from minequota.optimizer.sweep.chunk import Desk, SweepError, open_once, solve_chunk
from minequota.optimizer.sweep.job import ChunkJob, Parameter, SweepCase
from minequota.scenarios.load import resolved_documents

DEMAND = (Parameter("demand.菱镁矿", "factor"),)


def cases(*factors):
    """Return cases numbered from 0."""
    return tuple(SweepCase(number, (factor,)) for number, factor in enumerate(factors))


@pytest.fixture(scope="module")
def documents():
    """Demand of 10 of which a mine makes 12 and a block up to 30; the east's cap is 21."""
    return resolved_documents(
        magnesite([mine("A", "12 万吨")], "10 万吨", extra_candidates=[extra("X", "30 万吨")])
    )


def test_rows_by_hand(documents):
    """Demands of 10, 15 and 25: met by A; met with X; 4 of 25 unmet under the cap of 21."""
    rows = solve_chunk(ChunkJob(documents, DEMAND, cases(1.0, 1.5, 2.5)))
    assert [row["case"] for row in rows] == [0, 1, 2]
    assert [row["issued"] for row in rows] == [0, 1, 1]
    assert [row["unmet.菱镁矿"] for row in rows] == pytest.approx([0, 0, 4], abs=1e-5)
    assert [row["goal.unmet_demand_1"] for row in rows] == pytest.approx([0, 0, 0.16], abs=1e-6)
    assert rows[2]["unmet_products"] == "菱镁矿"


def test_an_exact_chunk_is_what_solve_says(documents):
    """Every row is the outcome of the same case solved by itself, to the last digit."""
    job = ChunkJob(documents, DEMAND, cases(0.9, 1.7), exact=True)
    desk = Desk(open_once(tuple(documents.items())), DEMAND)
    for case, row in zip(job.cases, solve_chunk(job), strict=True):
        assert row == {"case": case.number} | outcome(solve(desk.scenario(case)))


def test_another_solver_solves_case_by_case(documents):
    """CBC knows no open model; its rows are those of an exact chunk up to its own digits."""
    given = cases(1.0, 2.5)
    ours = solve_chunk(ChunkJob(documents, DEMAND, given, exact=True))
    other = solve_chunk(ChunkJob(documents, DEMAND, given, solver="cbc"))
    for one, two in zip(ours, other, strict=True):
        assert one["issued_rights"] == two["issued_rights"]
        assert one["goal.unmet_demand_1"] == pytest.approx(two["goal.unmet_demand_1"], abs=1e-6)


def test_the_same_chunk_again_gives_the_same_rows(documents):
    """Nothing is left over from one chunk to the next, in whatever order they are solved."""
    first = ChunkJob(documents, DEMAND, cases(0.8, 1.1, 1.9, 2.4))
    other = ChunkJob(documents, DEMAND, cases(2.4, 0.1))
    before = solve_chunk(first)
    solve_chunk(other)
    assert solve_chunk(first) == before


def test_a_case_without_an_answer_is_a_row(documents):
    """A cap as a floor of 31 cannot be reached by mines of 12 and 30 under an east cap of 21."""
    job = ChunkJob(
        documents,
        (Parameter("plan.caps.magnesite_city.sense", "value"),),
        (SweepCase(0, ("ceiling",)), SweepCase(1, ("floor",)), SweepCase(2, ("ceiling",))),
    )
    rows = solve_chunk(job)
    assert rows[1] == {"case": 1, "status": "infeasible"}
    assert rows[0]["status"] == "optimal"
    assert {**rows[2], "case": 0} == rows[0]


def test_cases_of_another_shape_open_another_model(documents):
    """A third block between cases changes columns; the rows are as when each is solved alone."""
    block = {"id": "Z", "name": "Z", "county": "东县", "mineral": "菱镁矿", "maximum": "20 万吨"}
    blocks = [block | {"source": "test"}]
    values = ((), blocks, ())
    job = ChunkJob(
        documents,
        (Parameter("extra_candidates", "value"), *DEMAND),
        tuple(SweepCase(n, (one, 1.5)) for n, one in enumerate(values)),  # type: ignore[arg-type]
    )
    rows = solve_chunk(job)
    assert [row["issued_rights"] for row in rows] == ["", "Z", ""]
    assert [row["unmet.菱镁矿"] for row in rows] == pytest.approx([3, 0, 3], abs=1e-5)


def test_the_first_case_is_checked_by_itself(documents):
    """The check sees one allocation of a chunk, every one of an exact chunk."""
    seen = []
    given = cases(1.0, 1.5, 2.5)
    solve_chunk(ChunkJob(documents, DEMAND, given), lambda s, a: seen.append(len(a.quotas)))
    assert seen == [1]
    solve_chunk(
        ChunkJob(documents, DEMAND, given, exact=True), lambda s, a: seen.append(len(a.quotas))
    )
    assert seen == [1, 1, 2, 2]


def test_a_wrong_row_stops_the_sweep(documents, monkeypatch):
    """An open model that answers other than the plain solve is a fault, never a row."""
    right = chunk.outcome
    calls = []

    def wrong(allocation):
        calls.append(allocation)
        row = right(allocation)
        return row if len(calls) == 1 else row | {"goal.actions": 7.0}

    monkeypatch.setattr(chunk, "outcome", wrong)
    with pytest.raises(SweepError, match=r"goal\.actions"):
        solve_chunk(ChunkJob(documents, DEMAND, cases(1.0, 1.1)))
