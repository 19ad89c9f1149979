"""Makes courseware for tests: classes that left some, files with text, versions that were read, pairs."""

import io
import itertools
from datetime import datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from docx.shared import Cm
from PIL import Image

from classrooms import services
from classrooms.models import ClassSession, Courseware, CoursewareVersion, SimilarPair
from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import Offering, Reservation
from mentors.models import Mentor
from tests import decks, moments, offerings

ORIGINALS = decks.originals(2)
TEXT, OTHER_TEXT = ORIGINALS[0].text, ORIGINALS[1].text
COPY = decks.copy_of(ORIGINALS[0], 100).text
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_numbers = itertools.count(1)


def finished_class(mentor: Mentor, days_ago: int = 5, **fields: object) -> ClassSession:
    """Make a class of a mentor that took place so many days ago, or a little later, and was closed."""
    earlier = ClassSession.objects.given_by(mentor).filter(offering__state="finished").count()
    starts_at = moments.in_days(-days_ago, "08:00") + earlier * timedelta(minutes=90)
    session = offerings.make_session(mentors=[mentor], starts_at=starts_at, **fields)
    Offering.objects.filter(pk=session.pk).update(state=Offering.State.FINISHED)
    session.refresh_from_db()
    session.offering.refresh_from_db()
    return session


def attend(session: ClassSession, person: User) -> Reservation:
    """Note that a person walked in when a class began."""
    starts_at = session.offering.starts_at
    return Reservation.objects.create(
        offering=session.offering,
        person=person,
        state=Reservation.State.ATTENDED,
        is_walk_in=True,
        queued_at=starts_at,
        checked_in_at=starts_at,
    )


def document(text: str, name: str = "课件.docx") -> SimpleUploadedFile:
    """Return a Word document with each line of the text as a paragraph."""
    made = Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    return SimpleUploadedFile(name, kept.getvalue())


def large_document(size: int) -> bytes:
    """Return a Word document of about so many bytes: a picture of noise, which nothing makes smaller."""
    side = int((size / 3) ** 0.5)
    picture = io.BytesIO()
    Image.frombytes("RGB", (side, side), Random(1).randbytes(3 * side * side)).save(picture, "PNG")
    made = Document()
    made.add_paragraph(TEXT)
    made.add_picture(picture, width=Cm(10))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def uploaded(mentor: Mentor, text: str = TEXT, at: datetime | None = None, **fields: object) -> Courseware:
    """Upload a document with this text; its text is not read yet."""
    if "session" not in fields and "application" not in fields:
        fields["session"] = finished_class(mentor)
    values = {
        "title": "面试前的三天",
        "audience": Courseware.Audience.ATTENDEES,
        "upload": document(text),
        "is_declared": True,
        "by": mentor.user,
        "at": at or timezone.now(),
    }
    return services.upload_courseware(mentor=mentor, **values | fields)


def kept(mentor: Mentor, text: str = TEXT, at: datetime | None = None, **fields: object) -> Courseware:
    """Keep the rows of a courseware whose text waits to be compared, without a file on the disk."""
    at = at or timezone.now()
    session = fields.pop("session", None) or finished_class(mentor)
    courseware = Courseware.objects.create(
        mentor=mentor, title=fields.pop("title", "面试前的三天"), session=session, year=at.year, **fields
    )
    version(courseware, text, at)
    return courseware


def version(courseware: Courseware, text: str, at: datetime | None = None, **fields: object):
    """Add the row of a version that was read and waits to be compared."""
    at = at or timezone.now()
    sketch = services.likeness.sketch_of(text)
    number = next(_numbers)
    values = {
        "number": courseware.versions.count() + 1,
        "file": f"courseware/{number}",
        "original_name": f"课件{number}.docx",
        "content_type": DOCX,
        "size": len(text),
        "declared_at": at,
        "uploaded_at": at,
        "uploaded_by": courseware.mentor.user,
        "sha256": f"{number:064x}",
        "reading": CoursewareVersion.Reading.READ if text else CoursewareVersion.Reading.NO_TEXT,
        "text": text,
        "sketch": sketch.to_bytes() if sketch else b"",
    }
    return CoursewareVersion.objects.create(courseware=courseware, **values | fields)


def compared(courseware: Courseware) -> list[SimilarPair]:
    """Compare the newest version and return the pairs in which it is the later one."""
    newest = courseware.versions.first()
    services.compare_version(version_pk=newest.pk, at=timezone.now())
    return list(SimilarPair.objects.filter(version=newest))


def pair(copier: Mentor, author: Mentor | None = None, original: decks.Deck = ORIGINALS[0]) -> SimilarPair:
    """Make a pair that was found: a copy of what another mentor has uploaded a day before."""
    author = author or offerings.make_mentor("李敏")
    kept(author, original.text, at=timezone.now() - timedelta(days=1))
    [found] = compared(kept(copier, decks.copy_of(original, 100).text, title="从零开始学面试"))
    return found


def asked(copier: Mentor, by: User, author: Mentor | None = None) -> SimilarPair:
    found = pair(copier, author)
    return services.ask_mentor(pair=found, question="第二部分与他人课件相同。", by=by, at=timezone.now())


def answered(copier: Mentor, by: User, author: Mentor | None = None) -> SimilarPair:
    found = asked(copier, by, author)
    answer = "引用了公开资料，出处见最后一页。"
    return services.answer_pair(pair=found, answer=answer, by=copier.user, at=timezone.now())


def found(later: CoursewareVersion, earlier: CoursewareVersion, likeness: str = "0.7") -> SimilarPair:
    """Make a pair of two versions without comparing them."""
    return SimilarPair.objects.create(
        version=later, earlier=earlier, likeness=likeness, found_at=timezone.now()
    )
