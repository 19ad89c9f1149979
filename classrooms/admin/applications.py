"""The staff's pages about topics (课堂主题申报): the review queue, one topic, and the way to the board."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter
from unfold.decorators import action, display

from classrooms import selectors, services
from classrooms.admin import board
from classrooms.admin.application_forms import CommentForm, DecisionForm
from classrooms.models import TopicApplication
from classrooms.rules import Decision
from mentor_portal.reviews import ALL, ReviewAdmin, StateFilter

State = TopicApplication.State
WINDOWS_IN_LIST = 3
Rows = QuerySet[TopicApplication]


@admin.register(TopicApplication)
class TopicApplicationAdmin(ReviewAdmin):
    """Topics are written by their mentors; staff read, decide, and place them on the board."""

    thing, measure = "主题", "个"
    decisions = {Decision.APPROVE: "已通过", Decision.RETURN: "已退回", Decision.REJECT: "已设为不通过"}
    decision_form, comment_form = DecisionForm, CommentForm
    template = "admin/classrooms/topic_review.html"
    states = [*(choice for choice in State.choices if choice[0] != State.DRAFT), ALL]
    list_display = [
        "title_or_none",
        "mentor",
        "topic_type",
        "windows_in_words",
        "state_label",
        "submitted",
        "decided",
    ]
    list_filter = [
        StateFilter,
        ("topic_type", RelatedDropdownFilter),
        ("category", RelatedDropdownFilter),
        ("mentor", AutocompleteSelectFilter),
    ]
    search_fields = ["title", "mentor__name", "mentor__employer"]
    search_help_text = "主题、导师姓名、工作单位"
    actions = ["approve", "send_back", "reject"]
    custom_urls = (
        ("board/", "classrooms_topicapplication_board", board.board),
        ("board/publish/", "classrooms_topicapplication_publish", board.publish),
    )

    def get_queryset(self, request: HttpRequest) -> Rows:
        """A draft is the mentor's alone."""
        submitted = super().get_queryset(request).exclude(state=State.DRAFT)
        return submitted.with_windows().select_related("mentor", "topic_type", "category", "decided_by")

    @display(description="主题", ordering="title")
    def title_or_none(self, topic: TopicApplication) -> str:
        return str(topic)

    @display(description="可上课时段")
    def windows_in_words(self, topic: TopicApplication) -> str:
        words = topic.offered_words()
        more = len(words) - WINDOWS_IN_LIST
        return "、".join(words[:WINDOWS_IN_LIST]) + (f" 等 {len(words)} 个" if more > 0 else "")

    @display(
        description="状态",
        ordering="state",
        label={"待审核": "warning", "已通过": "success", "退回修改": "info", "未通过": "danger"},
    )
    def state_label(self, topic: TopicApplication) -> str:
        return topic.get_state_display()

    def facts(self, row: TopicApplication, may_change: bool) -> dict[str, object]:
        return {
            "topic": row,
            "offered": row.offered_words(),
            "steps": selectors.steps_of(row),
            "sessions": list(row.sessions.for_cards().order_by("offering__starts_at")),
            "earlier": selectors.earlier_topics(row, timezone.now()),
            "can_place": row.state == State.APPROVED,
            "board_url": f"{reverse('admin:classrooms_topicapplication_board')}?topic={row.pk}",
        }

    def decide(self, row: TopicApplication, **step: object) -> None:
        services.decide_topic(application=row, **step)

    def next_waiting(self, row: TopicApplication) -> tuple[TopicApplication | None, int]:
        return selectors.next_waiting(after=row)

    @action(description="通过所选主题", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: Rows) -> None:
        self.decide_each(request, queryset, Decision.APPROVE)

    @action(description="退回所选主题（请导师修改）", permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        return self.ask_why(request, queryset, Decision.RETURN, action_name="send_back", word="退回修改")

    @action(description="所选主题不通过", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        return self.ask_why(request, queryset, Decision.REJECT, action_name="reject", word="不通过")
