"""What may be wrong with a table of actual outputs or with a run to be rolled, both languages."""

from __future__ import annotations

from minequota.scenarios.documents.messages import Text, short
from minequota.scenarios.errors import Problem

# Code: what is wrong and what to write instead, in Chinese and in English.
_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "actual_header": (
        "没有找到表头行。",
        "表头应含许可证号（或矿山名称）和产量，例如“许可证号、矿山名称、实际产量（万吨）”。",
        "No header row was found.",
        "The header needs the licence (or the mine's name) and an output, such as 许可证号, "
        "矿山名称, 实际产量（万吨）.",
    ),
    "actual_column_twice": (
        "“{header}”与“{other}”两列是同一种数。",
        "请只保留一列。",
        "The columns {header} and {other} hold the same kind of figure.",
        "Keep one of them.",
    ),
    "actual_column": (
        "“{header}”像是产量，但不认识，没有猜测。",
        "是当年产量的，请改为“实际产量（万吨）”“测绘产量（万吨）”或“统计产量（万吨）”；"
        "不是的，请改名或删去该列。",
        "The column {header} looks like an output and is not understood; nothing is guessed.",
        "Call it 实际产量（万吨）, 测绘产量（万吨） or 统计产量（万吨） if it is the year's; "
        "else rename or remove it.",
    ),
    "actual_date": (
        "“{header}”应为产量，现为日期 {value}。",
        "表格软件可能把数改成了日期：请把单元格设为数字格式后重新填写产量。",
        "{header} must be an output, but is the date {value}.",
        "The spreadsheet may have turned a number into a date: format the cell as a number and "
        "write the output again.",
    ),
    "actual_large": (
        "“{licence}”的产量 {amount} 合 {ore}，{why}。",
        "请核对单位（吨还是万吨）和数值；属实的，请加 --confirm-large {licence}。",
        "{licence}'s output {amount} makes {ore}, {why}.",
        "Check its unit (吨 or 万吨) and figure; if it is true, add --confirm-large {licence}.",
    ),
    "confirm_needless": (
        "“{licence}”没有须确认的产量。",
        "请从命令中删去 --confirm-large {licence}。",
        "{licence} has no output to be confirmed.",
        "Leave --confirm-large {licence} out.",
    ),
    "form_kind": (
        "“{file}”不是 .csv 或 .xlsx 文件。",
        "请写如 --form 执行情况表.xlsx。",
        "{file} is neither a .csv nor an .xlsx file.",
        "Write, for example, --form outputs.xlsx.",
    ),
    "form_year": (
        "该运行没有 {year} 年的指标。",
        "请用 --year 指明运行所含的年份。",
        "The run has no quotas of {year}.",
        "Name a year of the run with --year.",
    ),
    "roll_incomplete": (
        "未给出实际产量表或 --out。",
        "请写 minequota roll 运行文件夹 执行情况表 --out 文件夹；要空白表，请加 --form 文件。",
        "The table of actual outputs or --out is missing.",
        "Write minequota roll RUN ACTUAL --out DIR, or --form FILE for a form to be filled in.",
    ),
    "actual_empty": (
        "表中没有任何矿山。",
        "请检查表头以下的行。",
        "The table names no mine.",
        "Check the rows below the header.",
    ),
    "actual_other_year": (
        "“{value}”说的是另一年，滚动的是 {year} 年。",
        "请给出 {year} 年的执行情况表，或用 --year 指明年份。",
        "{value} speaks of another year; {year} is rolled.",
        "Give the table of {year}, or name the year with --year.",
    ),
    "actual_nobody": (
        "该行既无许可证号，又无矿山名称。",
        "请补填许可证号。",
        "The row has neither a licence nor a name.",
        "Fill in the licence.",
    ),
    "actual_unknown": (
        "“{value}”不在测算结果的采矿权中。",
        "{choice}当年新立的采矿权请用 --events 登记，或用 --as-planned 按方案入册。",
        "{value} is no right of the run.",
        "{choice} A right issued in the year is booked with --events or --as-planned.",
    ),
    "actual_ambiguous": (
        "名为“{value}”的矿山有 {number} 个。",
        "请填写许可证号。",
        "{number} rights are called {value}.",
        "Give the licence.",
    ),
    "actual_other_name": (
        "许可证号“{licence}”的矿山是“{known}”，该行的名称“{value}”是“{other}”的。",
        "请核对许可证号与名称是否错行。",
        "The licence {licence} is {known}'s; the row's name {value} is that of {other}.",
        "Check whether licences and names have slipped against each other.",
    ),
    "actual_twice": (
        "“{value}”出现两次，先前在 {first}。",
        "每个采矿权只能一行。",
        "{value} stands twice, before at {first}.",
        "Each right may stand once.",
    ),
    "actual_merged_twice": (
        "“{value}”既按整合后填报，又按成员 {member} 填报。",
        "请只用其中一种填法。",
        "{value} is reported as a whole and by its member {member}.",
        "Report it in one of the two ways.",
    ),
    "actual_basis_missing": (
        "“{product}”的指标按{basis}计，未写明该产量是矿石量还是{basis}。",
        "请在表头写明，例如“实际产量（万吨，矿石量）”，或加一列“口径”。",
        "Quotas of {product} count {basis}; the row does not say whether it counts ore or that.",
        "Say so in the header, such as 实际产量（万吨，矿石量）, or in a column 口径.",
    ),
    "actual_basis_unknown": (
        "不认识的口径“{value}”。",
        "可写：矿石量、标准矿、金属量、矿物量、荒料、指标口径。",
        "Unknown basis {value}.",
        "Write 矿石量, 标准矿, 金属量, 矿物量, 荒料 or 指标口径.",
    ),
    "actual_basis_wrong": (
        "“{product}”的指标按{basis}计，不能用“{value}”填报。",
        "请按矿石量或{basis}填报。",
        "Quotas of {product} count {basis}; {value} cannot be turned into it.",
        "Report ore, or {basis}.",
    ),
    "actual_unit": (
        "“{licence}”的产量 {amount} 不能折算为其证载单位 {unit}。",
        "请改正单位，或在现状表中补填体重。",
        "{licence}'s output {amount} does not become {unit}, its licence's unit.",
        "Correct the unit, or state a density in the register.",
    ),
    "actual_missing": (
        "缺少 {number} 个有指标的采矿权：{listed}。",
        "请补填；或用 --missing quota 按指标推定、--missing zero 按零推定（均注明为推定）。",
        "{number} rights with a quota are missing: {listed}.",
        "Add them; or take them as having produced their quota (--missing quota) or nothing "
        "(--missing zero), marked as assumed.",
    ),
    "run_missing": (
        "不是运行结果文件夹（没有 allocation.json 和 manifest.json）。",
        "请给出 minequota solve 写出的文件夹。",
        "It is no run folder (neither allocation.json nor manifest.json is there).",
        "Give a folder that minequota solve wrote.",
    ),
    "run_faulty": (
        "测算结果未通过校验：{fault}",
        "请用未经改动的结果文件夹，或重新求解。",
        "The run fails its check: {fault}",
        "Take the folder as it was written, or solve again.",
    ),
    "run_too_large": (
        "文件大小 {size} 超过上限 {limit}。",
        "请确认给出的是结果文件夹。",
        "The file has {size}, more than the limit of {limit}.",
        "Check that it is a run folder.",
    ),
    "run_year": (
        "{year} 年不在该结果的年度 {first}–{last} 内。",
        "请改正 --year。",
        "The year {year} is not among the run's {first}–{last}.",
        "Correct --year.",
    ),
    "run_years_unknown": (
        "{first}–{last} 年的实际产量未给出。",
        "请先逐年滚动，或用 --missing quota 或 zero 推定这些年的产量。",
        "The actual outputs of {first}–{last} are not known.",
        "Roll those years first, or have them assumed with --missing quota or zero.",
    ),
    "plan_ends": (
        "规划期到 {last} 年为止，{year} 年没有任何条款有效（{clauses}）。",
        "新规划批准前延用本规划的，请加 --extend-plan：期末年有效的条款延至 {year} 年，逐条注明。",
        "The plan ends with {last}; in {year} none of its clauses holds ({clauses}).",
        "Where it goes on until the next plan is adopted, give --extend-plan: the clauses of its "
        "last year hold on in {year}, each marked.",
    ),
    "event_not_passed": (
        "变更事件（{licence}，{date}）不在 {first} 年之内或之后。",
        "更早的变更已在测算时的名册中，请从事件表中删去。",
        "The event of {licence} on {date} is before {first}.",
        "What happened earlier stands in the run's register; leave it out of the table.",
    ),
}


def problem(code: str, place: str, **parts: object) -> Problem:
    """Return the problem `code` at `place`, its texts filled with `parts`."""
    texts = _TEXTS[code]

    def fill(text: str, language: int) -> str:
        shown = {
            key: part[language] if isinstance(part, Text) else short(part)
            for key, part in parts.items()
        }
        return text.format(**shown).strip()

    return Problem(
        place=place,
        wrong=fill(texts[2], 1),
        repair=fill(texts[3], 1),
        code=code,
        wrong_zh=fill(texts[0], 0),
        repair_zh=fill(texts[1], 0),
    )


def codes() -> tuple[str, ...]:
    """Return the codes of all messages."""
    return tuple(_TEXTS)


def texts_of(code: str) -> tuple[str, str, str, str]:
    """Return a message's texts: wrong and repair in Chinese, then in English."""
    return _TEXTS[code]
