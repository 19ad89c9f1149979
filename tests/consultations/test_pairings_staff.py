"""Staff and pairings: the list, starting one, verifying beside another claim, stopping; and the proof."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Pairing, Placement
from tests import offerings, pairings
from tests.documents import PDF
from tests.scene import make_listed_mentor

pytestmark = pytest.mark.django_db

State = Pairing.State
LIST = reverse("admin:consultations_pairing_changelist")
ADD = reverse("admin:consultations_pairing_add")


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def other_mentor():
    [person] = offerings.make_people(1)
    return make_listed_mentor(person, number=2)


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


def page_of(pairing: Pairing) -> str:
    return reverse("admin:consultations_pairing_change", args=[pairing.pk])


def proof_of(pairing: Pairing) -> str:
    return reverse("admin:consultations_pairing_proof", args=[pairing.pk])


def words(response) -> str:
    return response.content.decode()


def decide(client, pairing, decision, comment="", beside=(), more=None):
    claimed_at = Placement.objects.get(pairing=pairing).claimed_at
    sent = {
        "decision": decision,
        "comment": comment,
        "beside": [each.placement.pk for each in beside],
        "seen_at": claimed_at.isoformat(),
    }
    return client.post(page_of(pairing), sent | (more or {}))


def test_list_shows_states_with_their_counts_and_filters_by_them(as_staff, mentor):
    people = offerings.make_people(3)
    pairings.active(mentor, people[0])
    waiting = [pairings.confirmed(mentor, person) for person in people[1:]]
    page = as_staff.get(LIST)
    assert len(page.context["cl"].result_list) == 3
    counts = re.findall(r'aria-current="page">(全部 \d+)<|>(待核实 \d+)<', words(page))
    assert ["".join(each) for each in counts] == ["全部 3", "待核实 2"]
    listed = as_staff.get(LIST, {"state": "confirmed"}).context["cl"].result_list
    assert set(listed) == set(waiting)


def test_list_marks_what_waits_where_the_person_has_another_claim(
    as_staff, mentor, other_mentor, job_seeker, stranger
):
    pairings.confirmed(mentor, stranger)
    assert "此人另有上报" not in words(as_staff.get(LIST))
    pairings.confirmed(mentor, job_seeker)
    pairings.claimed(other_mentor, job_seeker)
    assert words(as_staff.get(LIST)).count("此人另有上报") == 1


def test_dashboard_counts_what_waits_and_leads_there(as_staff, mentor, job_seeker):
    pairing = pairings.confirmed(mentor, job_seeker)
    queues = {queue.word: queue for queue in as_staff.get(reverse("admin:index")).context["queues"]}
    queue = queues["待核实的安置"]
    assert queue.count == 1
    assert list(as_staff.get(queue.url).context["cl"].result_list) == [pairing]


def test_staff_start_a_pairing_by_phone(as_staff, mentor, job_seeker, staff):
    sent = {"mentor": mentor.pk, "phone": f"+86 {job_seeker.phone}", "goal": "先上岗再提升"}
    answer = as_staff.post(ADD, sent)
    assert answer.status_code == 302
    pairing = Pairing.objects.get()
    assert (pairing.job_seeker, pairing.started_by, pairing.state) == (job_seeker, staff, State.PROPOSED)
    assert pairing.steps.count() == 1


@pytest.mark.parametrize("phone", ["13612345678", "1361", ""])
def test_staff_start_with_nobody_without_an_account(as_staff, mentor, phone):
    answer = as_staff.post(ADD, {"mentor": mentor.pk, "phone": phone, "goal": "目标在此"})
    assert "phone" in answer.context["adminform"].form.errors
    assert "目标在此" in words(answer)
    assert not Pairing.objects.exists()


def test_second_pairing_is_refused_under_the_phone(as_staff, mentor, job_seeker):
    pairings.active(mentor, job_seeker)
    answer = as_staff.post(ADD, {"mentor": mentor.pk, "phone": job_seeker.phone, "goal": "目标"})
    assert "已有一个进行中的结对" in "".join(answer.context["adminform"].form.errors["phone"])
    assert Pairing.objects.count() == 1


def test_second_claim_stands_beside_the_first_and_must_be_ticked(as_staff, mentor, other_mentor, job_seeker):
    first = pairings.confirmed(mentor, job_seeker)
    second = pairings.confirmed(other_mentor, job_seeker, name="三一重工")
    page = words(as_staff.get(page_of(second)))
    assert "同一就业" in page
    assert proof_of(first) in page
    assert proof_of(second) in page
    refused = decide(as_staff, second, "verify", comment="核对过")
    assert "请对照后勾选" in words(refused)
    assert "核对过" in words(refused)
    decide(as_staff, second, "verify", beside=[first])
    second.refresh_from_db()
    assert second.state == State.PLACED


def test_first_claim_verified_bars_the_second(as_staff, mentor, other_mentor, job_seeker, staff):
    first = pairings.confirmed(mentor, job_seeker)
    second = pairings.confirmed(other_mentor, job_seeker)
    answer = decide(as_staff, first, "verify", beside=[second])
    assert answer.url == page_of(second)  # the other claim is what comes next
    page = words(as_staff.get(page_of(second)))
    assert "只计一次" in page
    assert 'value="verify"' not in page
    refused = decide(as_staff, second, "verify", beside=[first])
    assert "不能再认定" in words(refused)
    decide(as_staff, second, "refuse", comment="已计给周建国导师")
    second.refresh_from_db()
    assert second.state == State.UNSUCCESSFUL
    assert offerings.broken_invariants() == []


def test_staff_return_and_must_say_why(as_staff, mentor, job_seeker):
    pairing = pairings.confirmed(mentor, job_seeker)
    refused = decide(as_staff, pairing, "return")
    assert "请写明原因" in words(refused)
    decide(as_staff, pairing, "return", comment="证明看不清")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.ACTIVE, "证明看不清")


@pytest.mark.parametrize(
    "fields", [{"seen_at": "yesterday"}, {"decision": "marry"}, {"beside": ["99999999999999999999", "x"]}]
)
def test_nonsense_decides_nothing(as_staff, mentor, job_seeker, fields):
    pairing = pairings.confirmed(mentor, job_seeker)
    answer = decide(as_staff, pairing, "verify", more=fields)
    assert "请刷新页面" in words(answer)
    pairing.refresh_from_db()
    assert pairing.state == State.CONFIRMED


def test_what_waits_for_the_job_seeker_has_no_buttons(as_staff, mentor, job_seeker):
    page = words(as_staff.get(page_of(pairings.claimed(mentor, job_seeker))))
    assert 'value="verify"' not in page
    assert "中止结对" in page


def test_staff_stop_a_pairing_with_a_reason(as_staff, mentor, job_seeker):
    pairing = pairings.active(mentor, job_seeker)
    stop = reverse("admin:consultations_pairing_stop", args=[pairing.pk])
    assert as_staff.post(stop, {"reason": ""}).status_code == 422
    as_staff.post(stop, {"reason": "导师长期出差"})
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == (State.STOPPED, "导师长期出差")
    assert "中止结对" not in words(as_staff.get(page_of(pairing)))


def test_proof_goes_out_to_provincial_staff(as_staff, mentor, job_seeker):
    answer = as_staff.get(proof_of(pairings.claimed(mentor, job_seeker)))
    assert b"".join(answer) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "x", "１", "1/2"])
def test_number_that_is_no_pairing_is_not_there(as_staff, number):
    for page in ("change", "proof", "stop"):
        assert as_staff.get(f"{LIST}{number}/{page}/").status_code == 404


def test_staffs_address_of_the_proof_is_not_there_for_others(mentor, job_seeker, stranger, judge, unit_staff):
    pairing = pairings.claimed(mentor, job_seeker)
    for person in (mentor.user, job_seeker, stranger, judge, unit_staff):
        client = Client()
        client.force_login(person)
        assert client.get(proof_of(pairing)).status_code == 404
    assert Client().get(proof_of(pairing)).status_code == 404


def test_unit_staff_given_the_permission_still_see_no_pairing(mentor, job_seeker, unit_staff):
    from django.contrib.auth.models import Permission

    unit_staff.user_permissions.add(*Permission.objects.filter(codename__endswith="_pairing"))
    pairing = pairings.claimed(mentor, job_seeker)
    client = Client()
    client.force_login(unit_staff)
    for page in (LIST, ADD, page_of(pairing)):
        assert client.get(page).status_code == 403
    assert "待核实的安置" not in words(client.get(reverse("admin:index")))
    assert client.get(proof_of(pairing)).status_code == 404


def test_staff_without_the_second_factor_do_not_open_a_proof(as_staff, mentor, job_seeker, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    answer = as_staff.get(proof_of(pairings.claimed(mentor, job_seeker)))
    assert answer.url == reverse("mfa_activate_totp")
