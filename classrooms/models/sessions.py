"""What a class session adds to its offering."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from classrooms.models.applications import TopicApplication
from classrooms.models.events import HostEvent
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering
from mentor_portal.wording import search_words
from mentors.models import Category, IndustrialChain, Mentor, TopicType


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def visible(self) -> "ClassSessionQuerySet":
        """What the public may see: everything ever published, cancelled ones too."""
        return self.exclude(offering__state=Offering.State.DRAFT)

    def visible_to(self, user: User) -> "ClassSessionQuerySet":
        """The public ones, and for staff also the drafts that are theirs to manage."""
        if not user.is_staff:
            return self.visible()
        if user.is_provincial:
            return self
        return self.filter(
            ~Q(offering__state=Offering.State.DRAFT) | Q(offering__host_unit_id=user.host_unit_id)
        )

    def managed_by(self, user: User) -> "ClassSessionQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(offering__host_unit_id=user.host_unit_id)

    def given_by(self, mentor: Mentor) -> "ClassSessionQuerySet":
        """A mentor's own, drafts included."""
        return self.filter(mentors=mentor)

    def published(self) -> "ClassSessionQuerySet":
        return self.filter(offering__state=Offering.State.PUBLISHED)

    def between(self, start: datetime, end: datetime) -> "ClassSessionQuerySet":
        """Those that start in the half-open span, the earliest first."""
        return self.filter(offering__starts_at__gte=start, offering__starts_at__lt=end).order_by(
            "offering__starts_at", "pk"
        )

    def with_place(self) -> "ClassSessionQuerySet":
        """Those with a free place that nobody waits for."""
        return self.filter(
            offering__places_taken__lt=models.F("offering__capacity"), offering__waiting_count=0
        )

    def matching(self, words: str) -> "ClassSessionQuerySet":
        """Those whose title, outline, mentor or chain contains every word."""
        found = self
        for word in search_words(words):
            by_mentor = Mentor.objects.named(word).values("class_sessions")
            by_chain = IndustrialChain.objects.named(word).values("class_sessions")
            found = found.filter(
                Q(offering__title__icontains=word)
                | Q(outline__icontains=word)
                | Q(pk__in=by_mentor.filter(class_sessions__isnull=False))
                | Q(pk__in=by_chain.filter(class_sessions__isnull=False))
            )
        return found

    def for_cards(self) -> "ClassSessionQuerySet":
        """Load what a card shows, in a fixed number of queries."""
        return self.select_related("offering__venue__host_unit", "category", "topic_type").prefetch_related(
            "mentors"
        )


class ClassSession(models.Model):
    """One run of a class; time, place, seats and bookings are those of its offering."""

    class Answer(models.TextChoices):
        """What the mentor says to a placement that staff proposed."""

        NOT_ASKED = "", "不需要"
        ASKED = "asked", "待导师确认"
        ACCEPTED = "accepted", "导师已接受"
        DECLINED = "declined", "导师不接受"

    offering = models.OneToOneField(
        Offering,
        verbose_name="名额",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="class_session",
    )
    topic_type = models.ForeignKey(
        TopicType, verbose_name="类型", on_delete=models.PROTECT, related_name="class_sessions"
    )
    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, related_name="class_sessions"
    )
    chains = models.ManyToManyField(
        IndustrialChain, verbose_name="产业链", blank=True, related_name="class_sessions"
    )
    mentors = models.ManyToManyField(Mentor, verbose_name="导师", related_name="class_sessions")
    outline = models.TextField("内容提要", blank=True)
    audience = models.CharField("适合人群", max_length=100, blank=True)

    application = models.ForeignKey(
        TopicApplication,
        verbose_name="主题申报",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
    )
    host_event = models.ForeignKey(
        HostEvent,
        verbose_name="同步活动",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
    )
    # The class whose waiting list this one was made for (另行开班).
    extra_of = models.ForeignKey(
        "self",
        verbose_name="加开自",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extras",
        editable=False,
    )
    is_outside_windows = models.BooleanField("在申报时段之外", default=False, editable=False)
    answer = models.CharField(
        "导师答复",
        max_length=10,
        choices=Answer.choices,
        blank=True,
        default=Answer.NOT_ASKED,
        editable=False,
    )
    answered_at = models.DateTimeField("答复时间", null=True, editable=False)
    answer_comment = models.CharField("答复说明", max_length=300, blank=True, editable=False)

    objects = ClassSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "课堂"
        verbose_name_plural = "课堂"
        ordering = ["-offering__starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="class_session_answered_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.offering.title

    def get_absolute_url(self) -> str:
        return reverse("classrooms:session-detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.offering.title
