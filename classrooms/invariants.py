"""What must always be true of classes, topics and courseware, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from classrooms.models import (
    ApplicationStep,
    ClassRating,
    ClassSession,
    Courseware,
    CoursewareVersion,
    HostEvent,
    RatingCase,
    SimilarPair,
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
    yield from _courseware_and_versions()
    yield from _pairs_of_the_wrong_two()
    yield from _verdicts_on_the_unheard()
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


def _courseware_and_versions() -> Iterator[str]:
    counted = Courseware.objects.annotate(count=Count("versions"), newest=Max("versions__number"))
    for row in counted.filter(count=0).order_by("pk"):
        yield f"courseware {row.pk}: has no version"
    for row in counted.exclude(count=0).exclude(count=F("newest")).order_by("pk"):
        yield f"courseware {row.pk}: its {row.count} versions are numbered up to {row.newest}"
    foreign = Courseware.objects.filter(application__isnull=False).exclude(application__mentor=F("mentor"))
    for row in foreign.order_by("pk"):
        yield f"courseware {row.pk}: is for topic {row.application_id} of another mentor"
    unread = CoursewareVersion.objects.filter(
        reading=CoursewareVersion.Reading.WAITING, compared_at__isnull=False
    )
    for row in unread.without_text().order_by("pk"):
        yield f"courseware version {row.pk}: was compared before it was read"


def _pairs_of_the_wrong_two() -> Iterator[str]:
    same = SimilarPair.objects.filter(version__courseware__mentor=F("earlier__courseware__mentor"))
    for row in same.order_by("pk"):
        yield f"similar pair {row.pk}: both are of the same mentor"
    turned = SimilarPair.objects.filter(version__uploaded_at__lt=F("earlier__uploaded_at"))
    for row in turned.order_by("pk"):
        yield f"similar pair {row.pk}: the earlier one was uploaded later"


def _verdicts_on_the_unheard() -> Iterator[str]:
    State = SimilarPair.State
    unheard = Q(answered_at__isnull=True) & Q(decided_at__lt=F("answer_due_at"))
    for row in SimilarPair.objects.confirmed().filter(unheard).order_by("pk"):
        yield f"similar pair {row.pk}: was confirmed before the mentor could answer"
    silent = SimilarPair.objects.filter(Q(answer="") | Q(answered_at__isnull=True), state=State.ANSWERED)
    for row in silent.order_by("pk"):
        yield f"similar pair {row.pk}: is answered, but has no answer"


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
