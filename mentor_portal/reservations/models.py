"""The one engine of places: venues, offerings, hosts and reservations."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.reservations.kinds import OfferingKind, detail_url


class VenueQuerySet(models.QuerySet["Venue"]):
    def managed_by(self, user: User) -> "VenueQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(host_unit_id=user.host_unit_id)


class Venue(models.Model):
    """A room where something can take place (场地)."""

    class Kind(models.TextChoices):
        CLASSROOM = "classroom", "课堂场地"
        CONSULTATION = "consultation", "职业咨询室"
        TALENT = "talent", "高端人才洽谈室"

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices, default=Kind.CLASSROOM)
    host_unit = models.ForeignKey(
        HostUnit, verbose_name="所属单位", on_delete=models.PROTECT, related_name="venues"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    seats = models.PositiveIntegerField("座位数", default=30)
    is_active = models.BooleanField("启用", default=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = "场地"
        verbose_name_plural = "场地"
        ordering = ["host_unit__prefecture", "host_unit_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["host_unit", "name"], name="venue_name_once_per_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.host_unit.prefecture_short} · {self.name}"


class OfferingQuerySet(models.QuerySet["Offering"]):
    def visible(self) -> "OfferingQuerySet":
        """What the public may see: everything ever published, cancelled ones too."""
        return self.exclude(state=Offering.State.DRAFT)

    def published(self) -> "OfferingQuerySet":
        return self.filter(state=Offering.State.PUBLISHED)

    def occupying(self) -> "OfferingQuerySet":
        """What takes up its venue and its hosts: all but the cancelled."""
        return self.exclude(state=Offering.State.CANCELLED)

    def coming(self, at: datetime) -> "OfferingQuerySet":
        """What has not ended yet, the next one first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "OfferingQuerySet":
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def hosted_by(self, person: User) -> "OfferingQuerySet":
        return self.filter(hostings__person=person)

    def involving(self, person: User) -> "OfferingQuerySet":
        """What the person hosts, holds a place in or waits for."""
        hosted = Hosting.objects.filter(person=person).values("offering")
        held = Reservation.objects.of(person).live().values("offering")
        return self.filter(Q(pk__in=hosted) | Q(pk__in=held))

    def managed_by(self, user: User) -> "OfferingQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(host_unit_id=user.host_unit_id)


def new_calendar_key() -> str:
    return secrets.token_hex(16)


def new_check_in_code() -> str:
    """Return a code that nobody guesses: 128 bits of chance."""
    return secrets.token_urlsafe(16)


