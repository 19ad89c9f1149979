"""The wording of messages: what staff write, and what the apps bring."""

from datetime import datetime

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import transaction

from mentor_portal.accounts.models import User
from mentor_portal.notifications import rules
from mentor_portal.notifications.errors import KindGone, WordsUnknown
from mentor_portal.notifications.kinds import MessageKind, all_kinds
from mentor_portal.notifications.models import MessageTemplate
from mentor_portal.notifications.selectors import Wording, forget_wordings

TEXTS = ("title", "body", "by_sms", "by_email")


def check_words(*, kind: MessageKind, text: str) -> None:
    """Raise WordsUnknown where a text holds words in braces that the kind does not know."""
    wrong = rules.wrong_words(text, kind.words)
    if wrong:
        raise WordsUnknown(wrong=wrong, known=[f"{{{name}}}" for name in kind.words])


@transaction.atomic
def write_template(*, template: MessageTemplate, wording: Wording, by: User, at: datetime) -> None:
    """Word a kind of message anew, from the next message on. Raises WordsUnknown or KindGone."""
    kind = _kind_of(template)
    for text in (wording.title, wording.body):
        check_words(kind=kind, text=text)
    _take(template, wording, by, at)


@transaction.atomic
def restore_template(*, template: MessageTemplate, by: User) -> None:
    """Word a kind of message as its app brings it. Raises KindGone."""
    _take(template, _kind_of(template), None, None)


def keep_templates(sender: AppConfig, using: str, apps: Apps = installed_apps, **_: object) -> None:
    """Give each registered kind its row after migrating; what staff wrote stays.

    Rows that nobody edited follow the texts that the apps bring.
    """
    try:
        rows = apps.get_model("notifications", "MessageTemplate").objects.using(using)
    except LookupError:  # migrated back to a time before there were any
        return
    known = {row.kind: row for row in rows.all()}
    rows.bulk_create(
        rows.model(kind=kind.key, **_texts(kind)) for kind in all_kinds() if kind.key not in known
    )
    for kind in all_kinds():
        rows.filter(kind=kind.key, edited_at=None).update(**_texts(kind))


def _take(
    template: MessageTemplate, source: Wording | MessageKind, by: User | None, at: datetime | None
) -> None:
    for name, value in _texts(source).items():
        setattr(template, name, value)
    template.edited_by, template.edited_at = by, at
    template.save(update_fields=[*TEXTS, "edited_by", "edited_at"])
    forget_wordings()


def _texts(source: Wording | MessageKind) -> dict[str, object]:
    return {name: getattr(source, name) for name in TEXTS}


def _kind_of(template: MessageTemplate) -> MessageKind:
    if template.registered is None:
        raise KindGone
    return template.registered
