"""The staff's living style guide: each component in each state, with made-up values."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms.models import ModelChoiceIteratorValue
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from classrooms.forms.topics import HalfDaysField
from classrooms.rules import DayPart, HalfDay
from classrooms.widgets import EventRows
from mentor_portal.satisfaction import Satisfaction
from mentor_portal.widgets import ChipCheckboxes, ChipRadios

CATEGORIES = (
    ("machinery", "机械制造"),
    ("materials", "新材料"),
    ("energy", "新能源与环保"),
    ("electronics", "电子信息"),
    ("construction", "建筑"),
    ("biomedicine", "生物医药"),
    ("business", "商务与服务"),
    ("culture", "文化旅游"),
    ("administration", "行政管理"),
)
SEATS = (
    ("余 18 席", "ok", "book", "预约"),
    ("仅余 3 席", "few", "book", "预约"),
    ("已满 · 候补 5 人", "full", "wait", "候补"),
    ("3月10日 09:00 开始预约", "off", "", ""),
    ("已结束", "off", "", ""),
    ("已取消", "off", "", ""),
)
STATES = (
    ("confirmed", "已预约", "3月11日 18:00 前可取消"),
    ("offered", "待确认", "请在 3月11日 18:00 前确认，逾期递补给下一位"),
    ("waitlisted", "候补第 3 位", "有名额时会按顺序通知您"),
    ("attended", "已签到", ""),
    ("no_show", "未到场", ""),
    ("cancelled", "本人取消", ""),
    ("draft", "草稿", "3月10日 14:05 保存，还没有提交"),
)
ARRIVALS = (
    Sample(icon_name="check-circle", word="已签到", text="您已于 14:05 签到，不用再扫。", is_done=True),
    Sample(
        icon_name="clock",
        word="还没到时间",
        text="“轨道交通装备企业怎么面”还没到签到时间，3月12日 14:00 开始签到，请到时再扫。",
        is_done=False,
    ),
)
ICONS = (
    "home",
    "calendar",
    "calendar-check",
    "people",
    "person",
    "ticket",
    "bell",
    "search",
    "clock",
    "hourglass",
    "pin",
    "building",
    "seat",
    "check",
    "check-circle",
    "cross",
    "cross-circle",
    "alert",
    "info",
    "right",
    "left",
    "down",
    "phone",
    "shield",
    "leave",
    "edit",
    "note",
    "chat",
    "large-text",
    "lock",
    "desk",
    "plus",
    "copy",
    "feed",
)


class SampleForm(forms.Form):
    """Each kind of field; sent empty, it shows its errors."""

    name = forms.CharField(label="姓名", help_text="现场核对预约时要用。")
    phone = forms.CharField(label="手机号", widget=forms.TextInput(attrs={"inputmode": "tel"}))
    kind = forms.ChoiceField(label="类型", choices=[("a", "面试技巧"), ("b", "简历制作")], required=False)
    reason = forms.CharField(label="请假原因", widget=forms.Textarea(attrs={"rows": 3}))
    place = forms.ChoiceField(
        label="地点", choices=[("1", "长沙"), ("2", "株洲")], widget=forms.RadioSelect, required=False
    )
    consent = forms.BooleanField(label="我已阅读并同意《隐私政策》")


class SampleTopicForm(forms.Form):
    """What is tapped: chips, half-days, events; ``wrong`` shows it with an error."""

    kind = forms.ChoiceField(
        label="类型",
        choices=[("a", "面试技巧"), ("b", "简历制作"), ("c", "政策宣讲")],
        widget=ChipRadios,
        initial="a",
    )
    chains = forms.MultipleChoiceField(
        label="产业链",
        choices=[("a", "工程机械"), ("b", "新能源装备")],
        widget=ChipCheckboxes,
        initial=["b"],
        required=False,
    )
    events = forms.MultipleChoiceField(label="愿意参加的活动", widget=EventRows, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["windows"] = HalfDaysField(label="可上课时段", today=today, initial=[_half_day(today, 3)])
        event = Sample(
            title="怀化市春季专场招聘会",
            starts_at=_at(5, 9, 0),
            ends_at=_at(5, 12, 0),
            host_unit="怀化市人力资源服务中心",
            place="市人力资源市场一楼",
            wish_text="想听简历制作，约 40 人",
        )
        self.fields["events"].choices = [(ModelChoiceIteratorValue(1, event), event.title)]


@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, to staff."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "home/styleguide.html", sample_context())


def sample_context() -> dict[str, object]:
    """Return what the style guide page shows."""
    return {
        "section": "",
        "categories": CATEGORIES,
        "cards": sample_cards(),
        "days": sample_days(14),
        "mentors": sample_mentors(),
        "lines": sample_lines(),
        "states": [Sample(state=state, word=word, next_step=step) for state, word, step in STATES],
        "filter_groups": sample_filter_groups(),
        "active_filters": [Sample(word="长沙", url="?"), Sample(word="机械制造", url="?")],
        "suspension": Sample(ends_at=_at(30, 18, 0), reason="90 天内预约后未到场 3 次"),
        "arrivals": ARRIVALS,
        "levels": [
            ("success", "预约成功，请按时到场。"),
            ("info", "候补名额会按先后顺序通知您。"),
            ("warning", "这堂课改到了 3月15日（周日）10:00。"),
            ("error", "这堂课已经约满，您可以候补。"),
        ],
        "page_obj": Paginator(range(60), 20).page(2),
        "form": SampleForm(),
        "wrong_form": SampleForm({}, prefix="wrong"),
        "topic_form": SampleTopicForm(prefix="topic"),
        "wrong_topic_form": SampleTopicForm({"wrong-topic-kind": "b"}, prefix="wrong-topic"),
        "teaching": sample_teaching(),
        "topics": sample_topics(),
        "steps": sample_steps(),
        "pairings": sample_pairings(),
        "to_rate": sample_to_rate(),
        "figures": [("已上课堂", "12 场"), ("授课时长", "18.5 小时"), ("预约", "420 人次")],
        "now": timezone.now(),
        "sample_messages": sample_messages(),
        "notices": sample_notices(),
        "icons": ICONS,
    }


def sample_cards() -> list[Sample]:
    """Return one class card for each way its seats can stand, and one of the viewer's own."""
    rows = [*SEATS, SEATS[0]]
    cards = [_card(number, seats) for number, seats in enumerate(rows)]
    cards[-1].mine = "已预约"
    return cards


