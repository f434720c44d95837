"""What faults of issuance and of the yearly figures say."""

from __future__ import annotations

from minequota.optimizer.verify.saying import Message, differs, figure, listed

ISSUANCE: dict[str, Message] = {
    "issuance_repeated": (
        "This right is issued {times} times.",
        "该采矿权投放{times}次。",
    ),
    "issuance_unknown": (
        "No zone and no proposal holds this right.",
        "没有集中开采区或拟设项目含有该采矿权。",
    ),
    "issuance_differs": differs("Not as planned", "与规划不符"),
    "minimum_misstated": figure("The minimum scale", "最低开采规模"),
    "maximum_misstated": figure("The upper bound of the capacity", "规模上限"),
    "issued_below_minimum": (
        "A capacity of {found} {unit} is below the minimum of {limit} {unit}.",
        "规模{found}{unit}低于最低开采规模{limit}{unit}。",
    ),
    "issued_above_maximum": (
        "A capacity of {found} {unit} is above the upper bound of {limit} {unit}.",
        "规模{found}{unit}高于上限{limit}{unit}。",
    ),
    "issued_beyond_reserves": (
        "A capacity of {found} {unit} uses the reserves before the least service life; "
        "at most {limit} {unit} fits.",
        "规模{found}{unit}达不到最低服务年限，至多{limit}{unit}。",
    ),
    "issued_off_step": (
        "The capacity {found} is no multiple of its step {step}.",
        "规模{found}不是步长{step}的整数倍。",
    ),
    "issued_class_wrong": (
        "The size class is given as {found}; the capacity makes it {expected}.",
        "规模类型写作{found}；按生产规模应为{expected}。",
    ),
    "area_minimum_missed": (
        "A {found} mine; new rights in this area must be at least {expected}.",
        "规模类型为{found}；该区内新建矿山至少应为{expected}。",
    ),
    "unknown_mineral_issued": (
        "The plan does not know the mineral {mineral}.",
        "规划没有矿种{mineral}。",
    ),
    "banned_mineral_issued": (
        "Mining {mineral} is banned; no right may be issued.",
        "{mineral}禁止开采，不得投放。",
    ),
    "restricted_mineral_issued": (
        "Mining {mineral} is restricted and not permitted by the scenario.",
        "{mineral}限制开采，本情景未许可。",
    ),
    "outside_zones_issued": (
        "{mineral} may be issued in zones only.",
        "{mineral}只能在集中开采区内投放。",
    ),
    "forbidden_scale_issued": (
        "The plan forbids new rights of {mineral} on such a deposit (×).",
        "规划禁止在此类矿床新建{mineral}矿山（×）。",
    ),
    "zone_overfull": (
        "{found} rights are issued on a zone for {limit}.",
        "该区投放{found}个，拟设{limit}个。",
    ),
    "undecided_scale_issued": (
        "The plan leaves the minimum of {mineral} on such a deposit open (/) and nobody has "
        "decided it.",
        "规划对此类矿床{mineral}的最低规模未作规定（/），情景也未确定。",
    ),
    "converted_capacity": figure("The capacity of the listed conversion", "探转采项目规模"),
    "term_wrong": figure("The longest term of the licence", "出让年限", unit=False),
    "zone_limit_missed": (
        "The zones have {used} {unit}; the limit is {limit} {unit}.",
        "区内为{used}{unit}，限值{limit}{unit}。",
    ),
}

OUTPUT: dict[str, Message] = {
    **listed("The figure of this right", "该采矿权的指标", "quota"),
    "quota_not_entitled": (
        "This right gets {found}, but it has left, may not produce, is not issued, or its "
        "mineral has neither cap nor demand.",
        "该采矿权得{found}，但它已退出、不能生产、未投放，或其矿种既无指标也无需求。",
    ),
    "quota_kind": (
        "The figure is called {found}; the caps make it {expected}.",
        "指标性质写作{found}；按总量指标应为{expected}。",
    ),
    "quota_differs": differs("Not as registered", "与登记不符"),
    "quota_unit": differs("Wrong unit", "单位不符"),
    "quota_off_step": (
        "The amount {found} is no multiple of its step {step}.",
        "指标{found}不是步长{step}的整数倍。",
    ),
    "quota_negative": ("The amount {found} {unit} is negative.", "指标{found}{unit}为负。"),
    "quota_above_capacity": (
        "The amount {found} {unit} is more than capacity, availability and reserves give: "
        "{limit} {unit}.",
        "指标{found}{unit}超过生产规模、开工率和储量所许的{limit}{unit}。",
    ),
    "quota_keeps_excess": (
        "The amount is {found} {unit}; capacity less last year's over-production of {excess} "
        "{unit} leaves {limit} {unit}.",
        "指标为{found}{unit}；上年超采{excess}{unit}，生产能力扣减后仅余{limit}{unit}。",
    ),
    "quota_after_excess": (
        "The amount is {found} {unit}; what last year's over-production of {excess} {unit} leaves "
        "is {expected} {unit}.",
        "指标为{found}{unit}；按上年超采{excess}{unit}扣减后应为{expected}{unit}。",
    ),
    "quota_below_least": (
        "The mine runs with {found} {unit}, less than the least of {limit} {unit}.",
        "该矿安排{found}{unit}，低于运行下限{limit}{unit}。",
    ),
    "quota_ore": figure("The ore", "矿石量"),
    "quota_share": figure("The share of capacity", "占生产规模比例", unit=False),
    **listed("The rounding step of this product", "该产品的取整步长", "rounding"),
    "rounding_differs": differs("Rounding", "取整"),
    "rounding_step": (
        "The step {found} does not divide the step asked, {asked}.",
        "步长{found}不能整除要求的步长{asked}。",
    ),
    "quota_awaiting": (
        "Said to await a figure from above: {found}; by the documents given it is {expected}.",
        "是否待下达写作{found}；据所列文件应为{expected}。",
    ),
    "quota_not_handed_down": (
        "This right gets {found}, though nobody has handed down the figure of the year.",
        "该采矿权得{found}，但本年指标尚未下达。",
    ),
    "quota_reason": (
        "The reason given is {found}; it must say {expected}.",
        "所列说明为{found}；应写明{expected}。",
    ),
    "batch_number": (
        "The figure has {found} batches; {expected} are asked.",
        "指标分{found}批；要求{expected}批。",
    ),
    "batch_sum": (
        "The batches add up to {found}, the figure is {expected}.",
        "各批合计{found}，指标为{expected}。",
    ),
    "batch_wrong": (
        "A batch is {found}; its share of the figure is {expected}, in steps of {step}.",
        "一批为{found}；按比例为{expected}，步长{step}。",
    ),
    "reserves_exceeded": (
        "Over all years the right makes {found} {unit}; its reserves hold {limit} {unit}.",
        "各年合计安排{found}{unit}，资源储量仅{limit}{unit}。",
    ),
    "quota_unsteady": (
        "The amount is {found} {unit}; within the steps asked from year to year it lies between "
        "{low} and {high} {unit}.",
        "指标{found}{unit}；按年度变幅应在{low}至{high}{unit}之间。",
    ),
}
