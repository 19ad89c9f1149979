"""Public notices: written and published by staff, read by everyone, with files that are safe to open."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from constance import config
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.models import HostUnit
from mentor_portal.files import FileRefused
from mentor_portal.notifications import errors, services
from mentor_portal.notifications.models import Notice, NoticeAttachment
from tests import documents as made
from tests.moments import at

pytestmark = pytest.mark.django_db
NOON = at("2026-03-05 12:00")
LIST = reverse("notices:notice-list")
ADD = reverse("admin:notifications_notice_add")
CHANGELIST = reverse("admin:notifications_notice_changelist")
PUBLISH = "notifications_notice_save_and_publish"
BODY = "各市州：\n\n详见 https://example.com/plan 。\n<script>alert(1)</script>"


@pytest.fixture
def draft() -> Notice:
    return Notice.objects.create(title="四进活动通知", body=BODY)


@pytest.fixture
def published(draft, staff) -> Notice:
    services.publish_notice(notice=draft, by=staff, at=NOON)
    return draft


def attach(notice: Notice, name: str = "安排.pdf", content: bytes = made.PDF) -> NoticeAttachment:
    return services.attach_file(notice=notice, upload=made.upload(name, content))


def typed(*uploads: SimpleUploadedFile, **fields: object) -> dict[str, object]:
    """What the form of a new notice sends."""
    files = {f"attachments-{number}-upload": upload for number, upload in enumerate(uploads)}
    counts = {"attachments-TOTAL_FORMS": len(uploads), "attachments-INITIAL_FORMS": 0}
    return {"title": "放假安排", "body": "清明放假。", **counts, **files, **fields}


def _page_of(notice: Notice) -> str:
    return reverse("admin:notifications_notice_change", args=[notice.pk])


def test_publishing_shows_a_notice_and_withdrawing_hides_it(client, draft, staff):
    address = draft.get_absolute_url()
    assert client.get(address).status_code == 404
    services.publish_notice(notice=draft, by=staff, at=NOON)
    assert draft.title in client.get(LIST).content.decode()
    assert client.get(address).status_code == 200
    services.withdraw_notice(notice=draft, by=staff)
    assert draft.title not in client.get(LIST).content.decode()
    assert client.get(address).status_code == 404


def test_publishing_twice_and_withdrawing_twice_are_refused(draft, staff):
    with pytest.raises(errors.NoticeNotPublished):
        services.withdraw_notice(notice=draft, by=staff)
    services.publish_notice(notice=draft, by=staff, at=NOON)
    with pytest.raises(errors.NoticePublished):
        services.publish_notice(notice=Notice.objects.get(), by=staff, at=NOON + timedelta(days=1))
    assert Notice.objects.get().published_at == NOON


def test_pinned_notices_come_first_then_the_newest(client, staff):
    for number, is_pinned in enumerate([True, False, False]):
        notice = Notice.objects.create(title=f"通知{number}", body="正文", is_pinned=is_pinned)
        services.publish_notice(notice=notice, by=staff, at=NOON + timedelta(days=number))
    assert [notice.title for notice in client.get(LIST).context["notices"]] == ["通知0", "通知2", "通知1"]


def test_body_is_text_with_paragraphs_and_links_and_no_html(client, published):
    page = client.get(published.get_absolute_url()).content.decode()
    assert "<p>各市州：</p>" in page
    assert '<a href="https://example.com/plan" rel="nofollow">https://example.com/plan</a>' in page
    assert "&lt;script&gt;" in page and "<script>alert" not in page


def test_home_shows_the_three_newest_and_nothing_where_there_are_none(client, staff):
    assert "通知公示</h2>" not in client.get("/").content.decode()
    for number in range(4):
        notice = Notice.objects.create(title=f"第{number}号通知", body="正文")
        services.publish_notice(notice=notice, by=staff, at=NOON + timedelta(days=number))
    page = client.get("/").content.decode()
    shown = [number for number in range(4) if f"第{number}号通知" in page]
    assert "通知公示</h2>" in page and shown == [1, 2, 3]


def test_draft_is_previewed_by_its_own_staff(client, draft, staff, unit_staff):
    client.force_login(staff)
    assert "这是草稿" in client.get(draft.get_absolute_url()).content.decode()
    client.force_login(unit_staff)
    assert client.get(draft.get_absolute_url()).status_code == 404
    Notice.objects.update(host_unit=unit_staff.host_unit)
    assert client.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("四进 安排.pdf", made.PDF, "inline"),
        ("图.png", made.picture("PNG"), "inline"),
        ("安排.docx", made.office("word/document.xml"), "attachment"),
    ],
)
def test_file_is_served_with_safe_headers(client, published, name, content, disposition):
    file = attach(published, name, content)
    response = client.get(file.get_absolute_url())
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == file.content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f"{disposition}; filename*=utf-8''{quote(name)}"
    assert "script-src" not in response["Content-Security-Policy"]


def test_file_lies_under_a_random_name_without_a_suffix(published):
    name = attach(published).file.name
    assert name.startswith("notices/") and "." not in name and "安排" not in name
    assert Path(settings.MEDIA_ROOT, name).exists()


def test_files_of_a_withdrawn_notice_are_out_of_sight(client, published, staff):
    address = attach(published).get_absolute_url()
    assert client.get(address).status_code == 200
    services.withdraw_notice(notice=published, by=staff)
    assert client.get(address).status_code == 404


def test_lost_file_is_not_found(client, published):
    file = attach(published)
    Path(settings.MEDIA_ROOT, file.file.name).unlink()
    assert client.get(file.get_absolute_url()).status_code == 404


def test_staff_write_a_notice_with_files_and_publish_it_in_one_go(client, staff):
    client.force_login(staff)
    assert PUBLISH in client.get(ADD).content.decode()
    uploads = made.upload("安排.pdf", made.PDF), made.upload("名单.xlsx", made.workbook())
    sent = client.post(ADD, typed(*uploads, **{PUBLISH: "1"}))
    assert sent.status_code == 302
    notice = Notice.objects.get()
    assert PUBLISH not in client.get(_page_of(notice)).content.decode()
    assert notice.is_published and notice.published_at - timezone.now() < timedelta(minutes=1)
    assert [file.original_name for file in notice.attachments.all()] == ["安排.pdf", "名单.xlsx"]


def test_refused_file_says_why_and_keeps_what_was_typed(client, staff):
    client.force_login(staff)
    page = client.post(ADD, typed(made.upload("名单.pdf", made.HTML))).content.decode()
    assert "“名单.pdf”没有上传：文件内容是网页或代码，请上传 PDF" in page
    assert "放假安排" in page and "清明放假。" in page
    assert not Notice.objects.exists()


def test_file_is_taken_off_and_gone(client, staff, draft, django_capture_on_commit_callbacks):
    file = attach(draft)
    client.force_login(staff)
    page = client.get(_page_of(draft)).content.decode()
    assert "安排.pdf" in page
    fields = {
        "attachments-TOTAL_FORMS": 1,
        "attachments-INITIAL_FORMS": 1,
        "attachments-0-id": file.pk,
        "attachments-0-notice": draft.pk,
        "attachments-0-DELETE": "on",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(_page_of(draft), {"title": "改过", "body": "正文", **fields}).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "改过" and not draft.attachments.exists()
    assert not Path(settings.MEDIA_ROOT, file.file.name).exists()


def test_actions_publish_and_withdraw(client, staff, draft):
    client.force_login(staff)
    for action, said, state in (
        ("publish", "已发布 1 条通知", "published"),
        ("publish", "这条通知已经发布", "published"),
        ("withdraw", "已撤回 1 条通知", "draft"),
        ("withdraw", "这条通知还没有发布", "draft"),
    ):
        page = client.post(CHANGELIST, {"action": action, "_selected_action": [draft.pk]}, follow=True)
        draft.refresh_from_db()
        assert said in page.content.decode() and draft.state == state


def test_staff_of_a_unit_write_in_their_own_name_and_cannot_pin(client, unit_staff):
    client.force_login(unit_staff)
    province = HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE)
    sent = typed(host_unit=province.pk, is_pinned="on", _save="1")
    assert client.post(ADD, sent).status_code == 302
    notice = Notice.objects.get()
    assert (notice.host_unit, notice.is_pinned, notice.is_published) == (unit_staff.host_unit, False, False)


def test_file_beyond_the_limit_of_the_settings_is_refused(draft):
    config.NOTICE_FILE_MB = 1
    with pytest.raises(FileRefused, match="超过 1 MB"):
        attach(draft, content=made.PDF + b"\0" * 1024 * 1024)


def test_the_list_is_searched_by_words_of_title_and_text(client, published, staff):
    other = Notice.objects.create(title="放假安排", body="清明放假。")
    services.publish_notice(notice=other, by=staff, at=NOON)
    page = client.get(LIST, {"q": "四进 example"}).content.decode()
    assert published.title in page and other.title not in page and "的通知 1 条" in page
    assert "没有找到相关通知" in client.get(LIST, {"q": "没有的词"}).content.decode()
    assert list(client.get(LIST, {"q": "\0 放假"}).context["notices"]) == [other]
