"""The staff's pages about topics (课堂主题申报): the review queue, one topic, and the way to the board."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    DropdownFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from classrooms import selectors, services
from classrooms.admin import board
from classrooms.admin.application_forms import CommentForm, DecisionForm
from classrooms.models import TopicApplication
from classrooms.rules import Decision
from mentor_portal.accounts.staff import StrictAdmin, do_each
from mentor_portal.errors import DomainError
from mentor_portal.wording import moment

State = TopicApplication.State
STATES = [*(choice for choice in State.choices if choice[0] != State.DRAFT), ("all", "全部")]
WINDOWS_IN_LIST = 3
DONE = {Decision.APPROVE: "已通过", Decision.RETURN: "已退回", Decision.REJECT: "已设为不通过"}


class StateFilter(DropdownFilter):
    """Shows what waits, until another state is asked for."""

    title = "状态"
    parameter_name = "state"
    all_option = None

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return STATES

    def value(self) -> str:
        return super().value() or State.SUBMITTED

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[TopicApplication]
    ) -> QuerySet[TopicApplication]:
        return queryset if self.value() == "all" else queryset.filter(state=self.value())


@admin.register(TopicApplication)
class TopicApplicationAdmin(StrictAdmin):
    """Topics are written by their mentors; staff read, decide, and place them on the board."""

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
    list_filter_submit = True
    list_before_template = "admin/partials/review_states.html"
    list_per_page = 50
    ordering = ["submitted_at", "pk"]
    search_fields = ["title", "mentor__name", "mentor__employer"]
    search_help_text = "主题、导师姓名、工作单位"
    actions = ["approve", "send_back", "reject"]
    custom_urls = (
        ("board/", "classrooms_topicapplication_board", board.board),
        ("board/publish/", "classrooms_topicapplication_publish", board.publish),
    )

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[TopicApplication]:
        """A draft is the mentor's alone."""
        submitted = super().get_queryset(request).exclude(state=State.DRAFT)
        return submitted.with_windows().select_related("mentor", "topic_type", "category", "decided_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TopicApplication | None = None) -> bool:
        return False

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

    @display(description="提交时间", ordering="submitted_at")
    def submitted(self, topic: TopicApplication) -> str:
        return moment(topic.submitted_at) if topic.submitted_at else "—"

    @display(description="审核", ordering="decided_at")
    def decided(self, topic: TopicApplication) -> str:
        return f"{topic.decided_by} {moment(topic.decided_at)}" if topic.decided_at else "—"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add the states as links above the list, so that nobody wonders where the rest is."""
        states = list(_states(request.GET))
        return super().changelist_view(request, {"states": states, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a topic to be read, and take the reviewer's decision."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        topic = self.get_object(request, unquote(object_id))
        if topic is None:
            raise Http404
        if request.method != "POST":
            return self._show(request, topic, DecisionForm(initial={"seen_at": topic.submitted_at}))
        if not self.has_change_permission(request, topic):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        if form.is_valid() and self._decide(request, topic, form):
            return self._to_the_next(request, topic)
        topic = self.get_object(request, unquote(object_id))
        return self._show(request, topic, form)

    def _decide(self, request: HttpRequest, topic: TopicApplication, form: DecisionForm) -> bool:
        """Carry the decision out; a refusal stands beside the form."""
        data = form.cleaned_data
        decision = Decision(data["decision"])
        try:
            services.decide_topic(
                application=topic,
                decision=decision,
                by=request.user,
                at=timezone.now(),
                comment=data["comment"],
                seen_at=data["seen_at"],
            )
        except DomainError as refusal:
            form.add_error("comment" if refusal.code == "comment_missing" else None, str(refusal))
            return False
        self.message_user(request, f"{DONE[decision]}：“{topic}”，已告知导师。", messages.SUCCESS)
        return True

    def _to_the_next(self, request: HttpRequest, topic: TopicApplication) -> HttpResponseRedirect:
        following, count = selectors.next_waiting(after=topic)
        if following is None:
            self.message_user(request, "待审核的主题都处理完了。", messages.INFO)
            return redirect("admin:classrooms_topicapplication_changelist")
        self.message_user(request, f"还有 {count} 个待审核，这是等候最久的一个。", messages.INFO)
        return redirect("admin:classrooms_topicapplication_change", following.pk)

    def _show(self, request: HttpRequest, topic: TopicApplication, form: DecisionForm) -> TemplateResponse:
        at = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": str(topic),
            "opts": self.opts,
            "original": topic,
            "topic": topic,
            "offered": topic.offered_words(),
            "steps": selectors.steps_of(topic),
            "sessions": list(topic.sessions.for_cards().order_by("offering__starts_at")),
            "earlier": selectors.earlier_topics(topic, at),
            "form": form,
            "can_decide": topic.state == State.SUBMITTED and self.has_change_permission(request, topic),
            "can_place": topic.state == State.APPROVED,
            "board_url": f"{reverse('admin:classrooms_topicapplication_board')}?topic={topic.pk}",
        }
        return TemplateResponse(request, "admin/classrooms/topic_review.html", context)

    @action(description="通过所选主题", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[TopicApplication]) -> None:
        self._decide_each(request, queryset, Decision.APPROVE, "")

    @action(description="退回所选主题（请导师修改）", permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: QuerySet[TopicApplication]) -> HttpResponse | None:
        return self._ask_why(request, queryset, Decision.RETURN, "send_back", "退回修改")

    @action(description="所选主题不通过", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[TopicApplication]) -> HttpResponse | None:
        return self._ask_why(request, queryset, Decision.REJECT, "reject", "不通过")

    def _ask_why(
        self,
        request: HttpRequest,
        queryset: QuerySet[TopicApplication],
        decision: Decision,
        action_name: str,
        word: str,
    ) -> HttpResponse | None:
        """Ask for one comment for all of them, then decide each."""
        form = CommentForm(request.POST if "comment" in request.POST else None)
        if form.is_valid():
            self._decide_each(request, queryset, decision, form.cleaned_data["comment"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": f"所选主题{word}",
            "opts": self.opts,
            "form": form,
            "topics": list(queryset),
            "action_name": action_name,
            "word": word,
        }
        return TemplateResponse(request, "admin/classrooms/topics_comment.html", context)

    def _decide_each(
        self,
        request: HttpRequest,
        queryset: QuerySet[TopicApplication],
        decision: Decision,
        comment: str,
    ) -> None:
        do_each(
            self,
            request,
            queryset,
            _decider(request, decision, comment),
            f"{DONE[decision]} {{count}} 个主题，已告知导师。",
        )


def _states(asked: QueryDict) -> Iterator[dict[str, object]]:
    shown = asked.get(StateFilter.parameter_name) or State.SUBMITTED
    for state, word in STATES:
        query = asked.copy()
        query.pop("p", None)
        query[StateFilter.parameter_name] = state
        yield {"word": word, "query": query.urlencode(), "is_on": state == shown}


def _decider(request: HttpRequest, decision: Decision, comment: str) -> Callable[[TopicApplication], None]:
    def decide(topic: TopicApplication) -> None:
        services.decide_topic(
            application=topic, decision=decision, by=request.user, at=timezone.now(), comment=comment
        )

    return decide
