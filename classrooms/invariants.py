"""What must always be true of class sessions and topics, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from classrooms.models import (
    ApplicationStep,
    ClassRating,
    ClassSession,
    HostEvent,
    RatingCase,
    SurveyReceipt,
    SurveyResult,
    TopicApplication,
)
from classrooms.models.ratings import LOWEST
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    for row in ClassSession.objects.exclude(offering__kind=OfferingKind.CLASS).order_by("pk"):
        yield f"class session {row.pk}: its offering is not a class"
    orphans = Offering.objects.filter(kind=OfferingKind.CLASS, class_session__isnull=True)
    for row in orphans.order_by("pk"):
        yield f"offering {row.pk}: is a class without a session"
    yield from _mentors_who_do_not_host()
    yield from _topics_given_by_others()
    yield from _published_against_the_mentor()
    yield from _decisions_without_a_step()
    yield from _wishes_arranged_without_a_class()
    yield from _feedback_of_nobody()
    yield from _figures_that_do_not_add_up()
    yield from _low_ratings_without_a_case()


def _mentors_who_do_not_host() -> Iterator[str]:
    hosting = Hosting.objects.filter(offering=OuterRef("classsession_id"), person=OuterRef("mentor__user_id"))
    links = ClassSession.mentors.through.objects.filter(~Exists(hosting))
    for row in links.order_by("pk"):
        yield f"class session {row.classsession_id}: mentor {row.mentor_id} is not among its hosts"


def _topics_given_by_others() -> Iterator[str]:
    giving = ClassSession.mentors.through.objects.filter(
        classsession_id=OuterRef("pk"), mentor_id=OuterRef("application__mentor_id")
    )
    rows = ClassSession.objects.filter(~Exists(giving), application__isnull=False)
    for row in rows.order_by("pk"):
        yield f"class session {row.pk}: whoever offered topic {row.application_id} does not give it"


def _published_against_the_mentor() -> Iterator[str]:
    Answer = ClassSession.Answer
    published = ClassSession.objects.published().order_by("pk")
    for row in published.filter(answer=Answer.DECLINED):
        yield f"class session {row.pk}: was published although the mentor declined"
    for row in published.filter(is_outside_windows=True).exclude(answer=Answer.ACCEPTED):
        yield f"class session {row.pk}: was published outside the offered windows without the mentor's yes"


def _decisions_without_a_step() -> Iterator[str]:
    step = ApplicationStep.objects.filter(
        application=OuterRef("pk"), action=OuterRef("state"), at=OuterRef("decided_at")
    )
    decided = TopicApplication.objects.filter(state__in=TopicApplication.DECIDED)
    for row in decided.filter(~Exists(step)).order_by("pk"):
        yield f"topic {row.pk}: {row.state}, but no step says who decided"


def _wishes_arranged_without_a_class() -> Iterator[str]:
    session = ClassSession.objects.visible().filter(host_event=OuterRef("pk"))
    arranged = HostEvent.objects.filter(~Exists(session), wish=HostEvent.Wish.ARRANGED)
    for row in arranged.order_by("pk"):
        yield f"host event {row.pk}: its class was arranged, but there is none"


def _feedback_of_nobody() -> Iterator[str]:
    """Whoever rated has answered too, and was there."""
    receipt = SurveyReceipt.objects.filter(pk=OuterRef("pk"))
    rating = ClassRating.objects.filter(pk=OuterRef("pk"))
    for row in ClassRating.objects.filter(~Exists(receipt)).order_by("pk"):
        yield f"rating {row.pk}: has no receipt of the survey"
    for row in SurveyReceipt.objects.filter(~Exists(rating)).order_by("pk"):
        yield f"receipt {row.pk}: has no rating"
    there = Q(
        reservation__state=Reservation.State.ATTENDED, reservation__offering__class_session__isnull=False
    )
    for row in SurveyReceipt.objects.exclude(there).order_by("pk"):
        yield f"receipt {row.pk}: is of nobody who attended a class"


def _figures_that_do_not_add_up() -> Iterator[str]:
    """A class has as many answers as receipts, in every item, and its points are those of the tallies."""
    receipts = dict(
        SurveyReceipt.objects.order_by().values_list("reservation__offering").annotate(Count("pk"))
    )
    for row in SurveyResult.objects.order_by("pk"):
        if row.answers != receipts.pop(row.pk, 0):
            yield f"survey result {row.pk}: its answers are not as many as its receipts"
        if any(sum(counts.values()) != row.answers for counts in row.tallies.values()):
            yield f"survey result {row.pk}: an item was not answered by all"
        if _points_of(row.tallies) != row.points:
            yield f"survey result {row.pk}: its points are not those of its tallies"
        if row.words != sorted(row.words):
            yield f"survey result {row.pk}: its words tell the order of the answers"
        if row.shown.get("answers", 0) > row.answers:
            yield f"survey result {row.pk}: shows more answers than there are"
    for session in receipts:
        yield f"class session {session}: has receipts but no result"


def _points_of(tallies: dict[str, dict[str, int]]) -> int:
    return sum(int(points) * count for counts in tallies.values() for points, count in counts.items())


def _low_ratings_without_a_case() -> Iterator[str]:
    case = RatingCase.objects.filter(pk=OuterRef("pk"))
    for row in ClassRating.objects.filter(~Exists(case), level__in=LOWEST).order_by("pk"):
        yield f"rating {row.pk}: is low, but no case was opened"
    for row in RatingCase.objects.exclude(rating__level__in=LOWEST).order_by("pk"):
        yield f"case {row.pk}: its rating is not low"
    followed_up = ClassRating.objects.filter(follow_up_level__isnull=False)
    for row in followed_up.exclude(case__replied_at__isnull=False).order_by("pk"):
        yield f"rating {row.pk}: was followed up before staff replied"
