"""The words of roll.md in both languages."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "title": ("{passed}年度滚动记录：{authority}", "Rolled over {passed}: {authority}"),
    "run": ("测算结果", "Run"),
    "actual": ("执行情况表", "Actual outputs"),
    "events": ("变更事件表", "Events"),
    "years": ("新的年度", "New years"),
    "missing": ("未填报的处理", "Rights not reported"),
    "missing_refuse": ("不允许缺报", "refused"),
    "missing_quota": ("按指标推定", "taken to have produced their quota"),
    "missing_zero": ("按零推定", "taken to have produced nothing"),
    "tolerance": ("超产容差", "Tolerance"),
    "as_planned": ("按方案入册", "Booked as planned"),
    "yes": ("是（推定于12月31日实施）", "yes (assumed done on 31 December)"),
    "no": ("否", "no"),
    "synthetic": (
        "名册 {total} 个采矿权中 {synthetic} 个含合成数据，不是真实矿山的数据；"
        "以下结果不得当作实情。",
        "{synthetic} of the register's {total} rights hold synthetic data, not those of real "
        "mines; nothing below is to be taken for fact.",
    ),
    "notices": ("须办理和须知", "To do and to know"),
    "none": ("无。", "None."),
    "fulfilment": ("指标执行情况", "Quotas fulfilled"),
    "fulfilment_note": (
        "产量取测绘（核查）产量，无则取实际产量，再无则取统计产量。未用完的指标不结转，下年不增加任何数。"
        "综合利用（共伴生）产量和指导性安排超出的，不扣减下年指标。",
        "The output is the surveyed one, else the actual, else the reported one. Unused quota is "
        "not carried over: nothing is added to next year. What comprehensive use (co-products) or "
        "guidance exceeds is not taken off next year's quota.",
    ),
    "by_product": ("分产品合计（矿石量）", "By product (ore)"),
    "rights": ("名册变动", "The register"),
    "changes": ("规划和情景的改动", "Plan and scenario"),
    "register": ("名册数值的改动", "Figures of the register"),
    "closed_synthetic": (
        "另有 {number} 个含合成数据的采矿权退出，不列名称：{where}。",
        "{number} more rights with synthetic data leave and are not named: {where}.",
    ),
    "counts": (
        "滚动前 {before} 个，进 {entered} 个，出 {left} 个，滚动后 {after} 个。",
        "{before} before, {entered} entered, {left} left, {after} after.",
    ),
    "assumed": ("推定", "assumed"),
    "synthetic_mark": ("（合成）", " (synthetic)"),
}
HEADINGS: dict[str, tuple[str, str]] = {
    "licence": ("许可证号", "Licence"),
    "name": ("矿山名称", "Mine"),
    "product": ("产品", "Product"),
    "kind": ("类别", "Kind"),
    "quota": ("指标（矿石量）", "Quota (ore)"),
    "produced": ("产量（矿石量）", "Output (ore)"),
    "rate": ("执行率", "Rate"),
    "excess": ("超产", "Over"),
    "unused": ("未用（不结转）", "Unused (lapses)"),
    "treated": ("超产处理", "Excess"),
    "source": ("依据", "Source"),
    "what": ("事项", "What"),
    "subject": ("对象", "Subject"),
    "field": ("栏目", "Field"),
    "old": ("原", "Old"),
    "new": ("新", "New"),
    "note": ("说明", "Note"),
    "code": ("代码", "Code"),
}
KINDS: dict[str, tuple[str, str]] = {
    "control": ("控制指标", "control"),
    "guidance": ("指导性", "guidance"),
    "output": ("执行情况", "output"),
    "reserves": ("保有资源储量", "reserves"),
    "last_output": ("上年产量", "last output"),
    "surveyed_output": ("调查产量", "surveyed output"),
    "last_quota": ("上年指标", "last quota"),
    "event": ("变更事件", "event"),
    "issued": ("新立（按方案）", "issued (as planned)"),
    "converted": ("探转采（按方案）", "converted (as planned)"),
    "merged": ("整合（按方案）", "merged (as planned)"),
    "closed": ("退出（按方案）", "left (as planned)"),
    "expanded": ("改扩建（按方案）", "expanded (as planned)"),
    "renewed": ("延续（按方案）", "renewed (as planned)"),
    "overproduced": ("超产扣减", "over-production"),
    "unused": ("未用指标", "unused quota"),
    "question": ("情景", "scenario"),
    "plan": ("规划", "plan"),
}
SIZES: dict[str, tuple[str, str]] = {
    "large": ("大型", "large"),
    "medium": ("中型", "medium"),
    "small": ("小型", "small"),
}
FIELDS: dict[str, str] = {
    "execution_rate": "执行率",
    "not_carried_over": "不结转",
    "licence": "许可证号",
    "amount": "数量",
    "number": "个数",
    "years.last": "截止年",
    "target_year": "规划目标年",
    "existing_by": "已有矿山达标年限",
    "overproduced": "超产扣减",
}
"""Chinese titles of what a step changes that is no column of a register."""
TREATED: dict[str, tuple[str, str]] = {
    "entered": ("计入下年扣减", "taken off next year"),
    "comprehensive": ("综合利用，例外", "comprehensive use: an exception"),
    "guidance": ("指导性安排，不扣减", "guidance: not taken off"),
    "left": ("采矿权已退出，无从扣减", "the right has left: nothing to take it off"),
    "tolerance": ("在容差以内", "within the tolerance"),
    "awaiting": ("指标未下达", "the quota was awaited"),
    "": ("", ""),
}
