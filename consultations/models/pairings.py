"""Pairings (结对帮扶, notice 三（二）2): a mentor helps a job seeker over time, maybe into work."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from consultations.rules import pairings as rules
from consultations.rules.pairings import Act, Side
from mentor_portal.accounts.models import User
from mentor_portal.files import StoredFile
from mentor_portal.reservations.models import Reservation
from mentors.models import Mentor


class PairingQuerySet(models.QuerySet["Pairing"]):
    def visible_to(self, person: User | AnonymousUser) -> Self:
        """The pairings that somebody is a part of, as the mentor or as the job seeker."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(job_seeker=person) | Q(mentor__user=person))

    def of(self, mentor: Mentor) -> Self:
        return self.filter(mentor=mentor)

    def live(self) -> Self:
        return self.filter(state__in=rules.LIVE)

    def waiting_for_staff(self) -> Self:
        """Those whose outcome both have stated, the longest waiting first."""
        return self.filter(state=Pairing.State.CONFIRMED).order_by("changed_at", "pk")

    def in_list_order(self) -> Self:
        """Live ones first, then those that ended last; the latest step first."""
        return self.order_by(F("ended_at").desc(nulls_first=True), "-changed_at", "-pk")

    def for_lines(self) -> Self:
        """Load what a list shows of each, in one query."""
        loaded = self.select_related("mentor__user", "job_seeker", "placement")
        return loaded.annotate(
            contact_count=models.Count("contacts"), last_contact_on=models.Max("contacts__contacted_on")
        )


