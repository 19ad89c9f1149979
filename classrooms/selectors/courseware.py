"""Reads about what classes leave behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from classrooms.models import ClassSession, ClassSessionQuerySet, Courseware, CoursewareVersion, SimilarPair
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.files import COURSEWARE, PDF
from mentor_portal.reservations.models import Offering
from mentor_portal.wording import day, end_of_day, moment
from mentors.models import Mentor

# Of a class that ended longer ago nobody is reminded any more.
MISSED_FOR = timedelta(days=90)
# More than so many are left to the pages behind the desk, and behind a mentor's page.
MISSING_ON_DESK, NEWEST_ON_DESK, SHOWN_ON_MENTOR_PAGE = 10, 3, 6

KIND_WORDS = {each.content_type: each.word for each in COURSEWARE}
SHOWN_TO = {
    Courseware.Audience.PUBLIC: "所有人可以看",
    Courseware.Audience.ATTENDEES: "参加过的求职者可以看",
    Courseware.Audience.STAFF: "仅工作人员和评审专家可以看",
}


def sessions_without_courseware(at: datetime) -> ClassSessionQuerySet:
    """Return the finished classes whose mentors should have uploaded something by now, and did not.

    What stands for a topic stands for each class of it.
    """
    left = Courseware.objects.standing().filter(
        Q(session=OuterRef("pk")) | Q(session__isnull=True, application=OuterRef("application"))
    )
    due = at - timedelta(days=portal_settings.read()["COURSEWARE_DUE_DAYS"])
    return ClassSession.objects.filter(
        ~Exists(left),
        offering__state=Offering.State.FINISHED,
        offering__ends_at__lte=due,
        offering__ends_at__gt=due - MISSED_FOR,
    )


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A courseware as somebody sees it who may open it: its newest file, and what it is of."""

    pk: int
    title: str
    url: str
    file_url: str
    kind_word: str
    size: int
    about: str
    is_previewed: bool


@dataclass(frozen=True, kw_only=True)
class OwnLine(FileLine):
    """A courseware as its mentor sees it: its version, who may open it, and how it stands."""

    number: int
    uploaded_at: datetime
    tone: str
    word: str
    told: str


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A class of the mentor that should have left something behind by now."""

    title: str
    url: str
    starts_at: datetime
    upload_url: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What staff ask the mentor about a courseware that resembles an earlier one."""

    title: str
    url: str
    question: str
    until: str


@dataclass(frozen=True, kw_only=True)
class CoursewarePanel:
    """Everything about courseware on a mentor's desk."""

    missing: list[Missing]
    questions: list[Question]
    newest: list[OwnLine]

    @property
    def to_do_count(self) -> int:
        return len(self.missing) + len(self.questions)


def desk_panel(mentor: Mentor, at: datetime) -> CoursewarePanel:
    """Return what a mentor's desk shows of courseware at a moment, in a fixed number of queries."""
    newest = Courseware.objects.of(mentor).standing().for_lines()[:NEWEST_ON_DESK]
    return CoursewarePanel(
        missing=missing_of(mentor, at)[:MISSING_ON_DESK],
        questions=questions_of(mentor),
        newest=own_lines(newest, mentor),
    )


def missing_of(mentor: Mentor, at: datetime) -> list[Missing]:
    """Return the mentor's classes that wait for courseware, the latest first."""
    sessions = sessions_without_courseware(at).given_by(mentor).select_related("offering")
    return [
        Missing(
            title=session.title,
            url=reverse("classrooms:teaching-detail", args=[session.pk]),
            starts_at=session.offering.starts_at,
            upload_url=f"{reverse('classrooms:courseware-new')}?session={session.pk}",
        )
        for session in sessions.order_by("-offering__starts_at", "-pk")
    ]


def questions_of(mentor: Mentor) -> list[Question]:
    """Return what the mentor is asked and has not answered, the most urgent first."""
    return [
        Question(
            title=pair.version.courseware.title,
            url=reverse("classrooms:courseware-pair", args=[pair.pk]),
            question=pair.question,
            until=end_of_day(pair.answer_due_at),
        )
        for pair in _asked_of(mentor)
    ]


