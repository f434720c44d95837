"""What each fault says, in English and Chinese; the keys are the codes."""

from __future__ import annotations

Message = tuple[str, str]


def _listed(english: str, chinese: str, prefix: str) -> dict[str, Message]:
    return {
        f"{prefix}_missing": (
            f"{english} is missing; it must be there exactly once.",
            f"缺少{chinese}；应恰好有一条。",
        ),
        f"{prefix}_repeated": (
            f"{english} stands there {{times}} times; it must be there exactly once.",
            f"{chinese}出现{{times}}次；应恰好有一条。",
        ),
        f"{prefix}_unknown": (
            f"{english} is none that the inputs know.",
            f"{chinese}不在输入数据之列。",
        ),
    }


def _differs(english: str, chinese: str) -> Message:
    return (
        f"{english}: {{field}} is {{found}}, the inputs say {{expected}}.",
        f"{chinese}：{{field}}为{{found}}，输入数据为{{expected}}。",
    )


def _figure(english: str, chinese: str, unit: bool = True) -> Message:
    tail = " {unit}" if unit else ""
    tail_zh = "{unit}" if unit else ""
    return (
        f"{english} is given as {{found}}{tail}; recomputed it is {{expected}}{tail}.",
        f"{chinese}写作{{found}}{tail_zh}，重新计算为{{expected}}{tail_zh}。",
    )


FORM: dict[str, Message] = {
    "not_records": (
        "Expected a record with lists in it, got {found}.",
        "应为含各列表的记录，实为{found}。",
    ),
    "format_unknown": (
        "The format is {found}; this check reads {expected}.",
        "格式为{found}；本核验读取{expected}。",
    ),
    "key_missing": ("This part of the document is missing.", "文件缺少这一部分。"),
    "key_unknown": ("This part of the document is unknown.", "文件含有未知部分。"),
    "field_missing": ("The field {field} is missing.", "缺少字段{field}。"),
    "field_unknown": ("The field {field} is unknown.", "字段{field}未知。"),
    "field_type": (
        "{field} must be a {expected}, got {found}.",
        "{field}应为{expected}，实为{found}。",
    ),
    "field_value": (
        "{field} must be one of {expected}, got {found}.",
        "{field}应为{expected}之一，实为{found}。",
    ),
    "not_finite": (
        "{field} is {found}, which is no usable figure.",
        "{field}为{found}，不是可用的数字。",
    ),
}

HEADER: dict[str, Message] = {
    "header_differs": _differs("Another question", "所答非所问"),
    "status_lies": (
        "The run's status is {found}, its worst goal's is {expected}.",
        "总体状态为{found}，最差目标的状态为{expected}。",
    ),
    "figures_without_answer": (
        "The status is {status}, yet the list holds figures.",
        "状态为{status}，却列有数字。",
    ),
}

RIGHTS: dict[str, Message] = {
    **_listed("The action of this right", "该采矿权的处置", "action"),
    "action_differs": _differs("Not as registered", "与登记不符"),
    "forced_leaver_kept": (
        "This right cannot be renewed and must leave, yet its action is {found}.",
        "该采矿权不能延续，应当退出，处置却为{found}。",
    ),
    "forced_without_reason": (
        "Nothing forces this right to leave.",
        "没有规则要求该采矿权退出。",
    ),
    "protected_right_leaves": (
        "This right is protected and must not be chosen to leave.",
        "该采矿权受保护，不得选为退出。",
    ),
    "closing_switched_off": (
        "The scenario allows nobody to be chosen to leave.",
        "本情景不允许选定退出。",
    ),
    "renewal_misstated": (
        "The action is {found}; by the licence's end it is {expected}.",
        "处置为{found}；按有效期应为{expected}。",
    ),
    "synthetic_leaver_named": (
        "A right with synthetic fields leaves under the name {found}.",
        "含合成字段的退出采矿权写出了名称{found}。",
    ),
    "grounds_wrong": (
        "The grounds given are {found}; the register gives {expected}.",
        "所列理由为{found}；据登记应为{expected}。",
    ),
    "eligible_wrong": (
        "Eligibility for output is {found}; by status and safety licence it is {expected}.",
        "可否安排产量为{found}；按状态和安全生产许可应为{expected}。",
    ),
}

