"""What staff download of the 两优: the ranking and the score cards of a run, the judges' matrix of a year."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from evaluation.admin.downloads import workbook_download
from evaluation.admin.workbooks import cards_workbook, matrix_workbook, ranking_workbook
from evaluation.errors import RunNotExportable
from evaluation.models import EvaluationYear, RankingRun

# What can be had of a run: how it is made, and what the file is called.
OF_RUN = {
    "ranking": (ranking_workbook, "优秀职业导师排名表"),
    "cards": (cards_workbook, "优秀职业导师得分明细"),
}


def run_export(request: HttpRequest, run: RankingRun) -> HttpResponse:
    """The workbook that ``?what=`` names; of a run that is not done there is none, and the page says so."""
    what = request.GET.get("what", "ranking")
    if what not in OF_RUN:
        raise Http404
    make, name = OF_RUN[what]
    try:
        content = make(run, by=request.user, at=timezone.now())
    except RunNotExportable as refusal:
        messages.warning(request, str(refusal))
        return redirect("admin:evaluation_rankingrun_change", run.pk)
    return workbook_download(content, f"{run.year.year}年度{name}（第{run.number}次计算）.xlsx")


def matrix_export(request: HttpRequest, year: EvaluationYear) -> HttpResponse:
    """The judges' matrix of a year with the sheets that are submitted by now."""
    now = timezone.now()
    content = matrix_workbook(year, by=request.user, at=now)
    return workbook_download(
        content, f"{year.year}年度专家评审矩阵（{timezone.localtime(now):%m%d-%H%M}）.xlsx"
    )
