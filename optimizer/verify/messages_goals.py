"""What faults of the clauses and goals say."""

from __future__ import annotations

from minequota.optimizer.verify.saying import Message, differs, figure, listed

RULES: dict[str, Message] = {
    **listed("This clause", "该条款", "rule"),
    "rule_differs": differs("Not as planned", "与规划不符"),
    "rule_limit": figure("The limit", "限值", unit=False),
    "rule_used": figure("What is used", "已用", unit=False),
    "rule_slack": figure("The slack", "余地", unit=False),
    "rule_missed": figure("The miss", "未达数", unit=False),
    "rule_binding": (
        "Called binding: {found}; with a slack of {slack} it is {expected}.",
        "是否紧约束写作{found}；余地{slack}，应为{expected}。",
    ),
    "rule_applies": (
        "Said to apply: {found}; by the inputs it is {expected}.",
        "是否适用写作{found}；据输入数据应为{expected}。",
    ),
    "rule_synthetic": (
        "Said to rest on synthetic rights: {found}; by the register it is {expected}.",
        "是否依赖合成数据写作{found}；据登记应为{expected}。",
    ),
    "rule_verdict": (
        "Called {found}; recomputed it is {expected}.",
        "执行情况写作{found}，重新计算为{expected}。",
    ),
    "rule_reach": (
        "Said to speak of {found} rights; by the inputs it speaks of {expected}.",
        "适用对象写作{found}个；据输入数据为{expected}个。",
    ),
    "rule_not_awaited": (
        "The figure is still to be handed down: the row must have no limit and no use.",
        "该指标待下达：不应有限值和使用量。",
    ),
}

GOALS: dict[str, Message] = {
    "goal_order": (
        "The goals are {found}; asked were {expected}.",
        "目标依次为{found}；要求为{expected}。",
    ),
    "goal_value": figure("The value of the rounded tables", "取整后的目标值", unit=False),
    "goal_beats_bound": (
        "The tables reach {found}, better than the proven bound {limit}: the bound is wrong.",
        "表中目标值{found}优于所证界{limit}，该界有误。",
    ),
    "goal_lost": (
        "The tables reach {found}, worse than the {limit} solved by more than rounding explains.",
        "表中目标值{found}劣于求解所得{limit}，超出取整所能解释。",
    ),
    "goal_bound": (
        "The bound {found} lies above the value {limit}.",
        "界{found}高于目标值{limit}。",
    ),
    "goal_gap": figure("The gap between value and bound", "目标值与界之差", unit=False),
    "goal_status": (
        "Called {found} with a gap of {gap}.",
        "状态写作{found}，差距为{gap}。",
    ),
    "goal_negative": (
        "A gap, tolerance or time is negative.",
        "差距、容差或用时为负。",
    ),
    "sharing_uneven": (
        "{low} gets {low_ratio} of its weight and could take more, {high} gets {high_ratio} and "
        "could give.",
        "{low}得其权重的{low_ratio}且尚可增加，{high}得{high_ratio}且尚可减少，分配不均。",
    ),
}
