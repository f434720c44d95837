"""YAML is read strictly, and every mistake has its place."""

import pytest

from minequota.scenarios.documents.yamlfile import MAX_BYTES, plain_scalar, read_yaml
from minequota.scenarios.errors import InputError


@pytest.fixture
def write(tmp_path):
    def _write(content):
        path = tmp_path / "x.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def _code(path):
    with pytest.raises(InputError) as caught:
        read_yaml(path)
    (problem,) = caught.value.problems
    return problem.code, problem.place.rsplit("x.yaml", 1)[1]


def test_data_and_places(write):
    """Values keep their type; the place of a value is where it begins, counted from 1."""
    file = read_yaml(write("\ufeffa: 1\nb:\n  - {c: 矿, d: 2.5}\n  - no\n"))
    assert file.data == {"a": 1, "b": [{"c": "矿", "d": 2.5}, "no"]}
    assert file.place(("b", 0, "d")).endswith("x.yaml:3:15")
    assert file.place(("b", 0, "d"), of_key=True).endswith("x.yaml:3:12")
    assert file.place(("b", 0, "missing")).endswith("x.yaml:3:5")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-12-31", "2020-12-31"),
        ("12:30", "12:30"),
        ("yes", "yes"),
        ("true", True),
        ("", None),
        ("007", "007"),
        ("1e3", 1000.0),
        ("-4", -4),
        ("1_000", "1_000"),
        ("nan", "nan"),
        ("2100000000000000000000", "2100000000000000000000"),
    ],
)
def test_plain_scalars(text, value):
    """Dates, sexagesimals, words and codes stay text; numbers are those of JSON."""
    assert plain_scalar(text) == value
    assert type(plain_scalar(text)) is type(value)


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("a: [1, 2\nb: 3\n", "yaml_syntax", ":2:2"),
        ("a: &x 1\nb: *x\n", "yaml_alias", ":1:4"),
        ("a: !!python/object:os.system x\n", "yaml_tag", ":1:4"),
        ("a: 1\nb: 2\na: 3\n", "yaml_twice", ":3:1"),
        ("a: .inf\n", "yaml_number", ":1:4"),
        ("a: .NaN\n", "yaml_number", ":1:4"),
        ("a: 1e999\n", "yaml_number", ":1:4"),
        ("[a, b]: 1\n", "yaml_key", ":1:1"),
        ("a: " + "[" * 40 + "]" * 40, "yaml_depth", ":1:33"),
        ("", "yaml_empty", ":1:1"),
        ("- a\n", "yaml_empty", ":1:1"),
        ("a: 1\n---\nb: 1\n", "yaml_syntax", ":2:1"),
        ("a: 中".encode("gbk"), "not_utf8", ""),
        (b"a: " + b"x" * MAX_BYTES, "file_too_large", ""),
        ("a: [" + "1," * 600_000 + "]", "yaml_size", ":1:999999"),
    ],
)
def test_refusals(write, content, code, place):
    """Each kind of bad file is one problem, at its line and column."""
    found, where = _code(write(content))
    assert found == code
    if code != "yaml_size":
        assert where == place


def test_missing_file(tmp_path):
    """A missing file and a folder in its place are said plainly."""
    for path in (tmp_path / "x.yaml", tmp_path):
        with pytest.raises(InputError) as caught:
            read_yaml(path)
        assert caught.value.problems[0].code == "file_missing"


def test_unreadable_file(tmp_path):
    """What the system refuses to open is said with its reason."""
    with pytest.raises(InputError) as caught:
        read_yaml(tmp_path / ("x" * 300 + ".yaml"))
    assert caught.value.problems[0].code == "file_unreadable"
