"""A mentor's own classes: the placement to answer, the class to give, another time to ask for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from classrooms.models import ClassSession


@login_required
@require_GET
def teaching_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A class that one gives, drafts included."""
    own = ClassSession.objects.filter(mentors__user=request.user).for_cards()
    session = get_object_or_404(own, offering__pk=pk)
    return render(request, "classrooms/teaching_detail.html", {"session": session, "section": "me"})
