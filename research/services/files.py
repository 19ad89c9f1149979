"""The photos and other files of a report."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from mentor_portal import portal_settings
from mentor_portal.accounts.models import User
from mentor_portal.files import DOCUMENTS, examine_file
from research import errors
from research.models import ReportFile, ResearchReport


@transaction.atomic
def attach_file(*, report: ResearchReport, upload: File, by: User, at: datetime) -> ReportFile:
    """Hang a photo or a document on a report that may still be changed.

    Raises FileRefused, TooManyFiles, ReportNotEditable.
    """
    numbers = portal_settings.read()
    found = examine_file(upload=upload, allowed=DOCUMENTS, most_mb=numbers["REPORT_FILE_MB"])
    report = _editable(report)
    if report.files.count() >= numbers["REPORT_FILES"]:
        raise errors.TooManyFiles(most=numbers["REPORT_FILES"], name=found.name)
    return ReportFile(report=report, uploaded_at=at).keep(upload, found)


@transaction.atomic
def remove_file(*, report: ResearchReport, file_pk: int, by: User) -> None:
    """Take a file off a report that may still be changed; taking it off twice is once.

    Raises ReportNotEditable.
    """
    for file in _editable(report).files.filter(pk=file_pk):
        file.discard()


def _editable(report: ResearchReport) -> ResearchReport:
    """Return the report as it is now, held until the transaction ends."""
    report = ResearchReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    if not report.is_editable:
        raise errors.ReportNotEditable(title=str(report), state=report.get_state_display())
    return report
