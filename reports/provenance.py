"""How much of the register is synthetic, and which rights may be named for what."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.reports.text import PARTLY_SYNTHETIC, REAL, SYNTHETIC, Lang, Words
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.scenario import Scenario

# What decides that a right leaves or is renewed. A right whose name is real is named in such a
# list only where none of these is invented.
DECIDING_FIELDS = (
    *("status", "licence_end", "capacity", "renewal", "red_line", "zone", "size_class"),
    *("deposit_class", "exit_by", "authority"),
)


@dataclass(frozen=True)
class RegisterShare:
    """Numbers of rights: all, invented ones, real names with invented fields, and the rest."""

    total: int
    synthetic: int
    partly: int
    real: int


def register_share(scenario: Scenario) -> RegisterShare:
    """Count the register by how much of it is synthetic."""
    synthetic = sum(invented(right) for right in scenario.rights)
    partly = sum(right.synthetic and not invented(right) for right in scenario.rights)
    total = len(scenario.rights)
    return RegisterShare(total, synthetic, partly, total - synthetic - partly)


def invented(right: Right) -> bool:
    """Whether the right itself, its name included, is made up or only assumed to exist."""
    return right.origin("name") in {Provenance.SYNTHETIC, Provenance.DEFAULT}


def origin_mark(right: Right) -> Words:
    """Return the mark of a right for the data-source column."""
    if invented(right):
        return SYNTHETIC
    return PARTLY_SYNTHETIC if right.synthetic else REAL


def may_be_named(right: Right | None) -> bool:
    """Whether a list of renewals or leavers may name this right: nothing about it is invented."""
    return (
        right is not None
        and right.named
        and all(right.origin(name) != Provenance.SYNTHETIC for name in DECIDING_FIELDS)
    )


def register_sentence(scenario: Scenario, lang: Lang) -> str:
    """Say how much of the register is synthetic, in one sentence."""
    share = register_share(scenario)
    if share.synthetic + share.partly == 0:
        return Words(
            f"采矿权现状共{share.total}个，数据不含合成内容。",
            f"The register holds {share.total} rights; none of its data is synthetic.",
        ).say(lang)
    return Words(
        f"采矿权现状共{share.total}个：{share.synthetic}个为合成数据（按公布的总数生成，"
        f"不是真实矿山），{share.partly}个名称真实而部分字段为合成，{share.real}个无合成字段。",
        f"The register holds {share.total} rights: {share.synthetic} are synthetic (generated to "
        f"match published totals, not real mines), {share.partly} have a real name and some "
        f"synthetic fields, {share.real} have no synthetic field.",
    ).say(lang)
