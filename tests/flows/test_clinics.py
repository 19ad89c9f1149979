"""A clinic over HTTP: staff plan it, people book it, the desk checks them in, mentors call and note."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Consultation, PanelClinic
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering, Reservation
from tests import clinics, moments, offerings

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}
HOUR = timedelta(hours=1)


@pytest.fixture
def clinic(mentor_user):
    mentors = [mentor_user.mentor, offerings.make_mentor(name="李慧芳")]
    return clinics.make_clinic(mentors=mentors, capacity=2)


@pytest.fixture
def running(mentor_user):
    mentors = [mentor_user.mentor, offerings.make_mentor(name="李慧芳")]
    return clinics.make_running(mentors=mentors)


def words(response) -> str:
    return response.content.decode()


def path_of(clinic, page: str = "") -> str:
    return f"/consultations/clinics/{clinic.pk}/{page}"


# Finding and booking


def test_list_shows_coming_clinics_with_their_mentors_and_leads_to_booking(client, clinic):
    clinics.make_draft(title="还没发布的")
    page = words(client.get("/consultations/clinics/"))
    assert clinic.title in page
    assert "周建国、李慧芳 导师" in page
    assert path_of(clinic, "book/") in page
    assert "还没发布的" not in page


def test_list_without_clinics_says_what_to_do_instead(client):
    assert "近期没有集中诊断" in words(client.get("/consultations/clinics/"))


def test_person_books_with_a_question_and_sees_it_among_the_own(client, clinic, job_seeker):
    client.force_login(job_seeker)
    assert "想咨询的问题" in words(client.get(path_of(clinic, "book/")))
    response = client.post(path_of(clinic, "book/"), {"question": "转行怎么写简历？"}, follow=True)
    assert response.redirect_chain == [(path_of(clinic), 302)]
    assert "预约成功" in words(response)
    assert Consultation.objects.get().question == "转行怎么写简历？"
    mine = words(client.get("/me/reservations/"))
    assert clinic.title in mine
    assert "集中诊断" in mine


def test_booking_without_a_question_keeps_the_page_and_says_why(client, clinic, job_seeker):
    client.force_login(job_seeker)
    response = client.post(path_of(clinic, "book/"), {"question": ""}, headers=HTMX)
    assert response.status_code == 422
    assert "请用一句话写明想咨询的问题" in words(response)
    assert not Reservation.objects.exists()


def test_full_clinic_is_waited_for(client, clinic, job_seeker):
    clinics.book(clinic, offerings.make_people(2))
    client.force_login(job_seeker)
    assert "确认候补" in words(client.get(path_of(clinic, "book/"), headers=HTMX))
    response = client.post(path_of(clinic, "book/"), {"question": "面试"}, follow=True)
    assert "您已进入候补" in words(response)


def test_mentor_of_the_clinic_cannot_book_it(client, clinic, mentor_user):
    client.force_login(mentor_user)
    response = client.post(path_of(clinic, "book/"), {"question": "面试"}, headers=HTMX)
    assert response.status_code == 422
    assert not Reservation.objects.exists()


# The whole day


def test_desk_number_call_notes_done(client, running, job_seeker, mentor_user, staff):
    [booked] = clinics.book(running, [job_seeker], question="转行怎么写简历？")

    client.force_login(staff)
    desk = words(client.get(f"/desk/{running.pk}/"))
    assert path_of(running, "room/") in desk
    client.post(f"/desk/{running.pk}/check-in/{booked.pk}/")

    client.force_login(job_seeker)
    page = words(client.get(path_of(running)))
    assert "您是第 1 号" in page
    assert "提交评价" not in page

    client.force_login(mentor_user)
    room = words(client.get(path_of(running, "room/")))
    assert "转行怎么写简历？" in room
    page = words(client.post(path_of(running, "room/call/"), follow=True))
    assert "已叫 1 号 求职者小李，请到周建国导师处" in page
    assert "正在咨询" in page

    client.force_login(job_seeker)
    assert "请到周建国导师处" in words(client.get(path_of(running, "seats/"), headers=HTMX))

    client.force_login(mentor_user)
    sent = {"notes": "按项目重写", "outcome": "advised", "step": "done"}
    page = words(client.post(path_of(running, "room/1/"), sent, follow=True))
    assert "我接待过的" in page
    assert "已解答" in page
    consultation = Consultation.objects.get()
    assert (consultation.notes, consultation.noted_by) == ("按项目重写", mentor_user.mentor)

    client.force_login(job_seeker)
    page = words(client.get(path_of(running)))
    assert "1 号，已完成" in page
    assert "提交评价" in page
    assert "按项目重写" not in page
    assert offerings.broken_invariants() == []


def test_scan_gives_the_number_that_the_page_then_shows(client, running, job_seeker):
    clinics.book(running, [job_seeker])
    client.force_login(job_seeker)
    page = words(client.get(f"/check-in/{running.offering.check_in_code}/"))
    assert "查看集中诊断" in page
    assert "您是第 1 号" in words(client.get(path_of(running)))


def test_done_and_next_calls_the_next_one_at_once(client, running, mentor_user):
    clinics.make_queue(running, 2)
    client.force_login(mentor_user)
    client.post(path_of(running, "room/call/"))
    page = words(client.post(path_of(running, "room/1/"), {"notes": "好", "step": "next"}, follow=True))
    assert "已叫 2 号" in page
    assert list(running.turns.values_list("number", "state")) == [(1, "done"), (2, "called")]


def test_notes_are_amended_on_the_page_of_the_turn(client, running, mentor_user):
    clinics.make_queue(running, 1)
    client.force_login(mentor_user)
    client.post(path_of(running, "room/call/"))
    client.post(path_of(running, "room/1/"), {"notes": "初稿", "step": "done"})
    assert "初稿" in words(client.get(path_of(running, "room/1/")))
    client.post(path_of(running, "room/1/"), {"notes": "补充", "outcome": "job", "step": "save"})
    assert Consultation.objects.get().notes == "补充"
    assert running.turns.get().state == "done"


def test_notes_that_are_too_long_come_back_with_the_reason(client, running, mentor_user):
    clinics.make_queue(running, 1)
    client.force_login(mentor_user)
    client.post(path_of(running, "room/call/"))
    response = client.post(path_of(running, "room/1/"), {"notes": "字" * 5001, "step": "done"})
    assert response.status_code == 422
    assert "最多 5000 字" in words(response)
    assert running.turns.get().state == "called"


def test_staff_call_for_a_mentor_and_put_back_whoever_does_not_come(client, running, mentor_user, staff):
    clinics.make_queue(running, 2)
    client.force_login(staff)
    page = words(client.post(path_of(running, "room/call/"), {"mentor": mentor_user.mentor.pk}, follow=True))
    assert "已叫 1 号" in page
    page = words(client.post(path_of(running, "room/1/move/"), {"step": "back"}, follow=True))
    assert "1 号已排到队尾" in page
    assert [turn.number for turn in running.turns.waiting_in_order()] == [2, 1]
    client.post(path_of(running, "room/2/move/"), {"step": "left"})
    assert running.turns.get(number=2).state == "left"


def test_staff_read_the_outcome_but_write_no_notes(client, running, mentor_user, staff):
    clinics.make_queue(running, 1)
    client.force_login(staff)
    client.post(path_of(running, "room/call/"), {"mentor": mentor_user.mentor.pk})
    assert client.post(path_of(running, "room/1/"), {"notes": "代写"}).status_code == 404
    assert Consultation.objects.get().notes == ""


def test_mentor_moves_nobody_whom_another_takes(client, running, mentor_user):
    clinics.make_queue(running, 1)
    other = running.mentors.exclude(user=mentor_user).get()
    services.call_next(clinic=running, mentor=other, by=other.user, at=timezone.now())
    client.force_login(mentor_user)
    assert client.post(path_of(running, "room/1/move/"), {"step": "left"}).status_code == 404
    assert client.get(path_of(running, "room/1/")).status_code == 404


def test_room_answers_htmx_with_the_queue_alone(client, running, mentor_user):
    clinics.make_queue(running, 1)
    client.force_login(mentor_user)
    response = client.get(path_of(running, "room/"), headers=HTMX)
    assert words(response).count("<html") == 0
    assert 'id="clinic-queue"' in words(response)
    assert "no-store" in response["Cache-Control"]


def test_room_before_the_start_says_from_when_on(client, clinic, mentor_user):
    client.force_login(mentor_user)
    page = words(client.get(path_of(clinic, "room/")))
    assert "起可以叫号" in page
    assert "叫下一位" not in page


# Staff


def form_of(**fields):
    starts, ends = moments.in_days(5, "14:00"), moments.in_days(5, "17:00")
    first, second = offerings.make_mentor(), offerings.make_mentor(name="李慧芳")
    values = {
        "title": "先进制造业求职集中诊断",
        "category": first.primary_category_id,
        "mentors": [first.pk, second.pk],
        "chains": [],
        "starts_at_0": starts.strftime("%Y-%m-%d"),
        "starts_at_1": "14:00",
        "ends_at_0": ends.strftime("%Y-%m-%d"),
        "ends_at_1": "17:00",
        "host_unit": offerings.province().pk,
        "venue": offerings.make_venue().pk,
        "capacity": 20,
        "audience": "应届毕业生",
        "introduction": "带简历来。",
    }
    return values | fields


ADD = "admin:consultations_panelclinic_add"
LIST = "admin:consultations_panelclinic_changelist"


def test_clinic_that_ends_before_it_begins_is_refused_in_one_sentence(client, staff):
    client.force_login(staff)
    refused = client.post(reverse(ADD), form_of(starts_at_1="14:00", ends_at_1="12:00"))
    assert refused.context["adminform"].form.errors == {"ends_at": ["结束时间须晚于开始时间。"]}


def test_staff_plan_publish_and_call_off_a_clinic(client, staff, job_seeker):
    client.force_login(staff)
    assert client.post(reverse(ADD), form_of()).status_code == 302
    clinic = PanelClinic.objects.get()
    assert clinic.offering.state == Offering.State.DRAFT
    chosen = {"_selected_action": [clinic.pk]}
    client.post(reverse(LIST), {**chosen, "action": "publish"})
    clinic = PanelClinic.objects.get()
    assert clinic.offering.state == Offering.State.PUBLISHED
    clinics.book(clinic, [job_seeker])
    asked = words(client.post(reverse(LIST), {**chosen, "action": "call_off"}))
    assert "将取消以下 1 场集中诊断" in asked
    assert "李慧芳" in asked
    assert "已预约 <strong>1</strong> 人" in asked
    client.post(reverse(LIST), {**chosen, "action": "call_off", "reason": "场地检修"})
    assert PanelClinic.objects.get().offering.state == Offering.State.CANCELLED
    assert Message.objects.of(job_seeker).filter(kind="offering_cancelled").exists()


def test_refusals_stand_under_their_field(client, staff, clinic):
    client.force_login(staff)
    one = offerings.make_mentor()
    assert "至少请 2 位导师" in words(client.post(reverse(ADD), form_of(mentors=[one.pk])))
    day = timezone.localtime(clinic.offering.starts_at)
    taken = form_of(
        venue=clinic.offering.venue_id,
        starts_at_0=day.strftime("%Y-%m-%d"),
        starts_at_1=day.strftime("%H:%M"),
        ends_at_0=(day + HOUR).strftime("%Y-%m-%d"),
        ends_at_1=(day + HOUR).strftime("%H:%M"),
    )
    assert clinic.title in words(client.post(reverse(ADD), taken))
    assert PanelClinic.objects.count() == 1


def test_move_of_a_published_clinic_is_shown_before_it_is_saved(client, staff, clinic, job_seeker):
    clinics.book(clinic, [job_seeker])
    client.force_login(staff)
    offering = clinic.offering
    address = reverse("admin:consultations_panelclinic_change", args=[clinic.pk])
    sent = form_of(
        title=offering.title,
        mentors=[mentor.pk for mentor in clinic.mentors.all()],
        venue=offering.venue_id,
    )
    asked = words(client.post(address, sent))
    assert "确认调整并通知" in asked
    assert "已预约 <strong>1</strong> 人" in asked
    assert client.post(address, sent | {"_confirm_move": "1"}).status_code == 302
    assert Message.objects.of(job_seeker).filter(kind="moved").exists()


def test_unit_staff_see_and_plan_their_own_alone(client, unit_staff, clinic):
    own = clinics.make_draft(host_unit=unit_staff.host_unit)
    client.force_login(unit_staff)
    page = words(client.get(reverse(LIST)))
    assert own.title in page
    assert clinic.title not in page
    assert "集中诊断" in words(client.get(reverse("admin:index")))
