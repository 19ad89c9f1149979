"""A part of a day on which a mentor can teach (上课时间段)."""

from django.db import models

from classrooms.rules import DayPart, HalfDay
from mentor_portal.wording import day as day_in_words


def half_day_in_words(half_day: HalfDay) -> str:
    """Return 3月12日（周四）上午."""
    return f"{day_in_words(half_day.day)}{half_day.part.word}"


class WindowBase(models.Model):
    """One cell of the half-day grid."""

    class Part(models.TextChoices):
        MORNING = DayPart.MORNING, "上午"
        AFTERNOON = DayPart.AFTERNOON, "下午"
        EVENING = DayPart.EVENING, "晚上"

    day = models.DateField("日期")
    part = models.CharField("时段", max_length=10, choices=Part.choices)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return half_day_in_words(self.half_day)

    @property
    def half_day(self) -> HalfDay:
        return HalfDay(self.day, DayPart(self.part))
