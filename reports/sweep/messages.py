"""What is wrong with a sweep that was asked for, in Chinese and English."""

from __future__ import annotations

from minequota.scenarios.documents.messages import Text, short
from minequota.scenarios.errors import Problem

# code: what is wrong and what to do, in Chinese, then in English.
_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "sweep_nothing": (
        "没有说明要变动什么。",
        "请写 --vary 路径=起:止:步长，或 --sample 路径=分布 并加 --number。",
        "Nothing is varied.",
        "Write --vary PATH=FROM:TO:STEP, or --sample PATH=DISTRIBUTION with --number.",
    ),
    "sweep_both": (
        "--vary 与 --sample 不能同时使用。",
        "请只保留其中一种。",
        "--vary and --sample cannot be combined.",
        "Keep one of them.",
    ),
    "sweep_three": (
        "给出了 {count} 个 --vary，最多 2 个。",
        "要同时变动更多参数，请用 --sample 抽样。",
        "--vary is given {count} times, at most 2 are possible.",
        "To change more parameters at once, draw a sample with --sample.",
    ),
    "sweep_form": (
        "“{value}”不是“路径=取值”。",
        "请写成例如 demand.建筑石料=0.8:1.4:0.05。",
        "{value!r} is not PATH=VALUES.",
        "Write for example demand.建筑石料=0.8:1.4:0.05.",
    ),
    "sweep_range": (
        "“{value}”不是“起:止:步长”。",
        "请写三个数，例如 0.8:1.4:0.05，数量的单位写在最后，例如 20:31:1 万吨。",
        "{value!r} is not FROM:TO:STEP.",
        "Write three numbers such as 0.8:1.4:0.05, a unit at the end such as 20:31:1 万吨.",
    ),
    "sweep_number": (
        "“{value}”不是可用的数。",
        "请写普通的有限数，例如 0.85。",
        "{value!r} is no usable number.",
        "Write an ordinary finite number such as 0.85.",
    ),
    "sweep_step": (
        "步长 {step} 从 {first} 走不到 {last}。",
        "步长不能为零，且符号须与方向一致。",
        "The step {step} does not lead from {first} to {last}.",
        "A step is not zero and has the sign of its direction.",
    ),
    "sweep_empty": (
        "没有取值。",
        "请至少写一个值。",
        "There are no values.",
        "Write at least one value.",
    ),
    "sweep_kinds": (
        "取值有数、有文字或有真假值，不能混用。",
        "请写成同一种。",
        "Numbers, texts, and true or false are mixed.",
        "Write values of one kind.",
    ),
    "sweep_duplicate": (
        "取值 {value} 出现了两次。",
        "请只写一次。",
        "The value {value} stands twice.",
        "Write it once.",
    ),
    "sweep_same_path": (
        "路径“{path}”变动了两次。",
        "请只写一次。",
        "The path {path} is varied twice.",
        "Write it once.",
    ),
    "sweep_factor": (
        "“{value}”不能作为倍数。",
        "倍数为不小于零的数，不带单位；需求总量的数量请用 demand.<产品>.amount。",
        "{value!r} is no factor.",
        "A factor is a number of at least zero without a unit; for an amount of demand write "
        "demand.<product>.amount.",
    ),
    "sweep_too_many": (
        "共有 {count} 个案例，上限为 {most} 个。",
        "请加大步长或减少取值。",
        "There are {count} cases, the most is {most}.",
        "Take larger steps or fewer values.",
    ),
    "sweep_sample_number": (
        "抽样数 {value} 不在 1 至 {most} 之间。",
        "请用 --number 写明抽取多少个案例。",
        "The number of cases to draw, {value}, is not from 1 to {most}.",
        "Write with --number how many cases are drawn.",
    ),
    "sweep_no_sample": (
        "--number 只用于抽样。",
        "请加 --sample，或去掉它。",
        "--number belongs to a sample.",
        "Add --sample, or leave it out.",
    ),
    "sweep_method": (
        "“{value}”不是抽样方法。",
        "请写 lhs（拉丁超立方）或 random。",
        "{value!r} is no way of drawing a sample.",
        "Write lhs (Latin hypercube) or random.",
    ),
    "sweep_seed": (
        "随机种子 {value} 不是非负整数。",
        "请写 0 至 {most} 的整数。",
        "The seed {value} is no whole number of at least zero.",
        "Write a whole number from 0 to {most}.",
    ),
    "sweep_chunk": (
        "每块案例数 {value} 不在 1 至 {most} 之间。",
        "请改用例如 25。",
        "The number of cases in a chunk, {value}, is not from 1 to {most}.",
        "Write for example 25.",
    ),
    "sweep_jobs": (
        "进程数 {value} 不在 1 至 {most} 之间。",
        "请改用例如 2。",
        "The number of processes, {value}, is not from 1 to {most}.",
        "Write for example 2.",
    ),
    "sweep_jobs_dask": (
        "--jobs 与 --dask 不能同时使用。",
        "用集群时进程数由集群决定。",
        "--jobs and --dask cannot be combined.",
        "The cluster decides how many processes there are.",
    ),
    "sweep_distribution": (
        "“{value}”不是已知的分布。",
        "请写 uniform(低,高)、triangular(低,众数,高)、normal(均值,标准差[,低,高])、"
        "lognormal(中位数,对数标准差[,低,高]) 或 discrete(值:权重,…)。",
        "{value!r} is no known distribution.",
        "Write uniform(low,high), triangular(low,mode,high), normal(mean,sd[,low,high]), "
        "lognormal(median,sigma[,low,high]) or discrete(value:weight,…).",
    ),
    "sweep_arguments": (
        "分布 {name} 的参数“{value}”个数或大小不对。",
        "{hint}",
        "The parameters {value!r} of {name} are too few, too many or out of order.",
        "{hint}",
    ),
    "sweep_negative": (
        "此分布可能给出负的倍数。",
        "请写明下限，例如 normal(1,0.1,0.7,1.3)。",
        "This distribution can give a factor below zero.",
        "State its bounds, such as normal(1,0.1,0.7,1.3).",
    ),
    "sweep_file_key": (
        "抽样文件的“{key}”不对或缺少。",
        "{hint}",
        "{key} of the sample file is wrong or missing.",
        "{hint}",
    ),
    "sweep_case_named": (
        "案例表不能有名为“{path}”的列。",
        "请改用更长的路径。",
        "The table of cases cannot have a column named {path}.",
        "Write a longer path.",
    ),
    "sweep_not_alone": (
        "情景展开后再变动“{path}”，与直接变动结果不同，逐案计算会给出另一个问题。",
        "此路径不能用于 sweep；请为每个取值写一个案例，用 compare 比较。",
        "Varying {path} in the resolved scenario is not the same as varying it in its files.",
        "This path cannot be swept; write a case for each value and compare them.",
    ),
    "sweep_out": (
        "“{value}”不能作为结果文件夹的名称。",
        "请写一个普通的文件夹名，不以 .unfinished 结尾。",
        "{value!r} cannot name a result folder.",
        "Write an ordinary folder name that does not end in .unfinished.",
    ),
    "sweep_foreign": (
        "这里已有内容，但不是未完成的 sweep。",
        "请换一个 --out，或自行移走它；程序不会动它。",
        "Something is here that is no unfinished sweep.",
        "Choose another --out, or move it away; the program leaves it alone.",
    ),
    "sweep_no_unfinished": (
        "这里没有未完成的 sweep。",
        "请给出 …unfinished 文件夹，或重新运行原命令。",
        "There is no unfinished sweep here.",
        "Name the ….unfinished folder, or run the original command again.",
    ),
    "sweep_broken": (
        "未完成的 sweep 的 {name} 已损坏或被改动（{reason}）。",
        "请移走该文件夹后重新运行。",
        "{name} of the unfinished sweep is damaged or was changed ({reason}).",
        "Move the folder away and run the command again.",
    ),
    "sweep_differs": (
        "未完成的 sweep 与本次要求不同：{what}原为 {old}，现为 {new}。",
        "请按原要求继续，或换一个 --out。",
        "The unfinished sweep is another one: {what} was {old}, now {new}.",
        "Ask for the same again, or choose another --out.",
    ),
    "sweep_locked": (
        "另一个进程正在这个文件夹中运行（{holder}）。",
        "请等它结束，或换一个 --out。",
        "Another process is at work in this folder ({holder}).",
        "Wait until it ends, or choose another --out.",
    ),
    "sweep_locked_elsewhere": (
        "这个文件夹由另一台计算机上的进程锁定（{holder}），本机无法判断它是否还在运行。",
        "请等它结束；如确知它已结束，请删除该锁文件后再运行，或换一个 --out。",
        "A process of another machine holds this folder ({holder}); whether it still runs cannot "
        "be seen from here.",
        "Wait until it ends; if you know that it has ended, delete this lock file and run again, "
        "or choose another --out.",
    ),
    "sweep_resume_alone": (
        "--resume 已包含原来的全部要求，{given} 不能再给。",
        "只可另加 --jobs、--dask、--no-turning、--lang、--quiet。",
        "--resume brings all that was asked; {given} cannot be given again.",
        "Only --jobs, --dask, --no-turning, --lang and --quiet go with it.",
    ),
    "sweep_no_scenario": (
        "没有给出情景。",
        "请写情景名称或文件，或用 --resume 继续。",
        "No scenario is given.",
        "Write its name or file, or go on with --resume.",
    ),
}


def fault(code: str, place: str, **parts: object) -> Problem:
    """Return the problem `code` at `place`, its texts filled with `parts`."""
    wrong_zh, repair_zh, wrong_en, repair_en = _TEXTS[code]

    def fill(text: str, language: int) -> str:
        shown = {
            key: part[language] if isinstance(part, Text) else short(part)
            for key, part in parts.items()
        }
        return text.format(**shown).strip()

    return Problem(
        place=place,
        wrong=fill(wrong_en, 1),
        repair=fill(repair_en, 1),
        code=code,
        wrong_zh=fill(wrong_zh, 0),
        repair_zh=fill(repair_zh, 0),
    )
