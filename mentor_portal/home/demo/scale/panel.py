"""The panel of the scaled year: three judges who have handed in every sheet."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from random import Random

from django.db.models import Max

from classrooms.models import Courseware, CoursewareVersion
from evaluation.models import (
    CoursewareEntry,
    EvaluationYear,
    PanelJudge,
    RubricItem,
    ScoreSheet,
    SheetScore,
    YearStep,
)
from evaluation.scoring import PANEL
from mentor_portal.accounts.models import User
from mentor_portal.home.demo.scale.cast import ScaledCast, ScaledMentor
from mentor_portal.home.demo.scale.plan import DAY
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering

JUDGES, JUDGE_PHONES = 3, "1720"
# One mentor in so many has a courseware that takes part.
COURSEWARE_EVERY = 20
Stage = EvaluationYear.Stage


class ScaledPanel:
    """The judges of a year, and the sheets they hand in on one day."""

    def __init__(self, cast: ScaledCast, year: EvaluationYear) -> None:
        self.cast, self.year = cast, year
        self.at = midnight(cast.calendar.workdays[-1])
        self.judges = self._appointed()
        self.of_courseware = list(year.items.of_courseware())
        by_key = {item.key: item for item in year.items.of_mentors()}
        self.of_mentors = [by_key[key] for key in PANEL]
        self.last_number = year.entries.aggregate(last=Max("number"))["last"] or 0

    def judge(self, mentors: Sequence[ScaledMentor]) -> None:
        """Let all judges hand in their sheets about these mentors and their courseware."""
        entries = self._entries([each for each in mentors if each.plan.place % COURSEWARE_EVERY == 0])
        self._hand_in({each.plan.place: {"mentor_id": each.pk} for each in mentors}, self.of_mentors)
        self._hand_in({each.number: {"entry": each} for each in entries}, self.of_courseware)

    def close(self) -> None:
        """Take the year past its judging, where nobody has begun it."""
        if self.year.stage != Stage.PREPARATION:
            return
        way = (Stage.PREPARATION, Stage.JUDGING, Stage.COMPUTING)
        YearStep.objects.bulk_create(
            YearStep(
                year=self.year, before=before, after=after, taken_at=self._on(days), taken_by=self.cast.staff
            )
            for days, (before, after) in enumerate(pairwise(way))
        )
        self.year.stage, self.year.judging_began_at = Stage.COMPUTING, self._on(0)
        self.year.save(update_fields=["stage", "judging_began_at"])

    def _on(self, days: int) -> datetime:
        return self.at + days * DAY / 2

    def _appointed(self) -> list[PanelJudge]:
        people = User.objects.bulk_create(
            User(
                phone=f"{JUDGE_PHONES}{place:07}",
                name=f"规模评审专家{place + 1}",
                is_judge=True,
                password="!",
                date_joined=self.at,
            )
            for place in range(JUDGES)
        )
        return PanelJudge.objects.bulk_create(
            PanelJudge(
                year=self.year,
                person=each,
                employer="规模评审单位",
                appointed_at=self.at,
                appointed_by=self.cast.staff,
            )
            for each in people
        )

    def _entries(self, mentors: Sequence[ScaledMentor]) -> list[CoursewareEntry]:
        works = self._courseware(mentors)
        versions = CoursewareVersion.objects.bulk_create(
            self._version(work, mentor) for work, mentor in zip(works, mentors, strict=True)
        )
        first = self.last_number + 1
        self.last_number += len(works)
        return CoursewareEntry.objects.bulk_create(
            CoursewareEntry(
                year=self.year,
                courseware=version.courseware,
                version=version,
                number=number,
                state=CoursewareEntry.State.CONFIRMED,
                nominated_at=self.at,
                nominated_by=self.cast.staff,
                decided_at=self.at,
                decided_by=self.cast.staff,
            )
            for number, version in enumerate(versions, start=first)
        )

    def _courseware(self, mentors: Sequence[ScaledMentor]) -> list[Courseware]:
        codes = [f"scale-class-{each.plan.place}-0" for each in mentors]
        classes = dict(Offering.objects.filter(check_in_code__in=codes).values_list("check_in_code", "pk"))
        return Courseware.objects.bulk_create(
            Courseware(
                mentor_id=each.pk,
                title=f"规模课件{each.plan.place + 1}",
                session_id=classes[code],
                year=self.year.year,
                created_at=self.at,
            )
            for each, code in zip(mentors, codes, strict=True)
        )

    def _version(self, work: Courseware, mentor: ScaledMentor) -> CoursewareVersion:
        return CoursewareVersion(
            courseware=work,
            number=1,
            declared_at=self.at,
            uploaded_at=self.at,
            uploaded_by_id=mentor.person,
            sha256=f"{mentor.plan.place:064x}",
            reading=CoursewareVersion.Reading.NO_TEXT,
            compared_at=self.at,
            **self.cast.file_fields(),
        )

    def _hand_in(self, subjects: dict[int, dict[str, object]], items: Sequence[RubricItem]) -> None:
        """Let each judge hand in a sheet for each subject; points follow from the key of a subject."""
        sheets, scores = [], []
        for key, subject in subjects.items():
            random = Random(key)
            shares = [random.random() for _ in items]
            for place, judge in enumerate(self.judges):
                points = [_points(*each, place) for each in zip(items, shares, strict=True)]
                sheets.append(self._sheet(judge, sum(points), subject))
                scores.extend(
                    SheetScore(sheet=sheets[-1], item=item, points=each)
                    for item, each in zip(items, points, strict=True)
                )
        ScoreSheet.objects.bulk_create(sheets)
        SheetScore.objects.bulk_create(scores)

    def _sheet(self, judge: PanelJudge, total: Decimal, subject: dict[str, object]) -> ScoreSheet:
        return ScoreSheet(
            year=self.year,
            judge=judge,
            state=ScoreSheet.State.SUBMITTED,
            revision=1,
            total=total,
            assigned_at=self.at,
            assigned_by=self.cast.staff,
            saved_at=self.at,
            submitted_at=self.at,
            **subject,
        )


def _points(item: RubricItem, share: float, judge: int) -> Decimal:
    """Return points in steps of a half, a little other for each judge."""
    steps = int(item.maximum * 2)
    return Decimal(min(int(share * (steps + 1)) + judge % 2, steps)) / 2
