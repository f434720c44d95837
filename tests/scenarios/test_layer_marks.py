"""What the sources say of figures that an extending file changes."""

import builders
import pytest

from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.load import load_scenario

DEMAND = {
    "菱镁矿": {"from_cap": True, "assumed": False, "source": "专栏一"},
    "建筑石料": {"amount": "50 万立方米", "assumed": False, "source": "公报"},
}
AMOUNT, SOURCE = "demand.建筑石料.amount", "demand.建筑石料.source"


@pytest.fixture
def chain(folder):
    """Return a maker of a scenario that is a tiny one with files laid over it, lowest first."""

    def make(*layers, cases=(), question=None):
        base = builders.tiny_question(**{"demand": DEMAND, **(question or {})})
        path = folder(question=base)
        files = (base, *layers)
        for number, content in enumerate(files):
            name = "scenario" if number == len(files) - 1 else f"n{number}"
            below = {"extends": f"n{number - 1}.yaml"} if number else {}
            (path / f"{name}.yaml").write_text(format_yaml({**content, **below}), "utf-8")
        return load_scenario(path, cases)

    return make


def _stone(**keys):
    return {"demand": {"建筑石料": keys}}


def _case(**paths):
    return {"title": builders.name("a"), "set": paths}


@pytest.mark.parametrize(
    ("given", "source", "assumed"),
    [
        ({"amount": "60 万立方米"}, "公报（改为60 万立方米）", True),
        ({"imports": "6 万立方米"}, "公报（imports改为6 万立方米）", True),
        ({"amount": "60 万立方米", "source": "调查"}, "调查", False),
        ({"amount": "60 万立方米", "source": "公报"}, "公报", False),
        ({"amount": "50 万立方米"}, "公报", False),
        ({"priority": 2}, "公报", False),
        (
            {"amount": "60 万立方米", "imports": "6 万立方米"},
            "公报（改为60 万立方米）（imports改为6 万立方米）",
            True,
        ),
    ],
)
def test_a_figure_of_the_upper_file(chain, given, source, assumed):
    """Noted where it is another and the upper file gives no source; never otherwise."""
    demand = chain(_stone(**given)).question.demand["建筑石料"]
    assert (demand.source, demand.assumed) == (source, assumed)


def test_single_years_are_noted_one_by_one(chain):
    """Each year whose demand is another is named, and no other."""
    years = {"2024": "40 万立方米", "2025": "45 万立方米"}
    calendar = {"mode": "calendar", "first_year": 2024}
    written = {"2024": "30 万立方米", "2025": "45 万立方米"}
    first = {**DEMAND, "建筑石料": {**DEMAND["建筑石料"], "by_year": written}}
    for demand, note in (
        (DEMAND, "（by_year.2024改为40 万立方米）（by_year.2025改为45 万立方米）"),
        (first, "（by_year.2024改为40 万立方米）"),
    ):
        scenario = chain(_stone(by_year=years), question={**calendar, "demand": demand})
        assert scenario.question.demand["建筑石料"].source == f"公报{note}"


def test_every_file_of_a_chain_and_the_log(chain):
    """Three files: the middle's figure, then the top's; each source's change is logged."""
    scenario = chain(_stone(amount="60 万立方米"), _stone(amount="70 万立方米"))
    first, second = "公报（改为60 万立方米）", "公报（改为60 万立方米）（改为70 万立方米）"
    assert [(one.case, one.path, one.old, one.new) for one in scenario.changes] == [
        ("extends:n1.yaml", AMOUNT, "50 万立方米", "60 万立方米"),
        ("extends:n1.yaml", SOURCE, "公报", first),
        ("extends:n1.yaml", "demand.建筑石料.assumed", False, True),
        ("extends:scenario.yaml", AMOUNT, "60 万立方米", "70 万立方米"),
        ("extends:scenario.yaml", SOURCE, first, second),
    ]
    assert scenario.question.demand["建筑石料"].source == second
    own = chain(_stone(amount="60 万立方米"), _stone(amount="70 万立方米", source="调查"))
    assert own.question.demand["建筑石料"].source == "调查"


CAP, CAP_SOURCE = "plan.caps.magnesite_city.amount", "plan.caps.magnesite_city.source"


@pytest.mark.parametrize(
    ("lower", "upper", "amount", "source"),
    [
        ({CAP: "29 万吨", CAP_SOURCE: "省文件"}, {CAP: "27 万吨"}, "27", "省文件（改为27 万吨）"),
        ({CAP: "29 万吨"}, {CAP: "27 万吨"}, "27", "专栏一（改为27 万吨）"),
        ({CAP: "29 万吨"}, {CAP: "27 万吨", CAP_SOURCE: "新文件"}, "27", "新文件"),
        ({CAP: "29 万吨", CAP_SOURCE: "省文件"}, {CAP_SOURCE: "新文件"}, "29", "新文件"),
        ({CAP: "29 万吨", CAP_SOURCE: "省文件"}, {CAP: "29 万吨"}, "29", "省文件"),
    ],
)
def test_a_case_that_an_upper_file_changes(chain, lower, upper, amount, source):
    """The lower file's case has 29 with its source: an upper file's 27 is no figure of that."""
    layer = {"cases": {"cut": {"set": upper}}}
    scenario = chain(layer, cases=["cut"], **_below(cut=_case(**lower)))
    cap = scenario.plan.caps[0]
    assert (str(cap.amount), cap.source) == (f"{amount} 万吨", source)


def test_a_demand_in_a_case_that_an_upper_file_changes(chain):
    """One key of what a case sets: by its path, or within a demand that the case sets whole."""
    lower = {AMOUNT: "60 万立方米", SOURCE: "调查"}
    upper = {"cases": {"a": {"set": {AMOUNT: "70 万立方米"}}}}
    whole = {"amount": "60 万立方米", "assumed": False, "source": "调查"}
    within = {"cases": {"a": {"set": {"demand.建筑石料": {"amount": "70 万立方米"}}}}}
    for below, above in ((lower, upper), ({"demand.建筑石料": whole}, within)):
        scenario = chain(above, cases=["a"], **_below(a=_case(**below)))
        demand = scenario.question.demand["建筑石料"]
        assert str(demand.amount) == "70 万立方米"
        assert (demand.source, demand.assumed) == ("调查（改为70 万立方米）", True)


def _below(**cases):
    """Return the cases of the lowest file."""
    return {"question": {"cases": cases}}


def test_a_library_scenario_extended(tmp_path):
    """400 万吨 of boron are not 241.28×1.25=301.6, and the answer says that somebody set them."""
    (tmp_path / "scenario.yaml").write_text(
        "extends: dandong\ndemand:\n  硼矿:\n    amount: 400 万吨\n", encoding="utf-8"
    )
    demand = load_scenario(tmp_path).question.demand["硼矿"]
    below = load_scenario("dandong").question.demand["硼矿"]
    assert below.source.endswith("241.28×1.25=301.6")
    assert demand.source == f"{below.source}（改为400 万吨）"
    assert demand.assumed
