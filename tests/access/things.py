"""The things that the addresses of the access table are asked with."""

import io

from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from classrooms.models import ClassSession, Questionnaire, RatingTag
from classrooms.services import copy_questionnaire
from evaluation.models import BonusEvent, EvaluationYear, Objection, RankingRun, ScoreSheet
from evaluation.services import enter_bonus, record_objection, start_draft
from mentor_portal.accounts.models import Consent, HostUnit, PrivacyNotice, User
from mentor_portal.home.models import TaskRecord
from mentor_portal.notifications.models import Delivery, Message, MessageTemplate
from mentor_portal.reservations.selectors.calendars import secret_of
from mentor_portal.reservations.services import make_calendar_address
from mentors.models import Category, IndustrialChain, Mentor, TopicType
from tests import judged, offerings, panel, year_end
from tests.documents import PDF, upload
from tests.duties import slots_of
from tests.scene import Scene, unit

# A number that no row has.
NOTHING = 999_999_999


def things_of(scene: Scene) -> dict[str, tuple[object, ...]]:
    """Return, by name, what fills the placeholders of an address."""
    mentor = scene.people["mentor"].mentor
    _give_photo(mentor)
    unlisted = Mentor.objects.create(
        user=scene.people["judge"],
        name="评审专家老周",
        employer="湖南大学",
        primary_category=mentor.primary_category,
        is_listed=False,
    )
    _give_photo(unlisted)
    run = _run()
    of_sessions = {name: (session.pk,) for name, session in scene.sessions.items()}
    of_topics = {f"{name} topic": (topic.pk,) for name, topic in scene.topics.items()}
    of_pairings = {f"{name} pairing": (pairing.pk,) for name, pairing in scene.pairings.items()}
    return (
        of_sessions
        | of_topics
        | of_pairings
        | {
            "": (),
            "nothing": (NOTHING,),
            "category": (mentor.primary_category_id,),
            "chain": (mentor.primary_chain_id,),
            "mentor": (mentor.pk,),
            "unlisted mentor": (unlisted.pk,),
            **_notices_of(scene),
            "message": (Message.objects.of(scene.owner).first().pk,),
            "calendar address": (_calendar_address(scene),),
            "reservation": (scene.reservations["mine"].pk,),
            "consultation": (scene.reservations["consultation"].pk,),
            "waiting": (scene.reservations["waiting"].pk,),
            "offer": (scene.reservations["offered"].pk,),
            "late reservation": (scene.reservations["late"].pk,),
            **_of_the_desk(scene),
            **_of_clinics(scene),
            **_duties_of(scene),
            **_of_research(scene),
            **_of_courseware(scene),
            **_sheets_of(scene),
            "unit's event": (scene.events["unit's"].pk,),
            "province's event": (scene.events["province's"].pk,),
            "unit's move": (scene.moves["unit's"].pk,),
            "other move": (scene.moves["few"].pk,),
            "case": (scene.ratings["rated"].pk,),
            "unit's case": (scene.ratings["unit's rated"].pk,),
            "bonus event": (_bonus_event(scene).pk,),
            "year in preparation": (EvaluationYear.objects.latest("year").year,),
            "year": (EvaluationYear.objects.latest("year").pk,),
            "shown year": (_shown_year(scene).year,),
            "run": (run.pk,),
            "run's year": (run.year_id,),
            "run's card": (run.pk, run.cards.first().mentor_id),
            "card of nobody": (run.pk, NOTHING),
            "root": (scene.people["root"].pk,),
            "stranger": (scene.people["stranger"].pk,),
            "on site": (ContentType.objects.get_for_model(ClassSession).pk, scene.sessions["free"].pk),
            "accounts/": ("accounts/",),
            "no/such/page": ("no/such/page",),
        }
    )


def _of_the_desk(scene: Scene) -> dict[str, tuple[object, ...]]:
    """What is done at the desk of a class that starts within minutes."""
    offering = scene.sessions["today"].offering
    return {
        "code": (offering.check_in_code,),
        "no code": ("no-such-code",),
        "expected": (offering.pk, scene.reservations["today"].pk),
        "there": (offering.pk, scene.reservations["there"].pk),
        "of another": (offering.pk, scene.reservations["mine"].pk),
        "host": (offering.pk, offering.hostings.first().pk),
    }


def _of_clinics(scene: Scene) -> dict[str, tuple[object, ...]]:
    """The province's running clinic, where the mentor takes number 1; the unit's, and drafts of both."""
    of_clinics = {f"{name} clinic".lstrip(): (clinic.pk,) for name, clinic in scene.clinics.items()}
    running = scene.clinics["running"].pk
    return of_clinics | {"clinic": (running,), "called": (running, 2), "no such turn": (running, NOTHING)}


