"""A mentor's topics: offering one, amending it, seeing what became of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from classrooms.models import TopicApplication


@login_required
@require_GET
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own topic, with each step of its review."""
    own = TopicApplication.objects.filter(mentor__user=request.user).with_windows()
    topic = get_object_or_404(own, pk=pk)
    return render(request, "classrooms/topic_detail.html", {"topic": topic, "section": "me"})
