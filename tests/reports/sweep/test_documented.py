"""docs/formats.md and docs/sweep.md say what the program does."""

import re
from pathlib import Path

from minequota.optimizer.outcome import COLUMNS
from minequota.reports.sweep.distributions import NAMES
from minequota.reports.sweep.sample import read_sample
from minequota.reports.sweep.varied import read_vary

DOCS = Path(__file__).parents[3] / "docs"
TYPES = {"whole": "int64", "number": "double", "text": "string"}


def section():
    """Return the part of formats.md about sweeps."""
    text = (DOCS / "formats.md").read_text("utf-8")
    return text.partition("## A sweep's folder")[2].partition("\n## ")[0]


def test_every_column_with_its_type():
    """In the order of the table, each with the type it is written with."""
    from minequota.reports.sweep.columns import outcome_kind

    said = {}
    for line in section().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3:
            said |= dict.fromkeys(re.findall(r"`([^`]+)`", cells[0]), cells[1])
    names = [column.name for column in COLUMNS]
    assert [name for name in said if name in names] == names
    for name in names:
        sample = re.sub(r"<.*>", "x", name)
        assert said[name] == TYPES[outcome_kind(sample)], name


def test_the_examples_read():
    """Every range and distribution of the examples is one."""
    text = (DOCS / "sweep.md").read_text("utf-8")
    commands = "\n".join(line for line in text.splitlines() if line.startswith("minequota sweep"))
    varied = re.findall(r"--vary (\S+=\S+)", commands)
    drawn = re.findall(r'--sample "([^"]+)"', commands)
    assert len(varied) >= 4
    assert len(drawn) >= 2
    for one in varied:
        assert read_vary(one).values
    for one in drawn:
        assert read_sample(one)
    assert len(read_vary("a=0.8:1.4:0.05").values) == 13
    assert all(f"`{name}(" in text for name in NAMES)


def test_the_example_file_reads(tmp_path):
    """The YAML of the page, as it stands."""
    text = (DOCS / "sweep.md").read_text("utf-8")
    path = tmp_path / "sample.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1], "utf-8")
    normal, discrete = read_sample(str(path))
    assert dict(normal.distribution.parameters) == {"mean": 1, "sd": 0.1, "low": 0.7, "high": 1.3}
    assert discrete.distribution.choices == ("25 万吨", "31 万吨")