class Pairing(models.Model):
    """A mentor and a job seeker who agreed to go on together, from the proposal to its end."""

    class State(models.TextChoices):
        PROPOSED = rules.State.PROPOSED.value, "待接受"
        ACTIVE = rules.State.ACTIVE.value, "帮扶中"
        CLAIMED = rules.State.CLAIMED.value, "待确认结果"
        CONFIRMED = rules.State.CONFIRMED.value, "待核实"
        DECLINED = rules.State.DECLINED.value, "未接受"
        PLACED = rules.State.PLACED.value, "已就业"
        STARTED_BUSINESS = rules.State.STARTED_BUSINESS.value, "已创业"
        UNSUCCESSFUL = rules.State.UNSUCCESSFUL.value, "未成"
        STOPPED = rules.State.STOPPED.value, "中止"

    mentor = models.ForeignKey(Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="pairings")
    job_seeker = models.ForeignKey(
        User, verbose_name="求职者", on_delete=models.PROTECT, related_name="pairings"
    )
    started_from = models.ForeignKey(
        Reservation,
        verbose_name="来自咨询",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pairings",
    )
    started_by = models.ForeignKey(
        User, verbose_name="发起人", on_delete=models.PROTECT, editable=False, related_name="+"
    )
    goal = models.TextField("帮扶目标", max_length=500)
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.PROPOSED)
    created_at = models.DateTimeField("发起时间", default=timezone.now, editable=False)
    accepted_at = models.DateTimeField("接受时间", null=True, editable=False)
    changed_at = models.DateTimeField("最近进展", default=timezone.now, editable=False)
    ended_at = models.DateTimeField("结束时间", null=True, editable=False)
    # What was said at the last step: why it was disputed, returned, refused or stopped.
    reason = models.CharField("说明", max_length=300, blank=True, editable=False)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = "结对帮扶"
        verbose_name_plural = "结对帮扶"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["changed_at", "id"], condition=Q(state="confirmed"), name="pairing_waiting"),
            models.Index(fields=["job_seeker", "state"], name="pairing_by_seeker"),
            models.Index(fields=["mentor", "state"], name="pairing_by_mentor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "job_seeker"],
                condition=Q(state__in=["proposed", "active", "claimed", "confirmed"]),
                name="pairing_one_live_per_mentor_and_seeker",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active", "claimed", "confirmed"], ended_at__isnull=True)
                | (~Q(state__in=["proposed", "active", "claimed", "confirmed"]) & Q(ended_at__isnull=False)),
                name="pairing_ended_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "declined"], accepted_at__isnull=True)
                | Q(state="stopped")
                | (~Q(state__in=["proposed", "declined", "stopped"]) & Q(accepted_at__isnull=False)),
                name="pairing_goes_on_once_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} · {self.job_seeker}"

    def get_absolute_url(self) -> str:
        return reverse("pairings:pairing-detail", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in rules.LIVE

    @property
    def paired_on(self) -> date:
        """The day from which on a job can be said to have come of it."""
        return timezone.localtime(self.created_at).date()

    def sides_of(self, person: User) -> set[Side]:
        """Return as what somebody may take steps; nobody acts as staff in a pairing of their own."""
        sides = set()
        if person.pk == self.mentor.user_id:
            sides.add(Side.MENTOR)
        if person.pk == self.job_seeker_id:
            sides.add(Side.SEEKER)
        if not sides and (person.is_superuser or person.is_provincial):
            sides.add(Side.STAFF)
        return sides

    def may(self, act: Act, person: User) -> bool:
        """Tell whether somebody may take a step now."""
        return rules.may(act, self.sides_of(person), self.state)


class PairingStep(models.Model):
    """What somebody did with a pairing, when, and what they said; both sides may read it."""

    class Action(models.TextChoices):
        PROPOSED = "proposed", "发起结对"
        ACCEPTED = "accepted", "接受"
        DECLINED = "declined", "不接受"
        CLAIMED = "claimed", "上报结果"
        CONFIRMED = "confirmed", "确认结果"
        DISPUTED = "disputed", "结果有误"
        RETURNED = "returned", "退回补充"
        VERIFIED = "verified", "核实认定"
        REFUSED = "refused", "不予认定"
        GIVEN_UP = "given_up", "结束（未成）"
        STOPPED = "stopped", "中止"

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField("操作", max_length=10, choices=Action.choices)
    by = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    comment = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "结对记录"
        verbose_name_plural = "结对记录"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.pairing} · {self.get_action_display()}"


class PairingContact(models.Model):
    """That and when mentor and job seeker were in touch; the note is for the mentor and staff alone."""

    class Means(models.TextChoices):
        PHONE = "phone", "电话"
        WECHAT = "wechat", "微信"
        MEETING = "meeting", "面谈"
        OTHER = "other", "其他"

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="contacts")
    contacted_on = models.DateField("联系日期")
    means = models.CharField("方式", max_length=8, choices=Means.choices)
    note = models.TextField("备注", max_length=2000, blank=True)
    noted_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "联系记录"
        verbose_name_plural = "联系记录"
        ordering = ["-contacted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(means__in=["phone", "wechat", "meeting", "other"]),
                name="pairing_contact_means_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} {self.contacted_on}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def standing(self) -> Self:
        """Those that are claimed, confirmed or verified: neither taken back nor refused."""
        standing = (rules.State.CLAIMED, rules.State.CONFIRMED, *rules.VERIFIED)
        return self.filter(pairing__state__in=standing)

    def verified(self) -> Self:
        """Those that count."""
        return self.filter(verified_at__isnull=False)

    def first_first(self) -> Self:
        """In the order in which they were claimed."""
        return self.order_by(Coalesce("verified_at", "claimed_at"), "pk")


class Placement(models.Model):
    """Where a job seeker found work or what they founded; it counts once staff have verified it.

    ``person``, ``name_key`` and ``started_month`` follow from the pairing, the name and the day; they
    stand here so that the database itself lets one placement of a person and a job count but once.
    """

    class Kind(models.TextChoices):
        JOB = "job", "已就业"
        BUSINESS = "business", "已创业"

    pairing = models.OneToOneField(
        Pairing, verbose_name="结对帮扶", on_delete=models.PROTECT, related_name="placement"
    )
    person = models.ForeignKey(
        User, verbose_name="求职者", on_delete=models.PROTECT, related_name="placements"
    )
    kind = models.CharField("结果", max_length=8, choices=Kind.choices)
    name = models.CharField("用人单位或创办的实体", max_length=100)
    name_key = models.CharField(max_length=rules.KEY_LENGTH, editable=False)
    started_on = models.DateField("入职或开业日期")
    started_month = models.DateField(editable=False)
    claimed_at = models.DateTimeField("上报时间")
    verified_at = models.DateTimeField("核实时间", null=True, editable=False)
    verified_by = models.ForeignKey(
        User,
        verbose_name="核实人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "安置"
        verbose_name_plural = "安置"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "started_on"], name="placement_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name_key", "started_month"],
                condition=Q(verified_at__isnull=False),
                name="placement_verified_once_per_person_and_job",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="placement_verified_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(name_key=""), name="placement_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.name}"

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def job(self) -> rules.Job:
        return rules.Job(self.name_key, self.started_on)


class PlacementProof(StoredFile):
    """What shows that somebody works there: a contract, a licence; for the two of them and staff."""

    FOLDER = "proofs"

    placement = models.OneToOneField(
        Placement, verbose_name="安置", on_delete=models.PROTECT, related_name="proof"
    )

    class Meta:
        verbose_name = "安置证明"
        verbose_name_plural = "安置证明"

    def get_absolute_url(self) -> str:
        return reverse("pairings:pairing-proof", args=[self.placement.pairing_id])
