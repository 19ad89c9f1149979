"""The menu of the staff's site, by job; everyone sees what they may open."""

from collections.abc import Iterable, Iterator

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

# Title, icon (of the font in unfold's wheel), model, and the page where it is not the list; what has no
# page in the admin is left out.
MENU = (
    (
        "课堂",
        (
            ("排课台", "dashboard_customize", "classrooms.TopicApplication", "board"),
            ("主题申报", "rate_review", "classrooms.TopicApplication"),
            ("课堂", "co_present", "classrooms.ClassSession"),
            ("活动", "festival", "classrooms.HostEvent"),
            ("调课申请", "edit_calendar", "classrooms.MoveRequest"),
            ("课件", "slideshow", "classrooms.Courseware"),
            ("相似课件", "difference", "classrooms.SimilarPair"),
            ("场地", "meeting_room", "reservations.Venue"),
        ),
    ),
    (
        "评价",
        (
            ("差评办理", "support_agent", "classrooms.RatingCase"),
            ("课堂评价", "reviews", "classrooms.ClassRating"),
            ("问卷结果", "poll", "classrooms.SurveyResult"),
            ("课后问卷", "quiz", "classrooms.Questionnaire"),
            ("评价标签", "sell", "classrooms.RatingTag"),
        ),
    ),
    (
        "咨询与帮扶",
        (
            ("咨询值班", "event_available", "consultations.ConsultationShift"),
            ("集中诊断", "diversity_3", "consultations.PanelClinic"),
            ("咨询记录", "forum", "consultations.Consultation"),
            ("结对帮扶", "handshake", "consultations.Pairing"),
        ),
    ),
    (
        "调研",
        (
            ("调研主题", "calendar_month", "research.ResearchTheme"),
            ("调研活动", "directions_bus", "research.ResearchTrip"),
            ("调研报告", "article", "research.ResearchReport"),
        ),
    ),
    (
        "两优评选",
        (
            ("年度流程", "route", "evaluation.EvaluationYear", "path_now"),
            ("评选年度", "military_tech", "evaluation.EvaluationYear"),
            ("加分活动", "add_task", "evaluation.BonusEvent"),
            ("参评课件", "inventory", "evaluation.CoursewareEntry"),
            ("评审专家", "groups", "evaluation.PanelJudge"),
            ("评分表", "checklist", "evaluation.ScoreSheet"),
            ("排名计算", "leaderboard", "evaluation.RankingRun"),
            ("公示异议", "gavel", "evaluation.Objection"),
        ),
    ),
    (
        "导师",
        (
            ("职业导师", "school", "mentors.Mentor"),
            ("聘期", "workspace_premium", "mentors.Appointment"),
            ("类别", "category", "mentors.Category"),
            ("产业链", "account_tree", "mentors.IndustrialChain"),
            ("课题类型", "label", "mentors.TopicType"),
            ("点赞", "thumb_up", "mentors.Like"),
        ),
    ),
    (
        "预约",
        (
            ("预约记录", "event_seat", "reservations.Reservation"),
            ("场次名额", "event", "reservations.Offering"),
            ("导师到场", "how_to_reg", "reservations.Hosting"),
            ("暂停预约", "event_busy", "reservations.Suspension"),
        ),
    ),
    (
        "消息",
        (
            ("通知公示", "campaign", "notifications.Notice"),
            ("消息模板", "edit_note", "notifications.MessageTemplate"),
            ("消息记录", "mail", "notifications.Message"),
            ("投递记录", "outbox", "notifications.Delivery"),
        ),
    ),
    (
        "人员",
        (
            ("人员", "group", "accounts.User"),
            ("承办单位", "domain", "accounts.HostUnit"),
            ("隐私政策", "policy", "accounts.PrivacyNotice"),
            ("同意记录", "fact_check", "accounts.Consent"),
        ),
    ),
    (
        "系统",
        (
            ("参数设置", "tune", "constance.Config"),
            ("权限组", "admin_panel_settings", "auth.Group"),
            ("两步验证", "lock", "home.SecondFactor"),
            ("操作记录", "history", "auditlog.LogEntry"),
            ("任务状态", "monitor_heart", "home.TaskRecord"),
        ),
    ),
)


# What stands before the models: title, icon, route, and the permission it takes.
FIRST = (
    ("今日", "today", "admin:index", ""),
    ("统计分析", "bar_chart", "statistics:figures", "classrooms.view_classsession"),
    ("产业链覆盖", "grid_view", "statistics:coverage", "classrooms.view_classsession"),
    ("嵌入其他网站", "integration_instructions", "embedding", "classrooms.view_classsession"),
)


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """Return unfold's groups of links: the whole at a glance, then the jobs with what one may open."""
    groups = [{"items": list(_first(request))}]
    for title, entries in MENU:
        items = list(_items(request, entries))
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    _mark_here(request, [item for group in groups for item in group["items"]])
    return groups


def _first(request: HttpRequest) -> Iterator[dict[str, object]]:
    for title, icon, route, permission in FIRST:
        if not permission or request.user.has_perm(permission):
            yield {"title": title, "icon": icon, "link": reverse(route)}


def _mark_here(request: HttpRequest, items: list[dict[str, object]]) -> None:
    """Mark the one entry whose address is the longest that this page lies below."""
    index = reverse("admin:index")
    below = [
        item["link"] for item in items if item["link"] != index and request.path.startswith(item["link"])
    ]
    here = max(below, key=len) if below else request.path
    for item in items:
        item["active"] = item["link"] == here


def _items(request: HttpRequest, entries: Iterable[tuple[str, ...]]) -> Iterator[dict[str, object]]:
    for title, icon, label, *other in entries:
        page = admin.site.pages.get(label)
        if page and page.has_view_or_change_permission(request):
            address = f"admin:{label.lower().replace('.', '_')}_{other[0] if other else 'changelist'}"
            yield {"title": title, "icon": icon, "link": reverse(address)}
