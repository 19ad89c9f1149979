"""Staff word the messages; what they write is checked, kept, and used from the next message on."""

import pytest
from django.apps import apps
from django.urls import reverse

from mentor_portal.notifications import errors, services
from mentor_portal.notifications.kinds import MessageKind, all_kinds, kind_of, register_messages
from mentor_portal.notifications.models import Message, MessageTemplate
from mentor_portal.notifications.selectors import Wording, forget_wordings, wording_of
from mentor_portal.notifications.services.templates import keep_templates
from tests.moments import at
from tests.notifications import outbox

pytestmark = pytest.mark.django_db
NOON = at("2026-03-05 12:00")
OWN = Wording("约好了", "到{place}听“{offering}”。", by_sms=False, by_email=True)


@pytest.fixture
def template() -> MessageTemplate:
    return MessageTemplate.objects.get(kind="booked")


@pytest.fixture
def address(template) -> str:
    return reverse("admin:notifications_messagetemplate_change", args=[template.pk])


def keep() -> None:
    keep_templates(sender=apps.get_app_config("notifications"), using="default")
    forget_wordings()


def test_every_registered_kind_has_its_row_with_the_registered_texts():
    rows = {
        row.kind: (row.title, row.body, row.by_sms, row.by_email) for row in MessageTemplate.objects.all()
    }
    assert rows == {kind.key: (kind.title, kind.body, kind.by_sms, kind.by_email) for kind in all_kinds()}


def test_every_registered_text_uses_only_the_words_of_its_kind():
    for kind in all_kinds():
        services.check_words(kind=kind, text=kind.title)
        services.check_words(kind=kind, text=kind.body)


def test_messages_use_what_staff_wrote(template, staff, job_seeker):
    services.write_template(template=template, wording=OWN, by=staff, at=NOON)
    message = outbox.tell(job_seeker, NOON)
    assert (message.title, message.body) == ("约好了", "到长沙 · 中心二楼课堂听“面试课”。")
    template.refresh_from_db()
    assert (template.edited_by, template.edited_at) == (staff, NOON)


def test_migrating_again_keeps_what_staff_wrote_and_renews_the_rest(template, staff):
    services.write_template(template=template, wording=OWN, by=staff, at=NOON)
    MessageTemplate.objects.filter(kind="waiting").update(body="旧版文字")
    MessageTemplate.objects.filter(kind="offered").delete()
    keep()
    assert wording_of("booked") == OWN
    assert wording_of("waiting").body == kind_of("waiting").body
    assert MessageTemplate.objects.filter(kind="offered").count() == 1


def test_kind_without_a_row_is_worded_as_registered(job_seeker):
    MessageTemplate.objects.all().delete()
    forget_wordings()
    assert outbox.tell(job_seeker, NOON).title == kind_of("booked").title


def test_wordings_are_read_once_for_many_messages(job_seeker, django_assert_num_queries):
    outbox.tell(job_seeker, NOON)
    with django_assert_num_queries(2):  # the message, and the test's own look at it
        outbox.tell(job_seeker, NOON)


@pytest.mark.parametrize("text", ["{unknown}", "{offering", "{offering.title}", "{0}", "{}", "{{offering}}"])
def test_unknown_or_broken_words_are_refused_with_those_allowed(template, staff, text):
    wording = Wording("好", text, by_sms=True, by_email=True)
    with pytest.raises(errors.WordsUnknown, match=r"可用的词：{offering}、{when}、{place}、{until}、{note}"):
        services.write_template(template=template, wording=wording, by=staff, at=NOON)


def test_overlong_words_are_shortened_and_never_fail(job_seeker):
    words = {**outbox.WORDS, "offering": "长" * 600, "when": "{offering}\n{0.__class__}"}
    note = services.Note(person_id=job_seeker.pk, key="long", kind="booked", words=words, at=NOON)
    services.say(notes=[note])
    message = Message.objects.get(key="long")
    assert len(message.body) == 500 and message.body.endswith("…")
    assert message.words == words


def test_restored_template_reads_as_registered_and_follows_it_again(template, staff):
    services.write_template(template=template, wording=OWN, by=staff, at=NOON)
    services.restore_template(template=template, by=staff)
    template.refresh_from_db()
    assert (template.title, template.edited_at, template.edited_by) == (kind_of("booked").title, None, None)


def test_template_of_a_kind_that_is_gone_cannot_be_changed(staff, client):
    gone = MessageTemplate.objects.create(kind="gone", title="旧", body="旧")
    with pytest.raises(errors.KindGone):
        services.restore_template(template=gone, by=staff)
    client.force_login(staff)
    page = client.get(reverse("admin:notifications_messagetemplate_change", args=[gone.pk]))
    assert page.status_code == 200 and 'name="body"' not in page.content.decode()
    assert client.get(reverse("admin:notifications_messagetemplate_changelist")).status_code == 200


def test_page_names_the_words_and_previews_with_the_examples(client, staff, address):
    client.force_login(staff)
    page = client.get(address).content.decode()
    assert "{offering}" in page and "场次标题" in page
    assert "您已预约“轨道交通装备企业怎么面”：3月12日（周四）14:30–16:00，长沙 · 中心二楼课堂。" in page


def test_preview_shows_what_was_typed_and_stores_nothing(client, staff, address, template):
    client.force_login(staff)
    typed = {"title": "约好了", "body": "听“{offering}”<b>", "by_email": "on", "_preview": "1"}
    page = client.post(address, typed).content.decode()
    assert "听“轨道交通装备企业怎么面”&lt;b&gt;" in page and "尚未保存" in page
    assert "请更正" not in page and "请修正" not in page
    template.refresh_from_db()
    assert template.edited_at is None and template.title == kind_of("booked").title


def test_form_says_which_words_are_wrong_and_keeps_what_was_typed(client, staff, address):
    client.force_login(staff)
    page = client.post(address, {"title": "约好了", "body": "听“{lesson}”", "_save": "1"}).content.decode()
    assert "这里不能用 {lesson}，可用的词：{offering}" in page
    assert "听“{lesson}”</textarea>" in page


def test_form_saves_and_the_button_restores(client, staff, address, template):
    client.force_login(staff)
    saved = client.post(address, {"title": "约好了", "body": "听“{offering}”", "by_sms": "on", "_save": "1"})
    assert saved.status_code == 302
    assert wording_of("booked") == Wording("约好了", "听“{offering}”", by_sms=True, by_email=False)
    client.post(address, {"_restore": "1"})
    assert wording_of("booked").title == kind_of("booked").title


def test_list_action_restores(client, staff, template):
    services.write_template(template=template, wording=OWN, by=staff, at=NOON)
    client.force_login(staff)
    url = reverse("admin:notifications_messagetemplate_changelist")
    assert "已修改" in client.get(url).content.decode()
    client.post(url, {"action": "restore", "_selected_action": [template.pk]})
    template.refresh_from_db()
    assert template.edited_at is None


def test_staff_of_a_unit_neither_read_nor_restore(client, unit_staff, address, template, staff):
    services.write_template(template=template, wording=OWN, by=staff, at=NOON)
    client.force_login(unit_staff)
    assert client.get(address).status_code == 403
    assert client.post(address, {"_restore": "1"}).status_code == 403
    template.refresh_from_db()
    assert template.title == OWN.title


def test_kind_with_a_key_longer_than_its_column_is_refused():
    kind = MessageKind(key="k" * 31, name="名", title="题", body="文", words={})
    with pytest.raises(ValueError, match="at most 30"):
        register_messages([kind])
