"""What each fault says, in English and Chinese; the keys are the codes."""

from __future__ import annotations

from minequota.optimizer.verify.messages_caps import BALANCE, CAPS, FLOWS, STRUCTURE
from minequota.optimizer.verify.messages_form import FILES, FORM, HEADER, TABLES
from minequota.optimizer.verify.messages_goals import GOALS, RULES
from minequota.optimizer.verify.messages_output import ISSUANCE, OUTPUT
from minequota.optimizer.verify.messages_rights import PROJECTS, RIGHTS
from minequota.optimizer.verify.saying import Message

MESSAGES: dict[str, Message] = {
    **FORM,
    **HEADER,
    **RIGHTS,
    **PROJECTS,
    **ISSUANCE,
    **OUTPUT,
    **CAPS,
    **STRUCTURE,
    **BALANCE,
    **FLOWS,
    **RULES,
    **GOALS,
    **FILES,
    **TABLES,
}
