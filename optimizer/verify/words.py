"""The words the printed tables use, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minequota.scenarios.plan import Plan

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
    "held_back": ("预留量", "held back"),
    "allocated": ("本年安排", "allocated"),
    "left": ("余量", "left"),
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
    "missed": ("未达到", "missed"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "unmet": ("缺口", "unmet"),
    "met": ("已满足", "met"),
    "nobody": ("不适用", "applies to nobody"),
}
UNITS: dict[str, str] = {
    "吨": "t",
    "千吨": "kt",
    "万吨": "×10⁴ t",
    "亿吨": "×10⁸ t",
    "千克": "kg",
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

    plan: Plan
    lang: Lang

    def word(self, words: Mapping[str, Pair], key: str) -> str:
        """Return the word for `key`."""
        return words[key][0 if self.lang == "zh" else 1]

    def county(self, name: str) -> str:
        """Return a county's name, or the jurisdiction's for an empty one."""
        if not name:
            title = self.plan.jurisdiction
            return title.zh if self.lang == "zh" else title.en
        return self._named(name, {place.name: place.en for place in self.plan.counties})

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

    def product_unit(self, name: str, product: str) -> str:
        """Return a unit with the basis of the product it counts, where that is not ore."""
        basis = self.plan.product(product).basis
        if basis not in BASIS:
            return self.unit(name)
        zh, en = BASIS[basis]
        return f"{name}（{zh}）" if self.lang == "zh" else f"{self.unit(name)} ({en})"

    def _named(self, name: str, english: Mapping[str, str]) -> str:
        return name if self.lang == "zh" else english.get(name, name)