def sample_days(length: int) -> list[Sample]:
    """Return a strip of days from today on, today chosen."""
    today = timezone.localdate()
    return [
        Sample(
            date=today + timedelta(days=n), is_today=n == 0, is_on=n == 0, count=(n * 2 + 3) % 5, url="#days"
        )
        for n in range(length)
    ]


def sample_mentors() -> list[Sample]:
    """Return four mentors, one with a long employer."""
    rows = (
        ("张某某", "中车株洲电力机车有限公司", "人力资源总监", "轨道交通装备 · 面试技巧"),
        ("李某", "湖南省电子信息产业研究院", "高级工程师", "信息安全 · 简历制作"),
        ("王某某", "湘潭高新区公共就业服务中心", "主任", "政策宣讲 · 创业指导"),
        ("赵某某", "湖南大学材料科学与工程学院", "教授", "新材料 · 职业规划"),
    )
    return [
        Sample(
            pk=pk, name=name, initial=name[0], photo=False, employer=employer, title=title, headline=headline
        )
        for pk, (name, employer, title, headline) in enumerate(rows, start=1)
    ]


def sample_lines() -> list[Sample]:
    """Return one reservation in each state, with what can be done about it."""
    acts = {
        "confirmed": {"cancel_url": "#lines"},
        "offered": {"accept_url": "#lines", "decline_url": "#lines"},
        "waitlisted": {"cancel_url": "#lines"},
    }
    return [
        Sample(
            title="轨道交通装备企业怎么面：从初筛到终面的六个问题",
            url="#lines",
            kind_word="课堂",
            starts_at=_at(2, 14, 30),
            ends_at=_at(2, 16, 0),
            place="长沙 · 中心二楼课堂",
            state=state,
            word=word,
            next_step=step,
            **{
                "accept_url": "",
                "decline_url": "",
                "cancel_url": "",
                "excuse_url": "",
                **acts.get(state, {}),
            },
        )
        for state, word, step in STATES
    ]


def sample_filter_groups() -> list[Sample]:
    """Return a long group with a choice made, a short one, and a single chip."""
    return [
        Sample(label="类别", name="category", chips=_chips([word for _, word in CATEGORIES], on="机械制造")),
        Sample(label="类型", name="type", chips=_chips(["面试技巧", "简历制作", "政策宣讲"], on="全部")),
        Sample(label="余位", name="free", chips=[Sample(word="有余位", url="?free=1", on=False, count=None)]),
    ]


def sample_messages() -> list[Sample]:
    """Return a message not yet read and one that was."""
    body = "轨道交通装备企业怎么面：从初筛到终面的六个问题，3月12日（周四）14:30–16:00，长沙 · 中心二楼课堂。"
    return [
        Sample(
            pk=1,
            icon="ticket",
            title="为您留了一个名额",
            body=body,
            created_at=_at(0, 9, 5),
            is_read=False,
            path="/",
        ),
        Sample(
            pk=2,
            icon="check-circle",
            title="预约成功",
            body=body,
            created_at=_at(-1, 18, 40),
            is_read=True,
            path="/",
        ),
    ]


def sample_teaching() -> list[Sample]:
    """Return a class of a mentor's own in each standing that asks for something else."""
    rows = (
        ("offered", "待您确认", "请接受；不合适请说明原因", "40 个名额", True),
        ("confirmed", "已发布", "不能到场请尽早申请调课", "已约 32 / 36 席，候补 3 人", False),
        ("waitlisted", "已申请调课", "等待工作人员处理", "已约 12 / 40 席", False),
    )
    return [
        Sample(
            pk=pk,
            title="轨道交通装备企业怎么面：从初筛到终面的六个问题",
            url="#teaching",
            starts_at=_at(pk, 14, 30),
            ends_at=_at(pk, 16, 0),
            place="长沙 · 中心二楼课堂",
            seats=seats,
            tone=tone,
            word=word,
            next_step=step,
            can_answer=can_answer,
        )
        for pk, (tone, word, step, seats, can_answer) in enumerate(rows, start=1)
    ]


