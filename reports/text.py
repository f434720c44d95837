"""Chinese and English words for what the tables, the terminal and the workbook print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Words:
    """One expression in both languages."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the expression in `lang`."""
        return self.zh if lang == "zh" else self.en


SIZE_CLASS = {
    "large": Words("大型", "large"),
    "medium": Words("中型", "medium"),
    "small": Words("小型", "small"),
}
METHOD = {
    "open_pit": Words("露天", "open pit"),
    "underground": Words("地下", "underground"),
}
AUTHORITY = {
    "ministry": Words("部级", "ministry"),
    "province": Words("省级", "province"),
    "city": Words("市级", "city"),
    "county": Words("县级", "county"),
}
GROUP = {
    "energy": Words("能源矿产", "energy minerals"),
    "metal": Words("金属矿产", "metallic minerals"),
    "non_metal": Words("非金属矿产", "non-metallic minerals"),
    "water_gas": Words("水气矿产", "water and gas minerals"),
}
ATTRIBUTE = {
    "binding": Words("约束性", "binding"),
    "expected": Words("预期性", "expected"),
    "scenario": Words("情景", "scenario"),
    "plan": Words("规则（规划）", "rule of the plan"),
    "practice": Words("规则（管理规定）", "rule of practice"),
    "definition": Words("定义", "definition"),
}
# What an amount of a product counts where it is not its ore.
BASIS = {
    "standard_iron_62": Words("62%标准矿", "62 % standard ore"),
    "metal": Words("金属量", "metal content"),
    "mineral": Words("矿物量", "mineral content"),
    "block_stone": Words("荒料", "block stone"),
}
SENSE = {
    "ceiling": Words("不超过", "at most"),
    "floor": Words("不低于", "at least"),
    "level": Words("等于", "equal to"),
    "about": Words("左右", "about"),
    "forecast": Words("预计（不执行）", "forecast (not enforced)"),
}
# Which side of a forecast's figure the text hopes for.
HOPED = {
    "floor": Words("预计（不执行，期望达到）", "forecast (not enforced, hoped reached)"),
    "ceiling": Words("预计（不执行，期望不超过）", "forecast (not enforced, hoped not passed)"),
}
VERDICT = {
    "met": Words("达到", "met"),
    "missed": Words("未达到", "missed"),
    "not_judged": Words("不作判定", "not judged"),
    "none": Words("—", "—"),
}
USE = {
    "main": Words("主采", "main"),
    "comprehensive": Words("综合利用", "comprehensive use"),
}
QUOTA_KIND = {
    "control": Words("控制指标", "control quota"),
    "guidance": Words("指导性安排", "guidance"),
}
ACTION_KIND = {
    "keep": Words("保留", "kept"),
    "renew": Words("延续", "renewed"),
    "lapsed": Words("待处置（许可证已过期）", "lapsed, to be settled"),
    "leave_forced": Words("规则要求退出", "leaves by rule"),
    "leave_chosen": Words("建议退出", "proposed to leave"),
    "expand": Words("改扩建或扩能", "expanded"),
    "merge": Words("整合", "merged"),
}
GROUND = {
    "expired": Words("许可证到期", "licence expired"),
    "stopped": Words("停产或封存", "stopped or sealed"),
    "red_line": Words("位于生态保护红线内", "inside an ecological red line"),
    "outside_zones": Words("在集中开采区外", "outside the mining zones"),
    "below_minimum": Words("低于最低开采规模", "below the minimum scale"),
}
NO_GROUND = Words("无特定依据（数量测算）", "no particular ground (a count only)")
SOLVE_STATUS = {
    "optimal": Words("已证最优", "proven optimal"),
    "within_gap": Words("最优性间隙在要求之内", "within the gap asked for"),
    "time_limit": Words(
        "到达时限，给出当时最好的解及其间隙", "time limit reached, best answer shown"
    ),
    "infeasible": Words("无可行解", "infeasible"),
    "no_answer": Words("限时内未得到解", "no answer in the time"),
}
MODE = {
    "target_state": Words("目标状态", "target state"),
    "calendar": Words("分年度", "calendar"),
}
RULE = {
    "CAP": Words("开采总量", "output cap"),
    "CAPACITY": Words("生产规模", "licensed capacity"),
    "MINSCALE": Words("最低开采规模", "minimum scale"),
    "BAN": Words("禁止与限制", "bans and restrictions"),
    "ZONE": Words("集中开采区", "mining zones"),
    "COUNT": Words("矿山数量", "number of rights"),
    "RATIO": Words("大中型矿山比例", "large and medium ratio"),
    "RESERVE": Words("资源储量", "reserves"),
    "STATUS": Words("矿山状态", "status of a mine"),
    "RENEW": Words("延续", "renewal"),
    "DEMAND": Words("供需平衡", "supply and demand"),
    "EXPAND": Words("改扩建与扩能", "expansion"),
    "MERGE": Words("整合", "merger"),
    "CONVERT": Words("探矿权转采矿权", "conversion"),
    "HOLDER": Words("采矿权人数量", "number of holders"),
    "EXCHANGE": Words("减一增一", "one out, one in"),
    "REACH": Words("运输范围", "transport reach"),
    "STEADY": Words("年际变动", "change between years"),
    "OVERRUN": Words("超采扣减", "over-production"),
}
SEVERITY = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "note": Words("提示", "note"),
}