def _duties_of(scene: Scene) -> dict[str, tuple[object, ...]]:
    """Duties, their first slots, the consultations in these, and what is done at a duty's desk."""
    arranged = {name: shift for name, shift in scene.shifts.items() if name in scene.consultations}
    running = scene.shifts["running"].pk
    free = slots_of(scene.shifts["arranged"])[2].pk
    return (
        {f"{name} duty": (shift.pk,) for name, shift in scene.shifts.items()}
        | {f"{name} slot": (slots_of(shift)[0].pk,) for name, shift in arranged.items()}
        | {f"{name} consultation": (row.pk,) for name, row in scene.consultations.items()}
        | {
            "free slot": (free,),
            "in the duty": (running, scene.consultations["running"].pk),
            "in another duty": (running, scene.consultations["arranged"].pk),
        }
    )


def _of_research(scene: Scene) -> dict[str, tuple[object, ...]]:
    reports, files = scene.reports, scene.report_files
    return {
        **{f"{name} theme": (theme.pk,) for name, theme in scene.themes.items()},
        **{f"{name} trip": (trip.pk,) for name, trip in scene.trips.items()},
        **{f"{name} report": (report.pk,) for name, report in reports.items()},
        **{f"{name} report's file": (file.report_id, file.pk) for name, file in files.items()},
        "file of another report": (reports["published"].pk, files["draft"].pk),
    }


def _of_courseware(scene: Scene) -> dict[str, tuple[object, ...]]:
    """Courseware by audience, each with its newest file, and the questions about likeness."""
    rows = scene.courseware
    return {
        **{f"{name} courseware": (row.pk,) for name, row in rows.items()},
        **{f"{name} courseware's file": (row.pk, row.current.number) for name, row in rows.items()},
        "replaced file": (rows["public"].pk, 1),
        "no such version": (rows["public"].pk, NOTHING),
        **{f"{name} pair": (pair.pk,) for name, pair in scene.similar.items()},
    }


def _sheets_of(scene: Scene) -> dict[str, tuple[object, ...]]:
    """A sheet of the judge, and another judge's of the same courseware."""
    staff, year = scene.people["staff"], panel.this_year()
    entry = panel.entered(scene.courseware["attendees"], staff)
    own, other = panel.appointed(scene.people["judge"], year, staff), panel.make_judge(year, staff)
    sheets = {"sheet": own, "another's sheet": other}
    return {
        "entry": (entry.pk,),
        "panel judge": (panel.make_judge(year, staff).pk,),
        **{name: (panel.given(judge, staff, entry=entry).pk,) for name, judge in sheets.items()},
    }


def _sheet(scene: Scene) -> ScoreSheet:
    staff = scene.people["staff"]
    entry = panel.entered(scene.courseware["attendees"], staff)
    return panel.given(panel.make_judge(panel.this_year(), staff), staff, entry=entry)


