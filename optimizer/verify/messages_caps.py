"""What faults of caps, numbers of rights, supply and flows say."""

from __future__ import annotations

from minequota.optimizer.verify.saying import Message, differs, figure, listed

CAPS: dict[str, Message] = {
    **listed("This cap", "该总量指标", "cap"),
    "cap_exceeded": (
        "Output is {used} {unit}, the cap {limit} {unit}: {missed} {unit} too much.",
        "产量{used}{unit}，指标{limit}{unit}，超出{missed}{unit}。",
    ),
    "cap_not_reached": (
        "Output is {used} {unit}, at least {limit} {unit} is asked: {missed} {unit} short.",
        "产量{used}{unit}，要求{limit}{unit}，少{missed}{unit}。",
    ),
    "cap_differs": differs("Not as planned", "与规划不符"),
    "cap_limit": figure("The limit net of holdback", "扣除预留后的限额"),
    "cap_held_back": figure("The amount held back", "预留量"),
    "cap_used": figure("The output under the cap", "指标内产量"),
    "cap_plan_limit": figure("The plan's figure", "规划数"),
    "cap_plan_used": figure("The output in the plan's unit", "按规划单位的产量"),
    "cap_verdict": (
        "The cap is called {found}; recomputed it is {expected}.",
        "该指标执行情况写作{found}，重新计算为{expected}。",
    ),
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
    **listed("This line of the structure", "该行结构统计", "structure"),
    "structure_miscounted": (
        "{field} is {found}; recounted it is {expected}.",
        "{field}为{found}，重新清点为{expected}。",
    ),
    "holders_exceeded": (
        "{used} holders have rights, at most {limit} are allowed.",
        "采矿权人{used}家，上限{limit}家。",
    ),
    "holders_not_reached": (
        "{used} holders have rights, {limit} are asked.",
        "采矿权人{used}家，要求{limit}家。",
    ),
    "exchange_missed": (
        "{used} rights enter; those that have left make room for {limit}.",
        "新增{used}个；已退出的只够新增{limit}个。",
    ),
}

BALANCE: dict[str, Message] = {
    **listed("The balance of this product", "该产品的供需平衡", "balance"),
    "demand_exceeded": (
        "Mines make {used} {unit}, only {limit} {unit} is wanted of them.",
        "矿山产量{used}{unit}，只需{limit}{unit}。",
    ),
    "balance_differs": differs("Not as asked", "与需求设定不符"),
    "balance_demand": figure("Demand", "需求"),
    "balance_production_existing": figure("Production of existing rights", "已有采矿权产量"),
    "balance_production_new": figure("Production of new rights", "新投放采矿权产量"),
    "balance_imports": figure("Imports", "调入"),
    "balance_by_product": figure("By-product supply", "副产供应"),
    "balance_unmet": figure("Unmet demand", "缺口"),
    "balance_surplus": figure("Surplus", "余量"),
    "balance_handed_out": figure("What is to be handed out", "安排总量", unit=False),
    "handed_out_exceeded": (
        "Mines make {used} {unit}, only {limit} {unit} are to be handed out.",
        "安排{used}{unit}，可下达的只有{limit}{unit}。",
    ),
    "by_product_impossible": (
        "By-products are said to supply {found} {unit}; between {low} and {high} {unit} they can.",
        "副产供应写作{found}{unit}；可供应{low}至{high}{unit}。",
    ),
    "centre_unbalanced": (
        "What arrives, comes from outside and is unmet adds up to {found}; asked are {expected}.",
        "到货、区外供应与缺口合计{found}；需求为{expected}。",
    ),
    "centres_differ": (
        "{field} of the demand centres adds up to {found}; of the whole it is {expected}.",
        "各需求地{field}合计{found}；全区为{expected}。",
    ),
}

FLOWS: dict[str, Message] = {
    "flow_unknown": (
        "No such right, centre or demand by place is asked for.",
        "没有这样的采矿权、需求地或分地需求。",
    ),
    "flow_repeated": ("This way stands there more than once.", "该供应线路重复出现。"),
    "flow_differs": differs("Not as asked", "与设定不符"),
    "flow_empty": ("The way carries {found}.", "该线路供应量为{found}。"),
    "flow_kilometres": figure("The distance in km", "运距（公里）", unit=False),
    "flow_out_of_reach": (
        "The way is {found} km long; the product is carried {limit} km at most.",
        "运距{found}公里，超出合理运距{limit}公里。",
    ),
    "flow_cost": figure("The cost of carriage in 万元", "运输费用（万元）", unit=False),
    "flow_detour": (
        "Serving the centres otherwise saves {found} km for each unit: the flows are not the "
        "shortest.",
        "换一种供应方式每单位可省{found}公里，所列流向不是最短。",
    ),
    "flows_differ": (
        "{found} go out to demand centres; the right makes {expected} for them.",
        "运往各需求地{found}；应为{expected}。",
    ),
}
