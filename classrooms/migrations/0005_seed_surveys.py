"""The questionnaire to begin with, and the words that people can tick beside a rating."""

from django.db import migrations

FIRST_YEAR = 2019
INTRODUCTION = "匿名填写，只用于改进课堂，任何人都看不到是谁填的。"
ITEMS = (
    "内容实用，对我求职就业有帮助",
    "讲解清楚，重点突出",
    "互动充分，能回应大家的问题",
    "课件清晰，案例贴切",
    "时间安排与现场组织",
)
PRAISE = ("内容实用", "讲解清楚", "互动充分", "案例贴切", "组织有序")
COMPLAINTS = ("内容不实用", "讲解不清楚", "互动太少", "时间安排不当", "现场组织混乱", "场地设备不好")


def sow(apps, schema_editor):
    """Add what is missing; what staff changed since stays as it is."""
    questionnaires = apps.get_model("classrooms", "Questionnaire").objects
    if not questionnaires.exists():
        first = questionnaires.create(year=FIRST_YEAR, introduction=INTRODUCTION)
        items = apps.get_model("classrooms", "QuestionnaireItem").objects
        for position, text in enumerate(ITEMS, start=1):
            items.create(questionnaire=first, position=position, text=text)
    tags = apps.get_model("classrooms", "RatingTag").objects
    for is_praise, words in ((True, PRAISE), (False, COMPLAINTS)):
        for position, word in enumerate(words, start=1):
            tags.get_or_create(word=word, defaults={"is_praise": is_praise, "position": position})


class Migration(migrations.Migration):
    dependencies = [("classrooms", "0004_what_a_class_leaves")]

    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
