"""The seed must be the notice, word by word; the words here are copied from it independently."""

import importlib
import re

import pytest
from django.apps import apps

from mentors.models import Category, IndustrialChain, TopicType

pytestmark = pytest.mark.django_db

NOTICE = (
    "机械制造类：先进轨道交通装备(含磁浮)产业链、工程机械产业链、农业机械产业链；"
    "新材料类：新型轻合金产业链、化工新材料产业链、碳基材料产业链、显示功能材料产业链、先进陶瓷材料产业链、"
    "先进硬质材料产业链；"
    "新能源与环保类：先进储能材料及电动汽车产业链、新能源装备产业链、空气治理技术及应用产业链；"
    "电子信息类：IGBT大功率器件产业链、人工智能及传感器产业链、自主可控计算机及信息安全产业链、"
    "航空航天(含北斗)产业链、3D打印及机器人产业链；"
    "建筑类：装配式建筑产业链；"
    "生物医药类：基因技术及应用产业链、中药产业链"
)
EXTRA = ["商务与服务类", "文化旅游类", "行政管理类"]


def test_categories_and_chains_are_those_of_the_notice_in_its_order():
    of_notice = {}
    for part in NOTICE.split("；"):
        category, chains = part.split("：")
        of_notice[category] = chains.split("、")
    of_notice |= {name: [] for name in EXTRA}
    stored = {
        category.name: [chain.name for chain in category.chains.all()]
        for category in Category.objects.prefetch_related("chains")
    }
    assert list(stored) == list(of_notice)
    assert stored == of_notice


def test_counts_are_nine_and_twenty():
    industrial = Category.objects.filter(is_industrial=True)
    assert Category.objects.count() == 9
    assert [category.chains.count() for category in industrial] == [3, 6, 3, 5, 1, 2]


def test_topic_types_are_six():
    names = list(TopicType.objects.values_list("name", flat=True))
    assert names == ["政策宣讲", "职业指导", "创业指导", "简历制作", "面试技巧", "其他"]


@pytest.mark.parametrize("model", [Category, IndustrialChain, TopicType])
def test_slugs_are_plain_words(model):
    assert all(re.fullmatch(r"[a-z][a-z-]*", slug) for slug in model.objects.values_list("slug", flat=True))


def test_sowing_twice_changes_nothing_and_keeps_what_staff_changed():
    Category.objects.filter(slug="machinery").update(position=99)
    before = [list(model.objects.order_by("pk").values()) for model in (Category, IndustrialChain, TopicType)]
    importlib.import_module("mentors.migrations.0002_seed").sow(apps, None)
    after = [list(model.objects.order_by("pk").values()) for model in (Category, IndustrialChain, TopicType)]
    assert after == before


def test_short_names_leave_out_what_every_name_has():
    assert Category.objects.get(slug="machinery").short_name == "机械制造"
    assert IndustrialChain.objects.get(slug="aerospace").short_name == "航空航天(含北斗)"
