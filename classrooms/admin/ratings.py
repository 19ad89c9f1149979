"""The staff's pages about 好差评 of classes: what people said, and the low ratings to settle."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import action, display

from classrooms import errors, services
from classrooms.admin.words import words_page
from classrooms.models import ClassRating, RatingCase, RatingTag
from mentor_portal.accounts.staff import StrictAdmin, UnitAdmin
from mentor_portal.reservations.models import Reservation
from mentor_portal.wording import day, moment, span

LEVEL_TONES = {
    "非常满意": "success",
    "满意": "success",
    "基本满意": "info",
    "不满意": "warning",
    "非常不满意": "danger",
}
STANDINGS = [
    ("open", "未办结"),
    ("unanswered", "待回复"),
    ("answered", "待办结"),
    ("late", "已逾期"),
    ("settled", "已办结"),
    ("all", "全部"),
]


class StandingFilter(DropdownFilter):
    """Shows what is not settled, until something else is asked for."""

    title = "办理情况"
    parameter_name = "standing"
    all_option = None

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return STANDINGS

    def value(self) -> str:
        return super().value() or "open"

    def queryset(self, request: HttpRequest, queryset: QuerySet[RatingCase]) -> QuerySet[RatingCase]:
        match self.value():
            case "all":
                return queryset
            case "settled":
                return queryset.filter(settled_at__isnull=False)
            case "unanswered":
                return queryset.unanswered()
            case "answered":
                return queryset.unsettled().filter(replied_at__isnull=False)
            case "late":
                return queryset.late(timezone.now())
            case _:
                return queryset.unsettled()


class OfRatings(UnitAdmin):
    """What lists of ratings show; ``reservation_of`` finds the reservation of a row."""

    list_filter_submit = True
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def reservation_of(self, row: object) -> Reservation:
        raise NotImplementedError

    @display(description="课堂")
    def session(self, row: object) -> str:
        return self.reservation_of(row).offering.title

    @display(description="时间")
    def when(self, row: object) -> str:
        offering = self.reservation_of(row).offering
        return span(offering.starts_at, offering.ends_at)

    @display(description="导师")
    def mentors(self, row: object) -> str:
        return "、".join(each.name for each in self.reservation_of(row).offering.class_session.mentors.all())

    @display(description="评价人")
    def person(self, row: object) -> str:
        person = self.reservation_of(row).person
        return f"{person} {person.masked_phone}".strip()


@admin.register(ClassRating)
class ClassRatingAdmin(OfRatings):
    """Ratings are given by people; here they are read."""

    list_display = ["session", "when", "mentors", "person", "level_label", "tag_words", "words", "rated"]
    list_filter = [
        ("level", ChoicesDropdownFilter),
        ("tags", RelatedDropdownFilter),
        ("reservation__offering__host_unit", RelatedDropdownFilter),
        ("rated_at", RangeDateTimeFilter),
    ]
    search_fields = [
        "reservation__offering__title",
        "reservation__person__name",
        "reservation__person__phone__endswith",
        "reservation__offering__class_session__mentors__name",
    ]
    search_help_text = "课堂标题、评价人姓名或手机号后四位、导师姓名"
    fields = [
        ("session", "when"),
        ("mentors", "person"),
        ("level_label", "tag_words"),
        "words",
        "rated",
        "again",
        "follow_up_words",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClassRating]:
        rows = super().get_queryset(request).select_related("reservation__person", "reservation__offering")
        return rows.prefetch_related("tags", "reservation__offering__class_session__mentors")

    def reservation_of(self, row: ClassRating) -> Reservation:
        return row.reservation

    @display(description="满意度", ordering="level", label=LEVEL_TONES)
    def level_label(self, row: ClassRating) -> str:
        return row.get_level_display()

    @display(description="标签")
    def tag_words(self, row: ClassRating) -> str:
        return "、".join(tag.word for tag in row.tags.all()) or "—"

    @display(description="评价时间", ordering="rated_at")
    def rated(self, row: ClassRating) -> str:
        return moment(row.rated_at)

    @display(description="追加评价")
    def again(self, row: ClassRating) -> str:
        if not row.follow_up_level:
            return "—"
        return f"{row.get_follow_up_level_display()} · {moment(row.followed_up_at)}"


@admin.register(RatingCase)
class RatingCaseAdmin(OfRatings):
    """The low ratings as work: to be answered within a working day, settled within fifteen."""

    list_display = ["session", "person", "level_label", "said", "standing", "reply_due", "settle_due"]
    list_filter = [
        StandingFilter,
        ("rating__level", ChoicesDropdownFilter),
        ("rating__reservation__offering__host_unit", RelatedDropdownFilter),
        ("opened_at", RangeDateTimeFilter),
    ]
    search_fields = [
        "rating__reservation__offering__title",
        "rating__reservation__person__name",
        "rating__reservation__person__phone__endswith",
        "rating__words",
    ]
    search_help_text = "课堂标题、评价人姓名或手机号后四位、评价内容"
    fields = [
        ("session", "when"),
        ("mentors", "person"),
        ("level_label", "tag_words"),
        "said",
        ("standing", "opened"),
        ("reply_due", "settle_due"),
        "reply",
        "replied",
        "settlement",
        "settled",
        "again",
        "said_again",
    ]
    actions_detail = ["answer", "settle"]

    class Media:
        css = {"all": ["css/admin-topics.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[RatingCase]:
        rows = super().get_queryset(request)
        people = rows.select_related("rating__reservation__person", "replied_by", "settled_by")
        loaded = people.select_related("rating__reservation__offering")
        return loaded.prefetch_related(
            "rating__tags", "rating__reservation__offering__class_session__mentors"
        )

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """What waits for a reply first, then what waits to be settled, the most urgent at the top."""
        step = Case(
            When(replied_at__isnull=True, then=Value(0)),
            When(settled_at__isnull=True, then=Value(1)),
            default=Value(2),
        )
        due_at = Case(When(replied_at__isnull=True, then="reply_due_at"), default="settle_due_at")
        return [step, due_at, "pk"]

    def has_settle_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return StrictAdmin.has_change_permission(self, request)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list:
        """The next step alone."""
        row = self.get_object(request, object_id)
        following = None
        if row and not row.settled_at:
            following = "settle" if row.replied_at else "answer"
        buttons = super().get_actions_detail(request, object_id)
        return [each for each in buttons if following and each.action_name.endswith(following)]

    def reservation_of(self, row: RatingCase) -> Reservation:
        return row.rating.reservation

    @display(description="满意度", ordering="rating__level", label=LEVEL_TONES)
    def level_label(self, row: RatingCase) -> str:
        return row.rating.get_level_display()

    @display(description="标签")
    def tag_words(self, row: RatingCase) -> str:
        return "、".join(tag.word for tag in row.rating.tags.all()) or "—"

    @display(description="评价")
    def said(self, row: RatingCase) -> str:
        return row.rating.words or self.tag_words(row)

    @display(
        description="办理情况",
        label={
            "回复逾期": "danger",
            "办结逾期": "danger",
            "待回复": "warning",
            "待办结": "info",
            "已办结": "success",
        },
    )
    def standing(self, row: RatingCase) -> str:
        return _standing(row, timezone.now())

    @display(description="提出")
    def opened(self, row: RatingCase) -> str:
        return moment(row.opened_at)

    @display(description="回复截止", ordering="reply_due_at")
    def reply_due(self, row: RatingCase) -> str:
        return f"{moment(row.replied_at)} 已回复" if row.replied_at else _last_day(row.reply_due_at)

    @display(description="办结截止", ordering="settle_due_at")
    def settle_due(self, row: RatingCase) -> str:
        return f"{moment(row.settled_at)} 已办结" if row.settled_at else _last_day(row.settle_due_at)

    @display(description="回复人")
    def replied(self, row: RatingCase) -> str:
        return f"{row.replied_by} · {moment(row.replied_at)}" if row.replied_at else "—"

    @display(description="办结人")
    def settled(self, row: RatingCase) -> str:
        return f"{row.settled_by} · {moment(row.settled_at)}" if row.settled_at else "—"

    @display(description="追加评价")
    def again(self, row: RatingCase) -> str:
        return row.rating.get_follow_up_level_display() or "—"

    @display(description="追加的话")
    def said_again(self, row: RatingCase) -> str:
        return row.rating.follow_up_words or "—"

    @action(description="回复", permissions=["settle"], icon="reply")
    def answer(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer the person, who is told at once."""
        row = self.row_or_404(request, object_id)
        return self._words_page(
            request,
            row,
            carry_out=lambda words: services.reply_to_case(
                case=row, reply=words, by=request.user, at=timezone.now()
            ),
            done="已回复，已告知评价人。",
            form={
                "label": "回复",
                "hint": "评价人会看到，不显示您的姓名。",
                "missing": str(errors.WordsMissing(what="回复")),
            },
            words={"title": "回复评价人", "button": "回复并告知评价人"},
        )

    @action(description="办结", permissions=["settle"], icon="task_alt")
    def settle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what came of it; the person is told at once."""
        row = self.row_or_404(request, object_id)
        return self._words_page(
            request,
            row,
            carry_out=lambda words: services.settle_case(
                case=row, settlement=words, by=request.user, at=timezone.now()
            ),
            done="已办结，已告知评价人。",
            form={
                "label": "办理结果",
                "hint": "做了什么、改了什么。评价人会看到，可以追加一次评价。",
                "missing": str(errors.WordsMissing(what="办理结果")),
            },
            words={"title": "办结", "button": "办结并告知评价人"},
        )

    def _words_page(
        self,
        request: HttpRequest,
        row: RatingCase,
        *,
        carry_out: Callable[[str], object],
        done: str,
        form: dict[str, str],
        words: dict[str, str],
    ) -> HttpResponse:
        lead = [
            f"课堂：{self.session(row)}（{self.when(row)}），导师{self.mentors(row)}",
            f"{self.person(row)} 于 {moment(row.opened_at)} 评价：{self.level_label(row)}，{self.said(row)}",
            f"回复截止 {_last_day(row.reply_due_at)}，办结截止 {_last_day(row.settle_due_at)}",
        ]
        shown = {**words, "lead": lead + ([f"已回复：{row.reply}"] if row.reply else [])}
        return words_page(self, request, row, carry_out=carry_out, done=done, form=form, words=shown)


@admin.register(RatingTag)
class RatingTagAdmin(StrictAdmin):
    """A tag that is no longer wanted is switched off: ratings keep theirs."""

    list_display = ["word", "is_praise", "position", "is_active"]
    list_editable = ["position", "is_active"]
    search_fields = ["word"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def _last_day(due_at: datetime) -> str:
    """Return the working day at whose end something is due."""
    return day(timezone.localtime(due_at - timedelta(seconds=1)).date())


def _standing(row: RatingCase, at: datetime) -> str:
    if row.settled_at:
        return "已办结"
    if row.settle_due_at < at:
        return "办结逾期"
    if row.replied_at:
        return "待办结"
    return "回复逾期" if row.reply_due_at < at else "待回复"
