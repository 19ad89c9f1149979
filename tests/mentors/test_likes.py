"""Likes: from who attended, once for each mentor and year, taken back at will, never counted in public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.selectors import year_in_numbers
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.services import check_in_at_desk, undo_check_in
from mentors import errors
from mentors.models import Like
from mentors.services import like, take_back
from tests import moments, offerings

pytestmark = pytest.mark.django_db
State = Reservation.State


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def attended(mentor, person, starts_at=None):
    """A class of the mentor that the person was at; an earlier one is moved there afterwards."""
    session = offerings.make_session(mentors=[mentor])
    [held] = offerings.hold(session, [person])
    starts_at = starts_at or moments.in_days(-3)
    at = starts_at - (session.offering.starts_at - session.offering.booking_closes_at)
    Offering.objects.filter(pk=session.pk).update(
        starts_at=starts_at,
        ends_at=starts_at + (session.offering.ends_at - session.offering.starts_at),
        booking_opens_at=starts_at - (session.offering.starts_at - session.offering.booking_opens_at),
        booking_closes_at=starts_at,
    )
    Reservation.objects.filter(pk=held.pk).update(state=State.ATTENDED, checked_in_at=at)
    held.refresh_from_db()
    return held


def give(mentor, person, at=None):
    return like(mentor=mentor, person=person, by=person, at=at or timezone.now())


def test_who_attended_likes_the_mentor_once(mentor, job_seeker):
    attended(mentor, job_seeker)
    first = give(mentor, job_seeker)
    assert give(mentor, job_seeker) == first
    assert first.year == moments.in_days(-3).year
    assert Like.objects.count() == 1
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize(
    ("starts", "year"),
    [
        ("2025-12-31 23:30", 2025),
        ("2026-01-01 00:00", 2026),
        ("2026-01-01 07:59", 2026),
    ],
)
def test_year_is_that_of_what_was_attended_in_shanghai(mentor, job_seeker, at, starts, year):
    attended(mentor, job_seeker, at(starts))
    assert give(mentor, job_seeker, at("2026-01-01 12:00")).year == year
    assert offerings.broken_invariants() == []


def test_next_year_is_another_like_and_taking_back_leaves_the_old_one(mentor, job_seeker, at):
    attended(mentor, job_seeker, at("2025-11-20 14:00"))
    give(mentor, job_seeker, at("2025-11-21 09:00"))
    attended(mentor, job_seeker, at("2026-03-05 14:00"))
    give(mentor, job_seeker, at("2026-03-06 09:00"))
    assert list(Like.objects.order_by("year").values_list("year", flat=True)) == [2025, 2026]
    take_back(mentor=mentor, person=job_seeker, by=job_seeker)
    take_back(mentor=mentor, person=job_seeker, by=job_seeker)
    assert list(Like.objects.values_list("year", flat=True)) == [2025]


@pytest.mark.parametrize("state", [None, State.CONFIRMED, State.NO_SHOW])
def test_who_did_not_attend_is_told_why(mentor, job_seeker, state):
    if state:
        held = attended(mentor, job_seeker)
        Reservation.objects.filter(pk=held.pk).update(state=state, checked_in_at=None)
    with pytest.raises(errors.NotAttendedMentor, match=r"还没有参加过周建国导师的课堂或咨询.*签到"):
        give(mentor, job_seeker)
    assert not Like.objects.exists()


def test_who_attended_another_mentor_is_refused(mentor, job_seeker):
    attended(offerings.make_mentor("李慧芳"), job_seeker)
    with pytest.raises(errors.NotAttendedMentor):
        give(mentor, job_seeker)


def test_mentor_is_not_liked_by_the_mentor(mentor):
    with pytest.raises(errors.OwnLike):
        give(mentor, mentor.user)


def test_check_in_taken_back_takes_the_like_unless_another_stands_behind_it(mentor, job_seeker, staff):
    at = timezone.now()
    session = offerings.make_session(mentors=[mentor], starts_at=at + timedelta(minutes=5))
    [held] = offerings.hold(session, [job_seeker])
    other = attended(mentor, job_seeker, at - timedelta(hours=2))
    for is_kept in (True, False):
        check_in_at_desk(reservation=held, by=staff, at=at)
        give(mentor, job_seeker)
        undo_check_in(reservation=held, by=staff, at=at)
        assert Like.objects.exists() == is_kept
        assert offerings.broken_invariants() == []
        Reservation.objects.filter(pk=other.pk).update(state=State.NO_SHOW, checked_in_at=None)
        Like.objects.all().delete()


def test_like_without_attendance_is_named_as_broken(mentor, job_seeker):
    held = attended(mentor, job_seeker)
    kept = give(mentor, job_seeker)
    for change in ({"year": 2001}, {"year": kept.year, "person": mentor.user}):
        Like.objects.update(**change)
        assert any("attended nothing of mentor" in sentence for sentence in offerings.broken_invariants())
    Like.objects.update(person=job_seeker)
    assert offerings.broken_invariants() == []
    Reservation.objects.filter(pk=held.pk).update(state=State.NO_SHOW, checked_in_at=None)
    assert any("attended nothing of mentor" in sentence for sentence in offerings.broken_invariants())


def test_desk_counts_the_likes_of_the_year(mentor, job_seeker, stranger):
    for person in (job_seeker, stranger):
        attended(mentor, person)
        give(mentor, person)
    Like.objects.filter(person=stranger).update(year=2001)
    at = moments.in_days(-3)
    assert ("收到的点赞", "1 个") in year_in_numbers(mentor, at).figures


def page_of(mentor):
    return reverse("mentors:mentor-detail", args=[mentor.pk])


def button_of(mentor):
    return reverse("mentors:mentor-like", args=[mentor.pk])


def test_button_says_how_it_stands_without_any_number(client, mentor, job_seeker):
    attended(mentor, job_seeker)
    client.force_login(job_seeker)
    assert 'aria-pressed="false"' in client.get(page_of(mentor)).content.decode()
    response = client.post(button_of(mentor), {"act": "like"}, follow=True)
    assert response.redirect_chain == [(f"{page_of(mentor)}#like", 302)]
    page = response.content.decode()
    assert 'aria-pressed="true"' in page
    assert "您已点赞" in page
    client.post(button_of(mentor), {"act": "take_back"})
    assert not Like.objects.exists()
    assert 'aria-pressed="false"' in client.get(page_of(mentor)).content.decode()


def test_button_answers_htmx_with_itself(client, mentor, job_seeker):
    client.force_login(job_seeker)
    refused = client.post(button_of(mentor), headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "还没有参加过" in refused.content.decode()
    attended(mentor, job_seeker)
    liked = client.post(button_of(mentor), headers={"HX-Request": "true"})
    assert liked.status_code == 200
    assert liked.content.decode().count("<form") == 1
    assert 'aria-pressed="true"' in liked.content.decode()


def test_refusal_stands_on_the_page_without_javascript(client, mentor, job_seeker):
    client.force_login(job_seeker)
    page = client.post(button_of(mentor), follow=True).content.decode()
    assert "还没有参加过周建国导师的课堂或咨询" in page


def test_anonymous_is_led_to_sign_in_and_back_to_the_button(client, mentor):
    response = client.post(button_of(mentor))
    assert response.status_code == 302
    assert response.url == f"{reverse('accounts:sign-in')}?next={page_of(mentor)}%23like"
    by_htmx = client.post(button_of(mentor), headers={"HX-Request": "true"})
    assert by_htmx.status_code == 204
    assert by_htmx.headers["HX-Redirect"] == response.url


def test_own_page_has_no_button(client, mentor):
    client.force_login(mentor.user)
    assert button_of(mentor) not in client.get(page_of(mentor)).content.decode()
