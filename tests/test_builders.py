"""The tiny plan of the tests is itself a valid plan."""

import builders


def test_tiny_scenario_is_valid():
    """The builder's dictionaries pass the typed models and rights come sorted by licence."""
    tiny = builders.scenario(
        rights=[
            builders.right("B", "西县", "建筑石料", "30 万立方米"),
            builders.right("A", "东县", "菱镁矿", "10 万吨", size_class="medium"),
        ]
    )
    assert [right.licence for right in tiny.rights] == ["A", "B"]
    assert tiny.plan.caps[0].amount.to("万吨") == 31
    assert tiny.rights[0].capacity.to("万吨") == 10
