"""The words the printed tables use, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minequota.scenarios.plan import Plan
from minequota.scenarios.scenario import Scenario

Lang = Literal["zh", "en"]
Pair = tuple[str, str]

ROW_KIND: dict[str, Pair] = {
    "detail": ("明细", "detail"),
    "subtotal": ("小计", "subtotal"),
    "total": ("合计", "total"),
    "note": ("注", "note"),
}
SIZE: dict[str, Pair] = {
    "large": ("大型", "large"),
    "medium": ("中型", "medium"),
    "small": ("小型", "small"),
}
GROUP: dict[str, Pair] = {
    "energy": ("能源矿产", "energy minerals"),
    "metal": ("金属矿产", "metallic minerals"),
    "non_metal": ("非金属矿产", "non-metallic minerals"),
    "water_gas": ("水气矿产", "water and gas minerals"),
}
BY: dict[str, Pair] = {
    "all": ("全部", "all"),
    "group": ("按矿类", "mineral group"),
    "county": ("按县（市、区）", "county"),
}
ITEM: dict[str, Pair] = {
    "cap": ("控制量", "cap"),
    "above": ("上级下达", "from above"),
    "floor": ("下限", "floor"),
    "forecast": ("预计量", "forecast"),
    "held_back": ("预留量", "held back"),
    "allocated": ("本年安排", "allocated"),
    "left": ("余量", "left"),
}
USE: dict[str, Pair] = {
    "main": ("主采", "main"),
    "comprehensive": ("综合利用", "comprehensive use"),
}
#: Stands where a number would, as long as a figure is still to be handed down.
AWAITING: Pair = ("待下达", "awaiting")
TOTAL: Pair = ("合计", "total")
VERDICT: dict[str, Pair] = {
    "met": ("达到", "met"),
    "missed": ("未达到", "missed"),
    "not_judged": ("不作判定", "not judged"),
    "none": ("—", "—"),
}
SECTION: dict[str, Pair] = {
    "own": ("本级发证", "Issued by this authority"),
    "others": ("其他发证机关（衔接）", "Issued by other authorities (for coordination)"),
    "unstated": ("发证权限未载明", "The plan does not say who issues"),
    "converted": ("探矿权转采矿权", "Conversions from exploration rights"),
}
CHANGE: dict[str, Pair] = {
    "renew": ("延续", "Renewals"),
    "merge": ("整合", "Mergers"),
    "expand": ("改扩建与扩能", "Expansions"),
    "lapsed": ("待处置（许可证已过期）", "Lapsed, to be settled"),
    "leave_forced": ("拟退出", "Rights to leave"),
    "leave_chosen": ("拟退出", "Rights to leave"),
}
PROJECT: dict[str, Pair] = {
    "merged": ("整合", "merged"),
    "acquired": ("收购", "acquired"),
    "enlarged": ("改扩建", "enlarged"),
    "raised": ("扩大生产规模", "capacity raised"),
}
ACTION: dict[str, Pair] = {
    "renew": ("延续", "renewed"),
    "lapsed": ("待处置（许可证已过期）", "lapsed, to be settled"),
    "leave_forced": ("规则要求退出", "leaves by rule"),
    "leave_chosen": ("建议退出", "proposed to leave"),
}
#: How the heading of a part of table 2 begins.
PART: dict[str, Pair] = {"control": ("第一部分", "Part 1"), "guidance": ("第二部分", "Part 2")}
BINDS: dict[str, Pair] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "nobody": ("不适用", "applies to nobody"),
}
UNITS: dict[str, str] = {
    "吨": "t",
    "千吨": "kt",
    "万吨": "×10⁴ t",
    "亿吨": "×10⁸ t",
    "千克": "kg",
    "千立方米": "×10³ m³",
    "立方米": "m³",
    "万立方米": "×10⁴ m³",
    "亿立方米": "×10⁸ m³",
}


#: What an amount counts where that is not ore.
BASIS: dict[str, Pair] = {
    "standard_iron_62": ("62%标准矿", "62 % standard ore"),
    "metal": ("金属量", "metal content"),
    "mineral": ("矿物量", "mineral content"),
    "block_stone": ("荒料", "block stone"),
}


@dataclass(frozen=True)
class Speech:
    """What names and words look like in the language of a run's tables."""

    scenario: Scenario
    lang: Lang

    @property
    def plan(self) -> Plan:
        """The plan, which names counties, minerals and products in both languages."""
        return self.scenario.plan

    def say(self, pair: Pair) -> str:
        """Return one of two words."""
        return pair[0 if self.lang == "zh" else 1]

    def word(self, words: Mapping[str, Pair], key: str) -> str:
        """Return the word for `key`."""
        return self.say(words[key])

    def county(self, name: str) -> str:
        """Return a county's name, or the jurisdiction's for an empty one."""
        if not name:
            return self.say((self.plan.jurisdiction.zh, self.plan.jurisdiction.en))
        return self._named(name, {place.name: place.en for place in self.plan.counties})

    def centre(self, ident: str) -> str:
        """Return a demand centre's name."""
        transport = self.scenario.question.transport
        for centre in () if transport is None else transport.centres:
            if centre.id == ident:
                return self.say((centre.name.zh, centre.name.en))
        return ident

    def mineral(self, name: str) -> str:
        """Return a mineral's name."""
        return self._named(name, {mineral.name: mineral.en for mineral in self.plan.minerals})

    def product(self, name: str) -> str:
        """Return a product's name."""
        return self._named(name, {product.name: product.en for product in self.plan.products})

    def unit(self, name: str) -> str:
        """Return a unit as the tables print it."""
        text, _, rate = name.partition("/")
        tail = {"": "", "年": "/a", "日": "/d"}.get(rate)
        if self.lang == "zh" or text not in UNITS or tail is None:
            return name
        return UNITS[text] + tail

    def unit_of(self, name: str, basis: str) -> str:
        """Return a unit with the basis it counts, where that is not ore."""
        if basis not in BASIS:
            return self.unit(name)
        zh, en = BASIS[basis]
        return f"{name}（{zh}）" if self.lang == "zh" else f"{self.unit(name)} ({en})"

    def product_unit(self, name: str, product: str) -> str:
        """Return a unit with the basis of the product it counts, where that is not ore."""
        return self.unit_of(name, self.plan.product(product).basis)

    def _named(self, name: str, english: Mapping[str, str]) -> str:
        return name if self.lang == "zh" else english.get(name, name)
