"""A judge's sheet as a form: a field for each row of the rubric, and a remark."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from evaluation.models import STEP, RubricItem
from evaluation.rules import sheets as rules
from mentor_portal.accounts.forms import PortalForm
from mentor_portal.wording import plain

MOST_SIGNS = 12


class PointsField(forms.Field):
    """The points of one row; full-width digits and 。 are read as what was meant."""

    def __init__(self, item: RubricItem) -> None:
        self.maximum = item.maximum
        attrs = {
            "class": "sheet-row__input num",
            "inputmode": "decimal",
            "autocomplete": "off",
            "maxlength": MOST_SIGNS,
            "data-points": plain(item.maximum),
        }
        super().__init__(required=False, label=item.name, widget=forms.TextInput(attrs=attrs))

    def to_python(self, value: str | None) -> Decimal | None:
        text = unicodedata.normalize("NFKC", value or "").replace("。", ".").strip()
        if not text:
            return None
        try:
            points = Decimal(text) if len(text) <= MOST_SIGNS else None
        except InvalidOperation:
            points = None
        if points is None or not rules.is_allowed(points, self.maximum, STEP):
            raise ValidationError(f"请填 0 到 {plain(self.maximum)}，0.5 分一档。", code="points_outside")
        return points


@dataclass(frozen=True)
class Row:
    """A row of the sheet: its item, its field, and the points that are kept of it."""

    item: RubricItem
    field: BoundField
    kept: Decimal | None
    shown: Decimal | None

    @property
    def is_other(self) -> bool:
        """Whether something else is kept than stands in the field."""
        return self.shown != self.kept or bool(self.field.errors)


@dataclass(frozen=True)
class Group:
    """The rows of one group of the rubric, with what they come to by now."""

    name: str
    rows: list[Row]

    @property
    def maximum(self) -> Decimal:
        return sum((row.item.maximum for row in self.rows), Decimal(0))

    @property
    def points(self) -> Decimal:
        return sum((row.shown for row in self.rows if row.shown is not None), Decimal(0))


class SheetForm(PortalForm):
    """The rows of a sheet and a remark; ``kept`` is what the database has of them."""

    remark = forms.CharField(
        label="评语",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="只有工作人员能看到。",
        error_messages={"max_length": "评语最多 500 个字，请缩短一些。"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        items: Iterable[RubricItem],
        kept: Mapping[int, Decimal],
        remark: str,
    ) -> None:
        self.items, self.kept, self.kept_remark = list(items), kept, remark
        points = {_name(key): plain(value) for key, value in kept.items()}
        super().__init__(data, initial={"remark": remark, **points})
        self.fields = {_name(item.pk): PointsField(item) for item in self.items} | self.fields

    def points(self) -> dict[int, Decimal | None]:
        """Return the points of each row, of a row in error those that are kept."""
        return {item.pk: self._points_of(item) for item in self.items}

    def remark_sent(self) -> str:
        """Return the remark, the kept one where the new one is in error."""
        return self.cleaned_data.get("remark", self.kept_remark)

    def refuse_missing(self) -> bool:
        """Put a word on each row without points; tell whether there is one."""
        maxima = {item.pk: item.maximum for item in self.items}
        missing = rules.missing(self.points(), maxima)
        for row in missing:
            if not self.has_error(_name(row)):
                self.add_error(_name(row), "请打分。")
        return bool(missing)

    def groups(self) -> list[Group]:
        """Return the rows by the groups of the rubric."""
        for item in self.items:
            self._describe(item)
        return [
            Group(name, [self._row(item) for item in items])
            for name, items in groupby(self.items, key=lambda item: item.group)
        ]

    def _describe(self, item: RubricItem) -> None:
        """Let a field say its maximum, what is required, and what is wrong with it."""
        field = self[_name(item.pk)]
        parts = ["maximum", "requirement", *(["error"] if self.is_bound and field.errors else [])]
        described_by = " ".join(f"{field.auto_id}_{part}" for part in parts)
        field.field.widget.attrs["aria-describedby"] = described_by

    def _row(self, item: RubricItem) -> Row:
        shown = self.cleaned_data.get(_name(item.pk)) if self.is_bound else self.kept.get(item.pk)
        return Row(item, self[_name(item.pk)], self.kept.get(item.pk), shown)

    def _points_of(self, item: RubricItem) -> Decimal | None:
        return self.cleaned_data.get(_name(item.pk), self.kept.get(item.pk))


class RecusalForm(PortalForm):
    """Why a judge steps back."""

    reason = forms.CharField(
        label="回避的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如：与作者是师生、亲属或合作关系。只有工作人员能看到。",
        error_messages={
            "required": "请写明回避的理由。",
            "max_length": "理由最多 300 个字，请缩短一些。",
        },
    )


def _name(item: int) -> str:
    return f"points-{item}"
