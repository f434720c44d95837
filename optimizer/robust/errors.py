"""What is said where no robust plan can be made."""

from __future__ import annotations

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.stages import NoAllocationError


class NoRobustPlanError(NoAllocationError):
    """One future alone has no allocation, or no rights serve them all (`future` is empty then)."""

    def __init__(self, error: NoAllocationError, future: str = "") -> None:
        super().__init__(error.status, error.goal)
        self.future = future

    @property
    def said(self) -> tuple[str, str]:
        """What failed, in Chinese and English."""
        infeasible = self.status is SolveStatus.INFEASIBLE
        if self.future and infeasible:
            zh = f"未来“{self.future}”单独也无可行方案：其约束性条款不能同时满足，未写出任何文件。"
            en = f'The future "{self.future}" is infeasible even alone; nothing was written.'
        elif self.future:
            zh = f"未来“{self.future}”在规定时间内未得到任何方案，未写出任何文件。"
            en = f'No answer within the time for the future "{self.future}"; nothing was written.'
        elif infeasible:
            zh = "各未来单独可行，但没有一套采矿权能同时满足所有未来的约束性条款，未写出任何文件。"
            en = (
                "Each future has an answer alone, but no set of rights keeps the binding clauses "
                "of all of them; nothing was written."
            )
        else:
            zh = "规定时间内未得到适用于所有未来的采矿权，未写出任何文件。"
            en = "No rights for all futures were found within the time; nothing was written."
        return zh, en