def rows_of(scene: Scene) -> dict[str, tuple[object, object]]:
    """Return, by model of the admin, a row of the role "unit" and one of another unit.

    Where a model does not belong to units, both are the same row.
    """
    notice = PrivacyNotice.objects.order_by("-pk").first()
    consent = Consent.objects.create(person=scene.owner, notice=notice, given_at=timezone.now())
    # Nobody has agreed to this one yet, so that it may still be changed.
    new_notice = PrivacyNotice.objects.create(version="2099-1", text="新的隐私政策。")
    sheet = ScoreSheet.objects.of_courseware().first() or _sheet(scene)
    authenticator = Authenticator.objects.create(
        user=offerings.make_people(1)[0], type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    events, moves = scene.events, scene.moves
    own, foreign = scene.sessions["unit's"], scene.sessions["free"]
    province = HostUnit.objects.get(kind=HostUnit.Kind.PROVINCE)
    appointment = scene.people["mentor"].mentor.appointments.get()
    return {
        "classrooms.ClassSession": (own, foreign),
        "classrooms.TopicApplication": _both(scene.topics["submitted"]),
        "classrooms.HostEvent": (events["unit's"], events["province's"]),
        "classrooms.MoveRequest": (moves["unit's"], moves["few"]),
        "classrooms.Courseware": (scene.courseware["unit's"], scene.courseware["free"]),
        "classrooms.SimilarPair": _both(scene.similar["found"]),
        "classrooms.ClassRating": (scene.ratings["unit's rated"], scene.ratings["rated"]),
        "classrooms.RatingCase": (scene.ratings["unit's rated"].case, scene.ratings["rated"].case),
        "classrooms.SurveyResult": (
            scene.sessions["unit's rated"].survey_result,
            scene.sessions["rated"].survey_result,
        ),
        # Nobody has answered this one yet, so that it may still be changed.
        "classrooms.Questionnaire": _both(_next_questionnaire(scene.people["staff"])),
        "classrooms.RatingTag": _both(RatingTag.objects.first()),
        "consultations.PanelClinic": (scene.clinics["unit's"], scene.clinics["running"]),
        "consultations.ConsultationShift": (scene.shifts["unit's"], scene.shifts["arranged"]),
        "consultations.Consultation": (scene.consultations["unit's"], scene.consultations["arranged"]),
        "consultations.Pairing": _both(scene.pairings["confirmed"]),
        "research.ResearchTheme": _both(scene.themes["draft"]),
        "research.ResearchTrip": _both(scene.trips["open"]),
        "research.ResearchReport": _both(scene.reports["submitted"]),
        "evaluation.BonusEvent": _both(BonusEvent.objects.first() or _bonus_event(scene)),
        "evaluation.CoursewareEntry": _both(sheet.entry),
        "evaluation.PanelJudge": _both(sheet.judge),
        "evaluation.ScoreSheet": _both(sheet),
        "evaluation.Objection": _both(Objection.objects.first() or _objection(scene)),
        "evaluation.RankingRun": _both(RankingRun.objects.first() or _run()),
        "evaluation.EvaluationYear": _both(EvaluationYear.objects.latest("year")),
        "reservations.Offering": (own.offering, foreign.offering),
        "reservations.Venue": (own.offering.venue, foreign.offering.venue),
        "reservations.Hosting": (own.offering.hostings.get(), foreign.offering.hostings.get()),
        "reservations.Suspension": _both(scene.suspension),
        "reservations.Reservation": (scene.reservations["unit's"], scene.reservations["mine"]),
        "accounts.HostUnit": (unit(), province),
        "accounts.User": _both(scene.owner),
        "accounts.PrivacyNotice": _both(new_notice),
        "accounts.Consent": _both(consent),
        "mentors.Mentor": _both(scene.people["mentor"].mentor),
        "mentors.Appointment": _both(appointment),
        "mentors.Like": _both(scene.like),
        "mentors.Category": _both(Category.objects.first()),
        "mentors.IndustrialChain": _both(IndustrialChain.objects.first()),
        "mentors.TopicType": _both(TopicType.objects.first()),
        "notifications.Notice": (scene.notices["unit's draft"], scene.notices["published"]),
        "notifications.MessageTemplate": _both(MessageTemplate.objects.first()),
        "notifications.Message": _both(Message.objects.first()),
        "notifications.Delivery": _both(_delivery(Message.objects.first())),
        "auth.Group": _both(Group.objects.first()),
        "home.SecondFactor": _both(authenticator),
        "auditlog.LogEntry": _both(LogEntry.objects.first()),
        "home.TaskRecord": _both(TaskRecord.objects.first()),
    }


def _next_questionnaire(staff: User) -> Questionnaire:
    return copy_questionnaire(questionnaire=Questionnaire.objects.get(), to_year=2099, by=staff)


def _bonus_event(scene: Scene) -> BonusEvent:
    return enter_bonus(
        mentor=scene.people["mentor"].mentor,
        title="创新创业大赛评审",
        held_on=timezone.localdate(),
        proof=upload("邀请函.pdf", PDF),
        by=scene.people["staff"],
        at=timezone.now(),
    )


def _shown_year(scene: Scene) -> EvaluationYear:
    """A year in 公示, the one before those in which something is done."""
    year = year_end.year_of(EvaluationYear.objects.latest("year").year - 2)
    year_end.shown(year, [(scene.people["mentor"].mentor, "59.02")])
    return year


def _objection(scene: Scene) -> Objection:
    """An objection noted at the desk, to the result that is shown."""
    year = EvaluationYear.objects.filter(stage="objections").first() or _shown_year(scene)
    words = {"name": "李明", "phone": "13900001234", "text": "上课次数少记了一次。"}
    return record_objection(year=year, **words, by=scene.people["staff"], at=timezone.now())


def _run() -> RankingRun:
    """Make a run that is done and another before it, so that it can be compared."""
    year = EvaluationYear.objects.latest("year")
    return [judged.done(start_draft(year=year, at=timezone.now())) for _ in range(2)][-1]


def _both(row: object) -> tuple[object, object]:
    return row, row


def _notices_of(scene: Scene) -> dict[str, tuple[object, ...]]:
    shown, draft = scene.notices["published"], scene.notices["draft"]
    [file], [hidden] = shown.attachments.all(), draft.attachments.all()
    return {
        "notice": (shown.pk,),
        "draft notice": (draft.pk,),
        "unit's draft notice": (scene.notices["unit's draft"].pk,),
        "notice's file": (shown.pk, file.pk),
        "draft notice's file": (draft.pk, hidden.pk),
        "file of another notice": (shown.pk, hidden.pk),
    }


def _delivery(message: Message) -> Delivery:
    return Delivery.objects.create(
        message=message, channel=Delivery.Channel.SMS, due_at=timezone.now(), ref="sms-1"
    )


def _calendar_address(scene: Scene) -> str:
    address = make_calendar_address(person=scene.owner, by=scene.owner, at=timezone.now())
    return secret_of(address)


def _give_photo(mentor: Mentor) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "JPEG")
    mentor.photo.save("photo.jpg", ContentFile(picture.getvalue()))
