"""What faults of form, files and printed tables say."""

from __future__ import annotations

from minequota.optimizer.verify.saying import Message, differs

FORM: dict[str, Message] = {
    "not_records": (
        "Expected a record with lists in it, got {found}.",
        "应为含各列表的记录，实为{found}。",
    ),
    "format_unknown": (
        "The format is {found}; this check reads {expected}.",
        "格式为{found}；本核验读取{expected}。",
    ),
    "key_missing": ("This part of the document is missing.", "文件缺少这一部分。"),
    "key_unknown": ("This part of the document is unknown.", "文件含有未知部分。"),
    "field_missing": ("The field {field} is missing.", "缺少字段{field}。"),
    "field_unknown": ("The field {field} is unknown.", "字段{field}未知。"),
    "field_type": (
        "{field} must be a {expected}, got {found}.",
        "{field}应为{expected}，实为{found}。",
    ),
    "field_value": (
        "{field} must be one of {expected}, got {found}.",
        "{field}应为{expected}之一，实为{found}。",
    ),
    "not_finite": (
        "{field} is {found}, which is no usable figure.",
        "{field}为{found}，不是可用的数字。",
    ),
}

HEADER: dict[str, Message] = {
    "header_differs": differs("Another question", "所答非所问"),
    "status_lies": (
        "The run's status is {found}, its worst goal's is {expected}.",
        "总体状态为{found}，最差目标的状态为{expected}。",
    ),
    "figures_without_answer": (
        "The status is {status}, yet the list holds figures.",
        "状态为{status}，却列有数字。",
    ),
    "year_unknown": (
        "The row speaks of {found}, a year nobody has planned.",
        "该行所属年度{found}不在规划年度之列。",
    ),
}

FILES: dict[str, Message] = {
    "manifest_unreadable": (
        "The manifest cannot be read: {reason}.",
        "清单无法读取：{reason}。",
    ),
    "manifest_differs": (
        "{field} is {found}; the inputs and the allocation say {expected}.",
        "{field}为{found}；输入数据与结果为{expected}。",
    ),
    "file_missing": ("The file is missing.", "缺少该文件。"),
    "file_unlisted": ("The manifest does not list this file.", "清单未列该文件。"),
    "file_outside": (
        "The manifest names a file outside the run folder.",
        "清单所列文件不在结果文件夹内。",
    ),
    "file_changed": (
        "The file has changed: its SHA-256 is {found}, the manifest has {expected}.",
        "文件已被改动：SHA-256为{found}，清单为{expected}。",
    ),
    "file_unreadable": ("The file cannot be read: {reason}.", "文件无法读取：{reason}。"),
    "allocation_unreadable": (
        "allocation.json cannot be read: {reason}.",
        "allocation.json无法读取：{reason}。",
    ),
    "inputs_unreadable": (
        "The saved inputs cannot be loaded: {reason}.",
        "保存的输入无法加载：{reason}。",
    ),
}

TABLES: dict[str, Message] = {
    "table_missing": (
        "Expected {expected} file of this table, found {number}.",
        "该表应有{expected}个文件，实有{number}个。",
    ),
    "table_unknown": ("This is none of the tables.", "该文件不是结果表之一。"),
    "table_unreadable": ("The table cannot be read: {reason}.", "表格无法读取：{reason}。"),
    "table_row_missing": ("The line is missing.", "缺少该行。"),
    "table_row_unknown": ("No record stands behind this line.", "该行没有对应记录。"),
    "table_row_repeated": ("The line stands there more than once.", "该行重复出现。"),
    "table_figure": (
        "{column} is printed as {found}; the records say {expected}.",
        "{column}印作{found}；记录为{expected}。",
    ),
    "table_count": (
        "{found} rights are counted; the records hold {expected}.",
        "列{found}个；记录为{expected}个。",
    ),
    "table_names_synthetic": (
        "The line names {found}, a right with synthetic fields.",
        "该行写出了含合成字段的采矿权名称{found}。",
    ),
}
