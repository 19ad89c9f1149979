"""The day itself over HTTP: the scan at the door, the desk, the poster and the sheet."""

import re
from datetime import timedelta

import pytest
import segno
from django.utils import timezone

from mentor_portal.accounts.models import User
from mentor_portal.accounts.sms import MemoryBackend
from mentor_portal.reservations.models import Hosting, Offering, Reservation
from mentor_portal.wording import moment
from tests import moments, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State
MINUTE = timedelta(minutes=1)
HTMX = {"hx-request": "true"}


@pytest.fixture
def session():
    return offerings.make_session(starts_at=timezone.now() + 20 * MINUTE, capacity=2)


@pytest.fixture
def mine(session, job_seeker):
    return offerings.hold(session, [job_seeker])[0]


def scan(client, session, **headers):
    return client.get(f"/check-in/{session.offering.check_in_code}/", headers=headers)


def words(response) -> str:
    return response.content.decode()


def state_of(row) -> str:
    row.refresh_from_db()
    return row.state


# The scan


def test_scan_signs_a_person_in_with_no_further_tap(client, session, mine, job_seeker):
    client.force_login(job_seeker)
    response = scan(client, session)
    assert "已签到" in words(response)
    assert session.title in words(response)
    assert state_of(mine) == State.ATTENDED
    assert "no-store" in response["Cache-Control"]


def test_second_scan_says_when_the_first_was(client, session, mine, job_seeker):
    client.force_login(job_seeker)
    scan(client, session)
    first = Reservation.objects.get(pk=mine.pk).checked_in_at
    response = scan(client, session)
    clock = timezone.localtime(first).strftime("%H:%M")
    assert f"您已于 {clock} 签到，不用再扫" in words(response)
    assert Reservation.objects.get(pk=mine.pk).checked_in_at == first


def test_scan_without_being_signed_in_comes_back_after_the_code(client, session, mine, job_seeker):
    path = f"/check-in/{session.offering.check_in_code}/"
    response = client.get(path)
    assert response.url == f"/sign-in/?next={path}"
    client.post(response.url, {"identifier": job_seeker.phone, "consent": "on"})
    response = client.post("/sign-in/code/", {"code": MemoryBackend.outbox[-1].params["code"]}, follow=True)
    assert response.redirect_chain[-1] == (path, 302)
    assert state_of(mine) == State.ATTENDED


def test_browser_that_looks_ahead_checks_nobody_in(client, session, mine, job_seeker):
    client.force_login(job_seeker)
    assert scan(client, session, sec_purpose="prefetch;prerender").status_code == 503
    assert client.head(f"/check-in/{session.offering.check_in_code}/").status_code == 405
    assert state_of(mine) == State.CONFIRMED


def test_scan_of_the_wrong_poster_leads_to_ones_own_class(client, session, mine, job_seeker):
    other = offerings.make_session(starts_at=timezone.now() + timedelta(days=1))
    client.force_login(job_seeker)
    response = scan(client, other)
    assert "不是这一场" in words(response)
    assert f"您预约的是“{session.title}”" in words(response)
    assert f'href="/classes/{session.pk}/"' in words(response)


@pytest.mark.parametrize(
    ("minutes", "word", "sentence"),
    [
        (60, "还没到时间", "开始签到，请到时再扫"),
        (-240, "已经结束", "请联系工作人员补登记"),
    ],
)
def test_scan_outside_the_window_says_what_to_do(client, job_seeker, minutes, word, sentence):
    starts_at = timezone.now() + minutes * MINUTE
    session = offerings.make_session(starts_at=starts_at)
    offerings.hold(session, [job_seeker], starts_at - timedelta(days=1))
    client.force_login(job_seeker)
    response = scan(client, session)
    assert word in words(response)
    assert sentence in words(response)


def test_scan_by_somebody_who_waits_or_has_no_booking_leads_to_the_desk(client, session, stranger):
    client.force_login(stranger)
    assert "没有预约也欢迎参加，请到签到台登记" in words(scan(client, session))
    offerings.hold(session, [*offerings.make_people(2), stranger])
    assert "还是候补第 1 位" in words(scan(client, session))


def test_code_that_does_not_exist_or_is_a_drafts_is_not_there(client, job_seeker):
    client.force_login(job_seeker)
    draft = offerings.make_draft(starts_at=timezone.now())
    assert client.get("/check-in/no-such-code/").status_code == 404
    assert scan(client, draft).status_code == 404


# The desk


@pytest.fixture
def desk(client, staff, session):
    client.force_login(staff)
    return f"/desk/{session.pk}/"


def test_desk_lists_todays_own_classes_alone(client, unit_staff, session):
    noon = moments.in_days(0, "12:00")
    own = offerings.make_session(starts_at=noon, host_unit=unit_staff.host_unit, title="怀化专场")
    client.force_login(unit_staff)
    page = words(client.get("/desk/"))
    assert own.title in page
    assert session.title not in page
    assert client.get(f"/desk/{session.pk}/").status_code == 404


