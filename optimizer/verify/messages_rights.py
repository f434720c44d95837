"""What faults of the register's rights and of listed projects say."""

from __future__ import annotations

from minequota.optimizer.verify.saying import Message, differs, figure, listed

RIGHTS: dict[str, Message] = {
    **listed("The action of this right", "该采矿权的处置", "action"),
    "action_differs": differs("Not as registered", "与登记不符"),
    "forced_leaver_kept": (
        "This right must be gone by the end of {year}, yet its action is {found}.",
        "该采矿权应在{year}年底前退出，处置却为{found}。",
    ),
    "forced_without_reason": (
        "Nothing forces this right to leave.",
        "没有规则要求该采矿权退出。",
    ),
    "protected_right_leaves": (
        "This right is protected and must not be chosen to leave.",
        "该采矿权受保护，不得选为退出。",
    ),
    "closing_switched_off": (
        "The scenario allows nobody to be chosen to leave.",
        "本情景不允许选定退出。",
    ),
    "renewal_misstated": (
        "The action is {found}; by the licence's end it is {expected}.",
        "处置为{found}；按有效期应为{expected}。",
    ),
    "synthetic_leaver_named": (
        "A right with synthetic fields leaves under the name {found}.",
        "含合成字段的退出采矿权写出了名称{found}。",
    ),
    "grounds_wrong": (
        "The grounds given are {found}; the register gives {expected}.",
        "所列理由为{found}；据登记应为{expected}。",
    ),
    "eligible_wrong": (
        "Eligibility for output is {found}; by status and safety licence it is {expected}.",
        "可否安排产量为{found}；按状态和安全生产许可应为{expected}。",
    ),
    "forced_year_wrong": (
        "This right leaves in {found}; it must leave in {expected}.",
        "该采矿权于{found}年退出；应在{expected}年退出。",
    ),
    "forced_called_chosen": (
        "This right is said to be chosen to leave in {found}; it must leave by {expected} anyway.",
        "该采矿权写作{found}年建议退出；它到{expected}年本应退出。",
    ),
    "action_year_wrong": (
        "The year beside the action is {found}; it is {expected}.",
        "处置所列年度为{found}；应为{expected}。",
    ),
}

PROJECTS: dict[str, Message] = {
    "reorganisation_repeated": (
        "This project is carried out {times} times.",
        "该项目实施{times}次。",
    ),
    "reorganisation_unknown": (
        "No plan and no scenario lists this project.",
        "规划和情景均未列该项目。",
    ),
    "reorganisation_differs": differs("Not as listed", "与所列项目不符"),
    "reorganisation_capacity_before": figure("The capacity before", "原规模"),
    "reorganisation_capacity": figure("The capacity afterwards", "新规模"),
    "reorganisation_minimum": figure("The minimum scale", "最低开采规模"),
    "reorganised_below_minimum": (
        "A capacity of {found} {unit} is below the minimum of {limit} {unit}.",
        "规模{found}{unit}低于最低开采规模{limit}{unit}。",
    ),
    "reorganised_beyond_reserves": (
        "A capacity of {found} {unit} uses the reserves before the least service life; "
        "at most {limit} {unit} fits.",
        "规模{found}{unit}达不到最低服务年限，至多{limit}{unit}。",
    ),
    "forbidden_scale_reorganised": (
        "The plan forbids merged or enlarged rights on such a deposit (×).",
        "规划禁止在此类矿床整合或扩大矿山（×）。",
    ),
    "undecided_scale_reorganised": (
        "The plan leaves the minimum of such a deposit open (/) and nobody has decided it.",
        "规划对此类矿床的最低规模未作规定（/），情景也未确定。",
    ),
    "project_too_early": (
        "Decided in {found}; it may be decided from {limit} on.",
        "于{found}年实施；最早{limit}年可实施。",
    ),
    "project_too_late": (
        "Decided in {found}; it may be decided until {limit}.",
        "于{found}年实施；最迟{limit}年可实施。",
    ),
    "merged_twice": (
        "This right goes into {times} mergers; it may go into one.",
        "该采矿权进入{times}个整合项目；至多一个。",
    ),
    "member_differs": (
        "The action of this right is {found}; by the project it is {expected}.",
        "该采矿权的处置为{found}；按项目应为{expected}。",
    ),
    "project_unlisted": (
        "The action names the project {project}, which does not have this right.",
        "处置所列项目{project}不含该采矿权。",
    ),
}
