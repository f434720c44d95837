"""The records: reasons, kinds, structure that adds up, issuance with its facts."""

import builders
import hand_solved
import pytest
from small import clause, extra, magnesite, mine, quarry, stone

from minequota.optimizer.solve import solve
from minequota.scenarios.right import Provenance

FREE = {"caps": []}
# Rules that speak of what a plan or scenario lists, and of nobody where it lists nothing.
LISTED = {"EXPAND", "MERGE", "CONVERT", "HOLDER", "EXCHANGE", "REACH", "STEADY", "OVERRUN"}


def reason(answer, right):
    """Return what a quota's reason rests on."""
    return next((q.reason, q.source) for q in answer.quotas if q.right == right)


def test_reasons_name_what_stopped_each_mine():
    """A at its licence, B under the western cap, C with nothing left to ask, D stopped."""
    rights = [
        mine("A", "5 万吨"),
        mine("B", "30 万吨", "西县"),
        mine("D", "9 万吨", status="stopped"),
    ]
    answer = solve(magnesite(rights))
    assert reason(answer, "A") == ("达到许可生产规模", "采矿许可证载明生产规模")
    assert reason(answer, "B") == ("受“magnesite_west”约束，按许可生产规模均衡分配", "专栏一")
    assert reason(answer, "D")[0] == "停产，复产前不下达"
    assert reason(answer, "D")[1].startswith("国土资发〔2012〕44号")
    answer = solve(magnesite([mine("C", "30 万吨")], "9 万吨"))
    assert reason(answer, "C") == ("需求已满足，按许可生产规模均衡分配", "test")


def test_a_floor_is_no_reason_for_stopping():
    """An expected floor of 5 that is exceeded does not limit the 9 made."""
    plan = {"caps": [builders.cap("city", "5 万吨", sense="floor", attribute="expected")]}
    assert reason(solve(magnesite([mine("C", "30 万吨")], "9 万吨", plan)), "C")[1] == "test"


def test_a_cap_between_two_steps_is_still_the_reason():
    """A cap of 7.005 lets 7.00 be made in steps of 0.01: the cap, not the demand, stops it."""
    plan = {"caps": [builders.cap("city", "7.005 万吨")]}
    answer = solve(magnesite([mine("C", "30 万吨")], "9 万吨", plan))
    assert reason(answer, "C") == ("受“city”约束，按许可生产规模均衡分配", "专栏一")


def test_a_new_right_at_its_capacity_rests_on_its_zone():
    """Zone Z1's right is issued with what it makes: the zone's table stands behind it."""
    answer = solve(stone(demand="30 万立方米"))
    assert reason(answer, "Z1-1") == ("达到拟设生产规模", answer.issuance[0].source)


def test_no_source_is_the_code_of_a_rule():
    """Every figure names the text it rests on."""
    answer = solve(hand_solved.scenario())
    codes = {line.code for line in answer.rules}
    assert not [quota for quota in answer.quotas if quota.source in codes]


def test_a_demand_is_no_clause_and_a_rule_has_no_sense():
    """Demands are the scenario's; rules without a figure say where they come from and how far."""
    lines = {one.clause: one for one in solve(hand_solved.scenario()).rules}
    assert lines["DEMAND.菱镁矿"].attribute == "scenario"
    assert (lines["DEMAND.建筑石料"].limit, lines["DEMAND.建筑石料"].used) == (50, 40)
    told = {
        code: (lines[code].attribute, lines[code].sense, lines[code].reach)
        for code in ("CAPACITY", "STATUS", "RENEW", "RESERVE")
    }
    assert told == {
        "CAPACITY": ("definition", "", 8),
        "STATUS": ("practice", "", 8),
        "RENEW": ("plan", "", 2),
        "RESERVE": ("practice", "", 0),
    }
    assert not any(lines[code].marginal for code in told)


@pytest.mark.parametrize(
    ("caps", "kind"),
    [
        ([builders.cap("c", "31 万吨")], "control"),
        ([builders.cap("c", "10 万吨", "西县")], "control"),
        ([builders.cap("c", "31 万吨", attribute="expected")], "guidance"),
        ([builders.cap("c", "31 万吨", sense="forecast")], "guidance"),
        ([builders.cap("c", "31 万吨", years={"first": 2021, "last": 2024})], "guidance"),
        ([], "guidance"),
    ],
)
def test_control_under_a_binding_cap_of_the_year(caps, kind):
    """A quota is a control quota when a binding cap on its product holds in the year."""
    assert solve(magnesite([mine("A", "9 万吨")], plan={"caps": caps})).quotas[0].kind == kind


