"""Placing an approved topic, the mentor's answer, moves, and host units' wishes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms import errors, services
from classrooms.models import ClassSession, HostEvent, MoveRequest
from classrooms.rules import DayPart
from mentor_portal.notifications.models import Message
from mentor_portal.reservations import errors as engine
from mentor_portal.reservations.models import Offering
from tests import offerings, topics

pytestmark = pytest.mark.django_db
Answer = ClassSession.Answer


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def topic(mentor, staff):
    return topics.approved(mentor, staff)


def place(topic, by, **more):
    allowed = more.pop("is_outside_allowed", False)
    return services.place_topic(
        application=topic,
        placement=topics.placement(**more),
        by=by,
        at=timezone.now(),
        is_outside_allowed=allowed,
    )


def publish(session, by):
    services.publish_session(session=session, by=by, at=timezone.now())


def answer(session, accepted, comment=""):
    mentor = session.mentors.get()
    return services.answer_placement(
        session=session, accepted=accepted, by=mentor.user, at=timezone.now(), comment=comment
    )


def kinds_told(person):
    return list(Message.objects.of(person).order_by("pk").values_list("kind", flat=True))


def test_placed_topic_is_a_draft_with_all_that_the_mentor_said(topic, mentor, staff):
    session = place(topic, staff)
    assert session.offering.state == Offering.State.DRAFT
    assert (session.title, session.outline, session.application) == (topic.title, topic.outline, topic)
    assert list(session.mentors.all()) == [mentor]
    assert list(session.offering.hosts.all()) == [mentor.user]
    assert session.answer == Answer.ASKED
    assert kinds_told(mentor.user) == ["topic_approved", "placement_proposed"]


def test_topic_can_run_again(topic, staff):
    topic = topics.approved(topic.mentor, staff, windows=[topics.half_day(3), topics.half_day(4)])
    first, second = place(topic, staff), place(topic, staff, window=topics.half_day(4))
    assert list(topic.sessions.order_by("pk")) == [first, second]


def test_topic_that_is_not_approved_is_not_placed(mentor, staff):
    with pytest.raises(errors.TopicNotApproved, match="待审核"):
        place(topics.submitted(mentor), staff)


def test_time_outside_the_windows_is_refused_in_words_that_name_them(topic, staff):
    with pytest.raises(errors.OutsideWindows) as refusal:
        place(topic, staff, window=topics.half_day(3, DayPart.EVENING))
    assert "下午" in str(refusal.value)
    assert ClassSession.objects.count() == 0


def test_time_outside_the_windows_needs_the_mentors_yes_to_be_published(topic, staff):
    session = place(topic, staff, window=topics.half_day(6), is_outside_allowed=True)
    with pytest.raises(errors.PlacementNotAccepted):
        publish(session, staff)
    answer(session, accepted=True)
    publish(session, staff)
    assert Offering.objects.get(pk=session.pk).state == Offering.State.PUBLISHED


def test_time_within_an_event_that_the_mentor_joins_is_no_surprise(mentor, staff):
    event = topics.event()
    topic = topics.approved(mentor, staff, windows=[], events=[event])
    session = place(topic, staff, host_event=event)
    assert not session.is_outside_windows
    publish(session, staff)
    event.refresh_from_db()
    assert event.wish == HostEvent.Wish.ARRANGED


def test_venue_that_is_taken_is_refused_by_the_name_of_the_other_class(topic, staff):
    venue = offerings.make_venue(name="中心二楼课堂")
    other = place(topics.approved(offerings_mentor(), staff, title="政策宣讲"), staff, venue=venue)
    with pytest.raises(engine.VenueClash) as refusal:
        place(topic, staff, venue=venue)
    assert other.title in str(refusal.value)
    assert "中心二楼课堂" in str(refusal.value)


def offerings_mentor():
    from tests import scene

    return scene.make_listed_mentor(offerings.make_people(1)[0], number=77)


def test_mentor_who_is_elsewhere_is_refused_by_the_name_of_the_other_thing(topic, mentor, staff):
    other = offerings.make_session(starts_at=topics.placement().starts_at, mentors=[mentor])
    with pytest.raises(engine.HostClash) as refusal:
        place(topic, staff)
    assert other.title in str(refusal.value)


def test_more_seats_than_the_venue_has_are_refused(topic, staff):
    with pytest.raises(errors.SeatsTooMany, match="20"):
        place(topic, staff, venue=offerings.make_venue(seats=20), capacity=21)


def test_time_that_has_passed_is_refused(topic, staff):
    past = replace(topics.placement(), starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(errors.InThePast):
        services.place_topic(application=topic, placement=past, by=staff, at=timezone.now())


def test_placement_that_the_mentor_declines_is_not_published_and_says_why(topic, staff):
    session = place(topic, staff)
    answer(session, accepted=False, comment="那天要出差")
    with pytest.raises(errors.PlacementDeclined, match="那天要出差"):
        publish(session, staff)


def test_refusal_of_a_placement_needs_a_reason(topic, staff):
    with pytest.raises(errors.CommentMissing):
        answer(place(topic, staff), accepted=False)


def test_published_class_has_nothing_to_answer(topic, staff):
    session = place(topic, staff)
    publish(session, staff)
    with pytest.raises(errors.NothingToAnswer, match="申请调课"):
        answer(session, accepted=False, comment="不行")


def test_publishing_twice_tells_the_mentor_once(topic, mentor, staff):
    session = place(topic, staff)
    publish(session, staff)
    publish(session, staff)
    assert kinds_told(mentor.user).count("class_published") == 1


def move(session, by, days):
    plan = offerings.make_plan(
        title=session.title,
        starts_at=session.offering.starts_at + timedelta(days=days),
        venue=session.offering.venue,
        mentors=list(session.mentors.all()),
    )
    session = ClassSession.objects.select_related("offering").get(pk=session.pk)
    return services.change_session(session=session, plan=plan, by=by, at=timezone.now())


def test_draft_that_moves_is_proposed_anew(topic, mentor, staff):
    session = place(topic, staff)
    answer(session, accepted=False, comment="换一天")
    session = move(session, staff, days=1)
    assert session.answer == Answer.ASKED
    assert kinds_told(mentor.user).count("placement_proposed") == 2


def ask_move(session, mentor):
    return services.ask_move(
        session=session,
        mentor=mentor,
        reason="单位临时安排出差",
        windows=[topics.half_day(6), topics.half_day(7)],
        by=mentor.user,
        at=timezone.now(),
    )


def test_request_for_another_time_is_settled_by_the_move_and_the_mentor_hears_of_it(topic, mentor, staff):
    session = place(topic, staff)
    publish(session, staff)
    request = ask_move(session, mentor)
    assert request.half_days == [topics.half_day(6), topics.half_day(7)]
    move(session, staff, days=3)
    request.refresh_from_db()
    assert (request.state, request.settled_by) == (MoveRequest.State.MOVED, staff)
    assert kinds_told(mentor.user)[-1] == "class_moved"


def test_request_for_another_time_is_refused_with_a_reason(topic, mentor, staff):
    request = ask_move(place(topic, staff), mentor)
    services.refuse_move(request=request, by=staff, at=timezone.now(), comment="其他时段场地已满")
    assert "其他时段场地已满" in Message.objects.of(mentor.user).get(kind="move_refused").body
    with pytest.raises(errors.MoveSettled, match=staff.name):
        services.refuse_move(request=request, by=staff, at=timezone.now(), comment="再次")


def test_second_request_for_the_same_class_is_refused_while_the_first_is_open(topic, mentor, staff):
    session = place(topic, staff)
    ask_move(session, mentor)
    with pytest.raises(errors.MoveAlreadyAsked):
        ask_move(session, mentor)


def test_class_that_is_over_cannot_be_moved_by_request(mentor):
    session = offerings.make_session(starts_at=timezone.now() - timedelta(hours=1), mentors=[mentor])
    with pytest.raises(errors.NotMovable):
        ask_move(session, mentor)


def test_cancelled_class_tells_its_mentors_why(topic, mentor, staff):
    session = place(topic, staff)
    publish(session, staff)
    services.cancel_session(session=session, by=staff, at=timezone.now(), reason="场地检修")
    assert "场地检修" in Message.objects.of(mentor.user).get(kind="class_cancelled").body


def test_host_unit_asks_for_a_class_and_hears_why_there_is_none(unit_staff, staff):
    event = topics.event(unit=unit_staff.host_unit, wish=HostEvent.Wish.NONE)
    event = services.ask_for_class(
        event=event, text="想听简历制作，约 40 人", by=unit_staff, at=timezone.now()
    )
    assert event in HostEvent.objects.wanting_class(timezone.now())
    services.decline_wish(event=event, by=staff, at=timezone.now(), answer="当天导师均有安排")
    assert "当天导师均有安排" in Message.objects.of(unit_staff).get().body
    with pytest.raises(errors.WishNotOpen):
        services.decline_wish(event=event, by=staff, at=timezone.now(), answer="再次")


def test_event_that_is_over_asks_for_no_class(unit_staff):
    event = topics.event(starts_at=timezone.now() - timedelta(hours=1), wish=HostEvent.Wish.NONE)
    with pytest.raises(errors.EventOver):
        services.ask_for_class(event=event, text="", by=unit_staff, at=timezone.now())
