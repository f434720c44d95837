"""What may happen to a right between the register's date and the first year planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from minequota.scenarios.right import Right, Status


class EventKind(StrEnum):
    """What happened. The order is that of events of one day."""

    ISSUED = "issued"
    CONVERTED = "converted"
    TRANSFERRED = "transferred"
    CHANGED = "changed"
    RENEWED = "renewed"
    EXPIRED = "expired"
    STOPPED = "stopped"
    SEALED = "sealed"
    RESUMED = "resumed"
    MERGED = "merged"
    CLOSED = "closed"


WORDS: dict[EventKind, tuple[str, ...]] = {
    EventKind.ISSUED: ("新立", "投放", "新设", "新设采矿权"),
    EventKind.CONVERTED: ("探转采",),
    EventKind.TRANSFERRED: ("转让", "转让变更"),
    EventKind.CHANGED: ("变更", "变更登记", "扩界", "扩大矿区范围", "扩能", "扩产"),
    EventKind.RENEWED: ("延续", "延续登记"),
    EventKind.EXPIRED: ("过期", "到期"),
    EventKind.STOPPED: ("停产", "停采"),
    EventKind.SEALED: ("查封", "封停"),
    EventKind.RESUMED: ("复产", "恢复生产"),
    EventKind.MERGED: ("整合", "并入", "合并"),
    EventKind.CLOSED: ("注销", "关闭", "闭坑", "退出", "吊销"),
}
"""The words a table may use for each kind, besides the kind's own name."""

ENTERING = (EventKind.ISSUED, EventKind.CONVERTED)
LEAVING = (EventKind.MERGED, EventKind.CLOSED)

STATE_AFTER: dict[EventKind, Status] = {
    EventKind.EXPIRED: Status.EXPIRED,
    EventKind.STOPPED: Status.STOPPED,
    EventKind.SEALED: Status.SEALED,
    EventKind.RESUMED: Status.PRODUCING,
}


@dataclass(frozen=True)
class Event:
    """One change of the register.

    `before` and `after` are the right as it stood and as it stands then: None before it was
    issued, and after it left. `into` is the licence a merged right went into. `location` is where
    the event stands in its file.
    """

    day: date
    kind: EventKind
    licence: str
    before: Right | None
    after: Right | None
    into: str = ""
    location: str = field(default="", compare=False)
