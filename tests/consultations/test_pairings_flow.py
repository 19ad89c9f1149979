"""Pairings over HTTP: the whole way from a consultation to a placement that counts, and what others see."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Pairing, PairingContact, Placement
from mentor_portal.notifications.models import Message
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Reservation
from tests import offerings, pairings
from tests.documents import HTML, PDF

pytestmark = pytest.mark.django_db

State = Pairing.State
LIST = reverse("pairings:pairing-list")
SECRET = "有慢性病，不便夜班"


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response) -> str:
    return response.content.decode()


def start_url(reservation: Reservation) -> str:
    return reverse("pairings:pairing-start", args=[reservation.pk])


def url(name: str, pairing: Pairing) -> str:
    return reverse(f"pairings:pairing-{name}", args=[pairing.pk])


def typed(**fields: object) -> dict[str, object]:
    """What the form of an outcome sends."""
    values = {
        "kind": "job",
        "name": "三一重工股份有限公司",
        "started_on": timezone.localdate().isoformat(),
        "proof": SimpleUploadedFile("劳动合同.pdf", PDF),
    }
    return values | fields


def test_a_consultation_becomes_a_placement_that_counts(mentor, job_seeker, staff):
    reservation = pairings.consultation(mentor, job_seeker)
    of_mentor, of_seeker, of_staff = as_(mentor.user), as_(job_seeker), as_(staff)

    assert job_seeker.name in words(of_mentor.get(start_url(reservation)))
    of_mentor.post(start_url(reservation), {"goal": "三个月内找到质检岗位"})
    pairing = Pairing.objects.get()
    assert pairing.started_from == reservation
    assert "待您接受" in words(of_seeker.get("/me/"))

    of_seeker.post(url("answer", pairing), {"answer": "accept"})
    assert job_seeker.phone in words(of_mentor.get(pairing.get_absolute_url()))
    today = timezone.localdate().isoformat()
    of_mentor.post(url("contact", pairing), {"contacted_on": today, "means": "phone", "note": SECRET})
    assert SECRET in words(of_mentor.get(pairing.get_absolute_url()))
    seen = words(of_seeker.get(pairing.get_absolute_url()))
    assert "电话" in seen
    assert SECRET not in seen

    answer = of_mentor.post(url("outcome", pairing), typed())
    assert answer.status_code == 302
    assert "请确认结果" in words(of_seeker.get("/me/"))
    seen_at = Placement.objects.get().claimed_at.isoformat()
    of_seeker.post(url("check", pairing), {"answer": "confirm", "seen_at": seen_at})

    review = reverse("admin:consultations_pairing_change", args=[pairing.pk])
    page = words(of_staff.get(review))
    assert SECRET in page
    of_staff.post(review, {"decision": "verify", "seen_at": seen_at, "comment": ""})
    pairing.refresh_from_db()
    assert pairing.state == State.PLACED
    assert "已就业" in words(of_seeker.get(pairing.get_absolute_url()))
    assert list(pairing.steps.values_list("action", flat=True)) == [
        *("proposed", "accepted", "claimed", "confirmed", "verified"),
    ]
    assert offerings.broken_invariants() == []


# Starting


@pytest.mark.parametrize("kind", [OfferingKind.CONSULTATION, OfferingKind.CLINIC])
def test_mentor_starts_out_of_a_one_to_one_or_a_clinic(mentor, job_seeker, kind):
    reservation = pairings.consultation(mentor, job_seeker, kind)
    assert as_(mentor.user).get(start_url(reservation)).status_code == 200


def test_mentor_starts_out_of_what_has_begun_and_not_before(mentor, job_seeker, stranger):
    begun = pairings.consultation(mentor, job_seeker, state="confirmed", checked_in_at=None)
    to_come = pairings.consultation(mentor, stranger, days=3)
    assert as_(mentor.user).get(start_url(begun)).status_code == 200
    assert as_(mentor.user).get(start_url(to_come)).status_code == 404


@pytest.mark.parametrize("state", ["no_show", "waitlisted"])
def test_mentor_does_not_start_with_somebody_who_was_not_there(mentor, job_seeker, state):
    reservation = pairings.consultation(mentor, job_seeker, state=state, checked_in_at=None)
    assert as_(mentor.user).get(start_url(reservation)).status_code == 404


def test_nobody_starts_out_of_a_class_or_of_anothers_consultation(mentor, job_seeker):
    of_class = pairings.consultation(mentor, job_seeker, OfferingKind.CLASS)
    anothers = pairings.consultation(offerings.make_mentor(), job_seeker, days=-4)
    for reservation in (of_class, anothers):
        for person in (mentor.user, job_seeker):
            assert as_(person).get(start_url(reservation)).status_code == 404
            assert as_(person).post(start_url(reservation), {"goal": "目标"}).status_code == 404
    assert not Pairing.objects.exists()


def test_starting_again_leads_to_the_pairing_that_there_is(mentor, job_seeker):
    reservation = pairings.consultation(mentor, job_seeker)
    live = pairings.active(mentor, job_seeker)
    answer = as_(mentor.user).get(start_url(reservation))
    assert answer.url == live.get_absolute_url()


def test_goal_is_kept_where_the_proposal_is_refused(mentor, job_seeker):
    reservation = pairings.consultation(mentor, job_seeker)
    mentor.appointments.update(state="revoked")
    answer = as_(mentor.user).post(start_url(reservation), {"goal": "三个月内上岗"})
    assert answer.status_code == 422
    assert "三个月内上岗" in words(answer)
    assert "不在聘期内" in words(answer)


# The page


def test_others_find_no_pairing(mentor, job_seeker, stranger, judge, unit_staff, staff):
    pairing = pairings.claimed(mentor, job_seeker)
    others = [stranger, judge, unit_staff, staff, offerings.make_mentor().user]
    for person in others:
        client = as_(person)
        for name in ("detail", "outcome", "end", "proof"):
            assert client.get(url(name, pairing)).status_code == 404, (person, name)
        for name in ("answer", "contact", "outcome", "check", "end"):
            assert client.post(url(name, pairing)).status_code == 404, (person, name)
    assert Pairing.objects.get().state == State.CLAIMED


def test_mentor_and_job_seeker_do_not_take_each_others_steps(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    for name in ("answer", "check"):
        assert as_(mentor.user).post(url(name, pairing), {"answer": "confirm"}).status_code == 404
    for name in ("contact", "outcome"):
        assert as_(job_seeker).post(url(name, pairing)).status_code == 404
    assert as_(job_seeker).get(url("outcome", pairing)).status_code == 404


def test_phone_number_is_shown_to_the_mentor_while_the_pairing_is_live(mentor, job_seeker):
    pairing = pairings.proposed(mentor, job_seeker)
    client = as_(mentor.user)
    assert job_seeker.phone not in words(client.get(url("detail", pairing)))
    as_(job_seeker).post(url("answer", pairing), {"answer": "accept"})
    assert job_seeker.phone in words(client.get(url("detail", pairing)))
    client.post(url("end", pairing), {"how": "unsuccessful", "reason": "没有结果"})
    assert job_seeker.phone not in words(client.get(url("detail", pairing)))


def test_private_note_stands_on_no_page_of_the_job_seeker(mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    pairings.contact(pairing, note=SECRET)
    client = as_(job_seeker)
    for path in ("/me/", url("detail", pairing), url("end", pairing), "/me/messages/"):
        response = client.get(path)
        assert SECRET not in words(response)
        assert all(SECRET not in str(part) for part in response.context or ())


def test_contact_that_cannot_be_stands_beside_its_field_with_what_was_typed(mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    sent = {"contacted_on": tomorrow, "means": "wechat", "note": "已约面试"}
    answer = as_(mentor.user).post(url("contact", pairing), sent)
    assert answer.status_code == 422
    assert "联系日期须在" in words(answer)
    assert "已约面试" in words(answer)
    assert not PairingContact.objects.exists()


def test_job_seeker_declines(mentor, job_seeker):
    pairing = pairings.proposed(mentor, job_seeker)
    as_(job_seeker).post(url("answer", pairing), {"answer": "decline", "reason": "已找到工作"})
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.DECLINED, "已找到工作")


def test_a_form_without_an_answer_answers_nothing(mentor, job_seeker):
    pairing = pairings.proposed(mentor, job_seeker)
    assert as_(job_seeker).post(url("answer", pairing)).status_code == 422
    assert Pairing.objects.get().state == State.PROPOSED


def test_job_seeker_disputes_and_must_say_why(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    client = as_(job_seeker)
    answer = client.post(url("check", pairing), {"answer": "dispute", "reason": ""})
    assert answer.status_code == 422
    assert "请写明哪里有误" in words(answer)
    client.post(url("check", pairing), {"answer": "dispute", "reason": "日期不对"})
    assert "日期不对" in words(as_(mentor.user).get(url("outcome", pairing)))
    assert Pairing.objects.get().state == State.ACTIVE


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "——"}, "请填写用人单位或创办的实体的名称。"),
        ({"started_on": "2001-01-01"}, "日期不能早于发起结对的日子"),
        ({"started_on": "9999-12-31"}, "日期最晚到"),
        ({"proof": ""}, "请上传证明材料"),
        ({"proof": SimpleUploadedFile("合同.pdf", HTML)}, "请上传 PDF、JPG、PNG 文件。"),
    ],
    ids=["name", "early", "late", "no proof", "no such type"],
)
def test_refused_outcome_says_why_under_its_field_and_keeps_the_rest(mentor, job_seeker, fields, said):
    pairing = pairings.active(mentor, job_seeker)
    answer = as_(mentor.user).post(url("outcome", pairing), typed(**fields))
    assert answer.status_code == 422
    [[name, errors]] = answer.context["form"].errors.items()
    assert name in fields
    assert said in "".join(errors)
    assert 'value="job"' in words(answer)
    assert Pairing.objects.get().state == State.ACTIVE


def test_either_of_the_two_ends_a_pairing(mentor, job_seeker, stranger):
    first, second = pairings.active(mentor, job_seeker), pairings.active(mentor, stranger)
    answer = as_(job_seeker).post(url("end", first), {"reason": "去外省了"})
    assert answer.status_code == 302
    as_(mentor.user).post(url("end", second), {"how": "unsuccessful", "reason": "没有合适的"})
    states = Pairing.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.STOPPED, State.UNSUCCESSFUL]


def test_outcome_that_changed_after_it_was_read_is_not_confirmed(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    client = as_(job_seeker)
    sent = {"answer": "confirm", "seen_at": pairing.placement.claimed_at.isoformat()}
    client.post(url("check", pairing), {"answer": "dispute", "reason": "日期不对"})
    pairings.claim(pairing, name="另一家单位")
    answer = client.post(url("check", pairing), sent, follow=True)
    assert "又重新上报过" in words(answer)
    for nonsense in ({"answer": "confirm"}, {"answer": "confirm", "seen_at": "x"}, {"answer": ""}):
        assert client.post(url("check", pairing), nonsense).status_code == 422
    assert Pairing.objects.get().state == State.CLAIMED


def test_reason_is_kept_where_the_end_is_refused(mentor, job_seeker):
    pairing = pairings.confirmed(mentor, job_seeker)
    answer = as_(job_seeker).post(url("end", pairing), {"reason": "不想继续了"})
    assert answer.status_code == 422
    assert "不想继续了" in words(answer)
    assert "待核实" in words(answer)


def test_message_leads_to_the_pairing(mentor, job_seeker):
    pairing = pairings.proposed(mentor, job_seeker)
    message = Message.objects.get(kind="pairing_proposed")
    answer = as_(job_seeker).post(reverse("notifications:read", args=[message.pk]))
    assert answer.url == pairing.get_absolute_url()


HOSTILE = ("a\x00b", "字" * 5_000, "<script>alert(1)</script>", "-1", "99999999999999999999999", "0001-01-01")


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_breaks_a_form(mentor, job_seeker, value):
    pairing = pairings.active(mentor, job_seeker)
    client = as_(mentor.user)
    for name, fields in (
        ("contact", ("contacted_on", "means", "note")),
        ("outcome", ("kind", "name", "started_on", "proof")),
        ("end", ("how", "reason")),
    ):
        answer = client.post(url(name, pairing), dict.fromkeys(fields, value))
        assert answer.status_code == 422, name
        assert "<script>alert" not in words(answer)


@pytest.mark.parametrize("number", ["0", "99999999999999999999999"])
def test_number_that_is_no_pairing_is_not_there(mentor, number):
    client = as_(mentor.user)
    for page in ("", "outcome/", "end/", "proof/"):
        assert client.get(f"/pairings/{number}/{page}").status_code == 404
    assert client.get(f"/pairings/start/{number}/").status_code == 404


def test_job_seeker_finds_all_own_pairings_and_nobody_elses(mentor, job_seeker, stranger):
    pairing = pairings.active(mentor, job_seeker)
    own = reverse("pairings:pairing-own")
    assert own in words(as_(job_seeker).get(reverse("home:me")))
    assert pairing.get_absolute_url() in words(as_(job_seeker).get(own))
    for person in (stranger, mentor.user):
        page = words(as_(person).get(own))
        assert pairing.get_absolute_url() not in page
        assert "还没有结对" in page


# The proof


def test_proof_goes_out_to_the_two_with_safe_headers(mentor, job_seeker):
    pairing = pairings.claimed(mentor, job_seeker)
    for person in (mentor.user, job_seeker):
        answer = as_(person).get(url("proof", pairing))
        assert b"".join(answer) == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("inline")


def test_proof_is_not_there_for_anybody_else(mentor, job_seeker, stranger, judge, unit_staff, staff):
    pairing = pairings.claimed(mentor, job_seeker)
    clients = [as_(each) for each in (stranger, judge, unit_staff, staff, offerings.make_mentor().user)]
    for client in (Client(), *clients):
        assert client.get(url("proof", pairing)).status_code == 404


def test_proof_lies_outside_the_web_root_under_a_name_of_chance(mentor, job_seeker):
    proof = pairings.claimed(mentor, job_seeker).placement.proof
    place = Path(proof.file.path)
    assert place.is_relative_to(settings.MEDIA_ROOT)
    assert not place.is_relative_to(settings.STATIC_ROOT)
    assert "合同" not in place.name
    assert Client().get(f"/media/{proof.file.name}").status_code == 404


# The mentor's list and desk


def test_mentors_list_shows_live_ones_first(mentor, staff):
    people = offerings.make_people(3)
    ended = pairings.verified(mentor, people[0], staff)
    live = pairings.active(mentor, people[1])
    proposed = pairings.proposed(mentor, people[2])
    lines = as_(mentor.user).get(LIST).context["lines"]
    assert {line.pk for line in lines[:2]} == {live.pk, proposed.pk}
    assert lines[2].pk == ended.pk
    assert "三一重工" in lines[2].next_step


def test_mentors_list_is_not_there_for_others(job_seeker, staff):
    assert as_(job_seeker).get(LIST).status_code == 404
    assert as_(staff).get(LIST).status_code == 404


def test_panel_of_the_desk_counts_live_ones_and_people_in_work(mentor, staff):
    from consultations.selectors.pairings import desk_panel

    people = offerings.make_people(3)
    pairings.verified(mentor, people[0], staff)
    pairings.claimed(mentor, people[1])
    pairings.active(mentor, people[2])
    panel = desk_panel(mentor, timezone.now())
    assert (panel.live_count, panel.placed_count, len(panel.lines)) == (2, 1, 2)
    assert not panel.is_empty
    shown = render_to_string("consultations/partials/pairing_panel.html", {"pairing_panel": panel})
    assert all(person.name in shown for person in people[1:])
    assert "今年已认定帮扶就业创业 1 人次" in shown
    assert desk_panel(offerings.make_mentor(), timezone.now()).is_empty


def test_me_page_has_pairings_only_where_there_are_any(mentor, job_seeker, stranger):
    pairings.active(mentor, job_seeker)
    assert "结对帮扶" in words(as_(job_seeker).get("/me/"))
    assert "结对帮扶" not in words(as_(stranger).get("/me/"))
