"""A pairing's way: proposed, accepted, contacts, the outcome that both state, or its end without one."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations import errors, services
from consultations.models import Pairing, PairingContact, Placement, PlacementProof
from mentor_portal.files import FileRefused
from mentor_portal.notifications.models import Message
from mentors.models import Appointment
from tests import offerings, pairings
from tests.documents import HTML, PDF, picture

pytestmark = pytest.mark.django_db

State = Pairing.State


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def now():
    return timezone.now()


def told(kind: str) -> set[str]:
    """Return who was told so."""
    return set(Message.objects.filter(kind=kind).values_list("person__name", flat=True))


def actions(pairing: Pairing) -> list[str]:
    return list(pairing.steps.values_list("action", flat=True))


# Proposing


def test_mentor_proposes_and_the_job_seeker_is_told(mentor, job_seeker):
    pairing = pairings.proposed(mentor, job_seeker)
    assert (pairing.state, pairing.started_by) == (State.PROPOSED, mentor.user)
    assert actions(pairing) == ["proposed"]
    assert told("pairing_proposed") == {job_seeker.name}
    assert told("pairing_started_by_staff") == set()


def test_long_goal_is_told_in_short(mentor, job_seeker):
    pairings.proposed(mentor, job_seeker, goal="找到合适的岗位\n" * 50)
    assert len(Message.objects.get(kind="pairing_proposed").body) < 130


def test_staff_propose_and_both_are_told(mentor, job_seeker, staff):
    pairings.proposed(mentor, job_seeker, by=staff)
    assert told("pairing_proposed") == {job_seeker.name}
    assert told("pairing_started_by_staff") == {mentor.name}


def test_pairing_keeps_the_consultation_that_it_grew_out_of(mentor, job_seeker):
    reservation = pairings.consultation(mentor, job_seeker)
    pairing = pairings.proposed(mentor, job_seeker, started_from=reservation)
    assert pairing.started_from == reservation
    assert offerings.broken_invariants() == []


def test_mentor_does_not_pair_with_oneself(mentor):
    with pytest.raises(errors.PairingWithOneself):
        pairings.proposed(mentor, mentor.user)


def test_mentor_out_of_office_does_not_propose(mentor, job_seeker):
    Appointment.objects.update(state=Appointment.State.REVOKED)
    with pytest.raises(errors.PairingMentorNotAppointed):
        pairings.proposed(mentor, job_seeker)


def test_second_live_pairing_of_the_two_is_refused_and_names_the_first(mentor, job_seeker):
    first = pairings.active(mentor, job_seeker)
    with pytest.raises(errors.PairingIsLive) as refusal:
        pairings.proposed(mentor, job_seeker)
    assert refusal.value.data["pk"] == first.pk
    assert "帮扶中" in str(refusal.value)


def test_job_seeker_may_be_paired_with_two_mentors_and_again_after_the_end(mentor, job_seeker):
    first = pairings.active(mentor, job_seeker)
    pairings.active(_appointed("别的导师", 2), job_seeker)
    services.stop_pairing(pairing=first, by=job_seeker, at=now(), reason="先不找工作了")
    again = pairings.proposed(mentor, job_seeker)
    assert again.state == State.PROPOSED


def test_database_refuses_a_second_live_pairing(mentor, job_seeker):
    first = pairings.active(mentor, job_seeker)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


# Answering


def test_job_seeker_accepts_and_the_mentor_is_told(mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    assert pairing.state == State.ACTIVE
    assert pairing.accepted_at == pairing.changed_at
    assert told("pairing_accepted") == {mentor.name}


@pytest.mark.parametrize("reason", ["", "已经找到工作了"])
def test_job_seeker_declines_with_or_without_a_reason(mentor, job_seeker, reason):
    pairing = pairings.proposed(mentor, job_seeker)
    services.decline_pairing(pairing=pairing, by=job_seeker, at=now(), reason=reason)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.DECLINED, reason)
    assert pairing.ended_at is not None
    assert (reason or "没有写明原因") in Message.objects.get(kind="pairing_declined").body


def test_mentor_does_not_accept_for_the_job_seeker(mentor, job_seeker):
    pairing = pairings.proposed(mentor, job_seeker)
    with pytest.raises(errors.NotYourStep):
        services.accept_pairing(pairing=pairing, by=mentor.user, at=now())


def test_accepting_twice_says_how_it_stands(mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    with pytest.raises(errors.PairingStandsElsewhere, match="帮扶中"):
        services.accept_pairing(pairing=pairing, by=job_seeker, at=now())


# Contacts


def test_mentor_logs_a_contact(mentor, job_seeker):
    contact = pairings.contact(pairings.active(mentor, job_seeker))
    assert (contact.means, contact.note) == ("phone", "只给导师看的备注")


@pytest.mark.parametrize("days", [-11, 1], ids=["before the pairing", "tomorrow"])
def test_contact_on_an_impossible_day_is_refused(mentor, job_seeker, days):
    pairing = pairings.active(mentor, job_seeker)
    with pytest.raises(errors.ContactNotPossible):
        pairings.contact(pairing, on=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("who", ["job_seeker", "stranger", "staff"])
def test_nobody_but_the_mentor_logs_a_contact(request, mentor, job_seeker, who):
    pairing = pairings.active(mentor, job_seeker)
    with pytest.raises(errors.NotYourStep):
        services.log_contact(
            pairing=pairing,
            contacted_on=timezone.localdate(),
            means=PairingContact.Means.PHONE,
            by=request.getfixturevalue(who),
            at=now(),
        )


# The outcome


def test_mentor_claims_and_the_job_seeker_is_asked(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    placement = pairing.placement
    assert pairing.state == State.CLAIMED
    assert (placement.person, placement.name_key) == (job_seeker, "三一重工")
    assert placement.started_month.day == 1
    assert not placement.is_verified
    assert placement.proof.content_type == "application/pdf"
    assert told("outcome_claimed") == {job_seeker.name}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": " —— "}, errors.EmployerUnnamed),
        ({"started_on": timezone.localdate() - timedelta(days=11)}, errors.StartedTooEarly),
        ({"started_on": timezone.localdate() + timedelta(days=61)}, errors.StartedTooLate),
        ({"proof": None}, errors.ProofMissing),
        ({"proof": ContentFile(HTML, name="合同.pdf")}, FileRefused),
        ({"proof": ContentFile(b"", name="合同.pdf")}, FileRefused),
    ],
    ids=["no name", "early", "late", "no proof", "no such type", "empty"],
)
def test_impossible_claim_is_refused_and_leaves_nothing(mentor, job_seeker, fields, error):
    pairing = pairings.active(mentor, job_seeker)
    with pytest.raises(error):
        pairings.claim(pairing, **fields)
    pairing.refresh_from_db()
    assert pairing.state == State.ACTIVE
    assert not Placement.objects.exists()


def test_proof_beyond_the_limit_of_the_settings_is_refused(mentor, job_seeker):
    from constance import config

    config.PROOF_FILE_MB = 1
    big = ContentFile(PDF + b"\0" * 1024 * 1024, name="合同.pdf")
    with pytest.raises(FileRefused, match="1 MB"):
        pairings.claimed(mentor, job_seeker, proof=big)


def test_business_of_ones_own_is_claimed_with_a_picture(mentor, job_seeker, staff):
    proof = ContentFile(picture("PNG"), name="营业执照.png")
    pairing = pairings.verified(
        mentor, job_seeker, staff, kind=Placement.Kind.BUSINESS, name="晓雯烘焙坊", proof=proof
    )
    assert pairing.state == State.STARTED_BUSINESS
    assert pairing.placement.proof.content_type == "image/png"


def test_job_seeker_confirms_and_the_mentor_is_told(mentor, job_seeker):
    pairing = pairings.confirmed(mentor, job_seeker)
    assert pairing.state == State.CONFIRMED
    assert told("outcome_confirmed") == {mentor.name}
    assert list(Pairing.objects.waiting_for_staff()) == [pairing]


def test_mentor_does_not_confirm_the_own_claim(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    with pytest.raises(errors.NotYourStep):
        services.confirm_outcome(pairing=pairing, by=mentor.user, at=now())


def test_job_seeker_disputes_and_the_mentor_claims_anew_with_the_same_proof(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    proof = pairing.placement.proof
    services.dispute_outcome(pairing=pairing, by=job_seeker, at=now(), reason="单位写错了")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.ACTIVE, "单位写错了")
    assert told("outcome_disputed") == {mentor.name}
    again = pairings.claim(pairing, name="中联重科", proof=None)
    assert (again.state, again.reason, again.placement.name) == (State.CLAIMED, "", "中联重科")
    assert again.placement.proof == proof
    assert Placement.objects.count() == 1


def test_new_proof_takes_the_place_of_the_old_one(mentor, job_seeker, django_capture_on_commit_callbacks):
    pairing = pairings.claimed(mentor, job_seeker)
    old = pairing.placement.proof.file
    services.dispute_outcome(pairing=pairing, by=job_seeker, at=now(), reason="看不清")
    with django_capture_on_commit_callbacks(execute=True):
        pairings.claim(pairing, proof=ContentFile(picture("JPEG"), name="合同.jpg"))
    proof = PlacementProof.objects.get()
    assert proof.original_name == "合同.jpg"
    assert not old.storage.exists(old.name)
    assert proof.file.storage.exists(proof.file.name)


def test_dispute_without_a_reason_is_refused(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    with pytest.raises(errors.ReasonMissing):
        services.dispute_outcome(pairing=pairing, by=job_seeker, at=now(), reason="  ")


# Ending without work


def test_mentor_ends_a_pairing_as_unsuccessful(mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    services.end_unsuccessful(pairing=pairing, by=mentor.user, at=now(), reason="投了十家没有结果")
    pairing.refresh_from_db()
    assert (pairing.state, actions(pairing)[-1]) == (State.UNSUCCESSFUL, "given_up")
    assert told("pairing_unsuccessful") == {job_seeker.name}


@pytest.mark.parametrize(
    ("who", "hearers"),
    [
        ("mentor_user", {"求职者小李"}),
        ("job_seeker", {"周建国"}),
        ("staff", {"求职者小李", "周建国"}),
    ],
)
def test_each_side_may_stop_and_the_others_hear_why(request, mentor, job_seeker, who, hearers):
    pairing = pairings.active(mentor, job_seeker)
    by = request.getfixturevalue(who)
    services.stop_pairing(pairing=pairing, by=by, at=now(), reason="求职者去外省了")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.STOPPED, "求职者去外省了")
    assert pairing.ended_at is not None
    assert told("pairing_stopped") == hearers


def test_stranger_unit_staff_and_other_mentors_stop_nothing(mentor, job_seeker, stranger, unit_staff):
    pairing = pairings.active(mentor, job_seeker)
    for person in (stranger, unit_staff, offerings.make_mentor().user):
        with pytest.raises(errors.NotYourStep):
            services.stop_pairing(pairing=pairing, by=person, at=now(), reason="不合适")


def test_what_both_have_confirmed_is_stopped_by_staff_alone(mentor, job_seeker, staff):
    pairing = pairings.confirmed(mentor, job_seeker)
    for person in (mentor.user, job_seeker):
        with pytest.raises(errors.PairingStandsElsewhere):
            services.stop_pairing(pairing=pairing, by=person, at=now(), reason="不合适")
    services.stop_pairing(pairing=pairing, by=staff, at=now(), reason="双方都说弄错了")
    assert Pairing.objects.get().state == State.STOPPED


def _appointed(name: str, number: int):
    from tests.scene import make_listed_mentor

    [person] = offerings.make_people(1)
    person.name = name
    return make_listed_mentor(person, number)