def sample_topics() -> list[Sample]:
    """Return a topic that was returned, and one that waits."""
    plain = {"url": "#topics", "edit_url": "#topics", "type_name": "面试技巧"}
    windows = "3月12日（周四）下午、3月14日（周六）上午、3月17日（周二）晚上 等 5 个时段"
    return [
        Sample(
            title="视频面试的灯光、网络与眼神",
            windows=windows,
            tone="offered",
            word="退回修改",
            told="刘静怡 3月10日 14:05",
            comment="请补充适合人群",
            edit_word="去修改",
            **plain,
        ),
        Sample(
            title="简历一页纸",
            windows="“春季专场招聘会”",
            tone="waitlisted",
            word="待审核",
            told="3月10日 14:05 提交，请等待审核",
            comment="",
            edit_word="",
            **plain,
        ),
    ]


def sample_steps() -> list[Sample]:
    """Return a topic's way with a step that says why."""
    rows = (("提交", "周启明", ""), ("退回修改", "刘静怡", "请补充适合人群"), ("提交", "周启明", ""))
    return [
        Sample(get_action_display=word, by=who, at=_at(day - 3, 14, 5), comment=comment)
        for day, (word, who, comment) in enumerate(rows)
    ]


def sample_to_rate() -> list[Sample]:
    """A class to rate."""
    levels = [("#to-rate", level.label) for level in Satisfaction]
    starts_at, ends_at = _at(0, 14, 30), _at(0, 16, 0)
    return [
        Sample(
            title="轨道交通装备企业怎么面",
            url="#to-rate",
            starts_at=starts_at,
            ends_at=ends_at,
            levels=levels,
        )
    ]


def sample_pairings() -> list[Sample]:
    """Pairings as a job seeker and as a mentor see them."""
    goal, contacts = "三个月内找到装备企业的质检岗位", "联系 3 次，最近 3月12日（周四）"
    mentor = {"who": "周建国 导师", "about": "三一重工股份有限公司 · 人力资源总监"}
    seeker = {"who": "林晓雯", "about": ""}
    states = (
        (mentor, "", "offered", "待您接受", "不需要也可以不接受"),
        (mentor, contacts, "offered", "请确认结果", "已就业：中联重科股份有限公司"),
        (seeker, contacts, "confirmed", "帮扶中", "有结果时请上报"),
        (seeker, contacts, "waitlisted", "待核实", "等待工作人员核实"),
        (seeker, contacts, "attended", "已就业", "中联重科股份有限公司"),
        (seeker, contacts, "cancelled", "中止", "求职者随家人去了外省"),
    )
    return [
        Sample(
            **who,
            url="#pairings",
            goal=goal,
            contacts=contacts,
            tone=tone,
            word=word,
            next_step=next_step,
        )
        for who, contacts, tone, word, next_step in states
    ]


def _half_day(today: date, days: int) -> HalfDay:
    return HalfDay(today + timedelta(days=days), DayPart.AFTERNOON)


def sample_notices() -> list[Sample]:
    """Return a pinned notice with a long title and another."""
    long = "关于组织2026年第二季度职业导师课堂进市场、进校园、进园区、进市州专项活动的通知"
    return [
        Sample(title=title, get_absolute_url="#notices", published_at=_at(-1, 9, 0), is_pinned=is_pinned)
        for title, is_pinned in ((long, True), ("五一期间课堂安排", False))
    ]


def _card(number: int, seats: tuple[str, str, str, str]) -> Sample:
    titles = (
        "轨道交通装备企业怎么面：从初筛到终面的六个问题",
        "一页纸讲清楚你的项目：自主可控与信息安全岗位简历课",
        "返湘就业补贴与技能提升补贴，一次讲明白",
    )
    slug, name = CATEGORIES[number % len(CATEGORIES)]
    word, tone, action, action_word = seats
    return Sample(
        pk=number + 1,
        title=titles[number % len(titles)],
        url="#cards",
        book_url="#cards",
        starts_at=_at(number // 2, 9 + number % 2 * 5, 30),
        ends_at=_at(number // 2, 11 + number % 2 * 5, 0),
        category_slug=slug,
        category_name=name,
        type_name=("面试技巧", "简历制作", "政策宣讲")[number % 3],
        mentor_names=["张某某", "李某"] if number == 1 else ["王某某"],
        place=("长沙 · 中心二楼课堂", "株洲 · 市人力资源服务中心", "湘潭 · 高新区园区")[number % 3],
        seats=Sample(word=word, tone=tone, action=action, action_word=action_word),
        mine="",
    )


def _chips(words: list[str], on: str) -> list[Sample]:
    return [Sample(word=word, url="?", on=word == on, count=None) for word in ["全部", *words]]


def _at(days: int, hour: int, minute: int) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