def own_lines(courseware: Iterable[Courseware], mentor: Mentor) -> list[OwnLine]:
    """Return the mentor's own works, loaded with ``for_lines``, in two queries more."""
    asked = {pair.version.courseware_id: pair for pair in reversed(_asked_of(mentor))}
    copied = set(Courseware.objects.of(mentor).plagiarised().values_list("pk", flat=True))
    return [_own_line(each, asked.get(each.pk), each.pk in copied) for each in courseware]


def file_line(courseware: Courseware) -> FileLine:
    """Return a courseware loaded with ``for_lines``."""
    return FileLine(**_file_fields(courseware))


def courseware_of_session(session: ClassSession, user: User | AnonymousUser) -> list[FileLine]:
    """Return what a person may open of a class and of its topic, the newest first."""
    of_topic = Q(session__isnull=True, application__isnull=False, application=session.application_id)
    rows = Courseware.objects.standing().visible_to(user).filter(Q(session=session.pk) | of_topic)
    return [file_line(each) for each in rows.for_lines()]


def public_courseware(mentor: Mentor, user: User | AnonymousUser) -> list[FileLine]:
    """Return the newest of what a mentor shows to everybody, to a judge without what is judged unnamed."""
    public = Courseware.objects.of(mentor).standing().filter(audience=Courseware.Audience.PUBLIC)
    rows = public.visible_to(user)
    return [file_line(each) for each in rows.for_lines()[:SHOWN_ON_MENTOR_PAGE]]


def openable_versions(user: User | AnonymousUser, courseware: Courseware) -> list[CoursewareVersion]:
    """Return the versions that somebody may open who may open the courseware, the newest first.

    Earlier ones are there for the author, staff and judges only.
    """
    versions = sorted(courseware.versions.all(), key=lambda each: -each.number)
    sees_all = user.is_authenticated and (
        user.is_staff or user.is_judge or courseware.mentor.user_id == user.pk
    )
    return versions if sees_all else versions[:1]


def kind_word(version: CoursewareVersion) -> str:
    """Return what a file is, as people know it: PPTX."""
    return KIND_WORDS.get(version.content_type, "文件")


def preview_of(version: CoursewareVersion) -> str:
    """Return how a page shows a file in place, "pdf" or "picture"; what is neither is saved."""
    if version.content_type == PDF.content_type:
        return "pdf"
    return "picture" if version.content_type.startswith("image/") else ""


def _asked_of(mentor: Mentor) -> list[SimilarPair]:
    return list(SimilarPair.objects.asked_of(mentor).for_lines().order_by("answer_due_at", "pk"))


def _file_fields(courseware: Courseware) -> dict[str, object]:
    current = courseware.current
    return {
        "pk": courseware.pk,
        "title": courseware.title,
        "url": courseware.get_absolute_url(),
        "file_url": current.get_absolute_url(),
        "kind_word": kind_word(current),
        "size": current.size,
        "about": about(courseware),
        "is_previewed": bool(preview_of(current)),
    }


def about(courseware: Courseware) -> str:
    """Return what a courseware is of: 3月12日（周四）课堂, or the topic."""
    if courseware.session:
        return f"{day(timezone.localtime(courseware.session.offering.starts_at).date())}课堂"
    return f"主题：{courseware.application}"


def _own_line(courseware: Courseware, asked: SimilarPair | None, is_copied: bool) -> OwnLine:
    tone, word, told = _standing(courseware, asked, is_copied)
    return OwnLine(
        **_file_fields(courseware),
        number=courseware.current.number,
        uploaded_at=courseware.current.uploaded_at,
        tone=tone,
        word=word,
        told=told,
    )


def _standing(courseware: Courseware, asked: SimilarPair | None, is_copied: bool) -> tuple[str, str, str]:
    """Return the tone, the word and the next step."""
    if asked:
        return "offered", "请说明相似的原因", f"{end_of_day(asked.answer_due_at)} 前"
    if is_copied:
        return "no_show", "认定抄袭", "不计入年度课件"
    if courseware.withdrawn_at:
        return "cancelled", "已撤下", f"{moment(courseware.withdrawn_at)} 撤下，只有您和工作人员能看到"
    return "confirmed", SHOWN_TO[courseware.audience], ""
