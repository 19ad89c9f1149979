"""Bonus events (加分项): entered with a proof, verified or refused by staff, counted by their own day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import errors, services
from evaluation.models import BonusEvent
from mentor_portal.files import FileRefused
from mentors.models import Category, Mentor
from tests.documents import EXE, PDF, upload

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI)
ADD = reverse("admin:evaluation_bonusevent_add")


@pytest.fixture
def staff(make_user):
    return make_user("中心小王", is_staff=True, is_superuser=True)


@pytest.fixture
def mentor(make_user) -> Mentor:
    category = Category.objects.first()
    user = make_user("刘导师")
    return Mentor.objects.create(user=user, name="刘导师", employer="湖南大学", primary_category=category)


@pytest.fixture
def enter(staff, mentor):
    def enter_one(title: str = "创新创业大赛评审", **values) -> BonusEvent:
        given = {"held_on": AT.date(), "proof": upload("邀请函.pdf", PDF), "by": staff, "at": AT}
        return services.enter_bonus(mentor=mentor, title=title, **(given | values))

    return enter_one


def test_entered_event_waits_to_be_verified(enter):
    event = enter()
    assert (event.state, event.content_type) == (BonusEvent.State.ENTERED, "application/pdf")
    assert not BonusEvent.objects.verified().exists()


def test_event_of_tomorrow_is_refused(enter):
    with pytest.raises(errors.BonusInFuture):
        enter(held_on=AT.date() + timedelta(days=1))


def test_same_event_twice_is_refused_and_leaves_no_second(enter):
    enter()
    with pytest.raises(errors.BonusTwice):
        enter()
    assert BonusEvent.objects.count() == 1


def test_proof_that_is_a_program_is_refused(enter):
    with pytest.raises(FileRefused):
        enter(proof=upload("邀请函.pdf", EXE))
    assert not BonusEvent.objects.exists()


def test_verifying_twice_keeps_the_first(enter, staff, make_user):
    event = enter()
    services.verify_bonus(event=event, by=staff, at=AT)
    services.verify_bonus(event=event, by=make_user("别人", is_staff=True), at=AT + timedelta(hours=1))
    event.refresh_from_db()
    assert (event.decided_by, event.decided_at) == (staff, AT)


def test_refusing_needs_a_reason_and_stops_the_counting(enter, staff):
    event = enter()
    services.verify_bonus(event=event, by=staff, at=AT)
    with pytest.raises(errors.BonusRefusalUnexplained):
        services.refuse_bonus(event=event, reason=" ", by=staff, at=AT)
    services.refuse_bonus(event=event, reason="不是导师本人", by=staff, at=AT)
    assert not BonusEvent.objects.verified().exists()


def test_staff_enter_verify_and_open_the_proof(client, staff, mentor):
    client.force_login(staff)
    posted = {
        "mentor": mentor.pk,
        "title": "人才高端论坛",
        "held_on": timezone.localdate().isoformat(),
        "file": upload("聘书.pdf", PDF),
    }
    assert client.post(ADD, posted).status_code == 302
    event = BonusEvent.objects.get()
    page = client.get(reverse("admin:evaluation_bonusevent_change", args=[event.pk])).content.decode()
    assert "聘书.pdf" in page
    assert "待核实" in page
    client.post(reverse("admin:evaluation_bonusevent_verify", args=[event.pk]))
    event.refresh_from_db()
    assert event.state == BonusEvent.State.VERIFIED
    proof = client.get(reverse("admin:evaluation_bonusevent_proof", args=[event.pk]))
    assert b"".join(proof.streaming_content) == PDF


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"held_on": "2099-01-01"}, "活动日期还没有到"),
        ({"file": ""}, "请上传证明材料"),
        ({"title": ""}, "请填写活动名称"),
    ],
)
def test_bad_form_says_why_and_keeps_what_was_typed(client, staff, mentor, changed, sentence):
    client.force_login(staff)
    posted = {
        "mentor": mentor.pk,
        "title": "人才高端论坛",
        "held_on": timezone.localdate().isoformat(),
        "file": upload("聘书.pdf", PDF),
    }
    page = client.post(ADD, posted | changed)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not BonusEvent.objects.exists()


def test_same_event_twice_is_said_on_the_form(client, staff, enter):
    event = enter(held_on=timezone.localdate(), at=timezone.now())
    client.force_login(staff)
    posted = {
        "mentor": event.mentor_id,
        "title": event.title,
        "held_on": event.held_on.isoformat(),
        "file": upload("聘书.pdf", PDF),
    }
    assert "已经录入过" in client.post(ADD, posted).content.decode()
