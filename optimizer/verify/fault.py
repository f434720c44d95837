"""One thing a table gets wrong, said in both languages with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.verify.messages import MESSAGES


@dataclass(frozen=True)
class Fault:
    """A failed check.

    `code` names the check (a key of `messages.MESSAGES`), `where` the record, clause, file or
    table row it failed on.
    """

    code: str
    where: str
    message: str
    message_zh: str

    def __str__(self) -> str:
        return f"[{self.code}] {self.where}: {self.message}"


def _shown(figure: object) -> str:
    if isinstance(figure, bool) or figure is None:
        return str(figure)
    if isinstance(figure, float):
        return f"{figure:.12g}"
    text = str(figure)
    return text if len(text) <= 200 else text[:200] + "…"


def fault(code: str, where: object, **figures: object) -> Fault:
    """Return the fault `code` with its message filled in from `figures`."""
    english, chinese = MESSAGES[code]
    shown = {name: _shown(figure) for name, figure in figures.items()}
    return Fault(code, _shown(where), english.format(**shown), chinese.format(**shown))
