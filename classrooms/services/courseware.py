"""What a mentor leaves behind of a class or a topic (课件, notice 三（二）3), version by version."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from classrooms import errors
from classrooms.models import ClassSession, Courseware, CoursewareVersion, SimilarPair, TopicApplication
from classrooms.selectors.courseware import sessions_without_courseware
from classrooms.services import telling
from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.files import COURSEWARE, ExaminedFile, examine_file, sha256_of
from mentor_portal.reservations.models import Offering
from mentors.models import Mentor

LEAVES_SOMETHING = (Offering.State.PUBLISHED, Offering.State.FINISHED)


def upload_courseware(
    *,
    mentor: Mentor,
    title: str,
    audience: Courseware.Audience,
    upload: File,
    is_declared: bool,
    by: User,
    at: datetime,
    session: ClassSession | None = None,
    application: TopicApplication | None = None,
    note: str = "",
    key: UUID | None = None,
) -> Courseware:
    """Keep a work of a mentor for a class, or for a topic, with its first version.

    ``key`` names the page it is uploaded on: what that page sends again, also at the same time, is
    answered with the first. ``is_declared`` is the statement that the work is original. Raises
    NotYourClass, ClassLeavesNothing, OriginalityNotDeclared, CoursewareTitleMissing, FileRefused; nothing
    is kept then.
    """
    if not title.strip():
        raise errors.CoursewareTitleMissing
    _refuse_undeclared(is_declared)
    _refuse_foreign(mentor, session, application)
    found, sha256 = _examine(upload), sha256_of(upload)
    values = {
        "title": title.strip(),
        "audience": audience,
        "session": session,
        "application": application,
        "year": _year_of(session, at),
        "created_at": at,
    }
    with transaction.atomic():
        courseware, is_new = _begin(mentor, key, values)
        if is_new:
            _keep_version(courseware, 1, upload, found, sha256, note, by, at)
    return courseware


def add_version(
    *, courseware: Courseware, upload: File, is_declared: bool, by: User, at: datetime, note: str = ""
) -> CoursewareVersion:
    """Add a file as the newest version; what is the same file as the current one is answered with that.

    Raises OriginalityNotDeclared, FileRefused, CoursewareWithdrawn, TooManyVersions.
    """
    _refuse_undeclared(is_declared)
    found, sha256 = _examine(upload), sha256_of(upload)
    with transaction.atomic():
        courseware = _lock(courseware)
        if courseware.withdrawn_at:
            raise errors.CoursewareWithdrawn(title=courseware.title)
        current = courseware.versions.without_text().order_by("-number").first()
        if current.sha256 == sha256:
            return current
        most = portal_settings.read()["COURSEWARE_VERSIONS"]
        if current.number >= most:
            raise errors.TooManyVersions(title=courseware.title, most=most)
        return _keep_version(courseware, current.number + 1, upload, found, sha256, note, by, at)


@transaction.atomic
def change_courseware(*, courseware: Courseware, title: str, audience: Courseware.Audience, by: User) -> None:
    """Give a courseware another title, or show it to others. Raises CoursewareTitleMissing."""
    if not title.strip():
        raise errors.CoursewareTitleMissing
    courseware.title, courseware.audience = title.strip(), audience
    courseware.save(update_fields=["title", "audience"])


def withdraw_courseware(*, courseware: Courseware, by: User, at: datetime) -> None:
    """Show a courseware to nobody but author and staff; twice is once. Raises CoursewareExamined."""
    _set_withdrawn(courseware, at)


def restore_courseware(*, courseware: Courseware, by: User) -> None:
    """Show a withdrawn courseware again; twice is once. Raises CoursewareExamined."""
    _set_withdrawn(courseware, None)


def seal_courseware(*, courseware: Iterable[int]) -> None:
    """Show these to judges no longer but where they judge them, without their author."""
    Courseware.objects.filter(pk__in=courseware).update(is_sealed=True)


def unseal_courseware(*, courseware: Iterable[int]) -> None:
    """Show these to judges as before."""
    Courseware.objects.filter(pk__in=courseware).update(is_sealed=False)


@transaction.atomic
def ask_for_courseware(*, at: datetime) -> int:
    """Ask the mentors of each class that left nothing behind, once for each class and mentor.

    Returns how many classes lack it.
    """
    lacking = sessions_without_courseware(at).select_related("offering").prefetch_related("mentors")
    count = 0
    for session in lacking.order_by("pk"):
        telling.tell_missing_courseware(session, at)
        count += 1
    return count


def _begin(mentor: Mentor, key: UUID | None, values: dict[str, object]) -> tuple[Courseware, bool]:
    if key is None:
        return Courseware.objects.create(mentor=mentor, **values), True
    return Courseware.objects.get_or_create(mentor=mentor, key=key, defaults=values)


def _keep_version(
    courseware: Courseware,
    number: int,
    upload: File,
    found: ExaminedFile,
    sha256: str,
    note: str,
    by: User,
    at: datetime,
) -> CoursewareVersion:
    version = CoursewareVersion(
        courseware=courseware,
        number=number,
        note=note.strip(),
        declared_at=at,
        uploaded_at=at,
        uploaded_by=by,
        sha256=sha256,
    )
    return version.keep(upload, found)


def _examine(upload: File) -> ExaminedFile:
    numbers = portal_settings.read()
    return examine_file(
        upload=upload,
        allowed=COURSEWARE,
        most_mb=numbers["COURSEWARE_FILE_MB"],
        most_video_mb=numbers["COURSEWARE_VIDEO_MB"],
    )


@transaction.atomic
def _set_withdrawn(courseware: Courseware, withdrawn_at: datetime | None) -> None:
    locked = _lock(courseware)
    if (locked.withdrawn_at is None) != (withdrawn_at is None):
        open_pairs = SimilarPair.objects.undecided().filter(version__courseware=courseware)
        if open_pairs.exists():
            raise errors.CoursewareExamined(title=locked.title)
        locked.withdrawn_at = withdrawn_at
        locked.save(update_fields=["withdrawn_at"])
    courseware.withdrawn_at = locked.withdrawn_at


def _lock(courseware: Courseware) -> Courseware:
    """Return the courseware as it is now, held until the transaction ends."""
    return Courseware.objects.select_for_update(no_key=True, of=("self",)).get(pk=courseware.pk)


def _refuse_undeclared(is_declared: bool) -> None:
    if not is_declared:
        raise errors.OriginalityNotDeclared


def _refuse_foreign(
    mentor: Mentor, session: ClassSession | None, application: TopicApplication | None
) -> None:
    """A class must be given by the mentor and stand, a topic be offered by the mentor and approved."""
    if session is None and application is None:
        raise errors.NotYourClass
    if session is not None:
        if not session.mentors.filter(pk=mentor.pk).exists():
            raise errors.NotYourClass
        if session.offering.state not in LEAVES_SOMETHING:
            state = session.offering.get_state_display()
            raise errors.ClassLeavesNothing(title=session.title, state=state)
    if application is not None:
        if application.mentor_id != mentor.pk:
            raise errors.NotYourClass
        if application.state != TopicApplication.State.APPROVED:
            raise errors.ClassLeavesNothing(title=str(application), state=application.get_state_display())


def _year_of(session: ClassSession | None, at: datetime) -> int:
    return timezone.localtime(session.offering.starts_at if session else at).year
