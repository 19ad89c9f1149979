"""Staff verify an outcome: it counts once and for one mentor, beside what else was claimed for the person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations import errors, services
from consultations.models import Pairing, Placement
from consultations.selectors.claims import other_claims
from mentor_portal.notifications.models import Message
from tests import offerings, pairings
from tests.scene import make_listed_mentor

pytestmark = pytest.mark.django_db

State = Pairing.State


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def other_mentor():
    [person] = offerings.make_people(1)
    return make_listed_mentor(person, number=2)


def now():
    return timezone.now()


def test_staff_verify_and_both_are_told(mentor, job_seeker, staff):
    pairing = pairings.verified(mentor, job_seeker, staff)
    placement = pairing.placement
    assert (pairing.state, placement.verified_by) == (State.PLACED, staff)
    assert list(Placement.objects.verified()) == [placement]
    told = Message.objects.filter(kind="outcome_verified").values_list("person", flat=True)
    assert set(told) == {mentor.user_id, job_seeker.pk}
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize("make", [pairings.active, pairings.claimed])
def test_what_the_job_seeker_has_not_confirmed_is_not_verified(mentor, job_seeker, staff, make):
    with pytest.raises(errors.PairingStandsElsewhere):
        services.verify_placement(pairing=make(mentor, job_seeker), by=staff, at=now())


@pytest.mark.parametrize("who", ["job_seeker", "mentor_user", "unit_staff", "judge", "stranger"])
def test_nobody_but_provincial_staff_verifies(request, mentor, job_seeker, who):
    pairing = pairings.confirmed(mentor, job_seeker)
    with pytest.raises(errors.NotYourStep):
        services.verify_placement(pairing=pairing, by=request.getfixturevalue(who), at=now())


def test_staff_who_are_the_mentor_do_not_verify_their_own(staff, job_seeker):
    pairing = pairings.confirmed(make_listed_mentor(staff, number=3), job_seeker)
    with pytest.raises(errors.NotYourStep):
        services.verify_placement(pairing=pairing, by=staff, at=now())


def test_staff_return_with_a_reason_and_the_mentor_may_claim_anew(mentor, job_seeker, staff):
    pairing = pairings.confirmed(mentor, job_seeker)
    services.return_placement(pairing=pairing, by=staff, at=now(), reason="证明看不清")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.ACTIVE, "证明看不清")
    assert Message.objects.get(kind="outcome_returned").person == mentor.user
    assert pairings.claim(pairing).state == State.CLAIMED


def test_staff_refuse_with_a_reason_and_the_pairing_ends(mentor, job_seeker, staff):
    pairing = pairings.confirmed(mentor, job_seeker)
    services.refuse_placement(pairing=pairing, by=staff, at=now(), reason="单位否认")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.UNSUCCESSFUL, "单位否认")
    assert not Placement.objects.verified().exists()
    assert Message.objects.filter(kind="outcome_refused").count() == 2
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize("decide", [services.return_placement, services.refuse_placement])
def test_no_without_a_reason_is_refused(mentor, job_seeker, staff, decide):
    pairing = pairings.confirmed(mentor, job_seeker)
    with pytest.raises(errors.ReasonMissing):
        decide(pairing=pairing, by=staff, at=now(), reason="")


def test_claim_that_changed_after_it_was_read_is_not_decided(mentor, job_seeker, staff):
    pairing = pairings.confirmed(mentor, job_seeker)
    seen_at = pairing.placement.claimed_at
    services.return_placement(pairing=pairing, by=staff, at=now(), reason="证明看不清")
    services.confirm_outcome(pairing=pairings.claim(pairing, name="另一家单位"), by=job_seeker, at=now())
    with pytest.raises(errors.ClaimChanged):
        services.verify_placement(pairing=pairing, by=staff, at=now(), seen_at=seen_at)


# Two claims for one person


def test_claims_for_the_same_job_or_year_stand_side_by_side(mentor, other_mentor, job_seeker):
    first = pairings.confirmed(mentor, job_seeker, name="三一重工")
    second = pairings.confirmed(other_mentor, job_seeker, name="三一重工股份有限公司")
    [beside_second] = other_claims(second.placement)
    assert beside_second.placement == first.placement
    assert beside_second.is_same_job
    assert not beside_second.bars
    [beside_first] = other_claims(first.placement)
    assert beside_first.placement == second.placement


def test_claims_for_other_people_taken_back_or_refused_do_not_stand_beside(
    mentor, other_mentor, job_seeker, stranger, staff
):
    first = pairings.confirmed(mentor, job_seeker)
    pairings.confirmed(other_mentor, stranger)
    taken_back = pairings.claimed(other_mentor, job_seeker)
    services.dispute_outcome(pairing=taken_back, by=job_seeker, at=now(), reason="不是这位导师帮的")
    assert other_claims(first.placement) == []


def test_verifying_without_having_seen_the_other_claim_is_refused_and_names_it(
    mentor, other_mentor, job_seeker, staff
):
    pairings.confirmed(mentor, job_seeker)
    second = pairings.confirmed(other_mentor, job_seeker)
    with pytest.raises(errors.OtherClaimUnseen, match="周建国：已就业：三一重工"):
        services.verify_placement(pairing=second, by=staff, at=now())


def test_the_same_job_counts_once_and_the_second_says_for_whom(mentor, other_mentor, job_seeker, staff):
    first = pairings.confirmed(mentor, job_seeker)
    second = pairings.confirmed(other_mentor, job_seeker, name="三一重工")
    verify = services.verify_placement
    verify(pairing=first, by=staff, at=now(), beside=[second.placement.pk])
    with pytest.raises(errors.JobAlreadyCounted, match="认定给周建国"):
        verify(pairing=second, by=staff, at=now(), beside=[first.placement.pk])
    assert Placement.objects.verified().count() == 1
    second.refresh_from_db()
    assert second.state == State.CONFIRMED


def test_another_job_of_the_same_year_counts_where_staff_have_looked(mentor, other_mentor, job_seeker, staff):
    first = pairings.verified(mentor, job_seeker, staff)
    second = pairings.confirmed(other_mentor, job_seeker, name="蓝思科技")
    services.verify_placement(pairing=second, by=staff, at=now(), beside=[first.placement.pk])
    assert Placement.objects.verified().count() == 2
    assert offerings.broken_invariants() == []


def test_database_lets_one_job_of_a_person_count_but_once(mentor, other_mentor, job_seeker, staff):
    pairings.verified(mentor, job_seeker, staff)
    second = pairings.confirmed(other_mentor, job_seeker).placement
    second.verified_at, second.verified_by = now(), staff
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


# What must always be true


def test_pairings_in_every_state_break_nothing(mentor, staff):
    people = offerings.make_people(6)
    pairings.proposed(mentor, people[0])
    pairings.contact(pairings.active(mentor, people[1]))
    pairings.claimed(mentor, people[2])
    pairings.confirmed(mentor, people[3])
    pairings.verified(mentor, people[4], staff)
    stopped = pairings.active(mentor, people[5])
    services.stop_pairing(pairing=stopped, by=staff, at=now(), reason="重复")
    assert offerings.broken_invariants() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "另一家"}, "its key does not follow"),
        ({"started_month": timezone.localdate() - timedelta(days=400)}, "its key does not follow"),
        ({"kind": "business"}, "is verified, but its pairing is placed"),
        ({"verified_at": None, "verified_by": None}, "nobody verified it"),
    ],
    ids=["name", "month", "kind", "unverified"],
)
def test_broken_placement_is_named(mentor, job_seeker, staff, fields, said):
    pairing = pairings.verified(mentor, job_seeker, staff)
    Placement.objects.filter(pairing=pairing).update(**fields)
    assert any(said in each for each in offerings.broken_invariants())


def test_placement_of_another_person_is_named(mentor, job_seeker, stranger, staff):
    Placement.objects.filter(pairing=pairings.verified(mentor, job_seeker, staff)).update(person=stranger)
    assert any("of another person" in each for each in offerings.broken_invariants())


def test_state_without_its_step_is_named(mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    pairing.steps.filter(action="accepted").delete()
    assert any("no step says who" in each for each in offerings.broken_invariants())


def test_claim_without_its_proof_is_named(mentor, job_seeker):
    pairings.claimed(mentor, job_seeker).placement.proof.delete()
    assert any("no proof" in each for each in offerings.broken_invariants())


def test_pairing_with_oneself_is_named(mentor, job_seeker):
    Pairing.objects.filter(pk=pairings.active(mentor, job_seeker).pk).update(job_seeker=mentor.user)
    assert any("one person" in each for each in offerings.broken_invariants())


def test_pairing_from_somebody_elses_consultation_is_named(mentor, job_seeker, stranger):
    reservation = pairings.consultation(mentor, stranger)
    pairings.proposed(mentor, job_seeker, started_from=reservation)
    assert any("no consultation of the two" in each for each in offerings.broken_invariants())
