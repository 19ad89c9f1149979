"""Public notices: publishing, withdrawing, and their files."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from mentor_portal.accounts.models import User
from mentor_portal.notifications.errors import NoticeNotPublished, NoticePublished
from mentor_portal.notifications.models import Notice, NoticeAttachment
from mentor_portal.notifications.services.files import examine_file

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


@transaction.atomic
def attach_file(*, notice: Notice, upload: File) -> NoticeAttachment:
    """Hang a file on a notice. Raises FileRefused."""
    found = examine_file(upload=upload)
    attachment = NoticeAttachment(
        notice=notice, original_name=found.name, content_type=found.content_type, size=found.size
    )
    attachment.file.save(found.name, upload, save=False)
    attachment.save()
    return attachment


@transaction.atomic
def remove_file(*, attachment: NoticeAttachment) -> None:
    """Take a file off its notice; it is gone once that is committed."""
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _locked(notice: Notice) -> Notice:
    return Notice.objects.select_for_update().get(pk=notice.pk)
