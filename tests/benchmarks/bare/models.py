"""One table to list, one to write to."""

from django.conf import settings
from django.db import models


class Lesson(models.Model):
    title = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    starts_at = models.DateTimeField()
    seats = models.PositiveIntegerField()

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return self.title


class Booking(models.Model):
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return f"{self.person} · {self.lesson}"
