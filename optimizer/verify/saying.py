"""Patterns that many messages of the check share."""

from __future__ import annotations

Message = tuple[str, str]


def listed(english: str, chinese: str, prefix: str) -> dict[str, Message]:
    """Return the messages of a row that is missing, repeated or unknown."""
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


def differs(english: str, chinese: str) -> Message:
    """Return the message of a fact that differs from the inputs."""
    return (
        f"{english}: {{field}} is {{found}}, the inputs say {{expected}}.",
        f"{chinese}：{{field}}为{{found}}，输入数据为{{expected}}。",
    )


def figure(english: str, chinese: str, unit: bool = True) -> Message:
    """Return the message of a figure that comes out otherwise when recomputed."""
    tail = " {unit}" if unit else ""
    tail_zh = "{unit}" if unit else ""
    return (
        f"{english} is given as {{found}}{tail}; recomputed it is {{expected}}{tail}.",
        f"{chinese}写作{{found}}{tail_zh}，重新计算为{{expected}}{tail_zh}。",
    )
