from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentors.models import Appointment, Category, IndustrialChain, Mentor

pytestmark = pytest.mark.django_db
MENTORS = reverse("admin:mentors_mentor_changelist")
ADD = reverse("admin:mentors_mentor_add")
LISTS = [
    reverse(f"admin:mentors_{model}_changelist")
    for model in ("mentor", "appointment", "category", "industrialchain", "topictype")
]


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def form(**fields: object) -> dict[str, object]:
    """Return what the form of a new mentor posts, without appointments."""
    chain = IndustrialChain.objects.get(slug="rail-transit")
    inline = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {
        "name": "周建国",
        "phone": "+86 138-0013-8000",
        "employer": "湖南某装备制造企业",
        "primary_category": chain.category_id,
        "primary_chain": chain.pk,
        "is_listed": "on",
        **{f"appointments-{key}": value for key, value in inline.items()},
        **fields,
    }


def term(number: int, starts_on: str, ends_on: str, state: str = "in_force") -> dict[str, object]:
    values = {"number": f"A-{number}", "starts_on": starts_on, "ends_on": ends_on, "state": state}
    return {f"appointments-{number}-{key}": value for key, value in values.items()}


def errors_of(response) -> str:
    inlines = response.context["inline_admin_formsets"]
    return str(response.context["adminform"].form.errors) + "".join(
        str(each.formset.errors) for each in inlines
    )


@pytest.mark.parametrize("address", LISTS)
def test_lists_open_and_cost_the_same_for_one_and_thirty(desk, make_mentor, address):
    make_mentor(chain="rail-transit")
    one = _cost(desk, address)
    for _ in range(29):
        make_mentor(category="electronics", chain="aerospace")
    assert _cost(desk, address) == one


def _cost(desk, address: str) -> int:
    assert desk.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        desk.get(address)
    return len(queries)


@pytest.mark.parametrize(
    "query", ["?q=13900000001", "?term=now", "?term=soon", "?term=none", "?is_listed__exact=1"]
)
def test_list_filters_open(desk, make_mentor, query):
    make_mentor()
    assert desk.get(MENTORS + query).status_code == 200


def test_list_masks_the_phone(desk, make_mentor):
    mentor = make_mentor()
    content = desk.get(MENTORS).content.decode()
    assert mentor.user.phone not in content
    assert mentor.user.masked_phone in content


def test_term_filter_tells_who_is_appointed(desk, make_mentor):
    make_mentor("在聘导师")
    make_mentor("旧导师", appointed=False)
    assert _names(desk, "now") == ["在聘导师"]
    assert _names(desk, "soon") == ["在聘导师"]
    assert _names(desk, "none") == ["旧导师"]


def _names(desk, term: str) -> list[str]:
    return [mentor.name for mentor in desk.get(MENTORS, {"term": term}).context["cl"].queryset]


def test_new_mentor_gets_an_account_by_phone(desk, make_picture):
    response = desk.post(ADD, form(photo=make_picture()))
    assert response.status_code == 302, errors_of(response)
    mentor = Mentor.objects.get()
    assert (mentor.user.phone, mentor.user.name) == ("13800138000", "周建国")
    assert mentor.photo.name.startswith("mentors/") and mentor.photo.width == 512


def test_new_mentor_takes_the_account_that_is_there(desk, job_seeker):
    desk.post(ADD, form(phone=job_seeker.phone))
    assert Mentor.objects.get().user == job_seeker
    assert User.objects.filter(phone=job_seeker.phone).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"phone": "123"}, "请填写 11 位大陆手机号"),
        ({"phone": ""}, "该字段是必填项"),
        ({"primary_category": "99999"}, "选择一个有效的选项"),
        ({"name": ""}, "该字段是必填项"),
    ],
)
def test_new_mentor_with_bad_fields_is_refused_in_words(desk, fields, sentence):
    response = desk.post(ADD, form(**fields))
    assert response.status_code == 200
    assert sentence in errors_of(response)


