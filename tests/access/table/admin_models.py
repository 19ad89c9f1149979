"""Who of the staff may do what with the rows of each model in the admin."""

from dataclasses import dataclass

from tests.access.outcomes import PROVINCE, STAFF


@dataclass(frozen=True)
class ModelRow:
    """Who of the staff may list and open a model's rows, add one, change one and delete one.

    ``act`` may run the list's actions on rows that nobody edits. Where ``by_unit`` is set, a row of
    another unit is not there for staff of a unit; ``missing`` is what an address without a row
    comes to.
    """

    model: str
    see: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    by_unit: bool = False
    missing: str = "go"


ROOT = ("root",)
MODELS = (
    ModelRow("classrooms.TopicApplication", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("classrooms.ClassSession", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.HostEvent", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.MoveRequest", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.Courseware", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.SimilarPair", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("classrooms.ClassRating", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.RatingCase", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.SurveyResult", see=STAFF, by_unit=True, missing="404"),
    ModelRow("classrooms.Questionnaire", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("classrooms.RatingTag", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("evaluation.EvaluationYear", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("evaluation.RankingRun", see=PROVINCE, missing="404"),
    ModelRow("evaluation.CoursewareEntry", see=PROVINCE, add=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("evaluation.PanelJudge", see=PROVINCE, add=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("evaluation.ScoreSheet", see=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("evaluation.Objection", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("evaluation.BonusEvent", see=PROVINCE, add=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("consultations.PanelClinic", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("consultations.ConsultationShift", see=STAFF, by_unit=True, missing="404"),
    ModelRow("consultations.Consultation", see=STAFF, by_unit=True, missing="404"),
    ModelRow("consultations.Pairing", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("research.ResearchTheme", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("research.ResearchTrip", see=PROVINCE, add=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("research.ResearchReport", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("reservations.Venue", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("reservations.Reservation", see=STAFF, act=STAFF, by_unit=True, missing="404"),
    ModelRow("reservations.Hosting", see=STAFF, act=STAFF, by_unit=True, missing="404"),
    ModelRow("reservations.Suspension", see=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow(
        "accounts.HostUnit",
        see=STAFF,
        add=PROVINCE,
        change=PROVINCE,
        delete=ROOT,
        by_unit=True,
        missing="404",
    ),
    ModelRow("accounts.User", see=PROVINCE, add=PROVINCE, change=PROVINCE),
    ModelRow("accounts.PrivacyNotice", see=PROVINCE, add=PROVINCE, change=PROVINCE),
    ModelRow("accounts.Consent", see=PROVINCE),
    ModelRow("mentors.Mentor", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.Appointment", see=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.Like", see=PROVINCE, missing="404"),
    ModelRow("mentors.Category", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.IndustrialChain", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("mentors.TopicType", see=STAFF, add=PROVINCE, change=PROVINCE, delete=ROOT),
    ModelRow("notifications.Notice", see=STAFF, add=STAFF, change=STAFF, by_unit=True, missing="404"),
    ModelRow("notifications.MessageTemplate", see=PROVINCE, change=PROVINCE, missing="404"),
    ModelRow("notifications.Message", see=PROVINCE, missing="404"),
    ModelRow("notifications.Delivery", see=PROVINCE, act=PROVINCE, missing="404"),
    ModelRow("auth.Group", see=PROVINCE, add=ROOT, change=ROOT, delete=ROOT),
    ModelRow("home.SecondFactor", see=ROOT, delete=ROOT),
    ModelRow("auditlog.LogEntry", see=PROVINCE),
    ModelRow("home.TaskRecord", see=PROVINCE),
)
