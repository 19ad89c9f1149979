"""Courseware over HTTP: uploading, refusals that keep what was typed, versions, who sees what, questions."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from classrooms.models import Courseware, CoursewareVersion
from classrooms.services import confirm_pair, withdraw_courseware
from tests import courseware as made
from tests import documents, offerings, topics

pytestmark = pytest.mark.django_db
Audience = Courseware.Audience
LIST, NEW = reverse("classrooms:courseware-list"), reverse("classrooms:courseware-new")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mentor(mentor_user):
    return mentor_user.mentor


@pytest.fixture
def session(mentor):
    return made.finished_class(mentor)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(mentor_user):
    return signed_in(mentor_user)


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def page(response):
    return response.content.decode()


def sent(session, **fields):
    values = {
        "key": str(uuid4()),
        "about": f"session-{session.pk}",
        "title": "面试前的三天",
        "audience": Audience.ATTENDEES,
        "upload": made.document(made.TEXT),
        "note": "第一次上传",
        "is_declared": "on",
    }
    return {name: value for name, value in (values | fields).items() if value is not None}


def files_on_disk():
    return [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]


def pictured(title="板书", **fields):
    return {"upload": SimpleUploadedFile("板书.png", documents.picture("PNG")), "title": title, **fields}


def test_new_page_knows_the_class_and_tells_types_and_sizes(client, session):
    text = page(client.get(NEW, {"session": session.pk}))
    assert f'value="session-{session.pk}" selected' in text
    assert f'value="{session.title}"' in text
    assert "PPTX" in text and "不超过" in text and 'enctype="multipart/form-data"' in text


def test_new_page_knows_the_topic(client, mentor, staff):
    topic = topics.approved(mentor, staff)
    text = page(client.get(NEW, {"topic": topic.pk}))
    assert f'value="topic-{topic.pk}" selected' in text
    response = client.post(NEW, sent(made.finished_class(mentor), about=f"topic-{topic.pk}"))
    assert response.status_code == 302
    assert Courseware.objects.get().application == topic


@pytest.mark.parametrize("query", [{"session": "0"}, {"session": "x"}, {"topic": "9" * 30}])
def test_new_page_for_what_is_not_there_is_not_there(client, query):
    assert client.get(NEW, query).status_code == 404


def test_new_page_for_the_class_of_another_is_not_there(client):
    assert client.get(NEW, {"session": offerings.make_session().pk}).status_code == 404


def test_upload_keeps_the_work_with_its_first_version(client, mentor, session):
    response = client.post(NEW, sent(session))
    kept = Courseware.objects.get()
    assert response.url == kept.get_absolute_url()
    assert (kept.mentor, kept.session, kept.audience) == (mentor, session, Audience.ATTENDEES)
    assert (kept.current.number, kept.current.note) == (1, "第一次上传")
    assert "课件已上传" in page(client.get(response.url))


def test_upload_sent_twice_is_one(client, session):
    key = str(uuid4())
    for _ in range(2):
        assert client.post(NEW, sent(session, key=key)).status_code == 302
    assert CoursewareVersion.objects.count() == 1


def test_upload_by_the_script_is_led_on_without_a_page(client, session):
    response = client.post(NEW, sent(session), headers=HTMX)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == Courseware.objects.get().get_absolute_url()


def test_upload_cut_short_leaves_nothing(client, session):
    whole = encode_multipart(
        BOUNDARY, sent(session, upload=SimpleUploadedFile("a.png", documents.picture("PNG")))
    )
    in_the_file = whole.index(b"PNG") + 30
    for length in (in_the_file, whole.index(b'name="is_declared"') - 50):
        response = client.generic("POST", NEW, whole[:length], content_type=MULTIPART_CONTENT)
        assert response.status_code == 422
    assert not Courseware.objects.exists()
    assert files_on_disk() == []


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_refused_file_says_why_keeps_what_was_typed_and_leaves_nothing(client, session, headers):
    upload = SimpleUploadedFile("讲义.pdf", documents.EXE)
    form = sent(session, title="我的讲义", audience=Audience.STAFF, note="试讲稿", upload=upload)
    response = client.post(NEW, form, headers=headers)
    text = page(response)
    assert response.status_code == 422
    assert "“讲义.pdf”没有上传" in text
    assert 'id="id_upload_error"' in text
    assert 'value="我的讲义"' in text and 'value="试讲稿"' in text
    assert "checked" in text.split('name="is_declared"')[1].split(">")[0]
    assert "checked" in text.split('value="staff"')[1].split(">")[0]
    assert f'value="{form["key"]}"' in text
    assert not Courseware.objects.exists()
    assert files_on_disk() == []


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("upload", "请选择要上传的文件"),
        ("title", "请填写课件标题"),
        ("is_declared", "请确认原创声明后再上传"),
        ("audience", "请选择给谁看"),
        ("about", "请选择课堂或主题"),
    ],
)
def test_missing_field_is_said_under_it(client, session, missing, said):
    response = client.post(NEW, sent(session, **{missing: None}))
    assert response.status_code == 422
    assert said in page(response)
    assert not Courseware.objects.exists()


def test_class_of_another_cannot_be_chosen(client, session):
    response = client.post(NEW, sent(session, about=f"session-{offerings.make_session().pk}"))
    assert response.status_code == 422
    assert "请从列出的课堂和主题里选择" in page(response)


def test_new_version_stays_beside_the_earlier_one(client, mentor):
    kept = made.uploaded(mentor)
    address = reverse("classrooms:courseware-version", args=[kept.pk])
    form = {"upload": made.document(made.OTHER_TEXT), "note": "补充了案例", "is_declared": "on"}
    assert client.get(address).status_code == 200
    assert client.post(address, form).url == kept.get_absolute_url()
    text = page(client.get(kept.get_absolute_url()))
    assert "第 2 版" in text and "第 1 版" in text and "补充了案例" in text


def test_refused_version_keeps_note_and_statement(client, mentor):
    kept = made.uploaded(mentor)
    upload = SimpleUploadedFile("a.docx", documents.HTML)
    form = {"upload": upload, "note": "补充了案例", "is_declared": "on"}
    response = client.post(reverse("classrooms:courseware-version", args=[kept.pk]), form)
    assert response.status_code == 422
    assert "没有上传" in page(response) and 'value="补充了案例"' in page(response)
    assert kept.versions.count() == 1


def test_title_and_audience_can_be_changed(client, mentor):
    kept = made.uploaded(mentor)
    address = reverse("classrooms:courseware-edit", args=[kept.pk])
    assert client.post(address, {"title": "", "audience": "public"}).status_code == 422
    client.post(address, {"title": "新标题", "audience": "public"})
    kept.refresh_from_db()
    assert (kept.title, kept.audience) == ("新标题", Audience.PUBLIC)


def test_withdrawn_can_be_restored(client, mentor):
    kept = made.uploaded(mentor, audience=Audience.PUBLIC)
    stranger = Client()
    assert client.get(reverse("classrooms:courseware-withdraw", args=[kept.pk])).status_code == 200
    client.post(reverse("classrooms:courseware-withdraw", args=[kept.pk]))
    assert stranger.get(kept.current.get_absolute_url()).status_code == 404
    text = page(client.get(kept.get_absolute_url()))
    assert "已撤下" in text and "上传新版本" not in text
    client.post(reverse("classrooms:courseware-restore", args=[kept.pk]))
    assert stranger.get(kept.current.get_absolute_url()).status_code == 200


def test_document_is_a_download_and_never_shown_in_place(client, mentor):
    kept = made.uploaded(mentor)
    response = client.get(kept.current.get_absolute_url())
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    text = page(client.get(kept.get_absolute_url()))
    assert "<object" not in text and "courseware-picture" not in text and "下载文件" in text


def test_picture_is_shown_in_place(client, mentor):
    kept = made.uploaded(mentor, **pictured())
    response = client.get(kept.current.get_absolute_url())
    assert response.headers["Content-Disposition"].startswith("inline")
    address = kept.current.get_absolute_url()
    assert f'src="{address}"' in page(client.get(kept.get_absolute_url()))


def test_pdf_is_shown_in_place_and_only_in_pages_of_ours(client, mentor):
    kept = made.uploaded(mentor, upload=SimpleUploadedFile("讲义.pdf", documents.PDF))
    shown = client.get(kept.get_absolute_url())
    assert f'<object class="courseware-preview" data="{kept.current.get_absolute_url()}#' in page(shown)
    assert "object-src 'self'" in shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]
    response = client.get(kept.current.get_absolute_url())
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert response.headers["Content-Disposition"].startswith("inline")


def test_file_that_is_gone_from_the_disk_is_not_there(client, mentor):
    kept = made.uploaded(mentor)
    os.unlink(kept.current.file.path)
    assert client.get(kept.current.get_absolute_url()).status_code == 404


def test_replaced_version_is_for_its_author_staff_and_judges(client, mentor, staff, judge, stranger):
    kept = made.uploaded(mentor, audience=Audience.PUBLIC)
    first = kept.current.get_absolute_url()
    form = {"upload": made.document(made.OTHER_TEXT), "is_declared": "on"}
    client.post(reverse("classrooms:courseware-version", args=[kept.pk]), form)
    for user, status in ((mentor.user, 200), (staff, 200), (judge, 200), (stranger, 404)):
        assert signed_in(user).get(first).status_code == status


def test_page_of_the_class_shows_each_reader_what_they_may_open(mentor, session, job_seeker, stranger):
    made.attend(session, job_seeker)
    made.uploaded(mentor, session=session, title="公开的讲义", audience=Audience.PUBLIC)
    made.uploaded(mentor, made.OTHER_TEXT, session=session, title="给参加者的讲义")
    made.uploaded(mentor, "三", session=session, title="内部资料", audience=Audience.STAFF)
    gone = made.uploaded(mentor, "四", session=session, title="撤下的讲义", audience=Audience.PUBLIC)
    withdraw_courseware(courseware=gone, by=mentor.user, at=timezone.now())
    titles = ("公开的讲义", "给参加者的讲义", "内部资料", "撤下的讲义")
    for reader, seen in (
        (Client(), (True, False, False, False)),
        (signed_in(stranger), (True, False, False, False)),
        (signed_in(job_seeker), (True, True, False, False)),
        (signed_in(mentor.user), (True, True, True, False)),
    ):
        text = page(reader.get(session.get_absolute_url()))
        assert tuple(title in text for title in titles) == seen
        assert "Word" in text


def test_page_of_the_class_shows_what_stands_for_its_topic(mentor, staff, job_seeker):
    topic = topics.approved(mentor, staff)
    session = made.finished_class(mentor)
    session.application = topic
    session.save(update_fields=["application"])
    made.attend(session, job_seeker)
    made.uploaded(mentor, application=topic, title="主题的讲义")
    assert "主题的讲义" in page(signed_in(job_seeker).get(session.get_absolute_url()))
    assert "主题的讲义" not in page(Client().get(session.get_absolute_url()))


def test_page_of_the_mentor_shows_six_public_ones_at_most(mentor, session):
    address = reverse("mentors:mentor-detail", args=[mentor.pk])
    assert "公开课件" not in page(Client().get(address))
    for number in range(7):
        made.kept(mentor, session=session, title=f"讲义{number}", audience=Audience.PUBLIC)
    made.kept(mentor, session=session, title="给参加者的")
    text = page(Client().get(address))
    assert "公开课件" in text and "讲义6" in text
    assert "讲义0" not in text and "给参加者的" not in text


def test_desk_and_list_ask_for_what_is_missing_and_stop_when_it_is_there(client, mentor, session):
    upload = f"{NEW}?session={session.pk}"
    for address in (LIST, reverse("home:mentor-desk")):
        assert upload in page(client.get(address))
    made.uploaded(mentor, session=session)
    for address in (LIST, reverse("home:mentor-desk")):
        text = page(client.get(address))
        assert upload not in text and "面试前的三天" in text


def test_mentor_answers_a_question_about_likeness(client, mentor, staff):
    pair = made.asked(mentor, staff)
    address = reverse("classrooms:courseware-pair", args=[pair.pk])
    for place in (LIST, reverse("home:mentor-desk"), pair.version.courseware.get_absolute_url()):
        assert address in page(client.get(place))
    shown = page(client.get(address))
    assert "第二部分与他人课件相同" in shown and "24:00" in shown
    other = pair.earlier.courseware
    assert other.title in shown and other.get_absolute_url() not in shown
    assert client.post(address, {"answer": " "}).status_code == 422
    assert client.post(address, {"answer": "引用了公开资料。"}).status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.answer) == ("answered", "引用了公开资料。")
    assert "<textarea" not in page(client.get(address))
    again = client.post(address, {"answer": "改主意了"}, follow=True)
    assert "目前没有需要您说明的事项" in page(again)
    confirm_pair(pair=pair, reason="未注明出处", by=staff, at=timezone.now())
    assert "未注明出处" in page(client.get(address))
    assert "认定抄袭" in page(client.get(LIST))


def test_other_work_is_linked_where_it_is_public(client, mentor, staff):
    pair = made.asked(mentor, staff)
    Courseware.objects.filter(pk=pair.earlier.courseware_id).update(audience=Audience.PUBLIC)
    shown = page(client.get(reverse("classrooms:courseware-pair", args=[pair.pk])))
    assert pair.earlier.courseware.get_absolute_url() in shown


def test_likeness_that_was_not_asked_about_is_not_there(client, mentor):
    found = made.pair(mentor)
    assert client.get(reverse("classrooms:courseware-pair", args=[found.pk])).status_code == 404


def test_question_to_another_is_not_there(client, staff):
    others = made.asked(offerings.make_mentor("王芳"), staff, author=offerings.make_mentor("赵强"))
    address = reverse("classrooms:courseware-pair", args=[others.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "x"}).status_code == 404


def test_examined_courseware_is_not_withdrawn_and_says_why(client, mentor, staff):
    kept = made.asked(mentor, staff).version.courseware
    response = client.post(reverse("classrooms:courseware-withdraw", args=[kept.pk]))
    assert "正在核查" in told(response)
    kept.refresh_from_db()
    assert kept.withdrawn_at is None
