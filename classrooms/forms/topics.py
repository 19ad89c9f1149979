"""What offering a topic, answering a placement and rating a class ask of a person."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from classrooms.models import HostEvent
from classrooms.rules import HalfDay, half_day_of
from classrooms.services import TopicContent
from classrooms.widgets import EventRows, HalfDayGrid
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.widgets import ChipCheckboxes, ChipRadios
from mentors.models import Category, IndustrialChain, TopicType

WEEKS_AHEAD = 4
PICK_FROM_THE_GRID = "请在表格里选择时段。"


class HalfDaysField(forms.Field):
    """Half-days of the four weeks after ``today``; what is over by the time of sending is left out."""

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs["widget"] = HalfDayGrid(first=today + timedelta(days=1), weeks=WEEKS_AHEAD)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> list[str]:
        return [each.code if isinstance(each, HalfDay) else each for each in value or ()]

    def to_python(self, value: Any) -> list[HalfDay]:
        try:
            half_days = {half_day_of(code) for code in value or ()}
        except ValueError:
            raise forms.ValidationError(PICK_FROM_THE_GRID) from None
        if any(half_day.day > self.widget.last for half_day in half_days):
            raise forms.ValidationError(PICK_FROM_THE_GRID)
        return sorted(half_day for half_day in half_days if half_day.day > self.today)


class ShortNames(forms.ModelMultipleChoiceField):
    """Rows by their short names."""

    def label_from_instance(self, row: Any) -> str:
        return row.short_name


class ShortName(forms.ModelChoiceField):
    """One row by its short name."""

    def label_from_instance(self, row: Any) -> str:
        return row.short_name


class TopicForm(PortalForm):
    """A topic with its windows; a draft may lack title and windows, what is offered may not."""

    title = forms.CharField(
        label="主题",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "如：轨道交通装备企业怎么面", "autocomplete": "off"}),
        error_messages={"max_length": "主题最多 100 个字，请缩短一些。"},
    )
    topic_type = forms.ModelChoiceField(
        label="类型",
        queryset=TopicType.objects.all(),
        empty_label=None,
        widget=ChipRadios,
        error_messages={"required": "请选择类型。", "invalid_choice": "请从列出的类型里选择。"},
    )
    events = forms.ModelMultipleChoiceField(
        label="愿意参加的活动",
        queryset=HostEvent.objects.none(),
        required=False,
        widget=EventRows,
        error_messages={
            "invalid_choice": "有的活动已不再需要课堂，请重新选择。",
            "invalid_pk_value": "请从列出的活动里选择。",
        },
    )
    outline = forms.CharField(
        label="内容提要",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="讲哪几点，一行一点就好。",
        error_messages={"max_length": "内容提要最多 3000 字，请缩短一些。"},
    )
    audience = forms.CharField(
        label="适合人群",
        max_length=100,
        required=False,
        error_messages={"max_length": "适合人群最多 100 个字，请缩短一些。"},
    )
    category = ShortName(
        label="类别",
        queryset=Category.objects.all(),
        empty_label=None,
        widget=ChipRadios,
        error_messages={"required": "请选择类别。", "invalid_choice": "请从列出的类别里选择。"},
    )
    chains = ShortNames(
        label="产业链",
        queryset=IndustrialChain.objects.all(),
        required=False,
        widget=ChipCheckboxes,
        error_messages={
            "invalid_choice": "请从列出的产业链里选择。",
            "invalid_pk_value": "请从列出的产业链里选择。",
        },
    )

    field_order = ("title", "topic_type", "windows", "events", "outline", "audience", "category", "chains")

    def __init__(self, *args: Any, at: datetime, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["windows"] = HalfDaysField(label="可上课时段", today=today, required=False)
        self.fields["events"].queryset = HostEvent.objects.wanting_class(at).select_related("host_unit")
        # A draft may lack them, but nobody should take them for optional.
        for name in ("title", "windows"):
            self.fields[name].is_expected = True
        self.order_fields(self.field_order)

    def content(self) -> TopicContent:
        """Return what was sent, for the services."""
        return TopicContent(**self.cleaned_data)


class DeclineForm(PortalForm):
    """Why a proposed placement will not do."""

    comment = forms.CharField(
        label="不接受的原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：那天要出差，周四以后都可以。",
        error_messages={
            "required": "请写明原因，工作人员据此另行安排。",
            "max_length": "原因最多 300 字，请缩短一些。",
        },
    )


class MoveForm(PortalForm):
    """Why a class should move, and when it could be instead."""

    reason = forms.CharField(
        label="调课原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "请写明原因，工作人员据此处理。",
            "max_length": "原因最多 300 字，请缩短一些。",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["windows"] = HalfDaysField(
            label="可以改到", today=today, required=False, help_text="选得越多，越容易排上。"
        )


def initial_of(content: TopicContent) -> dict[str, object]:
    """Return what the form shows of an earlier topic."""
    return {name: getattr(content, name) for name in TopicForm.field_order}
