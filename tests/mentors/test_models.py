from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentors.models import Appointment, Category, IndustrialChain, Mentor, TopicType

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


def appoint(mentor, starts_on, ends_on, state=Appointment.State.IN_FORCE, number="A-1"):
    return Appointment.objects.create(
        mentor=mentor, number=number, starts_on=starts_on, ends_on=ends_on, state=state
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "state", "counts"),
    [
        (DAY, DAY + timedelta(days=1), "in_force", True),
        (DAY - timedelta(days=1), DAY, "in_force", True),
        (DAY + timedelta(days=1), DAY + timedelta(days=9), "in_force", False),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), "in_force", False),
        (DAY - timedelta(days=9), DAY + timedelta(days=9), "ended", False),
        (DAY - timedelta(days=9), DAY + timedelta(days=9), "revoked", False),
    ],
)
def test_appointed_counts_terms_in_force_with_both_days(make_mentor, starts_on, ends_on, state, counts):
    mentor = make_mentor(appointed=False)
    appoint(mentor, starts_on, ends_on, state)
    assert Mentor.objects.appointed(DAY).exists() is counts


def test_listed_needs_both_listing_and_appointment(make_mentor):
    for is_listed in (True, False):
        appoint(
            make_mentor(appointed=False, is_listed=is_listed), DAY, DAY + timedelta(1), number=str(is_listed)
        )
    make_mentor(appointed=False)
    assert [each.is_listed for each in Mentor.objects.listed(DAY)] == [True]


def test_mentor_with_two_terms_is_found_once(make_mentor):
    mentor = make_mentor(appointed=False)
    appoint(mentor, DAY - timedelta(days=9), DAY + timedelta(days=9), number="A-1")
    appoint(mentor, DAY - timedelta(days=5), DAY + timedelta(days=5), number="A-2")
    assert list(Mentor.objects.listed(DAY)) == [mentor]


def test_in_category_finds_primary_further_and_by_chain_once_each(make_mentor):
    biomedicine = Category.objects.get(slug="biomedicine")
    primary = make_mentor(category="biomedicine")
    further, by_chain, all_ways, other = (make_mentor() for _ in range(4))
    further.categories.add(biomedicine)
    by_chain.chains.set(biomedicine.chains.all())
    all_ways.categories.add(biomedicine)
    all_ways.chains.set(biomedicine.chains.all())
    found = list(Mentor.objects.in_category(biomedicine).order_by("pk"))
    assert found == [primary, further, by_chain, all_ways]
    assert other not in found


def test_in_chain_and_teaching(make_mentor):
    chain, topic_type = IndustrialChain.objects.get(slug="aerospace"), TopicType.objects.get(slug="interview")
    primary = make_mentor(category="electronics", chain="aerospace")
    further = make_mentor()
    further.chains.add(chain)
    further.topic_types.add(topic_type)
    assert list(Mentor.objects.in_chain(chain).order_by("pk")) == [primary, further]
    assert list(Mentor.objects.teaching(topic_type)) == [further]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("周", ["周建国"]),
        ("装备 薪酬", ["周建国"]),
        ("薪酬 银行", []),
        ("银行", ["李敏"]),
        ("总监", ["李敏"]),
        ("100%", []),
        ("", ["周建国", "李敏"]),
        ("\0", ["周建国", "李敏"]),
    ],
)
def test_matching_needs_every_word_somewhere(make_mentor, words, found):
    make_mentor("周建国", specialities_text="面试技巧、薪酬谈判")
    make_mentor("李敏", category="business", employer="长沙某银行", title="人力资源总监")
    assert [each.name for each in Mentor.objects.matching(words).in_directory_order()] == found


def test_clean_primary_chain_of_another_category_is_refused(make_mentor):
    mentor = make_mentor(category="machinery", chain="aerospace")
    with pytest.raises(ValidationError, match="属于“电子信息类”"):
        mentor.full_clean()


@pytest.mark.parametrize(
    ("chain", "specialities", "types", "headline"),
    [
        ("rail-transit", "面试技巧、薪酬谈判", ["resume"], "先进轨道交通装备 · 面试技巧"),
        (None, "", ["resume"], "机械制造 · 简历制作"),
        (None, "", [], "机械制造"),
    ],
)
def test_headline(make_mentor, chain, specialities, types, headline):
    mentor = make_mentor(chain=chain, specialities_text=specialities)
    mentor.topic_types.set(TopicType.objects.filter(slug__in=types))
    assert mentor.headline == headline


def test_headline_loaded_asks_nothing(make_mentor, django_assert_num_queries):
    make_mentor(chain="rail-transit")
    (mentor,) = Mentor.objects.with_headline()
    with django_assert_num_queries(0):
        assert mentor.headline and mentor.initial == "周"


def test_database_refuses_a_term_that_ends_before_it_starts(make_mentor):
    mentor = make_mentor(appointed=False)
    with pytest.raises(IntegrityError, match="appointment_ends_after_start"), transaction.atomic():
        appoint(mentor, DAY, DAY)


def test_database_refuses_an_unknown_state(make_mentor):
    mentor = make_mentor(appointed=False)
    with pytest.raises(IntegrityError, match="appointment_state_known"), transaction.atomic():
        appoint(mentor, DAY, DAY + timedelta(days=1), state="asleep")
