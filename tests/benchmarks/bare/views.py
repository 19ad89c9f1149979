"""One page that lists 50 rows; one that writes a row under a lock."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tests.benchmarks.bare.models import Booking, Lesson


def lesson_list(request: HttpRequest) -> HttpResponse:
    return render(request, "bare/lesson_list.html", {"lessons": Lesson.objects.all()[:50]})


@login_required
@require_POST
def lesson_book(request: HttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        lesson = get_object_or_404(Lesson.objects.select_for_update(), pk=pk)
        Booking.objects.create(lesson=lesson, person=request.user)
    return redirect("lesson-list")