ISSUANCE: dict[str, Message] = {
    "issuance_repeated": (
        "This right is issued {times} times.",
        "该采矿权投放{times}次。",
    ),
    "issuance_unknown": (
        "No zone and no proposal holds this right.",
        "没有集中开采区或拟设项目含有该采矿权。",
    ),
    "issuance_differs": _differs("Not as planned", "与规划不符"),
    "minimum_misstated": _figure("The minimum scale", "最低开采规模"),
    "maximum_misstated": _figure("The upper bound of the capacity", "规模上限"),
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
}

OUTPUT: dict[str, Message] = {
    **_listed("The figure of this right", "该采矿权的指标", "quota"),
    "quota_not_entitled": (
        "This right gets {found}, but it has left, may not produce, is not issued, or its "
        "mineral has neither cap nor demand.",
        "该采矿权得{found}，但它已退出、不能生产、未投放，或其矿种既无指标也无需求。",
    ),
    "quota_kind": (
        "The figure is called {found}; the caps make it {expected}.",
        "指标性质写作{found}；按总量指标应为{expected}。",
    ),
    "quota_differs": _differs("Not as registered", "与登记不符"),
    "quota_unit": _differs("Wrong unit", "单位不符"),
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
    "quota_below_least": (
        "The mine runs with {found} {unit}, less than the least of {limit} {unit}.",
        "该矿安排{found}{unit}，低于运行下限{limit}{unit}。",
    ),
    "quota_ore": _figure("The ore", "矿石量"),
    "quota_share": _figure("The share of capacity", "占生产规模比例", unit=False),
    **_listed("The rounding step of this product", "该产品的取整步长", "rounding"),
    "rounding_differs": _differs("Rounding", "取整"),
    "rounding_step": (
        "The step {found} does not divide the step asked, {asked}.",
        "步长{found}不能整除要求的步长{asked}。",
    ),
}

CAPS: dict[str, Message] = {
    **_listed("This cap", "该总量指标", "cap"),
    "cap_exceeded": (
        "Output is {used} {unit}, the cap {limit} {unit}: {missed} {unit} too much.",
        "产量{used}{unit}，指标{limit}{unit}，超出{missed}{unit}。",
    ),
    "cap_not_reached": (
        "Output is {used} {unit}, at least {limit} {unit} is asked: {missed} {unit} short.",
        "产量{used}{unit}，要求{limit}{unit}，少{missed}{unit}。",
    ),
    "cap_differs": _differs("Not as planned", "与规划不符"),
    "cap_limit": _figure("The limit net of holdback", "扣除预留后的限额"),
    "cap_held_back": _figure("The amount held back", "预留量"),
    "cap_used": _figure("The output under the cap", "指标内产量"),
    "cap_plan_limit": _figure("The plan's figure", "规划数"),
    "cap_plan_used": _figure("The output in the plan's unit", "按规划单位的产量"),
}

STRUCTURE: dict[str, Message] = {
    "count_exceeded": (
        "{used} rights are held, at most {limit} are allowed.",
        "保有{used}个，上限{limit}个。",
    ),
    "count_not_reached": (
        "{used} rights are held, {limit} are asked.",
        "保有{used}个，要求{limit}个。",
    ),
    "ratio_missed": (
        "{used} of {held} rights are large or medium; the share asked is {share}.",
        "{held}个中大中型{used}个，要求比例{share}。",
    ),
    **_listed("This line of the structure", "该行结构统计", "structure"),
    "structure_miscounted": (
        "{field} is {found}; recounted it is {expected}.",
        "{field}为{found}，重新清点为{expected}。",
    ),
}

