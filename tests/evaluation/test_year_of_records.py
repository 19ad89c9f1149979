"""A year from its records to its ranks beside a table counted by hand, wherever the server stands."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection

from evaluation.models import RankingRun, RunCard
from evaluation.scoring import MAXIMA, PANEL, MentorEvidence
from evaluation.selectors import gather, mentors_of
from tests import offerings
from tests.records import Records

pytestmark = pytest.mark.django_db(transaction=True)
ZONES = ("UTC", "Asia/Shanghai")
_ZONE_OF_HOURS = {0: "UTC", 8: "Asia/Shanghai"}

# What counts of each mentor's year; ✗ stands beside what is in the records and does not count.
EVIDENCE = {
    "周建国": MentorEvidence(
        # (3.5 + 3 + 4) / 3, (2.5 + 2.5 + 3) / 3, (3 + 2 + 2.5) / 3
        teaching_skill=D("3.50"),
        class_organisation=D("2.67"),
        class_control=D("2.50"),
        # (80 + 82.5 + 84) / 3; ✗ the second has two sheets, as one judge stepped back
        courseware_results=(D("82.17"),),
        # 1 Jan 00:30, 5 Mar, 10 Apr, 29 Dec (moved from January), 31 Dec 23:30;
        # ✗ 6 May called off, 3 Jun not noted, 4 Jun absent, 1 Jan 2026 01:30
        classes=5,
        # the duty of 12 Mar, the clinic of 20 Apr; ✗ 13 Mar absent, 14 Mar called off, 1 Jan 2026 05:00
        consultations=2,
        # one person for two jobs, one of 31 Dec; ✗ 31 Dec 2024, one that nobody verified
        placements=2,
        # 5 Mar two (✗ one taken back, one twice), 10 Apr one, 31 Dec one, the one-to-one one; ✗ 1 Jan 2026
        likes=5,
        # 5 Mar four, one of them a no-show (✗ cancelled, waiting, walked in), 10 Apr two (✗ cancelled),
        # 29 Dec three, 31 Dec one; ✗ two of the class called off, one of 1 Jan 2026, the one-to-one
        bookings=10,
        # (100 + 75 + 75 + 50 + 100 + 100) / 6; ✗ the 0 of 1 Jan 2026
        survey_mean=D("83.33"),
        # 15 May; 31 Dec, handed in on 5 Jan
        collective_reports=2,
        # 31 Dec 23:50; ✗ 1 Jan 2026 00:10
        free_reports=1,
        # 8 Mar, 31 Dec; ✗ entered only, refused, 31 Dec 2024
        bonus_events=2,
    ),
    "李慧芳": MentorEvidence(
        # (4 + 3) / 2, (3 + 2) / 2, (3 + 2.5) / 2: the third sheet was never submitted
        teaching_skill=D("3.50"),
        class_organisation=D("2.50"),
        class_control=D("2.75"),
        # (90 + 91 + 92.5) / 3, the first of one award
        courseware_results=(D("91.17"),),
        in_top_ten=True,
        # 10 Apr with 周建国, 20 and 21 May; ✗ moved to 2 Jan 2026
        classes=3,
        # the duty of 31 Dec 20:00; ✗ absent at a clinic, one called off, one of 31 Dec 2024 23:30
        consultations=1,
        # from 1 Jan
        placements=1,
        # 10 Apr
        likes=2,
        # 10 Apr two, 20 May one; ✗ walked in on 21 May, three of the class moved to 2 Jan 2026
        bookings=3,
        # (100 + 100 + 25) / 3
        survey_mean=D("75.00"),
        # ✗ the collective one waits for a reviewer
        free_reports=2,
        # ✗ one that was verified, and refused later
    ),
    "王德胜": MentorEvidence(
        # (2 + 2.5) / 2, …: the third sheet was never submitted; the second was returned
        teaching_skill=D("2.00"),
        class_organisation=D("1.00"),
        class_control=D("1.00"),
        # ✗ 95 from three judges, but it is a copy
        plagiarised=True,
        # 1 to 9 Sep
        classes=9,
        # six duties and a clinic
        consultations=7,
        # 1 Sep
        bookings=8,
        # 20 Jul; ✗ 1 Jan 2026 00:30
        collective_reports=1,
    ),
    # ✗ the three sheets were never submitted, the collective report was returned
    "陈立新": MentorEvidence(classes=1, consultations=2, placements=1, bookings=5, bonus_events=1),
    # ✗ one free report was returned
    "赵春梅": MentorEvidence(
        teaching_skill=D("1.00"),
        class_organisation=D("0.50"),
        class_control=D("0.00"),
        classes=2,
        free_reports=1,
    ),
    # ✗ absent, called off, moved to 2026, of 2024: class, duty, clinics, placements, like, survey, reports
    "刘思远": MentorEvidence(),
}

# In the order of annex 2: 教学 组织 调控 课件 参与 结对 点赞 约课 问卷 调研 加分, the total, the rank.
TABLE = {
    # 82.17 × 10%; 3 × 2 + 2; 5 × 5%; 10 × 10%; 83.33… × 5%; 2 × 2 + 1
    "周建国": ("3.50 2.67 2.50 8.22 8.00 2.00 0.25 1.00 4.17 5.00 2.00", "39.31", 1),
    # among the awarded; 1 × 2 + 1; 2 × 5%; 3 × 10%; 75 × 5%; 2 × 1
    "李慧芳": ("3.50 2.50 2.75 10.00 3.00 1.00 0.10 0.30 3.75 2.00 0.00", "28.90", 2),
    # plagiarism; 7 × 2 + 7 = 21, at most 20; 8 × 10%; 1 × 2
    "王德胜": ("2.00 1.00 1.00 0.00 20.00 0.00 0.00 0.80 0.00 2.00 0.00", "26.80", 3),
    # one class is below the base of two; 5 × 10%
    "陈立新": ("0.00 0.00 0.00 0.00 0.00 1.00 0.00 0.50 0.00 0.00 1.00", "2.50", 4),
    # two classes are the base alone
    "赵春梅": ("1.00 0.50 0.00 0.00 0.00 0.00 0.00 0.00 0.00 1.00 0.00", "2.50", 4),
    "刘思远": ("0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00", "0.00", 6),
}


@pytest.fixture(params=ZONES)
def server_zone(request) -> Iterator[str]:
    """Let this process and the database's server stand in a time zone; new connections meet it."""
    before = os.environ["TZ"]
    _set_process_zone(request.param)
    _set_database_zone(f"SET timezone TO '{request.param}'")
    yield request.param
    _set_database_zone("RESET timezone")
    _set_process_zone(before)


