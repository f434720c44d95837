"""``--set PATH=VALUE``: what a value reads as, and what is refused."""

import pytest

from minequota.scenarios.documents.settings import read_settings
from minequota.scenarios.errors import InputError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a.b=31 万吨", "31 万吨"),
        ("a.b=false", False),
        ("a.b=yes", "yes"),
        ("a.b=0.5", 0.5),
        ("a.b=3", 3),
        ("a.b=2025-01-31", "2025-01-31"),
        ("a.b=[0.5, 1]", [0.5, 1]),
        ("a.b={2023: 5 万吨}", {"2023": "5 万吨"}),
        ("a.b=", None),
        ("a.b=null", None),
        ("a.b=x=y", "x=y"),
        (" a.b = 3 ", 3),
        ('a.b="3"', "3"),
    ],
)
def test_a_value_reads_as_in_a_file(text, value):
    """Numbers, words, lists and groups, with the file's own strictness."""
    read = read_settings([text])
    assert read == {"a.b": value}
    assert type(read["a.b"]) is type(value)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["a"], [("setting_form", "--set a")]),
        (["=3"], [("setting_form", "--set")]),
        ([""], [("setting_form", "--set")]),
        (["a=1", "a=1"], [("setting_twice", "--set a")]),
        (["a=[1"], [("yaml_syntax", "--set a:2:1")]),
        (["a=&x 1"], [("yaml_alias", "--set a:1:1")]),
        (["a=!!python/object:os.system {}"], [("yaml_tag", "--set a:1:1")]),
        (["a=.nan"], [("yaml_number", "--set a:1:1")]),
        (["a=" + "[" * 50], [("yaml_depth", "--set a:1:31")]),
        (["a", "b=[", "c=1"], [("setting_form", "--set a"), ("yaml_syntax", "--set b:2:1")]),
    ],
)
def test_what_is_refused(given, found):
    """Every mistake at once, each at its own option."""
    with pytest.raises(InputError) as caught:
        read_settings(given)
    assert [(one.code, one.place) for one in caught.value.problems] == found