BALANCE: dict[str, Message] = {
    **_listed("The balance of this product", "该产品的供需平衡", "balance"),
    "demand_exceeded": (
        "Mines make {used} {unit}, only {limit} {unit} is wanted of them.",
        "矿山产量{used}{unit}，只需{limit}{unit}。",
    ),
    "balance_differs": _differs("Not as asked", "与需求设定不符"),
    "balance_demand": _figure("Demand", "需求"),
    "balance_production_existing": _figure("Production of existing rights", "已有采矿权产量"),
    "balance_production_new": _figure("Production of new rights", "新投放采矿权产量"),
    "balance_imports": _figure("Imports", "调入"),
    "balance_by_product": _figure("By-product supply", "副产供应"),
    "balance_unmet": _figure("Unmet demand", "缺口"),
    "balance_surplus": _figure("Surplus", "余量"),
}

RULES: dict[str, Message] = {
    **_listed("This clause", "该条款", "rule"),
    "rule_differs": _differs("Not as planned", "与规划不符"),
    "rule_limit": _figure("The limit", "限值", unit=False),
    "rule_used": _figure("What is used", "已用", unit=False),
    "rule_slack": _figure("The slack", "余地", unit=False),
    "rule_missed": _figure("The miss", "未达数", unit=False),
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
}

GOALS: dict[str, Message] = {
    "goal_order": (
        "The goals are {found}; asked were {expected}.",
        "目标依次为{found}；要求为{expected}。",
    ),
    "goal_value": _figure("The value of the rounded tables", "取整后的目标值", unit=False),
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
    "goal_gap": _figure("The gap between value and bound", "目标值与界之差", unit=False),
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

FILES: dict[str, Message] = {
    "manifest_unreadable": (
        "The manifest cannot be read: {reason}.",
        "清单无法读取：{reason}。",
    ),
    "file_missing": ("The file is missing.", "缺少该文件。"),
    "file_unlisted": ("The manifest does not list this file.", "清单未列该文件。"),
    "file_outside": (
        "The manifest names a file outside the run folder.",
        "清单所列文件不在结果文件夹内。",
    ),
    "file_changed": (
        "The file has changed: its SHA-256 is {found}, the manifest has {expected}.",
        "文件已被改动：SHA-256为{found}，清单为{expected}。",
    ),
    "file_unreadable": ("The file cannot be read: {reason}.", "文件无法读取：{reason}。"),
    "allocation_unreadable": (
        "allocation.json cannot be read: {reason}.",
        "allocation.json无法读取：{reason}。",
    ),
    "inputs_unreadable": (
        "The saved inputs cannot be loaded: {reason}.",
        "保存的输入无法加载：{reason}。",
    ),
}

TABLES: dict[str, Message] = {
    "table_missing": (
        "Expected one file of this table, found {number}.",
        "该表应有一个文件，实有{number}个。",
    ),
    "table_unknown": ("This is none of the seven tables.", "该文件不是七张表之一。"),
    "table_unreadable": ("The table cannot be read: {reason}.", "表格无法读取：{reason}。"),
    "table_row_missing": ("The line is missing.", "缺少该行。"),
    "table_row_unknown": ("No record stands behind this line.", "该行没有对应记录。"),
    "table_row_repeated": ("The line stands there more than once.", "该行重复出现。"),
    "table_figure": (
        "{column} is printed as {found}; the records say {expected}.",
        "{column}印作{found}；记录为{expected}。",
    ),
    "table_count": (
        "{found} rights are counted; the records hold {expected}.",
        "列{found}个；记录为{expected}个。",
    ),
    "table_names_synthetic": (
        "The line names {found}, a right with synthetic fields.",
        "该行写出了含合成字段的采矿权名称{found}。",
    ),
}

MESSAGES: dict[str, Message] = {
    **FORM,
    **HEADER,
    **RIGHTS,
    **ISSUANCE,
    **OUTPUT,
    **CAPS,
    **STRUCTURE,
    **BALANCE,
    **RULES,
    **GOALS,
    **FILES,
    **TABLES,
}
