"""What staff see of a run: how far it is, its ranks, what is unusual, what another run has different."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRefresh
from unfold.admin import ModelAdmin

from evaluation.models import RankingRun
from evaluation.selectors.cards import card_in_run
from evaluation.selectors.flags import flags_of
from evaluation.selectors.runs import gone_cards, moved_cards, moves_of, progress_of

ROWS_A_PAGE = 50
# What was counted, in the order in which the lines of a card need it.
COUNT_WORDS = (
    ("classes", "上课"),
    ("consultations", "咨询"),
    ("placements", "就业创业"),
    ("likes", "点赞"),
    ("bookings", "约课"),
    ("collective_reports", "集体调研报告"),
    ("free_reports", "自由调研报告"),
    ("bonus_events", "加分活动"),
)


def run_page(page: ModelAdmin, request: HttpRequest, run: RankingRun, **extra: Any) -> HttpResponse:
    """The run itself: the progress while it is under way, then the ranks and what is unusual."""
    context = {
        **page.admin_site.each_context(request),
        **extra,
        "opts": page.opts,
        "title": str(run),
        "run": run,
        "progress": progress_of(run),
    }
    if run.state == RankingRun.State.DONE:
        context |= _outcome(request, run)
    return TemplateResponse(request, "admin/evaluation/run.html", context)


def progress_fragment(request: HttpRequest, run: RankingRun) -> HttpResponse:
    """The progress alone, which the page asks for each second; it is loaded anew when the run has ended."""
    if not run.is_under_way:
        return HttpResponseClientRefresh()
    context = {"run": run, "progress": progress_of(run)}
    return render(request, "admin/evaluation/partials/run_progress.html", context)


def compare_page(page: ModelAdmin, request: HttpRequest, run: RankingRun) -> HttpResponse:
    """Who stands elsewhere than in an earlier run of the year (``?with=``), and because of which lines."""
    others = run.year.runs.done().exclude(pk=run.pk)
    wanted = request.GET.get("with", "")
    other = others.filter(number=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 5 else None
    if run.state != RankingRun.State.DONE or (wanted and other is None):
        raise Http404
    other = other or others.filter(number__lt=run.number).first() or get_object_or_404(others[:1])
    rows = Paginator(moved_cards(other, run), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{run}，与第 {other.number} 次比较",
        "run": run,
        "other": other,
        "others": others,
        "rows": rows,
        "page_query": f"&with={other.number}",
        "moves": moves_of(rows, other),
        "gone": list(gone_cards(other, run)[:ROWS_A_PAGE]),
    }
    return TemplateResponse(request, "admin/evaluation/run_compare.html", context)


def card_page(page: ModelAdmin, request: HttpRequest, run: RankingRun, mentor_id: int) -> HttpResponse:
    """One mentor's card in a run that is done: each line with what counted, what was cut off, the records."""
    card = get_object_or_404(run.cards.visible().select_related("mentor", "run__year"), mentor=mentor_id)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{card.mentor.name}：{run}",
        "run": run,
        "card": card,
        "own": card_in_run(card),
        "counts": [(word, card.evidence[name]) for name, word in COUNT_WORDS],
    }
    return TemplateResponse(request, "admin/evaluation/run_card.html", context)


def _outcome(request: HttpRequest, run: RankingRun) -> dict[str, Any]:
    search = request.GET.get("q", "").strip()[:30]
    cards = run.cards.select_related("mentor").defer("evidence").order_by("rank", "mentor")
    if search:
        cards = cards.filter(mentor__name__icontains=search)
    rows = Paginator(cards, ROWS_A_PAGE).get_page(request.GET.get("page"))
    names = {item["key"]: item["name"] for item in run.rules["items"] if item["key"]}
    courseware = run.courseware.select_related("entry__courseware__mentor")
    return {
        "flags": flags_of(run),
        "search": search,
        "page_query": f"&{urlencode({'q': search})}" if search else "",
        "rows": rows,
        "table": [(card, [card.lines[key]["points"] for key in names]) for card in rows],
        "names": list(names.values()),
        "courseware": courseware,
        "has_others": run.year.runs.done().exclude(pk=run.pk).exists(),
    }
