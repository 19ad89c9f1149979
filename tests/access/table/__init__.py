"""Who may open what: one row for each address, and for each page of a model in the admin.

The rows stand in modules by area, the words for what a visit comes to in ``outcomes``.
"""

from tests.access.table import api, consultations, courseware, desk, people, public, research, staff
from tests.access.table.admin_models import MODELS, ModelRow
from tests.access.table.courseware import COURSEWARE
from tests.access.table.people import SHEET
from tests.access.table.staff import BONUS

__all__ = ["FILES", "MODELS", "TABLE", "ModelRow"]

AREAS = (public, api, people, courseware, consultations, research, desk, staff)
TABLE = tuple(row for area in AREAS for row in area.ROWS)

# Where each kind of stored file leaves the portal; each of these addresses has rows above.
FILES = {
    "mentors.Mentor": ("mentors/<int:pk>/photo/",),
    "notifications.NoticeAttachment": ("notices/<int:pk>/files/<int:file_pk>/",),
    "classrooms.CoursewareVersion": (f"{COURSEWARE}<int:number>/", f"{SHEET}file/"),
    "consultations.Resume": ("consultations/held/<int:pk>/resume/",),
    "consultations.PlacementProof": (
        "pairings/<int:pk>/proof/",
        "admin/consultations/pairing/<path:object_id>/proof/",
    ),
    "evaluation.BonusEvent": (f"{BONUS}proof/",),
    "research.ReportFile": ("research/reports/<int:pk>/files/<int:file_pk>/",),
}
