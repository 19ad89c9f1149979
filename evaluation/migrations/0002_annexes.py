"""The portal's first year, with the rubrics of the notice's annexes word by word."""

from django.db import migrations

FIRST_YEAR = 2026

# Annex 1 (优秀课件): group, and of each item the name, the requirement and the points.
COURSEWARE = (
    (
        "科学性",
        (
            ("描述概念的科学性", "课件取材适宜，内容科学，正确规范", 6),
            ("问题表诉的准确性", "课件中所有表述的内容要准确无误", 8),
            ("引用资料的正确性", "课件中引用资料正确，数据严谨", 8),
            ("认知逻辑的合理性", "课件的演示符合一般逻辑常理", 8),
        ),
    ),
    (
        "教育性",
        (
            ("直观性", "课件制作直观、形象、利于求职者理解知识", 5),
            ("趣味性", "有利于调动求职者学习的积极性和主动性", 4),
            ("启发性", "课件在课堂教学中起较大的启发性", 8),
            ("新颖性", "课件设计新颖，进一步调动求职者的参与热情", 8),
            ("针对性", "课件针对性强，内容完整", 5),
        ),
    ),
    (
        "技术性",
        (
            ("多媒体效果", "课件的制作和使用恰当的运用了多媒体效果", 6),
            ("交互性", "课件交互性较高", 6),
            ("稳定性", "课件在调试、运行过程中无故障出现", 6),
            ("易操作性", "操作简单快捷", 6),
            ("实用性", "课件适用于职业导师课堂的日常教学", 6),
        ),
    ),
    (
        "艺术性",
        (
            ("画面艺术", "画面制作具有较高艺术性，整体标准相对统一", 3),
            ("语言文字", "课件所展示的语言文字规范、简洁、明了", 4),
            ("声音效果", "声音清晰无噪音，对课件有充实作用", 3),
        ),
    ),
)

JUDGED_BY_JOB_SEEKERS = (
    "在微信平台上求职者的点赞量（5分）、约课量（10分）、课后调查问卷得分（5分），分别按照相对应的比例计算得分。"
    "如点赞量为60个，则得3分（60×5%），最高不超过5分"
)
# Annex 2 (优秀职业导师): the line of the score card, group, name, requirement, points.
MENTORS = (
    (
        "teaching_skill",
        "课堂组织能力",
        "教学技巧",
        "能运用各种教学技巧，使教学内容具有趣味性和新颖性，并能切合求职者的心理，成功吸引求职者的注意力，"
        "激发求职者的学习兴趣，创造良好的课堂氛围",
        4,
    ),
    (
        "class_organisation",
        "课堂组织能力",
        "课堂组织",
        "善于管理和维持课堂秩序，能根据教学内容的深浅难易和现场情况控制教学节奏",
        3,
    ),
    (
        "class_control",
        "课堂组织能力",
        "调控课堂",
        "面对突发状况、课堂内外的干扰，能快速而冷静的妥善处理，做到随机应变",
        3,
    ),
    (
        "courseware",
        "课件质量",
        "课件质量",
        "参照“优秀课件”评分标准执行，被评为年度“十优课件”得10分，课件抄袭者得0分",
        10,
    ),
    (
        "participation",
        "参与活动次数",
        "参与活动次数",
        "全年参与职业导师课堂不低于2次，在此基数之上每参加一次导师课堂得2分，参加职业咨询得1分，最高分为20分",
        20,
    ),
    (
        "placements",
        "结对帮扶人数",
        "结对帮扶人数",
        "成功指导或帮助求职者实现就业得1分/人次，最高分为20分",
        20,
    ),
    ("likes", "求职者评价情况", "点赞量", JUDGED_BY_JOB_SEEKERS, 5),
    ("bookings", "求职者评价情况", "约课量", JUDGED_BY_JOB_SEEKERS, 10),
    ("survey", "求职者评价情况", "课后调查问卷", JUDGED_BY_JOB_SEEKERS, 5),
    (
        "research",
        "专题调研成果",
        "专题调研成果",
        "深入企业调研并形成调研报告，根据调研次数和调研报告质量进行评分。参加中心统一组织的集体调研活动，"
        "并撰写不少于800字的调研报告得2分/次/篇，自由调研并撰写调研报告得1分/次/篇",
        20,
    ),
    ("bonus", "加分项", "加分项", "如指导创新创业大赛、人才高端论坛等活动可加1分/场次", 10),
)


def sow(apps, schema_editor):
    """Add the first year where there is none."""
    years = apps.get_model("evaluation", "EvaluationYear").objects
    if years.exists():
        return
    year = years.create(year=FIRST_YEAR)
    items = apps.get_model("evaluation", "RubricItem").objects
    position = 0
    for group, rows in COURSEWARE:
        for name, requirement, points in rows:
            position += 1
            items.create(
                year=year,
                rubric="courseware",
                position=position,
                group=group,
                name=name,
                requirement=requirement,
                maximum=points,
            )
    for position, (key, group, name, requirement, points) in enumerate(MENTORS, start=1):
        items.create(
            year=year,
            rubric="mentor",
            position=position,
            key=key,
            group=group,
            name=name,
            requirement=requirement,
            maximum=points,
        )


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_year_and_rubrics")]

    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
