"""Public notices: publishing, withdrawing, and their files."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.files import ExaminedFile, examine_file
from mentor_portal.notifications.errors import NoticeNotPublished, NoticePublished
from mentor_portal.notifications.models import Notice, NoticeAttachment

State = Notice.State


@transaction.atomic
def publish_notice(*, notice: Notice, by: User, at: datetime) -> None:
    """Show a draft to everyone. Raises NoticePublished."""
    if _locked(notice).is_published:
        raise NoticePublished
    notice.state, notice.published_at = State.PUBLISHED, at
    notice.save(update_fields=["state", "published_at"])


@transaction.atomic
def withdraw_notice(*, notice: Notice, by: User) -> None:
    """Make a notice a draft again, with its files out of sight. Raises NoticeNotPublished."""
    if not _locked(notice).is_published:
        raise NoticeNotPublished
    notice.state = State.DRAFT
    notice.save(update_fields=["state"])


def examine_attachment(*, upload: File) -> ExaminedFile:
    """Return what an upload is. Raises FileRefused."""
    return examine_file(upload=upload, most_mb=portal_settings.read()["NOTICE_FILE_MB"])


def attach_file(*, notice: Notice, upload: File) -> NoticeAttachment:
    """Hang a file on a notice. Raises FileRefused."""
    return NoticeAttachment(notice=notice).keep(upload, examine_attachment(upload=upload))


@transaction.atomic
def remove_file(*, attachment: NoticeAttachment) -> None:
    """Take a file off its notice; it is gone once that is committed."""
    attachment.discard()


def _locked(notice: Notice) -> Notice:
    return Notice.objects.select_for_update().get(pk=notice.pk)
