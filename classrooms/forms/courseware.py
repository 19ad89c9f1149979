"""What uploading courseware, changing it and explaining a likeness ask of a mentor."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils import timezone

from classrooms.models import ClassSession, Courseware, TopicApplication
from classrooms.services.courseware import LEAVES_SOMETHING
from mentor_portal import portal_settings
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.files import COURSEWARE, words_for
from mentor_portal.wording import day
from mentors.models import Mentor

ACCEPTED_SUFFIXES = ",".join(suffix for each in COURSEWARE for suffix in each.suffixes)
# So many of each are offered to choose from; older ones have a button of their own.
MOST_CHOICES = 50


@dataclass(frozen=True)
class UploadLimits:
    """How large a file and a video may be, in megabytes."""

    most_mb: int
    most_video_mb: int

    @classmethod
    def now(cls) -> Self:
        numbers = portal_settings.read()
        return cls(numbers["COURSEWARE_FILE_MB"], numbers["COURSEWARE_VIDEO_MB"])

    @property
    def words(self) -> str:
        return f"{words_for(COURSEWARE)}；视频不超过 {self.most_video_mb} MB，其他不超过 {self.most_mb} MB。"


class UploadForm(PortalForm):
    """A file with what goes with each: what is new about it, and the statement that it is original."""

    upload = forms.FileField(
        label="课件文件",
        error_messages={
            "required": "请选择要上传的文件。",
            "empty": "文件是空的，请重新选择。",
            "max_length": "文件名太长，请改短一些。",
            "missing": "请选择要上传的文件。",
            "invalid": "文件没有传上来，请重新选择。",
        },
    )
    note = forms.CharField(
        label="版本说明",
        max_length=200,
        required=False,
        help_text="如：补充了 2026 年的政策。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "版本说明最多 200 个字，请缩短一些。"},
    )
    is_declared = forms.BooleanField(
        label="我声明：这份课件由我原创，引用他人的内容已注明出处。",
        error_messages={"required": "请确认原创声明后再上传。"},
    )

    def __init__(self, *args: Any, limits: UploadLimits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.help_text = limits.words
        upload.widget.attrs |= {
            "accept": ACCEPTED_SUFFIXES,
            "data-most-mb": limits.most_mb,
            "data-most-video-mb": limits.most_video_mb,
        }


class VersionForm(UploadForm):
    """A new version of a courseware."""


class DetailsForm(PortalForm):
    """The title of a courseware, and to whom it is shown."""

    title = forms.CharField(
        label="标题",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "请填写课件标题。",
            "max_length": "标题最多 100 个字，请缩短一些。",
        },
    )
    audience = forms.ChoiceField(
        label="给谁看",
        choices=Courseware.Audience.choices,
        initial=Courseware.Audience.ATTENDEES,
        widget=forms.RadioSelect,
        help_text="您自己、工作人员和评审专家总是可以看到。",
        error_messages={"required": "请选择给谁看。", "invalid_choice": "请从列出的选项里选择。"},
    )


class CoursewareForm(UploadForm, DetailsForm):
    """A courseware of one of the mentor's classes or topics, with its first version."""

    about = forms.ChoiceField(
        label="属于",
        error_messages={"required": "请选择课堂或主题。", "invalid_choice": "请从列出的课堂和主题里选择。"},
    )

    # The statement comes after the file, so that an upload cut short is one without it.
    field_order = ("about", "title", "upload", "audience", "note", "is_declared")

    def __init__(
        self, *args: Any, mentor: Mentor, about: ClassSession | TopicApplication | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.things = _things_of(mentor, about)
        things = self.things.values()
        self.fields["about"].choices = [
            ("", "请选择"),
            ("课堂", [title_of(thing) for thing in things if isinstance(thing, ClassSession)]),
            ("主题", [title_of(thing) for thing in things if isinstance(thing, TopicApplication)]),
        ]

    def content(self) -> dict[str, Any]:
        """Return what was sent, for the service."""
        thing = self.things[self.cleaned_data["about"]]
        names = ("title", "audience", "upload", "note", "is_declared")
        kind = "session" if isinstance(thing, ClassSession) else "application"
        return {name: self.cleaned_data[name] for name in names} | {kind: thing}


class AnswerForm(PortalForm):
    """The mentor's explanation of a likeness."""

    answer = forms.CharField(
        label="您的说明",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="例如：相同部分引自哪里、是否得到原作者同意、哪些内容是自己写的。",
        error_messages={
            "required": "请填写说明。",
            "max_length": "说明最多 1000 字，请缩短一些。",
        },
    )


def title_of(thing: ClassSession | TopicApplication) -> tuple[str, str]:
    """Return a class or a topic as a choice: its key, and its name."""
    if isinstance(thing, TopicApplication):
        return f"topic-{thing.pk}", str(thing)
    starts_on = timezone.localtime(thing.offering.starts_at).date()
    return f"session-{thing.pk}", f"{day(starts_on)} {thing.title}"


def _things_of(
    mentor: Mentor, about: ClassSession | TopicApplication | None
) -> dict[str, ClassSession | TopicApplication]:
    """Return the classes and topics for which the mentor may upload, the latest first, and the asked one."""
    sessions = ClassSession.objects.given_by(mentor).filter(offering__state__in=LEAVES_SOMETHING)
    topics = TopicApplication.objects.of(mentor).filter(state=TopicApplication.State.APPROVED)
    things = [
        *([about] if about else []),
        *sessions.select_related("offering").order_by("-offering__starts_at", "-pk")[:MOST_CHOICES],
        *topics.order_by("-pk")[:MOST_CHOICES],
    ]
    return {title_of(thing)[0]: thing for thing in things}