def _set_process_zone(zone: str) -> None:
    os.environ["TZ"] = zone
    time.tzset()


def _set_database_zone(setting: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} {setting}")
        connection.close()


def test_year_of_records_comes_to_the_table_counted_by_hand(server_zone, make_user):
    assert _zones_met() == {server_zone}
    records = Records(make_user("中心小王", is_staff=True))
    records.make_all()
    records.judge_all()
    run = records.run()
    assert (run.state, run.mentor_count) == (RankingRun.State.DONE, len(TABLE))
    found = gather(records.year, mentors_of(records.year), run)
    names = {mentor.pk: name for name, mentor in records.mentors.items()}
    assert {names[key]: _rounded(each) for key, each in found.items()} == EVIDENCE
    cards = run.cards.order_by("rank", "mentor")
    assert {names[card.mentor_id]: _row(card) for card in cards} == TABLE
    assert offerings.broken_invariants() == []


def _zones_met() -> set[str]:
    """Return where this process thinks it stands, and what the database gives to new connections."""
    met = {_ZONE_OF_HOURS[datetime(2025, 7, 1).astimezone().utcoffset() // timedelta(hours=1)]}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'")
            met.update(cursor.fetchone())
    return met


def _rounded(evidence: MentorEvidence) -> MentorEvidence:
    """Return evidence with the means as people write them."""
    means = {name: getattr(evidence, name) for name in (*PANEL, "survey_mean")}
    written = {name: mean if mean is None else mean.quantize(D("0.01")) for name, mean in means.items()}
    return replace(evidence, **written)


def _row(card: RunCard) -> tuple[str, str, int]:
    return " ".join(card.lines[key]["points"] for key in MAXIMA), str(card.total), card.rank
