"""Rating a class that one attended, with its anonymous survey; afterwards, what became of the rating."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from classrooms import selectors, services
from classrooms.forms.feedback import FeedbackForm, FollowUpForm
from classrooms.models import ClassRating, ClassSession
from mentor_portal.reservations.models import Reservation
from mentor_portal.reservations.selectors import line_for

THANKS = "谢谢您的评价。问卷已匿名计入。"
GIVEN = "您已评价过这堂课，不需要再评。"


# No report of an error may tell what somebody answered.
@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def session_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what somebody who attended thought of the class; once that is said, show what became of it."""
    reservation = _attended(request, pk)
    rating = selectors.own_rating(reservation)
    if rating:
        return _given(request, reservation, rating)
    questionnaire = services.questionnaire_for(session=_session(reservation))
    form = FeedbackForm(
        request.POST if request.method == "POST" else None,
        items=list(questionnaire.items.all()),
        initial={"level": request.GET.get("level")},
    )
    if request.method == "POST" and form.is_valid():
        return _give(request, reservation, form)
    context = {
        "section": "me",
        "line": line_for(reservation, timezone.now()),
        "form": form,
        "questionnaire": questionnaire,
        "closed": _closed(reservation),
        "until": selectors.feedback_closes_at(reservation.offering),
    }
    return render(request, "classrooms/feedback_form.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def session_feedback_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the one follow-up to a low rating."""
    reservation = _attended(request, pk)
    rating = get_object_or_404(selectors.rated_low(), pk=reservation.pk)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _given_page(request, reservation, selectors.own_rating(reservation), form)
    services.follow_up(rating=rating, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "谢谢您的追加评价。")
    return redirect("classrooms:session-feedback", pk)


def _attended(request: HttpRequest, pk: int) -> Reservation:
    """Return the person's own reservation of a class that they attended, or 404."""
    rows = Reservation.objects.of(request.user).filter(
        state=Reservation.State.ATTENDED, offering__class_session__isnull=False
    )
    # By the offering's own number, which may be larger than the database knows; one's pk may not.
    return get_object_or_404(rows.select_related("offering__venue__host_unit"), offering__pk=pk)


def _session(reservation: Reservation) -> ClassSession:
    return ClassSession.objects.select_related("offering").get(pk=reservation.offering_id)


def _closed(reservation: Reservation) -> str:
    """Return why the class cannot be rated now, nothing where it can."""
    at, offering = timezone.now(), reservation.offering
    if at < offering.ends_at:
        return "课堂还没有结束，下课后再来评价。"
    return "评价时间已过。" if at > selectors.feedback_closes_at(offering) else ""


def _give(request: HttpRequest, reservation: Reservation, form: FeedbackForm) -> HttpResponse:
    said = form.cleaned_data
    feedback = services.give_feedback(
        reservation=reservation,
        level=said["level"],
        tags=form.tags,
        rating_words=said["rating_words"],
        grades=form.grades,
        survey_words=said["survey_words"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, THANKS if feedback.is_new else GIVEN)
    return redirect("classrooms:session-feedback", reservation.offering_id)


def _given(request: HttpRequest, reservation: Reservation, rating: ClassRating) -> HttpResponse:
    """A second submit leads to what was given; nothing of it is read."""
    if request.method == "POST":
        messages.info(request, GIVEN)
        return redirect("classrooms:session-feedback", reservation.offering_id)
    return _given_page(request, reservation, rating, FollowUpForm())


def _given_page(
    request: HttpRequest, reservation: Reservation, rating: ClassRating, form: FollowUpForm
) -> HttpResponse:
    case = getattr(rating, "case", None)
    context = {
        "section": "me",
        "line": line_for(reservation, timezone.now()),
        "rating": rating,
        "case": case,
        "can_follow_up": bool(case and case.replied_at and not rating.follow_up_level),
        "form": form,
    }
    return render(request, "classrooms/feedback_given.html", context, status=422 if form.errors else 200)
