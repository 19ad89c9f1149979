"""Public notices (通知公示) and the files that hang on them."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.files import StoredFile
from mentor_portal.wording import search_words


class NoticeQuerySet(models.QuerySet["Notice"]):
    def published(self) -> Self:
        return self.filter(state=Notice.State.PUBLISHED)

    def managed_by(self, user: User) -> Self:
        """What this member of staff looks after: all for the province, else those of the own unit."""
        if user.is_superuser or user.is_provincial:
            return self
        return self.filter(host_unit=user.host_unit_id) if user.host_unit_id else self.none()

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The published ones; staff see their own drafts too."""
        if not user.is_staff:
            return self.published()
        own = Notice.objects.managed_by(user).values("pk")
        return self.filter(Q(state=Notice.State.PUBLISHED) | Q(pk__in=own))

    def matching(self, text: str) -> Self:
        """Those with every word of a text in title or body; everyone where it has none."""
        found = self
        for word in search_words(text):
            found = found.filter(Q(title__icontains=word) | Q(body__icontains=word))
        return found

    def in_order(self) -> Self:
        """Pinned ones first, then the newest."""
        return self.order_by("-is_pinned", "-published_at", "-pk")


class Notice(models.Model):
    """Something the centre or a host unit makes known to everyone, in plain text."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"

    title = models.CharField("标题", max_length=100)
    body = models.TextField("正文", max_length=20_000, help_text="空行分段；网址前后留空格，会自动变成链接。")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, editable=False)
    is_pinned = models.BooleanField("置顶", default=False)
    host_unit = models.ForeignKey(
        HostUnit,
        verbose_name="发布单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        help_text="留空即省中心。",
    )
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知公示"
        verbose_name_plural = "通知公示"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="notice_published_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-is_pinned", "-published_at"],
                condition=Q(state="published"),
                name="notice_published_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notices:notice-detail", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class NoticeAttachment(StoredFile):
    """A file of a notice."""

    FOLDER = "notices"

    notice = models.ForeignKey(
        Notice, verbose_name="通知公示", on_delete=models.PROTECT, related_name="attachments"
    )

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse("notices:notice-file", args=[self.notice_id, self.pk])
