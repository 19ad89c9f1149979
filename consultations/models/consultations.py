"""What a reservation for a one-to-one or a clinic adds: the question, the notes, the outcome, the rating."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentor_portal.accounts.models import User
from mentor_portal.files import StoredFile
from mentor_portal.reservations.models import Reservation
from mentor_portal.satisfaction import Satisfaction
from mentors.models import Mentor


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def of(self, person: User) -> Self:
        return self.filter(reservation__person=person)

    def managed_by(self, user: User) -> Self:
        """What a member of staff may manage: the province all, a unit its own."""
        if user.is_provincial:
            return self
        return self.filter(reservation__offering__host_unit_id=user.host_unit_id)

    def requested(self) -> Self:
        """Those whose booking waits for the staff's yes."""
        return self.filter(reservation__state=Reservation.State.REQUESTED)

    def hosted_by(self, user: User) -> Self:
        """Those of offerings where this person is the mentor."""
        return self.filter(reservation__offering__hostings__person=user)


class Consultation(models.Model):
    """One person's consultation. ``notes`` are for the mentor and the staff alone."""

    class Outcome(models.TextChoices):
        NONE = "", "未填写"
        ADVISED = "advised", "已解答"
        JOB = "job", "已推荐岗位"
        CLASS = "class", "建议参加课堂"
        ELSEWHERE = "elsewhere", "建议咨询其他导师"
        PAIRING = "pairing", "转入结对帮扶"

    reservation = models.OneToOneField(
        Reservation,
        verbose_name="预约",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="consultation",
    )
    question = models.CharField("想咨询的问题", max_length=200, blank=True)
    notes = models.TextField("导师记录", max_length=5000, blank=True)
    outcome = models.CharField(
        "咨询结果", max_length=10, choices=Outcome.choices, blank=True, default=Outcome.NONE
    )
    noted_at = models.DateTimeField("记录时间", null=True, editable=False)
    noted_by = models.ForeignKey(
        Mentor,
        verbose_name="记录导师",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="noted_consultations",
    )
    rating = models.PositiveSmallIntegerField(
        "满意度",
        choices=Satisfaction.choices,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    rating_words = models.CharField("评价", max_length=300, blank=True)
    rated_at = models.DateTimeField("评价时间", null=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "咨询记录"
        verbose_name_plural = "咨询记录"
        ordering = ["-reservation_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True, rated_at__isnull=True)
                | Q(rating__range=(1, 5), rated_at__isnull=False),
                name="consultation_rated_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(noted_at__isnull=False, noted_by__isnull=False),
                name="consultation_outcome_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reservation.person} · {self.reservation.offering}"

    @property
    def can_be_rated(self) -> bool:
        """Whether the person was there and has not said yet how it was."""
        return self.reservation.state == Reservation.State.ATTENDED and self.rating is None

    def is_over(self, at: datetime) -> bool:
        """Whether the person was seen at a clinic, or the end of the one-to-one is past."""
        turn = getattr(self.reservation, "clinic_turn", None)
        return turn.is_done if turn else self.reservation.offering.ends_at <= at


class ResumeQuerySet(models.QuerySet["Resume"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those of one's own offerings, and those of the unit for staff who look after them."""
        allowed = Q(consultation__reservation__person=user) | Q(
            consultation__in=Consultation.objects.hosted_by(user)
        )
        if user.is_staff and user.has_perm("consultations.view_consultation"):
            allowed |= Q(consultation__reservation__in=Reservation.objects.managed_by(user))
        return self.filter(allowed)


class Resume(StoredFile):
    """A résumé that only its person, the mentor and the staff can open."""

    FOLDER = "resumes"

    consultation = models.OneToOneField(
        Consultation, verbose_name="咨询记录", on_delete=models.CASCADE, related_name="resume"
    )

    objects = ResumeQuerySet.as_manager()

    class Meta:
        verbose_name = "简历"
        verbose_name_plural = "简历"

    def get_absolute_url(self) -> str:
        return reverse("consultations:resume", args=[self.consultation_id])