def test_structure_adds_up():
    """Groups and counties each add up to the whole: before, leaving, issued and after."""
    answer = solve(hand_solved.scenario())
    whole = next(one for one in answer.structure if one.by == "all")
    names = (
        "base_large",
        "base_medium",
        "base_small",
        "leaving",
        "issued",
        "large",
        "medium",
        "small",
    )
    for by in ("group", "county"):
        lines = [one for one in answer.structure if one.by == by]
        for name in names:
            assert sum(getattr(one, name) for one in lines) == getattr(whole, name), (by, name)
    before = whole.base_large + whole.base_medium + whole.base_small
    after = whole.large + whole.medium + whole.small
    assert before == 8
    assert after == before - whole.leaving + whole.issued
    assert whole.leaving == sum(one.kind.startswith("leave") for one in answer.actions)
    assert whole.issued == len(answer.issuance)


def test_balance_and_caps_are_the_sums_of_the_quotas():
    """Production in the balance, and use in the caps, are the quotas added up."""
    answer = solve(hand_solved.scenario())
    new = {one.right for one in answer.issuance}
    for line in answer.balance:
        own = [one for one in answer.quotas if one.product == line.product]
        assert line.production_existing == pytest.approx(
            sum(one.amount for one in own if one.right not in new)
        )
        assert line.production_new == pytest.approx(
            sum(one.amount for one in own if one.right in new)
        )
    for use in answer.caps:
        made = [
            one.amount
            for one in answer.quotas
            if one.product == use.product and use.county in ("", one.county)
        ]
        assert use.used == pytest.approx(sum(made))


def test_issuance_carries_the_zones_facts():
    """Bounds, area and authority come from the zone; a province's zone is not the city's own."""
    zones = [builders.zone(authority="province", maximum=None)]
    record = solve(stone(demand="30 万立方米", plan={"zones": zones})).issuance[0]
    assert (record.zone, record.zone_name) == ("Z1", "西县石料集中开采区")
    assert (record.minimum, record.maximum, record.maximum_assumed) == (20, 60, True)
    assert (record.area_km2, record.year, record.capacity_unit) == (1.5, 2025, "万立方米")
    assert record.own_authority is False
    zones = [builders.zone(authority="city")]
    assert solve(stone(plan={"zones": zones})).issuance[0].own_authority is True
    zones = [builders.zone(authority=None)]
    assert solve(stone(plan={"zones": zones})).issuance[0].own_authority is None


def test_a_block_has_no_zone():
    """The scenario's own block stands under its name, without a zone or an area."""
    record = solve(
        magnesite([], "5 万吨", FREE, extra_candidates=[extra("X", "40 万吨")])
    ).issuance[0]
    assert (record.zone, record.zone_name, record.area_km2) == ("", "X", None)


def test_a_clause_says_whether_it_rests_on_made_up_fields():
    """The east has a synthetic mine, the west has not."""
    made_up = mine("A", "9 万吨", provenance={"capacity": Provenance.SYNTHETIC})
    answer = solve(magnesite([made_up, mine("B", "9 万吨", "西县")]))
    flags = {one.clause: one.rests_on_synthetic for one in answer.rules if one.code == "CAP"}
    assert flags == {
        "CAP.magnesite_city": True,
        "CAP.magnesite_east": True,
        "CAP.magnesite_west": False,
    }


def test_every_rule_has_a_line():
    """Nineteen rules: those that reach nobody say so in a line of their own."""
    answer = solve(stone([quarry("C", "30 万立方米")]))
    applies = {}
    for line in answer.rules:
        applies[line.code] = applies.get(line.code, False) or line.applies
    assert len(applies) == 19
    idle = {code for code, one in applies.items() if not one}
    assert idle == {"CAP", "COUNT", "RATIO", "RESERVE", "RENEW", "BAN", *LISTED}
    assert clause(answer, "COUNT").reach == 0
