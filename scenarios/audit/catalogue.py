"""Every check of the audit: its stable number, how serious it is, what it looks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minequota.scenarios.plan import Name

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Check:
    """One kind of finding.

    A code is never given to another check. `severity` is the usual one; a check that may be
    graver says so in `looks_for`.
    """

    code: str
    about: str
    severity: Severity
    title: Name
    looks_for: Name
    example: str


def _check(
    code: str,
    about: str,
    severity: Severity,
    title: tuple[str, str],
    looks_for: tuple[str, str],
    example: str,
) -> Check:
    return Check(
        code,
        about,
        severity,
        Name(zh=title[0], en=title[1]),
        Name(zh=looks_for[0], en=looks_for[1]),
        example,
    )


CATALOGUE = (
    # A1: the plan's own figures.
    _check(
        "A101",
        "contradiction",
        "warning",
        ("前后数字矛盾", "two figures for one thing"),
        (
            "规划中同一事项的两个数字不能同真；列出两数和本程序采用的一个",
            "Two figures of the plan that cannot both be meant, and the one that is used",
        ),
        "丹东铁矿年开采总量：专栏一0.02亿吨，分县表合计0.026亿吨",
    ),
    _check(
        "A102",
        "printed_figure",
        "warning",
        ("合计或百分比不符", "a total or percentage is off"),
        (
            "印刷的合计、百分比或倍数与其各项重算结果不符",
            "A printed total, percentage or ratio that its own parts do not give",
        ),
        "各项21＋10＝31，印刷为35",
    ),
    _check(
        "A103",
        "base_structure",
        "warning",
        ("基期矿山数量不闭合", "the base year's numbers do not add up"),
        (
            "基期矿山总数与大、中、小型之和或与分组数不符",
            "The base year's number of rights against its split by size and by group",
        ),
        "1＋0＋2＝3，总数为2",
    ),
    _check(
        "A104",
        "double_cap",
        "warning",
        ("同一总量两个数字", "two caps for one thing"),
        (
            "同一产品、同一地区、同一用途和口径，同一年有数字不同的两个上限",
            "Two upper limits with different figures for one product, place, use, basis and year",
        ),
        "全市菱镁矿总量31万吨与30万吨同时有效",
    ),
    _check(
        "A105",
        "county_split",
        "warning",
        ("分县之和与总量不符", "the counties' caps and the whole"),
        (
            "分县上限之和大于全域上限",
            "The counties' caps add up to more than the cap on the whole",
        ),
        "分县21＋14＝35万吨，全市31万吨",
    ),
    _check(
        "A106",
        "floor_above_ceiling",
        "warning",
        ("下限高于上限", "a floor above a ceiling"),
        (
            "同一产品的产量下限（或期望下限）高于其上限，已按各矿品位、荒料率折算",
            "An output the plan wants at least, above its own upper limit, in any ore on hand",
        ),
        "年产不少于40万吨，总量31万吨",
    ),
    _check(
        "A107",
        "base_yield",
        "warning",
        ("矿石与荒料两数不相称", "ore and block stone do not fit"),
        (
            "同一年的矿石产量与荒料产量隐含的荒料率在18%–26%之外",
            "Ore and block stone of one year imply a block yield outside 18–26 %",
        ),
        "方城2021年矿石75.99万吨、荒料约23万立方米：荒料率约80%",
    ),
    _check(
        "A108",
        "unit_slip",
        "warning",
        ("疑似单位笔误", "a unit slip in the table"),
        (
            "最低开采规模超过名册中该矿种最大证载规模的50倍",
            "A minimum scale above 50 times the largest licence of its mineral on the register",
        ),
        "朝阳县地热800/400/40万吨，辽阳为立方米/日",
    ),
    _check(
        "A109",
        "column_order",
        "warning",
        ("最低规模大小颠倒", "the columns are out of order"),
        (
            "最低开采规模表中，小型的数字大于中型，或中型大于大型",
            "A line of the minimum-scale table asks more of a smaller class than of a larger",
        ),
        "中型50，大型10",
    ),
    _check(
        "A110",
        "cap_far_from_output",
        "note",
        ("总量与基期产量相差悬殊", "a cap far from the base year's output"),
        (
            "总量上限为基期（或所载年份）产量的3倍以上或三分之一以下",
            "A cap more than 3 times, or less than a third of, the published output",
        ),
        "丹东滑石总量58万吨，2020年产量0.1万吨",
    ),
    _check(
        "A111",
        "special_minimum",
        "note",
        ("专门规定与最低规模表不同", "the special minimum differs from the table"),
        (
            "专门规定的最低规模与一般表的栏目不同，专门规定优先",
            "Where a right-specific minimum wins over the general table",
        ),
        "丹东：集中开采区20万立方米，表中大型100万立方米",
    ),
    _check(
        "A112",
        "small_zone",
        "warning",
        ("集中开采区面积过小", "a zone too small for its minimum"),
        (
            "按最低规模开采十年，全区平均须下降40米以上",
            "At its minimum for ten years the whole zone would sink 40 m or more",
        ),
        "0.0411平方公里，20万立方米/年：49米",
    ),
    _check(
        "A113",
        "zone_authority",
        "note",
        ("区块未载发证权限", "zones without an authority"),
        ("集中开采区或区块未说明由谁发证", "Zones or blocks that do not say who licenses there"),
        "丹东21个集中开采区",
    ),
    _check(
        "A114",
        "inferred_reading",
        "note",
        ("推读而非明载", "read into the plan"),
        (
            "规划未明载、由本程序推读的事实，按类合并",
            "Facts that are read into the plan rather than printed in it, kind by kind",
        ),
        "分县表未列的县按无指标处理",
    ),
    _check(
        "A115",
        "odd_cell",
        "note",
        ("表格特殊写法的处理", "odd cells of the minimum-scale table"),
        (
            "最低开采规模表中带说明的行：空格、“<10”、“/”、单位等如何读",
            "Lines of the minimum-scale table with a remark on how a cell is read",
        ),
        "“<10”按无可用最低规模处理",
    ),
    # A2: targets that pull against each other.
    _check(
        "A201",
        "places_above_count",
        "warning",
        ("规划区块与数量控制相抵", "more places than the number allows"),
        (
            "已有采矿权＋规划区块＋探转采超过数量上限；写明最多可投放几个",
            "Rights held, planned places and conversions together exceed the number of rights",
        ),
        "开州28＋47＝75个，上限38个",
    ),
    _check(
        "A202",
        "structure_out_of_reach",
        "warning",
        ("数量与比例目标达不到", "number and ratio are out of reach"),
        (
            "投放、关闭、整合、扩能全部用上也达不到数量和比例目标；均为约束性的为错误",
            "Even every listed issue, closing, merger and expansion misses the targets of number "
            "and ratio; an error where they are binding",
        ),
        "2个小型，比例须达100%，无可投放",
    ),
    _check(
        "A203",
        "ratio_needs_closures",
        "warning",
        ("只靠投放达不到比例", "issuing alone does not reach the ratio"),
        (
            "数量上限之内只靠投放达不到大中型比例；给出最少关闭数及算式",
            "Within the number no issuing reaches the large/medium ratio; the fewest closings "
            "that do, with the arithmetic",
        ),
        "开州投放10个：22/38＝57.9%；关闭1个、投放11个：23/38",
    ),
    _check(
        "A204",
        "structure",
        "note",
        ("达到数量与比例的最少做法", "the least that reaches number and ratio"),
        (
            "目标未自然达到但做得到时，最少退出几个、投放几个",
            "The fewest leaving and issued that reach the targets of number and ratio",
        ),
        "丹东：新设5个、退出15个，39/320＝12.2%",
    ),
    _check(
        "A205",
        "mergers_fall_short",
        "warning",
        ("整合清单不足以达到目标", "the listed mergers fall short"),
        (
            "按所列整合，持有人数或采矿权数仍高于上限",
            "After every listed merger the number of holders or rights is still above its limit",
        ),
        "菱镁矿2025年须归并为2家，所列整合后最少3家",
    ),
    _check(
        "A206",
        "zone_limit_exceeded",
        "warning",
        ("区内规模上限不够", "the zones' limit is too low"),
        (
            "区内已有规模加各区块最低规模之和超过区内规模上限",
            "Capacity inside the zones plus the places' minimums exceed the zones' limit",
        ),
        "区内已有460万吨＋5个×20万吨＝560，上限500",
    ),
    # A3: the register.
    _check(
        "A301",
        "synthetic_register",
        "warning",
        ("名册含合成数据", "a synthetic register"),
        ("名册中合成字段的比例", "How much of the register is made up"),
        "丹东330个采矿权均含合成字段",
    ),
    _check(
        "A302",
        "ignored_columns",
        "note",
        ("名册有列未识别", "columns of the register not used"),
        ("名册中未识别、未使用的列", "Columns of the register that no field was found for"),
        "mines.csv：附注甲",
    ),
    _check(
        "A303",
        "tiny_capacity",
        "warning",
        ("生产规模小于取整单位", "capacities below one step"),
        (
            "折合不足一个取整单位的生产规模，多为单位笔误",
            "Capacities that round to nothing, most often a slip of the unit",
        ),
        "20千克",
    ),
    _check(
        "A304",
        "published_counts",
        "note",
        ("名册与公布数不同", "the register differs from published numbers"),
        ("名册统计数与规划公布的基期数不同", "The register against the plan's published numbers"),
        "名册41个，规划40个",
    ),
    _check(
        "A305",
        "named_rights",
        "note",
        ("列名的采矿权不在名册", "named rights missing"),
        ("规划列名的采矿权在名册中找不到", "Rights the plan names that are not on the register"),
        "规划列名某矿，名册中没有",
    ),
    _check(
        "A306",
        "below_minimum",
        "note",
        ("已有矿山低于最低规模", "rights below a minimum"),
        (
            "已有采矿权低于规划最低规模（有“已有矿山”栏的按该栏）",
            "Existing rights below the plan's minimum, its column for existing mines where there "
            "is one",
        ),
        "丹东69个采石场中67个低于20万立方米",
    ),
    _check(
        "A307",
        "must_leave",
        "note",
        ("到期或限期退出", "rights that must leave"),
        (
            "期内须退出的采矿权，按原因和年份",
            "Rights that must be gone within the years asked about, by reason and year",
        ),
        "丹东6个采石场到期不能延续",
    ),
    _check(
        "A308",
        "service_life",
        "warning",
        ("储量与规模不相称", "reserves and capacity do not fit"),
        (
            "已有采矿权服务年限不足3年（警告），或超过大、中、小型30/20/10年的3倍（提示）",
            "Reserves of a right that last less than 3 years (a warning), or more than 3 times "
            "the usual 30/20/10 years of large, medium and small mines (a note)",
        ),
        "储量20万吨，规模25万吨/年",
    ),
    _check(
        "A309",
        "over_capacity",
        "note",
        ("上年产量超过证载规模", "output above capacity"),
        ("上年产量超过证载规模", "Rights whose last output exceeds their licence"),
        "证载25万吨，上年26万吨",
    ),
    _check(
        "A310",
        "directions",
        "warning",
        ("限制或禁止矿种有采矿权", "rights for minerals that are barred"),
        ("名册中有限制或禁止开采矿种的采矿权", "Rights for restricted or banned minerals"),
        "禁止开采的砖瓦用黏土仍有采矿权",
    ),
    _check(
        "A311",
        "no_allotment",
        "warning",
        ("未分配指标的县有采矿权", "rights where nothing is allotted"),
        ("未分配指标的县（区）有该产品的采矿权", "Rights in counties without an allotment"),
        "西县菱镁矿1个，指标为0",
    ),
    _check(
        "A312",
        "large_mined_small",
        "warning",
        ("大矿小开", "large deposits mined small"),
        (
            "大中型矿床上的采矿权低于该栏最低规模",
            "Rights on large or medium deposits below the column of their deposit",
        ),
        "大型矿床须100万吨，证载25万吨",
    ),
    _check(
        "A313",
        "minimum_not_comparable",
        "note",
        ("最低规模无法比较", "minimums that cannot be compared"),
        (
            "最低规模按荒料、标准矿、矿物量或金属量计，缺折算依据",
            "Minimums in blocks, standard ore or contained mineral without what converts them",
        ),
        "最低规模按矿物量计，名册无品位",
    ),
    # A4: classes and conversions.
    _check(
        "A401",
        "size_class_basis",
        "warning",
        ("规模类别无国家标准依据", "classes without a settled row"),
        (
            "规模类别由规划表代用或无依据按小型判定",
            "Size classes that rest on the plan's own columns or on nothing",
        ),
        "菱镁矿无国家标准行，按规划表100/50判定",
    ),
    _check(
        "A402",
        "size_class_density",
        "warning",
        ("规模类别取决于体重", "classes that depend on a density"),
        (
            "体重在2.2–2.75吨/立方米之间取值会改变规模类别",
            "Size classes that a density between 2.2 and 2.75 t/m³ changes",
        ),
        "12.5万吨石料：4.5–5.7万立方米，界线5",
    ),
    _check(
        "A403",
        "stated_class",
        "note",
        ("登记类别与国家标准不同", "a stated class against the table"),
        ("登记的规模类别与国家标准不同，以登记为准", "The stated class holds over the table"),
        "60万立方米采石场登记为小型",
    ),
    _check(
        "A404",
        "small_candidates",
        "note",
        ("可投放的属小型", "candidates that stay small"),
        (
            "可投放采矿权按上限仍属小型，会拉低比例",
            "Candidates that count as small at their largest and lower the ratio",
        ),
        "砖瓦用页岩5万吨",
    ),
    _check(
        "A405",
        "conversion_defaults",
        "note",
        ("折算依据默认值", "conversions that rest on defaults"),
        (
            "按产品默认的品位、回收率、荒料率、体重折算的采矿权数",
            "Rights converted with the product's default grade, recovery, block yield or density",
        ),
        "饰面石材7个按荒料率22%折算",
    ),
    _check(
        "A406",
        "not_convertible",
        "warning",
        ("无法折算，得不到指标", "what cannot be converted"),
        (
            "缺体重、品位或荒料率，无法折算为产品单位，测算中按0计",
            "Rights whose ore cannot be said in the product's unit; reckoned as nothing here",
        ),
        "铁矿缺品位，不能折算为62%标准矿",
    ),
    _check(
        "A407",
        "unusual_yield",
        "warning",
        ("荒料率超出常见范围", "an unusual block yield"),
        (
            "采用的荒料率在18%–26%之外",
            "A block yield in use outside 18–26 %",
        ),
        "产品默认荒料率80%",
    ),
    # A5: demand and supply.
    _check(
        "A501",
        "demand_above_supply",
        "warning",
        ("需求高于可能供给", "demand above every possible supply"),
        (
            "需求高于各上限之内全部可能供给与外来供给之和",
            "Demand above all that rights, candidates and outside supply can give within the caps",
        ),
        "需求33万吨，上限之内最多31万吨",
    ),
    _check(
        "A502",
        "demand_above_caps",
        "warning",
        ("需求高于总量上限", "demand above the caps"),
        (
            "需求减外来供给仍高于总量上限；总量口径可有两读的，两读都算",
            "Demand less outside supply above the caps alone; under both readings where the "
            "basis of a cap may be read two ways",
        ),
        "方城荒料需求95万立方米，总量80：按荒料或按矿石读都不够",
    ),
    _check(
        "A503",
        "cap_out_of_reach",
        "note",
        ("能力达不到上限", "a ceiling that cannot bind"),
        (
            "可生产与可投放的能力合计达不到上限；按总量下达时为警告",
            "All capacity together stays below a ceiling; a warning where the whole cap is to be "
            "handed out",
        ),
        "丹东滑石能力低于58万吨",
    ),
    _check(
        "A504",
        "by_products",
        "note",
        ("副产与综合利用计入供给", "by-products are counted"),
        ("需求中计入副产、尾矿、废石供给", "Demands that by-products and waste are to meet"),
        "建筑石料30万立方米来自铁矿废石",
    ),
    # A6: projects and the calendar.
    _check(
        "A601",
        "expansion_from",
        "warning",
        ("扩能前规模与名册不同", "capacity before an expansion"),
        (
            "扩能项目所载原规模与名册不同，或名册中没有该矿",
            "An expansion whose printed capacity before differs from the register's, or whose "
            "right is not there",
        ),
        "弓长岭规划265万吨，名册260万吨",
    ),
    _check(
        "A602",
        "merger_below_minimum",
        "warning",
        ("整合后仍低于最低规模", "a merger below its minimum"),
        (
            "整合或扩能后的规模低于相应最低规模，不能选用",
            "A merged or enlarged right below the minimum that admits it, so never chosen",
        ),
        "整合后25万吨，中型矿床须30万吨",
    ),
    _check(
        "A603",
        "project_life",
        "note",
        ("项目服务年限", "service life of projects and places"),
        (
            "探转采、扩能、整合、区块按规模的服务年限不足同类矿山常用年限的一半或超过其3倍",
            "Projects and places whose reserves last less than half the usual term of their "
            "class, or more than 3 times it",
        ),
        "平顶山52850千吨÷400万吨＝13.2年，大型常用30年",
    ),
    _check(
        "A604",
        "project_late",
        "note",
        ("项目投产晚于测算年", "projects that yield too late"),
        (
            "项目到最后测算年仍不产出，或只能在期后决定",
            "Projects that yield nothing by the last year, or may only be decided after it",
        ),
        "2025年建成、2026年投产",
    ),
    _check(
        "A605",
        "target_state_project",
        "note",
        ("目标状态视同建成", "target state takes projects as built"),
        (
            "目标状态下晚于测算年才投产的项目按建成计",
            "In target state, projects that would yield only later count as built",
        ),
        "探转采2025年完成，目标状态按400万吨计",
    ),
    _check(
        "A606",
        "events_later",
        "note",
        ("期初以后的登记变更未计", "later events are left out"),
        (
            "日期在测算首年或以后的登记变更未计入名册",
            "Changes of the register dated in or after the first year asked about",
        ),
        "2025年3月注销1个，测算2025年",
    ),
    # A7: figures not given, and assumptions.
    _check(
        "A701",
        "awaiting_figure",
        "warning",
        ("待下达", "figures to be handed down"),
        (
            "每年由上级下达的指标缺当年数，有关产品不给指标",
            "Figures handed down each year that are missing: no figure, no quota",
        ),
        "辽阳菱镁矿、煤炭2025年",
    ),
    _check(
        "A702",
        "missing_figure",
        "warning",
        ("指标缺数字", "a clause without its figure"),
        (
            "规划未印数字的数量指标缺情景数字（错误），或用的是假设数",
            "A number the plan does not print: missing in the scenario (an error), or assumed",
        ),
        "辽阳各县砂石采矿权数量",
    ),
    _check(
        "A703",
        "base_of_multiple",
        "warning",
        ("倍数指标缺基期产量", "the base of a multiple"),
        (
            "“基期的3倍”一类指标缺基期产量（错误），或基期为合成数，不能判定达标",
            "A multiple of the base year's output whose base is missing (an error) or made up, "
            "so that it cannot be judged",
        ),
        "辽阳长石3倍、石灰石1.5倍",
    ),
    _check(
        "A704",
        "blank_places",
        "note",
        ("区块要素不全", "places the text does not describe"),
        (
            "未载矿种、最低规模或面积的区块；无矿种且情景未列的不能投放",
            "Places without a mineral, minimum or area; none is issued where no candidate says "
            "what stands there",
        ),
        "开州47个区块仅5＋2个说明矿种",
    ),
    _check(
        "A705",
        "unbounded_candidate",
        "error",
        ("可投放规模无上限", "a candidate without an upper bound"),
        (
            "区块、情景和最低规模都没有给出可投放规模的上限",
            "A place that neither zone, scenario nor any minimum bounds",
        ),
        "区块无最低规模也无最大规模",
    ),
    _check(
        "A706",
        "assumed_demand",
        "note",
        ("需求为假设", "assumed demands"),
        ("需求为假设，非规划或调查数", "Demands that are no figures of a plan or survey"),
        "丹东5项需求",
    ),
    _check(
        "A707",
        "assumed_maximum",
        "note",
        ("规模上限为假设", "assumed upper bounds"),
        (
            "区块未载规模上限，按最低规模倍数或情景假设取",
            "Places whose upper bound is an assumed multiple or an assumption of the scenario",
        ),
        "丹东21个，最低规模的2倍",
    ),
    _check(
        "A708",
        "assumed_inputs",
        "note",
        ("其他假设", "other assumptions"),
        (
            "情景中标为假设或合成的其他输入：上级指标、项目、候选、运距、成本、产出率",
            "Other inputs marked assumed or made up: figures from above, projects, candidates, "
            "distances, costs, yields",
        ),
        "上级指标为示例",
    ),
)
"""Every check in the order of its code."""

CHECKS = {check.about: check for check in CATALOGUE}
"""The checks by the key that findings carry."""
