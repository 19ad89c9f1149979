"""Research over HTTP: the plan, signing up, a report from draft to public, its files, the staff's pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentor_portal.notifications.models import Message
from mentor_portal.reservations.models import Offering, Reservation
from mentor_portal.reservations.offering_forms import CONFIRM_MOVE
from research.models import ReportFile, ResearchReport, ResearchTheme, ResearchTrip
from tests import documents, moments, offerings, trips

pytestmark = pytest.mark.django_db
State = ResearchReport.State
NEW = "/research/reports/new/"
PLAN = "/admin/research/researchtheme/plan/"
REPORTS = "/admin/research/researchreport/"
TRIPS = "/admin/research/researchtrip/"


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(mentor_user):
    return signed_in(mentor_user)


@pytest.fixture
def office(staff):
    """The province's staff with a browser."""
    return signed_in(staff)


def told(response):
    """Return what the answer says in banners."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def page(response):
    return response.content.decode()


def edit(report):
    return reverse("research:report-edit", args=[report.pk])


def review(report):
    return reverse("admin:research_researchreport_change", args=[report.pk])


# The year's plan


def test_plan_is_published_and_shown_by_months(office):
    this_year = timezone.localdate().year
    trips.theme(year=this_year, month=2, title="新材料企业用工", published_at=None)
    trips.theme(year=this_year, month=1, title="工程机械用工", published_at=None)
    assert "新材料企业用工" not in page(Client().get("/research/"))
    shown = page(office.get(PLAN))
    assert "还没有主题的月份：3月、4月" in shown.replace("\n", "")
    assert "【职业导师调研】" in shown
    response = office.post(f"{PLAN}?year={this_year}")
    assert "已发布 2 个主题" in told(response)
    months = Client().get("/research/").context["months"]
    assert [(month.number, month.theme.title) for month in months] == [
        (1, "工程机械用工"),
        (2, "新材料企业用工"),
    ]


def test_plan_of_another_year_is_one_link_away():
    this_year = timezone.localdate().year
    trips.theme(year=this_year - 1, month=5, title="去年的主题")
    trips.theme(year=this_year, month=5, title="今年的主题")
    assert "今年的主题" in page(Client().get("/research/"))
    earlier = page(Client().get(f"/research/?year={this_year - 1}"))
    assert "去年的主题" in earlier and "今年的主题" not in earlier
    for odd in ("9999", "x", "１９", "-1", ""):
        assert Client().get("/research/", {"year": odd}).status_code == 200


def test_theme_is_entered_once_for_each_month(office):
    typed = {"year": 2026, "month": 3, "title": "用工", "destination": "长沙", "introduction": ""}
    assert office.post("/admin/research/researchtheme/add/", typed).status_code == 302
    refused = office.post("/admin/research/researchtheme/add/", typed)
    assert "每月一个" in page(refused)
    assert ResearchTheme.objects.count() == 1


def test_new_theme_is_preset_to_the_first_month_that_lacks_one(office):
    year = timezone.localdate().year

    def preset(address=""):
        initial = office.get(f"/admin/research/researchtheme/add/{address}").context["adminform"].form.initial
        return initial["year"], initial["month"]

    trips.theme(year=year, month=1)
    assert preset() == (year, 2)
    assert preset(f"?year={year + 1}") == (year + 1, 1)
    for month in range(2, 13):
        trips.theme(year=year, month=month)
    assert preset() == (year + 1, 1)
    assert preset(f"?year={year}") == (year, None)


# Trips: planning


def planned(theme, **fields):
    """What the form of a trip sends."""
    values = {
        "theme": theme.pk,
        "title": "走进三一智能制造产业园",
        "starts_at_0": moments.in_days(10).strftime("%Y-%m-%d"),
        "starts_at_1": "09:00",
        "ends_at_0": moments.in_days(10).strftime("%Y-%m-%d"),
        "ends_at_1": "16:00",
        "gathering": "中心一楼大厅",
        "capacity": 6,
        "minimum": 5,
        "booking_opens_at_0": "",
        "booking_opens_at_1": "",
        "booking_closes_at_0": "",
        "booking_closes_at_1": "",
        "notes": "",
    }
    return values | fields


def test_trip_is_planned_published_and_called_off(office, mentor):
    theme = trips.theme()
    added = office.post(f"{TRIPS}add/", planned(theme), follow=True)
    assert "这期调研还是草稿" in page(added)
    trip = ResearchTrip.objects.get()
    assert trip.offering.booking_closes_at == moments.in_days(7)
    assert trip.offering.state == Offering.State.DRAFT
    office.post(TRIPS, {"action": "publish", "_selected_action": [trip.pk]})
    trips.hold(ResearchTrip.objects.get(), [mentor], timezone.now())
    asked = office.post(TRIPS, {"action": "call_off", "_selected_action": [trip.pk]})
    assert "已预约 <strong>1</strong> 人" in page(asked)
    done = {"action": "call_off", "_selected_action": [trip.pk], "reason": "企业停产检修"}
    office.post(TRIPS, done)
    assert Offering.objects.get().state == Offering.State.CANCELLED
    assert Message.objects.filter(person=mentor.user, kind="offering_cancelled").exists()
    assert "企业停产检修" in page(Client().get(trip.get_absolute_url()))


def test_trip_that_moves_or_gathers_elsewhere_shows_first_who_will_be_told(office, mentor):
    theme = trips.theme()
    office.post(f"{TRIPS}add/", planned(theme))
    trip = ResearchTrip.objects.get()
    office.post(TRIPS, {"action": "publish", "_selected_action": [trip.pk]})
    trips.hold(ResearchTrip.objects.get(), [mentor], timezone.now())
    changed = planned(theme, ends_at_1="17:00", gathering="长沙南站东广场")
    shown = page(office.post(f"{TRIPS}{trip.pk}/change/", changed))
    assert "确认调整" in shown
    assert "长沙南站东广场" in shown
    assert "已预约 <strong>1</strong> 人" in shown
    assert not Message.objects.filter(person=mentor.user, kind="moved").exists()
    office.post(f"{TRIPS}{trip.pk}/change/", changed | {CONFIRM_MOVE: "1"})
    trip.refresh_from_db()
    assert trip.gathering == "长沙南站东广场"
    assert Message.objects.filter(person=mentor.user, kind="moved").count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"minimum": 7}, "成行人数不能多于名额"),
        ({"ends_at_1": "08:00"}, "返回时间须晚于出发时间"),
        (
            {
                "booking_closes_at_0": moments.in_days(11).strftime("%Y-%m-%d"),
                "booking_closes_at_1": "09:00",
            },
            "报名截止不能晚于出发时间",
        ),
    ],
    ids=["minimum", "end", "deadline"],
)
def test_trip_that_does_not_fit_together_is_refused_beside_its_field(office, fields, said):
    assert said in page(office.post(f"{TRIPS}add/", planned(trips.theme(), **fields)))
    assert not ResearchTrip.objects.exists()


def test_trip_with_fewer_places_than_people_is_refused(office, staff):
    trip = trips.trip(staff)
    trips.hold(trip, trips.make_mentors(4))
    fewer = planned(trip.theme, capacity=3, minimum=3)
    assert "不能少于 4" in page(office.post(f"{TRIPS}{trip.pk}/change/", fewer))


def test_text_for_the_group_says_where_one_signs_up(office, staff):
    trip = trips.trip(staff)
    shown = page(office.get(f"{TRIPS}{trip.pk}/group_text/"))
    assert trip.get_absolute_url() in shown
    assert "满 5 人成行" in shown


def test_desk_of_a_trip_notes_who_came(office, staff, mentor):
    trip = trips.trip(staff, starts_at=timezone.now() + timedelta(minutes=10))
    [reservation] = trips.hold(trip, [mentor])
    desk = reverse("reservations:desk-detail", args=[trip.pk])
    assert office.get(f"{TRIPS}{trip.pk}/open_desk/").url == desk
    assert mentor.name in page(office.get(desk))
    office.post(reverse("reservations:desk-check-in", args=[trip.pk, reservation.pk]))
    reservation.refresh_from_db()
    assert reservation.state == Reservation.State.ATTENDED


# Trips: signing up


def test_mentor_signs_up_and_sees_the_place(client, staff):
    trip = trips.trip(staff)
    assert "立即报名" in page(client.get(trip.get_absolute_url()))
    book = reverse("research:trip-book", args=[trip.pk])
    assert "确认报名" in page(client.get(book))
    response = client.post(book)
    assert response.url == trip.get_absolute_url()
    assert "报名成功" in told(response)
    assert "已报名" in page(client.get(trip.get_absolute_url()))
    assert trip.title in page(client.get("/me/reservations/"))
    again = client.get(book)
    assert again.url == trip.get_absolute_url() and "已报名" in told(again)


def test_mentor_waits_where_all_places_are_taken(client, staff):
    trip = trips.trip(staff)
    trips.hold(trip, trips.make_mentors(7))
    book = reverse("research:trip-book", args=[trip.pk])
    assert "确认候补" in page(client.get(book))
    assert "已进入候补" in told(client.post(book))
    assert "候补第 2 位" in page(client.get(trip.get_absolute_url()))


def test_job_seeker_hears_that_trips_are_for_mentors(job_seeker, staff):
    trip, client = trips.trip(staff), signed_in(job_seeker)
    shown = page(client.get(trip.get_absolute_url()))
    assert "在聘的职业导师" in shown and "立即报名" not in shown
    book = reverse("research:trip-book", args=[trip.pk])
    assert "在聘的职业导师" in told(client.get(book))
    assert "在聘的职业导师" in told(client.post(book))
    refused = client.post(book, headers={"HX-Request": "true"})
    assert (refused.status_code, "在聘的职业导师" in page(refused)) == (422, True)
    assert not Reservation.objects.exists()


def test_visitor_is_led_to_the_sign_in_and_back(staff):
    trip = trips.trip(staff)
    assert "立即报名" in page(Client().get(trip.get_absolute_url()))
    book = reverse("research:trip-book", args=[trip.pk])
    assert Client().get(book).url == f"/sign-in/?next={book}"


def test_words_of_a_trip_are_those_of_a_trip(client, staff):
    opens = timezone.now() + timedelta(hours=2)
    trip = trips.trip(staff, booking_opens_at=opens)
    shown = page(client.get(trip.get_absolute_url()))
    assert "开始报名" in shown and "立即报名" not in shown
    Offering.objects.update(booking_opens_at=opens - timedelta(days=9), booking_closes_at=timezone.now())
    shown = page(client.get(trip.get_absolute_url()))
    assert "报名已截止" in shown and "可直接到场" not in shown


# Reports


def written(report=None, **fields):
    """What the form of a report sends: a whole one, to be handed in."""
    values = {
        "title": "技工缺口在哪里",
        "body": trips.LONG,
        "revision": report.revision if report else 0,
        "act": "submit",
    }
    return values | ({} if report else {"key": str(uuid4())}) | fields


def test_report_goes_from_draft_to_the_public_page(client, office, mentor, staff):
    trip = trips.attended(staff, [mentor])
    assert trip.title in page(client.get("/research/reports/"))
    address = f"{NEW}?trip={trip.pk}"
    assert "集体调研" in page(client.get(address))
    response = client.post(address, written(body="初稿。", act="draft"))
    report = ResearchReport.objects.get()
    assert response.url == edit(report)
    too_short = client.post(edit(report), written(report, body="初稿。"))
    assert too_short.status_code == 422
    assert "还差 797 字" in page(too_short)
    response = client.post(edit(report), written(report))
    assert response.url == report.get_absolute_url() and "已提交" in told(response)

    report.refresh_from_db()
    seen = {"seen_at": report.submitted_at.isoformat()}
    refused = office.post(review(report), {**seen, "decision": "returned", "comment": ""})
    assert "请写明退回的原因" in page(refused)
    office.post(review(report), {**seen, "decision": "returned", "comment": "请补充薪酬"})
    assert "请补充薪酬" in page(client.get(edit(report)))

    report.refresh_from_db()
    client.post(edit(report), written(report, body=trips.LONG + "薪酬八千。"))
    report.refresh_from_db()
    seen = {"seen_at": report.submitted_at.isoformat()}
    office.post(review(report), {**seen, "decision": "accepted", "comment": ""})
    assert Client().get(report.get_absolute_url()).status_code == 404
    office.post(review(report), {"act": "praise"})
    office.post(review(report), {"act": "publish"})
    shown = page(Client().get(report.get_absolute_url()))
    assert "优秀报告" in shown and "薪酬八千" in shown
    assert "技工缺口在哪里" in page(Client().get("/research/"))
    assert "技工缺口在哪里" in page(Client().get("/research/published/"))
    steps = [action for (action,) in report.steps.values_list("action")]
    assert steps == ["submitted", "returned", "submitted", "accepted", "excellent", "published"]
    assert offerings.broken_invariants() == []


def test_free_report_is_handed_in_at_one_go_and_once(client, mentor):
    sent = written()
    assert client.post(NEW, sent).status_code == 302
    assert client.post(NEW, sent).status_code == 302
    report = ResearchReport.objects.get()
    assert (report.kind, report.state, report.mentor) == ("free", State.SUBMITTED, mentor)
    assert report.steps.count() == 1


def test_report_about_a_trip_is_not_there_for_who_was_not(client, staff):
    trip = trips.attended(staff, trips.make_mentors(1))
    assert client.get(f"{NEW}?trip={trip.pk}").status_code == 404
    assert client.post(f"{NEW}?trip={trip.pk}", written()).status_code == 404
    for odd in ("", "x", "9" * 30, "-1"):
        assert client.get(NEW, {"trip": odd}).status_code == 404


def test_begun_report_about_a_trip_is_gone_on_with(client, staff, mentor):
    trip = trips.attended(staff, [mentor])
    report = trips.report(mentor, trip)
    assert client.get(f"{NEW}?trip={trip.pk}").url == edit(report)


def test_second_window_loses_nothing(client, mentor):
    report = trips.report(mentor, body="第一版。")
    client.post(edit(report), written(report, body="左边窗口写的。", act="draft"))
    refused = client.post(edit(report), written(report, body="右边窗口写的。", act="draft"))
    assert refused.status_code == 422
    shown = page(refused)
    assert "另一个窗口" in shown and "左边窗口写的。" in shown and "右边窗口写的。" in shown
    report.refresh_from_db()
    assert report.body == "左边窗口写的。"
    revision = refused.context["report"].revision
    client.post(edit(report), written(body="两边合起来。", act="draft", revision=revision))
    report.refresh_from_db()
    assert report.body == "两边合起来。"


def test_second_window_of_a_new_report_about_a_trip_loses_nothing(client, staff, mentor):
    trip = trips.attended(staff, [mentor])
    address = f"{NEW}?trip={trip.pk}"
    client.post(address, written(body="左边窗口写的。", act="draft"))
    refused = client.post(address, written(body="右边窗口写的。", act="draft"))
    assert refused.status_code == 422
    assert "左边窗口写的。" in page(refused) and "右边窗口写的。" in page(refused)
    assert refused.context["action"] == edit(ResearchReport.objects.get())


def test_draft_is_kept_while_it_is_written(client, mentor):
    key, htmx = str(uuid4()), {"HX-Request": "true"}
    first = client.post(NEW, {"key": key, "revision": 0, "body": "写到一半", "act": "draft"}, headers=htmx)
    report = ResearchReport.objects.get()
    assert "草稿已保存" in page(first) and f'value="{report.revision}"' in page(first)
    assert first["HX-Replace-Url"] == edit(report)
    sent = {"key": key, "revision": 1, "title": "标题", "body": "又写了一些", "act": "draft"}
    client.post(NEW, sent, headers=htmx)
    stale = client.post(NEW, {**sent, "revision": 1, "body": "旧的"}, headers=htmx)
    assert (stale.status_code, "草稿未保存" in page(stale)) == (422, True)
    report.refresh_from_db()
    assert (report.title, report.body, report.state) == ("标题", "又写了一些", State.DRAFT)


def test_report_that_is_too_long_is_refused_and_stays_on_the_page(client):
    refused = client.post(NEW, written(body="长" * 30_001))
    assert refused.status_code == 422
    assert "最多 30000 个字符" in page(refused)
    assert "长" * 30_001 in page(refused)


def test_withdrawn_report_stays_readable_to_its_author(client, mentor):
    report = trips.submitted(mentor)
    withdraw = reverse("research:report-withdraw", args=[report.pk])
    assert "确认撤回" in page(client.get(withdraw))
    assert client.post(withdraw).url == "/research/reports/"
    assert "已撤回" in page(client.get(report.get_absolute_url()))


def test_markup_in_a_report_is_shown_as_text(mentor, staff):
    report = trips.published(mentor, staff, body=trips.LONG + "<script>alert(1)</script>")
    assert "&lt;script&gt;" in page(Client().get(report.get_absolute_url()))


# Files


def with_upload(report, *uploads, **fields):
    return written(report, uploads=list(uploads), **fields)


def test_photos_and_files_are_added_and_taken_off_beside_the_text(client, mentor):
    report = trips.report(mentor)
    photo = documents.upload("车间.jpg", documents.picture("JPEG"))
    paper = documents.upload("提纲.pdf", documents.PDF)
    client.post(edit(report), with_upload(report, photo, paper, body="新写的。", act="draft"))
    report.refresh_from_db()
    assert report.body == "新写的。"
    first, _second = report.files.all()
    sent = written(report, body="又写了。", act=f"remove-{first.pk}")
    client.post(edit(report), sent)
    report.refresh_from_db()
    assert [file.original_name for file in report.files.all()] == ["提纲.pdf"]
    assert report.body == "又写了。"


def test_refused_file_says_why_and_keeps_the_text(client, mentor):
    program = documents.upload("照片.jpg", documents.EXE)
    refused = client.post(NEW, with_upload(None, program))
    assert refused.status_code == 422
    assert "“照片.jpg”没有上传" in page(refused) and "技工缺口在哪里" in page(refused)
    report = ResearchReport.objects.get()
    assert (report.state, report.title) == (State.DRAFT, "技工缺口在哪里")
    assert not ReportFile.objects.exists()


def test_file_that_is_picked_goes_up_with_the_next_autosave(client, mentor):
    report = trips.report(mentor)
    photo = documents.upload("车间.jpg", documents.picture("JPEG"))
    sent = with_upload(report, photo, act="draft")
    response = client.post(edit(report), sent, headers={"HX-Request": "true"})
    assert 'id="report-files" hx-swap-oob="true"' in page(response)
    assert "车间.jpg" in page(response)


@pytest.fixture
def everyone(mentor_user, staff, unit_staff, judge, job_seeker):
    [other] = trips.make_mentors(1)
    return {
        "author": mentor_user,
        "staff": staff,
        "unit": unit_staff,
        "judge": judge,
        "seeker": job_seeker,
        "mentor": other.user,
        "visitor": None,
    }


@pytest.mark.parametrize(
    ("make", "readers"),
    [
        (lambda mentor, staff: trips.report(mentor), {"author"}),
        (lambda mentor, staff: trips.submitted(mentor), {"author", "staff"}),
        (lambda mentor, staff: trips.returned(mentor, staff), {"author", "staff"}),
        (lambda mentor, staff: trips.accepted(mentor, staff), {"author", "staff"}),
        (
            lambda mentor, staff: trips.published(mentor, staff),
            {"author", "staff", "unit", "judge", "seeker", "mentor", "visitor"},
        ),
    ],
    ids=["draft", "submitted", "returned", "accepted", "published"],
)
def test_file_is_there_for_its_readers_and_for_nobody_else(everyone, mentor, staff, make, readers):
    for file in trips.with_files(make(mentor, staff)):
        for name, user in everyone.items():
            client = signed_in(user) if user else Client()
            response = client.get(file.get_absolute_url())
            assert response.status_code == (200 if name in readers else 404), name


def test_file_leaves_with_safe_headers(client, mentor):
    photo, paper = trips.with_files(trips.report(mentor))
    for file, content_type in ((photo, "image/jpeg"), (paper, "application/pdf")):
        response = client.get(file.get_absolute_url())
        assert response["Content-Type"] == content_type
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"].startswith("private")
        assert (
            "script-src" in response["Content-Security-Policy"]
            or "default-src" in response["Content-Security-Policy"]
        )
    assert str(photo.file.name).startswith("reports/") and "车间" not in photo.file.name


# The staff's pages about reports


def listed(office, **query):
    response = office.get(REPORTS, query)
    return [report.title for report in response.context["cl"].result_list]


def test_queue_shows_what_waits_and_never_a_draft(office, mentor, staff):
    trips.report(mentor, title="草稿")
    trips.submitted(mentor, title="等着")
    trips.published(mentor, staff, title="公开了")
    assert listed(office) == ["等着"]
    assert listed(office, state="published") == ["公开了"]
    assert set(listed(office, state="all")) == {"等着", "公开了"}


def test_many_are_accepted_and_returned_at_once(office, mentor, staff):
    rows = [trips.submitted(mentor, title=title) for title in ("一", "二", "三")]
    chosen = [row.pk for row in rows[:2]]
    response = office.post(REPORTS, {"action": "accept", "_selected_action": chosen})
    assert "已通过 2 份报告" in told(response)
    ask = {"action": "send_back", "_selected_action": [rows[2].pk]}
    assert "将设为“退回修改”" in page(office.post(REPORTS, ask))
    assert "已退回 1 份报告" in told(office.post(REPORTS, {**ask, "comment": "请补充"}))
    states = dict(ResearchReport.objects.values_list("title", "state"))
    assert states == {"一": State.ACCEPTED, "二": State.ACCEPTED, "三": State.RETURNED}
    again = {"action": "accept", "_selected_action": chosen}
    assert "已于" in told(office.post(f"{REPORTS}?state=all", again))


def test_many_are_marked_published_and_hidden_at_once(office, mentor, staff):
    pks = [trips.accepted(mentor, staff, title=title).pk for title in ("一", "二")]
    for act in ("praise", "publish"):
        office.post(f"{REPORTS}?state=all", {"action": act, "_selected_action": pks})
    assert ResearchReport.objects.published().filter(is_excellent=True).count() == 2
    for act in ("unpraise", "hide"):
        office.post(f"{REPORTS}?state=all", {"action": act, "_selected_action": pks})
    assert not ResearchReport.objects.published().exists()


def test_draft_is_not_there_for_staff(office, mentor):
    report = trips.report(mentor)
    assert office.get(review(report)).status_code == 404
    assert office.get(report.get_absolute_url()).status_code == 404


def test_first_page_of_staff_counts_reports_and_short_trips(office, mentor, staff):
    trips.submitted(mentor)
    trip = trips.trip(staff, starts_at=moments.in_days(3))
    Offering.objects.filter(pk=trip.pk).update(booking_closes_at=timezone.now())
    queues = {queue.word: (queue.count, queue.url) for queue in office.get("/admin/").context["queues"]}
    assert queues["待审核的调研报告"][0] == 1
    assert queues["报名不足的调研"][0] == 1
    shown = page(office.get(queues["报名不足的调研"][1]))
    assert trip.title in shown and "报名不足" in shown


def test_staff_of_a_unit_see_nothing_of_research(unit_staff, mentor):
    report = trips.submitted(mentor)
    client = signed_in(unit_staff)
    assert client.get(REPORTS).status_code == 403
    assert client.get(review(report)).status_code == 403
    assert client.get(report.get_absolute_url()).status_code == 404


def test_list_of_a_mentor_shows_prompts_and_reports_of_each_state(client, mentor, staff):
    trip = trips.attended(staff, [mentor])
    trips.returned(mentor, staff)
    context = client.get("/research/reports/").context
    assert [prompt.title for prompt in context["prompts"]] == [trip.title]
    assert [line.comment for line in context["lines"]] == ["请补充薪酬情况"]