def test_phone_of_a_mentor_is_refused_with_the_name(desk, make_mentor):
    mentor = make_mentor("李敏")
    assert "已登记为职业导师“李敏”" in errors_of(desk.post(ADD, form(phone=mentor.user.phone)))


def test_chain_of_another_category_is_refused(desk):
    other = Category.objects.get(slug="business").pk
    assert "与主类别不一致" in errors_of(desk.post(ADD, form(primary_category=other)))


def test_hostile_photo_is_refused_and_the_rest_is_kept(desk, make_picture):
    upload = make_picture(format="GIF", mode="P")
    response = desk.post(ADD, form(photo=upload))
    assert "请上传 JPG、PNG 或 WebP 格式的照片" in errors_of(response)
    assert "湖南某装备制造企业" in response.content.decode()


def test_terms_that_overlap_are_refused_and_others_stored(desk):
    counts = {"appointments-TOTAL_FORMS": 2}
    clashing = term(0, "2026-01-01", "2026-12-31") | term(1, "2026-06-01", "2027-12-31")
    assert "与另一聘期（2026-01-01 至 2026-12-31）重叠" in errors_of(
        desk.post(ADD, form(**counts, **clashing))
    )
    ended = term(0, "2026-01-01", "2026-12-31", "ended") | term(1, "2026-06-01", "2027-12-31")
    assert desk.post(ADD, form(**counts, **ended)).status_code == 302
    assert Mentor.objects.get().appointments.count() == 2


def test_term_that_ends_before_it_starts_is_refused(desk):
    response = desk.post(ADD, form(**{"appointments-TOTAL_FORMS": 1}, **term(0, "2026-01-01", "2026-01-01")))
    assert "聘期结束须晚于聘期开始" in errors_of(response)


def test_change_page_shows_the_account_and_replaces_the_photo(
    desk, make_mentor, make_picture, settings, django_capture_on_commit_callbacks
):
    mentor = make_mentor(chain="rail-transit", appointed=False)
    address = reverse("admin:mentors_mentor_change", args=[mentor.pk])
    assert mentor.user.phone in desk.get(address).content.decode()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            response = desk.post(address, form(name="新名", photo=make_picture()))
        assert response.status_code == 302, errors_of(response)
    mentor.refresh_from_db()
    assert (mentor.name, mentor.user.name) == ("新名", "周建国")
    assert len(list((settings.MEDIA_ROOT / "mentors").iterdir())) == 1


def test_appointment_page_refuses_an_overlap(desk, make_mentor):
    mentor = make_mentor(appointed=False)
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    Appointment.objects.create(mentor=mentor, number="A-1", **days)
    other = Appointment.objects.create(mentor=mentor, number="A-2", state="ended", **days)
    address = reverse("admin:mentors_appointment_change", args=[other.pk])
    posted = {"number": "A-2", "starts_on": "2026-06-01", "ends_on": "2027-01-01", "state": "in_force"}
    assert "与聘书 A-1（2026-01-01 至 2026-12-31）的聘期重叠" in errors_of(desk.post(address, posted))
    posted["starts_on"] = "2027-01-01"
    posted["ends_on"] = "2027-12-31"
    assert desk.post(address, posted).status_code == 302


def test_category_in_use_is_not_deleted(desk, make_mentor):
    mentor = make_mentor()
    address = reverse("admin:mentors_category_delete", args=[mentor.primary_category_id])
    desk.post(address, {"post": "yes"})
    assert Category.objects.filter(pk=mentor.primary_category_id).exists()


def test_readers_see_no_whole_phone(client, make_mentor, make_user):
    reader = make_user("怀化小张", is_staff=True)
    reader.groups.add(Group.objects.get(name="承办单位工作人员"))
    mentor = make_mentor()
    client.force_login(reader)
    response = client.get(reverse("admin:mentors_mentor_change", args=[mentor.pk]))
    content = response.content.decode()
    assert mentor.user.masked_phone in content
    assert mentor.user.phone not in content
    assert client.post(response.request["PATH_INFO"], form(name="改名")).status_code == 403
