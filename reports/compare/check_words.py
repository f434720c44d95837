"""The words of the tables as their readers know them: Chinese and English."""

from __future__ import annotations

Say = tuple[str, str]

STATES: dict[str, Say] = {
    "optimal": ("已证最优", "proven optimal"),
    "within_gap": ("最优性间隙在要求之内", "within the gap asked for"),
    "time_limit": ("到达时限，给出当时最好的解及其间隙", "time limit reached, best answer shown"),
    "infeasible": ("无可行解", "infeasible"),
    "no_answer": ("限时内未得到解", "no answer in the time"),
}
FATES: dict[str, Say] = {
    "keep": ("保留", "kept"),
    "renew": ("延续", "renewed"),
    "lapsed": ("待处置（许可证已过期）", "lapsed, to be settled"),
    "leave_forced": ("规则要求退出", "leaves by rule"),
    "leave_chosen": ("建议退出", "proposed to leave"),
    "expand": ("改扩建或扩能", "expanded"),
    "merge": ("整合", "merged"),
    "formed": ("整合形成", "made by a merger"),
    "none": ("不整合", "not merged"),
}
SIZES: dict[str, Say] = {
    "large": ("大型", "large"),
    "medium": ("中型", "medium"),
    "small": ("小型", "small"),
}
USES: dict[str, Say] = {
    "main": ("主采", "main"),
    "comprehensive": ("综合利用", "comprehensive use"),
}
_SUPPLY, _CAPS = ("供需", "Supply and demand"), ("开采总量", "Caps")
_GOALS = ("各级目标", "Goals in order")
PARTS: dict[str, Say] = {
    "status": ("求解", "Solving"),
    **dict.fromkeys(("demand.", "output.", "unmet.", "unmet_products"), _SUPPLY),
    **dict.fromkeys(("cap_used.", "cap_share."), _CAPS),
    "rights": ("采矿权", "Rights"),
    **dict.fromkeys(("goal.", "evenness", "cost"), _GOALS),
}
"""The part of the table of outcomes, by name or family; what is not here counts rights."""
