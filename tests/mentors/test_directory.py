import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentors.models import Category, TopicType

pytestmark = pytest.mark.django_db
LIST = reverse("mentors:mentor-list")


def names(response) -> list[str]:
    return [mentor.name for mentor in response.context["page_obj"]]


@pytest.fixture
def three(make_mentor):
    make_mentor("轨道导师", chain="rail-transit")
    aerospace = make_mentor("航天导师", category="electronics", chain="aerospace")
    aerospace.topic_types.add(TopicType.objects.get(slug="interview"))
    both = make_mentor("商务导师", category="business", specialities_text="跨境电商")
    both.categories.add(Category.objects.get(slug="electronics"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["轨道导师", "航天导师", "商务导师"]),
        ({"category": "electronics"}, ["航天导师", "商务导师"]),
        ({"category": "electronics", "chain": "aerospace"}, ["航天导师"]),
        ({"chain": "rail-transit"}, ["轨道导师"]),
        ({"type": "interview"}, ["航天导师"]),
        ({"q": "电商"}, ["商务导师"]),
        ({"q": "电商", "category": "machinery"}, []),
        ({"category": "machinery", "chain": "aerospace"}, []),
    ],
)
def test_filters(client, three, query, found):
    response = client.get(LIST, query)
    assert response.status_code == 200
    assert names(response) == found
    assert response.context["count"] == len(found)


@pytest.mark.parametrize(
    "query",
    [
        {"category": "nonsense"},
        {"category": "\0"},
        {"chain": "' OR 1=1"},
        {"type": "99999999999999999999"},
        {"q": "周\0建国"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "9" * 40},
        {"page": "\0"},
        {"category": ["machinery", "nonsense"]},
        {"unknown": "1"},
    ],
)
def test_bad_values_are_ignored(client, three, query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    assert len(names(response)) == 3


@pytest.mark.parametrize("words", ["长" * 10_000, "a " * 5_000, "%_\\" * 100])
def test_odd_words_find_nothing_and_break_nothing(client, three, words):
    response = client.get(LIST, {"q": words})
    assert response.status_code == 200
    assert names(response) == []


def test_unlisted_and_unappointed_mentors_are_left_out(client, make_mentor):
    make_mentor("在册")
    make_mentor("不展示", is_listed=False)
    make_mentor("未聘", appointed=False)
    assert names(client.get(LIST)) == ["在册"]


def test_pages_hold_twenty_four(client, make_mentor):
    for number in range(25):
        make_mentor(f"导师{number}")
    assert len(names(client.get(LIST))) == 24
    assert names(client.get(LIST, {"page": 2})) == ["导师24"]


def test_chips_name_the_category_and_then_its_chains(client):
    groups = client.get(LIST).context["filter_groups"]
    assert [(group.label, len(group.chips)) for group in groups] == [("类别", 10), ("课题类型", 7)]
    groups = client.get(LIST, {"category": "energy", "type": "policy"}).context["filter_groups"]
    assert [group.name for group in groups] == ["category", "chain", "type"]
    assert [chip.word for chip in groups[1].chips] == [
        "全部",
        "先进储能材料及电动汽车",
        "新能源装备",
        "空气治理技术及应用",
    ]
    assert [chip.word for chip in groups[0].chips if chip.on] == ["新能源与环保"]


def test_chips_of_a_chain_alone_show_its_category(client):
    groups = client.get(LIST, {"chain": "aerospace"}).context["filter_groups"]
    assert [chip.word for group in groups for chip in group.chips if chip.on] == [
        "电子信息",
        "航空航天(含北斗)",
        "全部",
    ]


def test_chip_of_another_category_drops_the_chain_and_keeps_the_rest(client):
    query = {"category": "energy", "chain": "new-energy-equipment", "type": "policy", "q": "风电"}
    groups = client.get(LIST, query).context["filter_groups"]
    other = next(chip for chip in groups[0].chips if chip.word == "建筑")
    assert other.url == "?type=policy&q=%E9%A3%8E%E7%94%B5&category=construction"


def test_active_filters_lead_to_the_list_without_them(client, three):
    chips = client.get(LIST, {"category": "electronics", "q": "航天"}).context["active_filters"]
    assert [(chip.word, chip.url) for chip in chips] == [
        ("电子信息", "?q=%E8%88%AA%E5%A4%A9"),
        ("航天", "?category=electronics"),
    ]


def test_list_costs_the_same_for_one_and_thirty(client, make_mentor):
    make_mentor(chain="rail-transit")
    one = cost_of(client, LIST)
    for _ in range(29):
        make_mentor(chain="rail-transit").topic_types.set(TopicType.objects.all())
    assert one == cost_of(client, LIST) <= 12


def cost_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_detail_shows_the_profile(client, make_mentor):
    mentor = make_mentor(
        chain="rail-transit", specialities_text="面试技巧、薪酬谈判", introduction="从业二十年。"
    )
    mentor.chains.add(*Category.objects.get(slug="biomedicine").chains.all())
    response = client.get(reverse("mentors:mentor-detail", args=[mentor.pk]))
    profile = response.context["mentor"]
    assert profile.specialities == ["面试技巧", "薪酬谈判"]
    assert [each.slug for each in profile.chains] == ["rail-transit", "gene-technology", "chinese-medicine"]
    assert "从业二十年。" in response.content.decode()


def test_detail_unlisted_is_for_staff_and_the_mentor_alone(client, make_mentor, staff, job_seeker):
    mentor = make_mentor(is_listed=False)
    address = reverse("mentors:mentor-detail", args=[mentor.pk])
    assert client.get(address).status_code == 404
    for person, status in ((job_seeker, 404), (mentor.user, 200), (staff, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_detail_unknown_mentor_is_not_found(client):
    assert client.get(reverse("mentors:mentor-detail", args=[10**18])).status_code == 404


def test_introduction_is_escaped(client, make_mentor):
    mentor = make_mentor(introduction="<script>alert(1)</script>", specialities_text="<b>")
    content = client.get(reverse("mentors:mentor-detail", args=[mentor.pk])).content.decode()
    assert not re.search(r"<script>alert|<b>", content)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, make_mentor, method):
    mentor = make_mentor()
    for name in ("mentor-detail", "mentor-photo"):
        assert getattr(client, method)(reverse(f"mentors:{name}", args=[mentor.pk])).status_code == 405
    assert getattr(client, method)(LIST).status_code == 405
