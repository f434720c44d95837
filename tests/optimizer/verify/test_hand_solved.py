"""A correct hand-solved year passes the check."""

import json

import hand_solved

from minequota.optimizer.verify import verify_records


def test_correct_records_pass():
    """The year solved in the docstring of `hand_solved` has no fault."""
    assert [str(one) for one in verify_records(hand_solved.scenario(), hand_solved.records())] == []


def test_records_pass_after_a_trip_through_json():
    """Writing the records as JSON and reading them back changes nothing."""
    text = json.dumps(hand_solved.records(), ensure_ascii=False, allow_nan=False)
    assert verify_records(hand_solved.scenario(), json.loads(text)) == ()
