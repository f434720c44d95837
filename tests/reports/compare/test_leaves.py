"""Nested data walked side by side."""

from minequota.reports.compare.leaves import differing


def paths(**data):
    """Return the values of the leaves that differ, by path."""
    return {leaf.path: dict(leaf.values) for leaf in differing(data)}


def test_entries_go_by_what_names_them():
    """An entry moved within its list is the same entry; one that is new has all its keys."""
    one = {"caps": [{"id": "a", "amount": 1}, {"id": "b", "amount": 2}]}
    other = {"caps": [{"id": "b", "amount": 3}, {"id": "a", "amount": 1}, {"id": "c"}]}
    assert paths(x=one, y=other) == {
        "caps.b.amount": {"x": 2, "y": 3},
        "caps.c.id": {"x": None, "y": "c"},
    }


def test_entries_without_a_name_go_by_their_place():
    """Two entries of one name are told apart by their number."""
    one = {"caps": [{"id": "a", "amount": 1}, {"id": "a", "amount": 2}]}
    other = {"caps": [{"id": "a", "amount": 1}]}
    assert paths(x=one, y=other) == {
        "caps[2].id": {"x": "a", "y": None},
        "caps[2].amount": {"x": 2, "y": None},
    }


def test_plain_lists_are_values():
    """A list of texts is one value; so is what is a mapping in one case and none in another."""
    assert paths(x={"g": ["a"]}, y={"g": ["a", "b"]}) == {"g": {"x": ["a"], "y": ["a", "b"]}}
    assert paths(x={"g": 1}, y={"g": {"h": 2}}) == {"g": {"x": 1, "y": {"h": 2}}}


def test_a_key_has_the_source_beside_it():
    """Its own source first, then its group's, then the one above; a source has none."""
    one = {"source": "top", "p": {"yield": 1, "yield_source": "own", "q": {"v": 1}}, "d": 1}
    other = {"source": "top", "p": {"yield": 2, "yield_source": "new", "q": {"v": 2}}, "d": 2}
    found = {leaf.path: dict(leaf.sources) for leaf in differing({"x": one, "y": other})}
    assert found == {
        "p.yield": {"x": "own", "y": "new"},
        "p.yield_source": {},
        "p.q.v": {"x": "top", "y": "top"},
        "d": {"x": "top", "y": "top"},
    }


def test_false_zero_and_nothing_are_three_values():
    """A key that is false, 0 or absent differs from the others."""
    assert paths(x={"a": None, "b": 0}, y={"b": 0}, z={"a": "", "b": 0}) == {
        "a": {"x": None, "y": None, "z": ""}
    }
