"""The survey after a class (课后调查问卷, annex 2), kept so that nobody can tell who gave which answers.

Who has answered is a receipt without a time. What was answered only adds to the figures of its class: one
row a class, which counts and keeps the free words in the order of their characters. Neither number,
time nor place in a table joins the two.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from classrooms.models.sessions import ClassSession
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Reservation
from mentors.models import Mentor

ITEMS = 5
ITEM_POINTS = 20
MOST_POINTS = ITEMS * ITEM_POINTS


class Grade(models.IntegerChoices):
    """The answers to an item and the points that each gives."""

    EXCELLENT = 20, "很好"
    GOOD = 15, "较好"
    FAIR = 10, "一般"
    POOR = 5, "较差"
    BAD = 0, "很差"


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def of_year(self, year: int) -> "Questionnaire":
        """Return the newest of that year or an earlier one; the oldest of all where none is so old."""
        return self.filter(year__lte=year).order_by("-year").first() or self.order_by("year")[0]

    def with_has_results(self) -> Self:
        """Annotate whether somebody has answered."""
        return self.annotate(has_results=Exists(SurveyResult.objects.filter(questionnaire=OuterRef("pk"))))


class Questionnaire(models.Model):
    """The five items that the classes of a year are asked about; kept as it is once somebody has answered."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    introduction = models.CharField("说明", max_length=200, blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "课后问卷"
        verbose_name_plural = "课后问卷"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} 年课后问卷"

    @property
    def is_answered(self) -> bool:
        return self.results.exists()


class QuestionnaireItem(models.Model):
    """One item of 20 points."""

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name="课后问卷", on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("题目", max_length=60)

    class Meta:
        verbose_name = "问卷题目"
        verbose_name_plural = "问卷题目"
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "position"], name="questionnaire_item_position_once"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=ITEMS), name="questionnaire_has_five_items"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SurveyReceipt(models.Model):
    """That somebody has answered for a class they attended: once. It says neither when nor what."""

    reservation = models.OneToOneField(
        Reservation,
        verbose_name="预约",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="survey_receipt",
    )

    class Meta:
        verbose_name = "问卷回执"
        verbose_name_plural = "问卷回执"

    def __str__(self) -> str:
        return str(self.reservation_id)


class SurveyResultQuerySet(models.QuerySet["SurveyResult"]):
    def of(self, mentor: Mentor) -> Self:
        return self.filter(session__mentors=mentor)

    def managed_by(self, user: User) -> Self:
        """What a member of staff may see: the province all, a unit that of its own classes."""
        if user.is_provincial:
            return self
        return self.filter(session__offering__host_unit_id=user.host_unit_id)

    def shown_from(self, fewest: int) -> Self:
        """Those with so many answers that none stands out."""
        return self.filter(shown__answers__gte=fewest)


class SurveyResult(models.Model):
    """What a class was answered, added up.

    ``tallies`` counts the answers of each item by grade, as ``{item pk: {points: count}}`` with text keys;
    ``words`` are the free words in the order of their characters. ``shown`` is what pages tell: answers,
    points, tallies and words as they were when so many had been added that none of these stands out
    against what was told before.
    """

    session = models.OneToOneField(
        ClassSession,
        verbose_name="课堂",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="survey_result",
    )
    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name="问卷", on_delete=models.PROTECT, related_name="results"
    )
    answers = models.PositiveIntegerField("答卷", default=0)
    points = models.PositiveIntegerField("总分", default=0)
    tallies = models.JSONField("各题", default=dict)
    words = models.JSONField("留言", default=list)
    shown = models.JSONField("已公布", default=dict)

    objects = SurveyResultQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷结果"
        verbose_name_plural = "问卷结果"
        ordering = ["-session_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(points__lte=F("answers") * MOST_POINTS), name="survey_result_within_its_points"
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)