YES = Words("是", "yes")
NO = Words("否", "no")
NONE = Words("无", "none")
UNDECIDED = Words("待定", "to be decided")
SYNTHETIC = Words("合成", "synthetic")
PARTLY_SYNTHETIC = Words("名称真实，部分字段合成", "real name, some fields synthetic")
REAL = Words("登记", "register")
TO_BE_ISSUED = Words("拟投放", "to be issued")
CONVERTED = Words("探转采", "converted")
MERGED = Words("整合", "merged")
MERGED_SYNTHETIC = Words("整合（含合成数据）", "merged, partly synthetic")
AWAITING = Words("待下达", "awaiting")
SUBTOTAL = Words("小计", "subtotal")
TOTAL = Words("合计", "total")
BODY = Words("明细", "detail")
NOTE = Words("注", "note")

# The units that plans print and that an English reader cannot be left alone with.
_UNITS = {
    "吨": "t",
    "千吨": "kt",
    "万吨": "×10⁴ t",
    "亿吨": "×10⁸ t",
    "千克": "kg",
    "千立方米": "×10³ m³",
    "立方米": "m³",
    "万立方米": "×10⁴ m³",
    "亿立方米": "×10⁸ m³",
    "平方公里": "km²",
    "个": "rights",
    "处": "places",
    "家": "holders",
    "个·年": "right-years",
    "单位·公里": "unit-kilometres",
    "分": "points",
    "元": "yuan",
    "万元": "×10⁴ yuan",
    "加权个数": "weighted rights",
    "相对偏离之和": "sum of relative misses",
    "占需求份额之和": "sum of shares of demand",
    "最低规模的倍数之和": "multiples of the minimum",
    "序号之和": "sum of ranks",
    "相对差": "relative difference",
}


def unit(name: str, lang: Lang, basis: str = "ore") -> str:
    """Return a unit as `lang` prints it, with its basis where that is not ore.

    An unknown unit stays as it is.
    """
    if basis in BASIS:
        counted = BASIS[basis].say(lang)
        mark = f"（{counted}）" if lang == "zh" else f" ({counted})"
        return unit(name, lang) + mark
    if lang == "zh":
        return name
    text = name
    ending = ""
    for chinese, english in (("/年", "/a"), ("/日", "/d")):
        if text.endswith(chinese):
            text, ending = text.removesuffix(chinese), english
    return _UNITS.get(text, text) + ending


def word(catalogue: Mapping[str, Words], key: str | None, lang: Lang) -> str:
    """Return the word for `key`; an unlisted key is printed as it stands, None as nothing."""
    if key is None:
        return ""
    words = catalogue.get(key)
    return words.say(lang) if words is not None else key


def joined(parts: list[str], lang: Lang) -> str:
    """Join an enumeration with the comma of `lang`."""
    return ("、" if lang == "zh" else ", ").join(parts)


def years(given: Iterable[int], lang: Lang) -> str:
    """Name years in order, a run of them by its first and last: 2021—2023年、2025年."""
    runs: list[list[int]] = []
    for year in sorted(set(given)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    mark = "年" if lang == "zh" else ""
    return joined([f"{period(run, lang)}{mark}" for run in runs], lang)


def period(given: Sequence[int], lang: Lang) -> str:
    """Return the only year, or the first and the last."""
    first, last = given[0], given[-1]
    return str(last) if first == last else f"{first}{'—' if lang == 'zh' else '–'}{last}"


PHASES: dict[str, Words] = {
    "load": Words("读取输入", "Reading the inputs"),
    "build": Words("建立模型", "Building the model"),
    "goals": Words("逐级求解目标", "Solving goal after goal"),
    "ties": Words("确定唯一方案", "Settling ties"),
    "evenness": Words("均衡分配", "Sharing evenly"),
    "rounding": Words("取整", "Rounding"),
    "marginals": Words("边际测算", "Marginal values"),
    "write": Words("写出并独立校验", "Writing and checking"),
}