class Offering(models.Model):
    """A limited number of places at a time and place, first come first served.

    ``places_taken`` counts booked places: who walks in takes none. It and ``waiting_count`` are
    kept by the services in the transaction that changes the reservations; ``check_invariants``
    counts them anew. ``revision`` counts what changed since the publication of all that a calendar
    shows (title, time, venue, hosts, called off), so that calendars take the newer one for valid.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        CANCELLED = "cancelled", "已取消"
        FINISHED = "finished", "已结束"

    kind = models.CharField("类别", max_length=12, choices=OfferingKind.choices)
    title = models.CharField("标题", max_length=100)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    host_unit = models.ForeignKey(
        HostUnit, verbose_name="承办单位", on_delete=models.PROTECT, related_name="offerings"
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name="场地",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offerings",
    )
    hosts = models.ManyToManyField(
        User,
        verbose_name="主讲人",
        through="Hosting",
        through_fields=("offering", "person"),
        related_name="hosted_offerings",
    )
    capacity = models.PositiveIntegerField("名额")
    booking_opens_at = models.DateTimeField("开始预约")
    booking_closes_at = models.DateTimeField("停止预约")
    needs_approval = models.BooleanField("预约需审核", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    places_taken = models.PositiveIntegerField("已占名额", default=0, editable=False)
    waiting_count = models.PositiveIntegerField("候补人数", default=0, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, editable=False)
    moved_at = models.DateTimeField("最近调整时间", null=True, editable=False)
    cancelled_at = models.DateTimeField("取消时间", null=True, editable=False)
    cancel_reason = models.CharField("取消原因", max_length=200, blank=True, editable=False)
    revision = models.PositiveIntegerField("变更次数", default=0, db_default=0, editable=False)
    revised_at = models.DateTimeField("最近变更时间", null=True, editable=False)
    finished_at = models.DateTimeField("结束登记时间", null=True, editable=False)
    check_in_code = models.CharField(
        "签到码", max_length=32, unique=True, default=new_check_in_code, editable=False
    )
    day_reminded_at = models.DateTimeField("前一天提醒时间", null=True, editable=False)
    soon_reminded_at = models.DateTimeField("开始前提醒时间", null=True, editable=False)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = "名额"
        verbose_name_plural = "名额"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="offering_by_start"),
            models.Index(fields=["venue", "starts_at"], name="offering_by_venue_and_start"),
            models.Index(fields=["host_unit", "starts_at"], name="offering_by_unit_and_start"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="offering_ends_after_start"),
            models.CheckConstraint(
                condition=Q(booking_closes_at__gt=F("booking_opens_at")),
                name="offering_booking_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(booking_closes_at__lte=F("ends_at")),
                name="offering_booking_closes_by_the_end",
            ),
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("capacity")), name="offering_never_oversold"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="offering_has_a_place"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="offering_cancelled_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(revision=0, revised_at__isnull=True)
                | Q(revision__gt=0, revised_at__isnull=False),
                name="offering_revised_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return detail_url(self.kind, self.pk)

    @property
    def places_left(self) -> int:
        return self.capacity - self.places_taken

    @property
    def is_one_to_one(self) -> bool:
        return self.kind == OfferingKind.CONSULTATION


class HostingQuerySet(models.QuerySet["Hosting"]):
    def managed_by(self, user: User) -> "HostingQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(offering__host_unit_id=user.host_unit_id)


class Hosting(models.Model):
    """A person who must be there for an offering."""

    class Presence(models.TextChoices):
        UNKNOWN = "", "未确认"
        PRESENT = "present", "已到场"
        ABSENT = "absent", "未到场"

    offering = models.ForeignKey(
        Offering, verbose_name="场次", on_delete=models.CASCADE, related_name="hostings"
    )
    person = models.ForeignKey(User, verbose_name="主讲人", on_delete=models.PROTECT, related_name="hostings")
    presence = models.CharField(
        "到场", max_length=8, choices=Presence.choices, blank=True, default=Presence.UNKNOWN
    )
    presence_noted_at = models.DateTimeField("确认时间", null=True, editable=False)
    presence_noted_by = models.ForeignKey(
        User,
        verbose_name="确认人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = HostingQuerySet.as_manager()

    class Meta:
        verbose_name = "主讲人"
        verbose_name_plural = "主讲人"
        constraints = [
            models.CheckConstraint(
                condition=Q(presence="", presence_noted_at__isnull=True)
                | (~Q(presence="") & Q(presence_noted_at__isnull=False)),
                name="hosting_presence_says_when",
            ),
            models.UniqueConstraint(
                fields=["offering", "person"], name="hosting_once_per_offering_and_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.offering}"


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def live(self) -> "ReservationQuerySet":
        """Those that still stand: confirmed, offered or waiting."""
        return self.filter(state__in=Reservation.LIVE)

    def of(self, person: User) -> "ReservationQuerySet":
        return self.filter(person=person)

    def waiting_in_order(self) -> "ReservationQuerySet":
        """The waiting list, the first in line first."""
        return self.filter(state=Reservation.State.WAITLISTED).order_by("queued_at", "pk")

    def offers_expired(self, at: datetime) -> "ReservationQuerySet":
        return self.filter(state=Reservation.State.OFFERED, offer_expires_at__lte=at)

    def managed_by(self, user: User) -> "ReservationQuerySet":
        """What a member of staff may manage: the province all, a unit its own."""
        return self if user.is_provincial else self.filter(offering__host_unit_id=user.host_unit_id)


class Reservation(models.Model):
    """One person's place, or place in the queue, for one offering. Rows are never deleted.

    Where the offering needs the staff's yes, a place is requested first and held meanwhile.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", "待审核"
        CONFIRMED = "confirmed", "已预约"
        OFFERED = "offered", "待确认"
        WAITLISTED = "waitlisted", "候补中"
        CANCELLED = "cancelled", "已取消"
        ATTENDED = "attended", "已参加"
        NO_SHOW = "no_show", "未到场"

    class Cause(models.TextChoices):
        """Why a reservation ended."""

        PERSON = "person", "本人取消"
        DECLINED = "declined", "放弃递补"
        OFFER_EXPIRED = "offer_expired", "递补逾期未确认"
        EXCUSED = "excused", "请假获准"
        REFUSED = "refused", "预约未获同意"
        STAFF = "staff", "工作人员取消"
        OFFERING_CANCELLED = "offering_cancelled", "场次取消"
        MOVED_AWAY = "moved_away", "场次调整后未参加"
        NOT_REACHED = "not_reached", "候补未轮到"
        MOVED_TO_EXTRA = "moved_to_extra", "已转到加开场次"
        WALK_IN_UNDONE = "walk_in_undone", "撤销现场登记"

    class Excuse(models.TextChoices):
        NONE = "", "无"
        ASKED = "asked", "待处理"
        ACCEPTED = "accepted", "已准假"
        REFUSED = "refused", "未准假"

    HOLDING = (State.REQUESTED, State.CONFIRMED, State.OFFERED)
    LIVE = (*HOLDING, State.WAITLISTED)
    # Those that take a place for good or for now; who walks in takes none.
    COUNTED = (*HOLDING, State.ATTENDED, State.NO_SHOW)

    offering = models.ForeignKey(
        Offering, verbose_name="场次", on_delete=models.PROTECT, related_name="reservations"
    )
    person = models.ForeignKey(
        User, verbose_name="预约人", on_delete=models.PROTECT, related_name="reservations"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices)
    # The database's clock, written under the offering's lock: the order of arrival.
    queued_at = models.DateTimeField("预约时间", db_default=Now(), editable=False)
    offered_at = models.DateTimeField("递补时间", null=True, editable=False)
    offer_expires_at = models.DateTimeField("保留至", null=True, editable=False)
    confirmed_at = models.DateTimeField("确认时间", null=True, editable=False)
    ended_at = models.DateTimeField("取消时间", null=True, editable=False)
    ended_by = models.ForeignKey(
        User,
        verbose_name="操作人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    cause = models.CharField("取消原因", max_length=20, choices=Cause.choices, blank=True, editable=False)
    cause_note = models.CharField("说明", max_length=200, blank=True, editable=False)
    excuse = models.CharField(
        "请假", max_length=10, choices=Excuse.choices, blank=True, default=Excuse.NONE, editable=False
    )
    excuse_reason = models.CharField("请假原因", max_length=200, blank=True, editable=False)
    checked_in_at = models.DateTimeField("签到时间", null=True, editable=False)
    checked_in_by = models.ForeignKey(
        User,
        verbose_name="签到操作人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    is_walk_in = models.BooleanField("现场登记", default=False, editable=False)
    # A place in an extra class, offered because of a place in another waiting list (另行开班).
    instead_of = models.ForeignKey(
        "self",
        verbose_name="代替候补",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="instead",
    )

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = "预约"
        verbose_name_plural = "预约"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["offering", "queued_at", "id"],
                condition=Q(state="waitlisted"),
                name="reservation_waiting_in_order",
            ),
            models.Index(
                fields=["offer_expires_at"], condition=Q(state="offered"), name="reservation_offers_by_end"
            ),
            models.Index(fields=["person", "state"], name="reservation_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "person"],
                condition=~Q(state="cancelled"),
                name="reservation_one_per_person_and_offering",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_expires_at__isnull=False)
                | (~Q(state="offered") & Q(offer_expires_at__isnull=True)),
                name="reservation_offered_has_deadline",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled", ended_at__isnull=False) & ~Q(cause=""))
                | (~Q(state="cancelled") & Q(ended_at__isnull=True, cause="")),
                name="reservation_cancelled_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state="attended", checked_in_at__isnull=False)
                | (~Q(state="attended") & Q(checked_in_at__isnull=True)),
                name="reservation_attended_has_check_in",
            ),
            models.CheckConstraint(
                condition=Q(is_walk_in=False) | Q(state__in=["attended", "cancelled"]),
                name="reservation_walk_in_attended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.offering}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def of(self, person: User) -> "SuspensionQuerySet":
        return self.filter(person=person)

    def in_force(self, at: datetime) -> "SuspensionQuerySet":
        return self.filter(starts_at__lte=at, ends_at__gt=at, lifted_at__isnull=True)


class Suspension(models.Model):
    """Booking paused for a while after repeated no-shows (暂停预约); walking in stays welcome."""

    person = models.ForeignKey(
        User, verbose_name="人员", on_delete=models.PROTECT, related_name="suspensions"
    )
    starts_at = models.DateTimeField("暂停开始")
    ends_at = models.DateTimeField("恢复时间")
    reason = models.CharField("原因", max_length=200)
    lifted_at = models.DateTimeField("解除时间", null=True, editable=False)
    lifted_by = models.ForeignKey(
        User,
        verbose_name="解除人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    lift_reason = models.CharField("解除原因", max_length=200, blank=True, editable=False)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = "暂停预约"
        verbose_name_plural = "暂停预约"
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["person", "ends_at"], name="suspension_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="suspension_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="suspension_lifted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · 至 {timezone.localtime(self.ends_at):%Y-%m-%d}"


class CalendarAddress(models.Model):
    """The private address at which a calendar shows a person's reservations.

    The address holds ``key`` and a signature of it: whoever reads this table can make no address.
    """

    person = models.OneToOneField(
        User, verbose_name="人员", on_delete=models.PROTECT, related_name="calendar_address"
    )
    key = models.CharField("编号", max_length=32, unique=True, default=new_calendar_key, editable=False)
    made_at = models.DateTimeField("生成时间", editable=False)

    class Meta:
        verbose_name = "日历订阅地址"
        verbose_name_plural = "日历订阅地址"

    def __str__(self) -> str:
        return str(self.person)
