"""What the admin pages of every app share: someone else's row is not there."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest
from unfold.admin import ModelAdmin

from mentor_portal.errors import DomainError


class StrictAdmin(ModelAdmin):
    """Admin in which an address without a row that this person may see is a 404."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: object, object_id: str):
        raise Http404

    def row_or_404(self, request: HttpRequest, object_id: str) -> Model:
        """Return the row that an action's address names, where this person may see it, or 404."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row


class UnitAdmin(StrictAdmin):
    """Admin of rows that belong to host units: the queryset knows ``managed_by``; nothing is deleted."""

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).managed_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def do_each(
    model_admin: ModelAdmin,
    request: HttpRequest,
    rows: Iterable[object],
    verb: Callable[[object], None],
    done: str,
) -> None:
    """Do a verb for each row of a list; say how many went well, and for each other why not.

    ``done`` is the sentence for the good ones, with ``{count}``.
    """
    count = 0
    for row in rows:
        try:
            verb(row)
            count += 1
        except DomainError as refusal:
            model_admin.message_user(request, f"{row}：{refusal}", messages.WARNING)
    if count:
        model_admin.message_user(request, done.format(count=count), messages.SUCCESS)