@pytest.mark.parametrize("search", ["last four digits", "name"])
def test_desk_finds_a_person_and_checks_in_and_takes_it_back(client, desk, session, mine, search):
    offerings.hold(session, offerings.make_people(1))
    text = mine.person.phone[-4:] if search == "last four digits" else "小李"
    page = client.get(f"{desk}?q={text}", headers=HTMX)
    assert [row.pk for row in page.context["rows"]] == [mine.pk]
    assert "<html" not in words(page)
    response = client.post(f"{desk}check-in/{mine.pk}/", {"q": text}, follow=True)
    assert response.redirect_chain[0][0].startswith(f"{desk}?q=")
    assert state_of(mine) == State.ATTENDED
    client.post(f"{desk}undo/{mine.pk}/")
    assert state_of(mine) == State.CONFIRMED


def test_desk_shows_no_whole_phone_number(client, desk, mine):
    page = words(client.get(desk))
    assert mine.person.masked_phone in page
    assert mine.person.phone not in page


def test_desk_counts_booked_arrived_and_walk_ins(client, desk, session, mine):
    client.post(f"{desk}check-in/{mine.pk}/")
    offerings.hold(session, offerings.make_people(1))
    response = client.post(f"{desk}walk-in/", {"name": "赵大海", "phone": "139 1234 5678"}, follow=True)
    assert words(response).count("赵大海已登记到场。") == 1
    counts = response.context["counts"]
    assert (counts.arrived, counts.booked, counts.walk_ins) == (1, 2, 1)
    assert Reservation.objects.get(person__phone="13912345678").is_walk_in


def test_walk_in_form_says_what_is_wrong_and_keeps_what_was_typed(client, desk):
    response = client.post(f"{desk}walk-in/", {"name": "赵大海", "phone": "12"})
    assert response.status_code == 422
    assert 'value="赵大海"' in words(response)
    assert "请填写 11 位大陆手机号" in words(response)
    assert not User.objects.filter(name="赵大海").exists()


def test_desk_says_who_is_there_already(client, desk, mine):
    client.post(f"{desk}check-in/{mine.pk}/")
    response = client.post(f"{desk}check-in/{mine.pk}/", headers=HTMX)
    assert re.search(r"求职者小李已于 \d\d:\d\d 签到。", words(response))


def test_desk_before_its_time_shows_the_list_and_no_buttons(client, staff):
    session = offerings.make_session(starts_at=timezone.now() + timedelta(days=1))
    [row] = offerings.hold(session, offerings.make_people(1))
    client.force_login(staff)
    page = words(client.get(f"/desk/{session.pk}/"))
    opens_at = session.offering.starts_at - timedelta(minutes=30)
    assert f"{moment(opens_at)} 起可以签到和登记，现在名单仅供查看。" in page
    assert f"check-in/{row.pk}/" not in page
    assert "walk-in/" not in page
    assert "签到台现在没有开放，不能登记。" in page
    response = client.post(f"/desk/{session.pk}/check-in/{row.pk}/", follow=True)
    assert "签到台现在不能登记" in words(response)
    assert state_of(row) == State.CONFIRMED


@pytest.mark.parametrize(
    ("starts_in", "state", "sentence"),
    [
        (timedelta(0), Offering.State.PUBLISHED, ""),
        (timedelta(0), Offering.State.CANCELLED, "这场已取消，名单仅供查看。"),
        (timedelta(days=-9), Offering.State.FINISHED, "结束已超过 7 天，名单仅供查看。"),
    ],
)
def test_desk_says_why_it_is_closed_and_takes_no_walk_in(client, staff, starts_in, state, sentence):
    session = offerings.make_session(starts_at=timezone.now() + starts_in)
    cancelled_at = timezone.now() if state == Offering.State.CANCELLED else None
    Offering.objects.filter(pk=session.pk).update(state=state, cancelled_at=cancelled_at)
    client.force_login(staff)
    response = client.get(f"/desk/{session.pk}/")
    assert response.context["closed_words"] == sentence
    assert sentence in words(response)
    assert ("walk-in/" in words(response)) == (not sentence)


def test_desk_notes_that_the_mentor_is_there(client, desk, session, staff):
    hosting = Hosting.objects.get(offering=session.pk)
    client.post(f"{desk}presence/{hosting.pk}/", {"presence": "present"}, headers=HTMX)
    hosting.refresh_from_db()
    assert (hosting.presence, hosting.presence_noted_by) == (Hosting.Presence.PRESENT, staff)


# Paper


def test_poster_carries_a_code_and_no_style_that_the_policy_forbids(client, desk, session):
    page = words(client.get(f"{desk}poster/"))
    address = f"http://testserver/check-in/{session.offering.check_in_code}/"
    drawn = segno.make(address, error="m").svg_inline(border=0, omitsize=True)
    assert re.search(r' d="[^"]+"', drawn)[0] in page
    assert session.title in page
    assert "<svg" in page
    assert "style=" not in page


def test_sheet_lists_the_holders_with_masked_phones_and_ten_empty_rows(client, desk, session, mine):
    offerings.hold(session, offerings.make_people(2))
    page = words(client.get(f"{desk}sheet/"))
    assert page.count("<tr>") == 1 + 2 + 10
    assert mine.person.masked_phone in page
    assert mine.person.phone not in page
