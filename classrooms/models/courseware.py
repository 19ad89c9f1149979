"""Courseware (课件, notice 三（二）3): what a class leaves behind, its versions, and what resembles it."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from classrooms.models.applications import TopicApplication
from classrooms.models.sessions import ClassSession
from mentor_portal.accounts.models import User
from mentor_portal.files import StoredFile
from mentor_portal.reservations.models import Reservation
from mentors.models import Mentor


class CoursewareQuerySet(models.QuerySet["Courseware"]):
    def of(self, mentor: Mentor) -> Self:
        return self.filter(mentor=mentor)

    def standing(self) -> Self:
        """All but the withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def plagiarised(self) -> Self:
        """Those that staff confirmed to be somebody else's work."""
        confirmed = SimilarPair.objects.confirmed().filter(version__courseware=OuterRef("pk"))
        return self.filter(Exists(confirmed))

    def managed_by(self, user: User) -> Self:
        """What a member of staff may manage: the province all, a unit that of its own classes."""
        if user.is_provincial:
            return self
        return self.filter(session__offering__host_unit_id=user.host_unit_id)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What a person may open: see ``Courseware.Audience``; its author, staff and judges always may.

        Judges do not open here what they judge without being told whose it is (``is_sealed``).
        """
        public = Q(audience=Courseware.Audience.PUBLIC)
        if not user.is_authenticated:
            return self.standing().filter(public)
        if user.is_provincial:
            return self
        if user.is_judge:
            is_shown = Q(withdrawn_at__isnull=True, is_sealed=False)
            return self.filter(is_shown | Q(mentor__user=user))
        allowed = public | (Q(audience=Courseware.Audience.ATTENDEES) & Q(pk__in=_attended_by(user)))
        if user.is_staff:
            allowed |= Q(session__offering__host_unit_id=user.host_unit_id)
        return self.filter((Q(withdrawn_at__isnull=True) & allowed) | Q(mentor__user=user))

    def for_lines(self) -> Self:
        """Load what a line of a list shows of each, in a fixed number of queries."""
        newest_first = CoursewareVersion.objects.without_text().select_related("uploaded_by")
        versions = Prefetch("versions", queryset=newest_first)
        return self.select_related("mentor", "application", "session__offering").prefetch_related(versions)


def _attended_by(user: User) -> models.QuerySet:
    """The courseware of classes that the person attended, and of the topics of these classes."""
    attended = Reservation.objects.of(user).filter(state=Reservation.State.ATTENDED).values("offering")
    topics = ClassSession.objects.filter(pk__in=attended, application__isnull=False).values("application")
    of_class_or_topic = Q(session__in=attended) | Q(session__isnull=True, application__in=topics)
    return Courseware.objects.filter(of_class_or_topic).values("pk")


class Courseware(models.Model):
    """One work of a mentor for a class, or for a topic and so for every class of it."""

    class Audience(models.TextChoices):
        """Who may open it beside its author, the staff and the judges."""

        PUBLIC = "public", "所有人"
        ATTENDEES = "attendees", "参加过的求职者"
        STAFF = "staff", "仅工作人员和评审专家"

    mentor = models.ForeignKey(
        Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="courseware"
    )
    # The page on which the courseware was begun: what that page sends again belongs to the same one.
    key = models.UUIDField("上传页编号", null=True, editable=False)
    title = models.CharField("标题", max_length=100)
    session = models.ForeignKey(
        ClassSession,
        verbose_name="课堂",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courseware",
    )
    application = models.ForeignKey(
        TopicApplication,
        verbose_name="主题",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courseware",
    )
    audience = models.CharField("给谁看", max_length=10, choices=Audience.choices, default=Audience.ATTENDEES)
    # The calendar year for which it counts: that of the class, else that of the first upload.
    year = models.PositiveSmallIntegerField("年度", editable=False)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, editable=False)
    # A panel judges it at present and is not told whose it is.
    is_sealed = models.BooleanField("评审中隐去作者", default=False, editable=False)

    objects = CoursewareQuerySet.as_manager()

    class Meta:
        verbose_name = "课件"
        verbose_name_plural = "课件"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["mentor", "year"], name="courseware_by_mentor_and_year")]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "key"], name="courseware_once_per_mentor_and_key"),
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(application__isnull=False),
                name="courseware_is_of_a_class_or_a_topic",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("classrooms:courseware-detail", args=[self.pk])

    @property
    def current(self) -> "CoursewareVersion | None":
        """The newest version; free of queries after ``for_lines``."""
        return max(self.versions.all(), key=lambda each: each.number, default=None)


class CoursewareVersionQuerySet(models.QuerySet["CoursewareVersion"]):
    def without_text(self) -> Self:
        """Leave out what only reading and comparing need, and what can be large."""
        return self.defer("text", "sketch")

    def waiting(self, at: datetime) -> Self:
        """Those whose text nobody reads at the moment, the longest waiting first."""
        is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        return self.filter(is_free, reading=CoursewareVersion.Reading.WAITING).order_by("uploaded_at", "pk")

    def uncompared(self) -> Self:
        """Those that have been read and not compared yet."""
        is_read = ~Q(reading=CoursewareVersion.Reading.WAITING)
        return self.filter(is_read, compared_at__isnull=True).order_by("uploaded_at", "pk")

    def of_others(self, mentor_id: int) -> Self:
        return self.exclude(courseware__mentor_id=mentor_id)


class CoursewareVersion(StoredFile):
    """A file of a courseware. Each upload is a version of its own; none is overwritten."""

    FOLDER = "courseware"

    class Reading(models.TextChoices):
        """How far its text has been read, which is what comparing stands on."""

        WAITING = "waiting", "等待读取"
        READ = "read", "已读取"
        NO_TEXT = "no_text", "没有文字"
        UNREADABLE = "unreadable", "读取失败"

    courseware = models.ForeignKey(
        Courseware, verbose_name="课件", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("版本")
    note = models.CharField("版本说明", max_length=200, blank=True)
    # The mentor's statement that the work is original, made with each upload.
    declared_at = models.DateTimeField("原创声明时间", editable=False)
    uploaded_at = models.DateTimeField("上传时间", editable=False)
    uploaded_by = models.ForeignKey(
        User, verbose_name="上传人", on_delete=models.PROTECT, editable=False, related_name="+"
    )
    sha256 = models.CharField("校验值", max_length=64, db_index=True, editable=False)
    reading = models.CharField(
        "文字读取", max_length=10, choices=Reading.choices, default=Reading.WAITING, editable=False
    )
    # Who reads holds the row until then; after that another takes it up, a few times at most.
    claimed_until = models.DateTimeField("占用至", null=True, editable=False)
    tries = models.PositiveSmallIntegerField("读取次数", default=0, editable=False)
    text = models.TextField("文字内容", blank=True, editable=False)
    # What comparing needs of the text, see ``classrooms.rules.similarity``.
    sketch = models.BinaryField("文字指纹", default=b"", editable=False)
    compared_at = models.DateTimeField("查重时间", null=True, editable=False)

    objects = CoursewareVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "课件版本"
        verbose_name_plural = "课件版本"
        ordering = ["courseware", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["courseware", "number"], name="courseware_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.courseware} · 第 {self.number} 版"

    def get_absolute_url(self) -> str:
        return reverse("classrooms:courseware-file", args=[self.courseware_id, self.number])


def work_order() -> list[Case | str]:
    """What nobody has looked at first, then what is answered, asked, decided; the most alike first."""
    State = SimilarPair.State
    turns = [
        When(state=state, then=Value(turn))
        for turn, state in enumerate((State.FOUND, State.ANSWERED, State.ASKED))
    ]
    return [Case(*turns, default=Value(len(turns))), "-likeness", "pk"]


class SimilarPairQuerySet(models.QuerySet["SimilarPair"]):
    def undecided(self) -> Self:
        """Those that wait for the staff, the most alike first."""
        return self.filter(state__in=SimilarPair.OPEN).order_by("-likeness", "pk")

    def waiting_for_staff(self, at: datetime) -> Self:
        """Those that nobody has looked at, and those whose mentor has answered or let the time pass."""
        is_heard = Q(state=SimilarPair.State.ANSWERED)
        is_late = Q(state=SimilarPair.State.ASKED, answer_due_at__lte=at)
        return self.filter(Q(state=SimilarPair.State.FOUND) | is_heard | is_late)

    def in_work_order(self) -> Self:
        return self.order_by(*work_order())

    def confirmed(self) -> Self:
        return self.filter(state=SimilarPair.State.CONFIRMED)

    def asked_of(self, mentor: Mentor) -> Self:
        """Those about which the mentor is asked for an explanation and has not given one."""
        return self.filter(version__courseware__mentor=mentor, state=SimilarPair.State.ASKED)

    def for_lines(self) -> Self:
        """Load what a line shows of each, without the texts."""
        texts = [f"{side}__{name}" for side in ("version", "earlier") for name in ("text", "sketch")]
        sides = self.select_related("version__courseware__mentor", "earlier__courseware__mentor")
        return sides.defer(*texts)


class SimilarPair(models.Model):
    """A courseware that resembles an earlier one of another mentor; only a confirmed one counts against it.

    It is confirmed by staff, with a reason, after the mentor was asked and has answered or let the time pass.
    """

    class State(models.TextChoices):
        FOUND = "found", "待查看"
        ASKED = "asked", "待导师说明"
        ANSWERED = "answered", "导师已说明"
        DISMISSED = "dismissed", "不构成抄袭"
        CONFIRMED = "confirmed", "认定抄袭"

    OPEN = (State.FOUND, State.ASKED, State.ANSWERED)
    DECIDED = (State.DISMISSED, State.CONFIRMED)

    version = models.ForeignKey(
        CoursewareVersion, verbose_name="课件", on_delete=models.PROTECT, related_name="resembles"
    )
    earlier = models.ForeignKey(
        CoursewareVersion, verbose_name="较早的课件", on_delete=models.PROTECT, related_name="resembled_by"
    )
    # From 0 to 1: the share of the shorter text that stands in the other one too.
    likeness = models.DecimalField(
        "相似度",
        max_digits=4,
        decimal_places=3,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    is_same_file = models.BooleanField("文件完全相同", default=False)
    found_at = models.DateTimeField("发现时间", editable=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.FOUND)
    question = models.CharField("向导师提出的问题", max_length=300, blank=True)
    asked_at = models.DateTimeField("提出时间", null=True, editable=False)
    answer_due_at = models.DateTimeField("说明截止", null=True, editable=False)
    answer = models.CharField("导师说明", max_length=1000, blank=True)
    answered_at = models.DateTimeField("说明时间", null=True, editable=False)
    reason = models.CharField("认定理由", max_length=300, blank=True)
    decided_at = models.DateTimeField("认定时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        User, verbose_name="认定人", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = SimilarPairQuerySet.as_manager()

    class Meta:
        verbose_name = "相似课件"
        verbose_name_plural = "相似课件"
        ordering = ["-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "earlier"], name="similar_pair_once"),
            models.CheckConstraint(condition=~Q(version=F("earlier")), name="similar_pair_is_of_two"),
            models.CheckConstraint(
                condition=~Q(state__in=["dismissed", "confirmed"])
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="similar_pair_decided_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "answered", "confirmed"])
                | Q(asked_at__isnull=False, answer_due_at__isnull=False),
                name="similar_pair_confirmed_after_asking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.courseware} · {self.earlier.courseware}"

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)

    @property
    def is_of_one_class(self) -> bool:
        """Two mentors may give a class together, and leave the same behind."""
        session = self.version.courseware.session_id
        return session is not None and session == self.earlier.courseware.session_id

    def is_heard(self, at: datetime) -> bool:
        """Tell whether the mentor was asked, and has answered or let the time pass."""
        return self.state == self.State.ANSWERED or (
            self.state == self.State.ASKED and self.answer_due_at <= at
        )
