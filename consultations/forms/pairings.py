"""What pairings ask of a mentor and of a job seeker."""

from datetime import date
from typing import Any

from django import forms

from consultations.models import Pairing, PairingContact, Placement
from consultations.services import Outcome
from consultations.services.pairings import PROOF_TYPES
from mentor_portal import portal_settings
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.files import words_for
from mentor_portal.widgets import ChipRadios

GOAL_LENGTH = Pairing._meta.get_field("goal").max_length
REASON_LENGTH = Pairing._meta.get_field("reason").max_length


class DayField(forms.DateField):
    """A day, picked in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


class ReasonField(forms.CharField):
    """A few words that the other side will read."""

    def __init__(self, *, missing: str = "请写明原因，对方会看到。", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs["error_messages"] = {
            "required": missing,
            "max_length": f"最多 {REASON_LENGTH} 字，请缩短一些。",
        }
        super().__init__(max_length=REASON_LENGTH, **kwargs)


class GoalForm(PortalForm):
    """What mentor and job seeker want to reach together."""

    goal = forms.CharField(
        label="帮扶目标",
        max_length=GOAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "如：三个月内找到装配或质检岗位"}),
        help_text="求职者会看到，据此决定是否接受。",
        error_messages={
            "required": "请写明帮扶目标，求职者据此决定是否接受。",
            "max_length": f"最多 {GOAL_LENGTH} 字，请缩短一些。",
        },
    )


class ContactForm(PortalForm):
    """That the two were in touch."""

    contacted_on = DayField(
        label="联系日期",
        error_messages={"required": "请选择联系日期。", "invalid": "请选择联系日期。"},
    )
    means = forms.ChoiceField(
        label="方式",
        choices=PairingContact.Means.choices,
        widget=ChipRadios,
        error_messages={"required": "请选择联系方式。", "invalid_choice": "请从列出的方式里选择。"},
    )
    note = forms.CharField(
        label="备注",
        required=False,
        max_length=PairingContact._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="只有您和中心工作人员能看到，求职者看不到。",
        error_messages={"max_length": "备注最多 2000 字，请缩短一些。"},
    )


class OutcomeForm(PortalForm):
    """Work or a business of one's own; the proof may stay where one lies there already."""

    kind = forms.ChoiceField(
        label="结果",
        choices=Placement.Kind.choices,
        widget=ChipRadios,
        error_messages={"required": "请选择结果。", "invalid_choice": "请从列出的结果里选择。"},
    )
    name = forms.CharField(
        label="用人单位或创办的实体",
        max_length=Placement._meta.get_field("name").max_length,
        help_text="请写全称，如：三一重工股份有限公司。",
        error_messages={
            "required": "请填写用人单位或创办的实体的名称。",
            "max_length": "名称最多 100 个字。",
        },
    )
    started_on = DayField(
        label="入职或开业日期",
        error_messages={"required": "请选择日期。", "invalid": "请选择日期。"},
    )
    proof = forms.FileField(
        label="证明材料", error_messages={"required": "请上传证明材料：劳动合同、录用通知或营业执照等。"}
    )

    def __init__(self, *args: Any, has_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proof"]
        field.required = not has_proof
        field.help_text = _about_proofs() + ("不选则沿用已上传的文件。" if has_proof else "")
        field.widget.attrs["accept"] = ",".join(suffix for each in PROOF_TYPES for suffix in each.suffixes)

    def outcome(self) -> Outcome:
        """Return what was reported, for the services."""
        return Outcome(**self.cleaned_data)


class DeclineForm(PortalForm):
    """Why a job seeker does not want a pairing; may be left out."""

    reason = ReasonField(label="不接受的原因", required=False, help_text="会告诉导师，可以不写。")


class ConfirmForm(PortalForm):
    """That an outcome is true: the one whose claim was read."""

    seen_at = forms.DateTimeField(widget=forms.HiddenInput)


class DisputeForm(PortalForm):
    """What is wrong with an outcome."""

    reason = ReasonField(
        label="哪里有误",
        missing="请写明哪里有误，导师据此核对。",
        help_text="会告诉导师。例如：还没有签合同；日期应为 4 月 1 日。",
    )


class StopForm(PortalForm):
    """Why a pairing ends without work."""

    reason = ReasonField(label="原因", help_text="会告诉对方，请写得客气、明白。")


class EndForm(StopForm):
    """How a mentor ends a pairing without work, and why."""

    UNSUCCESSFUL, STOPPED = "unsuccessful", "stopped"

    how = forms.ChoiceField(
        label="怎样结束",
        choices=[(UNSUCCESSFUL, "未成：已尽力，没有找到合适的工作"), (STOPPED, "中止：不再继续")],
        widget=ChipRadios,
        error_messages={"required": "请选择怎样结束。", "invalid_choice": "请选择怎样结束。"},
    )

    field_order = ("how", "reason")


def first_of(placement: Placement | None, today: date) -> dict[str, object]:
    """Return what the form of an outcome begins with: the earlier claim where there was one."""
    if placement is None:
        return {"kind": Placement.Kind.JOB, "started_on": today}
    return {"kind": placement.kind, "name": placement.name, "started_on": placement.started_on}


def _about_proofs() -> str:
    most = portal_settings.read()["PROOF_FILE_MB"]
    limits = f"劳动合同、录用通知或营业执照等，{words_for(PROOF_TYPES)}，不超过 {most} MB。"
    return f"{limits}只有您、求职者和中心工作人员能打开。"
