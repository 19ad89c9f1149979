"""The work of a run: prepared once, done in parts that several workers share, ended by one ranking.

Each step is one transaction that looks again first, so that a worker that is killed, or a task that comes
twice, changes nothing. A part is its claimer's for a minute; whoever writes it first has done it.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import F

from evaluation.models import RankingRun, RunCard, RunChunk, RunCourseware
from evaluation.scoring import MentorEvidence, ScoreCard, score_mentor
from evaluation.selectors.evidence import gather
from evaluation.selectors.placings import placings_of
from evaluation.selectors.years import mentors_of, rules_from
from evaluation.services.runs import end_run, hold_run

logger = logging.getLogger(__name__)

State = RankingRun.State
CHUNK_MENTORS = 1000
CLAIM = timedelta(seconds=60)
MOST_TRIES = 3
TROUBLE_LENGTH = 300


def work_on_runs(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Do what there is to do of the runs that are under way; return how many parts were done.

    No part is begun after ``until``; the next call goes on where this one stopped.
    """
    runs = RankingRun.objects.under_way().select_related("year").order_by("pk")
    return sum(_work_on(run, clock, until) for run in runs)


def _work_on(run: RankingRun, clock: Callable[[], datetime], until: datetime) -> int:
    done = 0
    try:
        _prepare(run, clock())
        while clock() < until and (chunk := _claim(run, clock())):
            done += _do(run, chunk, clock)
        _finish(run, clock())
    except OperationalError:
        raise  # the database is away; the next call tries again
    except Exception as error:
        logger.exception("%s failed", run)
        _fail(run, f"{type(error).__name__}: {error}", clock())
    return done


@transaction.atomic
def _prepare(run: RankingRun, at: datetime) -> None:
    """Place the courseware, which the mentors' lines need, and divide the mentors into parts."""
    held = hold_run(run)
    if held.state != State.WAITING:
        return
    placings = placings_of(held.year)
    RunCourseware.objects.bulk_create(
        RunCourseware(
            run=held,
            entry_id=each.key,
            sheet_count=each.sheet_count,
            result=each.result,
            groups={name: str(points) for name, points in each.groups.items()},
            rank=each.rank,
            is_plagiarised=each.is_plagiarised,
            is_top=each.is_top,
        )
        for each in placings
    )
    mentors = list(mentors_of(held.year).order_by("pk").values_list("pk", flat=True))
    RunChunk.objects.bulk_create(_chunks(held, mentors))
    held.state, held.begun_at, held.mentor_count = State.RUNNING, at, len(mentors)
    held.save(update_fields=["state", "begun_at", "mentor_count"])


def _chunks(run: RankingRun, mentors: list[int]) -> list[RunChunk]:
    parts = [mentors[start : start + CHUNK_MENTORS] for start in range(0, len(mentors), CHUNK_MENTORS)]
    return [
        RunChunk(run=run, number=number, first_mentor=part[0], last_mentor=part[-1], mentor_count=len(part))
        for number, part in enumerate(parts, start=1)
    ]


def _claim(run: RankingRun, at: datetime) -> RunChunk | None:
    """Return a part that is this worker's for a while, or None where nothing is free.

    A part that was begun so often and never done ends the run.
    """
    for chunk in run.chunks.open_at(at).order_by("number"):
        if chunk.tries >= MOST_TRIES:
            _fail(run, f"第 {chunk.number} 段计算了 {chunk.tries} 次都没有完成", at)
            return None
        mine = RunChunk.objects.open_at(at).filter(pk=chunk.pk, tries=chunk.tries)
        if mine.update(claimed_until=at + CLAIM, tries=F("tries") + 1):
            return chunk
    return None


def _do(run: RankingRun, chunk: RunChunk, clock: Callable[[], datetime]) -> bool:
    """Gather and score the mentors of a part, and keep their cards; tell whether this call was the first."""
    mentors = mentors_of(run.year).filter(pk__range=(chunk.first_mentor, chunk.last_mentor))
    evidence = gather(run.year, mentors, run)
    rules = rules_from(run.rules)
    cards = [_card(run, mentor, each, score_mentor(each, rules)) for mentor, each in evidence.items()]
    return _keep(chunk, cards, clock())


@transaction.atomic
def _keep(chunk: RunChunk, cards: list[RunCard], at: datetime) -> bool:
    held = RunChunk.objects.select_for_update(no_key=True).get(pk=chunk.pk)
    if held.done_at or not RankingRun.objects.filter(pk=held.run_id, state=State.RUNNING).exists():
        return False
    RunCard.objects.bulk_create(cards, batch_size=500)
    held.done_at, held.claimed_until = at, None
    held.digest = _digest([[card.mentor_id, card.evidence] for card in cards])
    held.save(update_fields=["done_at", "claimed_until", "digest"])
    return True


@transaction.atomic
def _finish(run: RankingRun, at: datetime) -> None:
    """Rank all cards in the database and show the result, once every part is done."""
    held = hold_run(run)
    if held.state != State.RUNNING or held.chunks.filter(done_at__isnull=True).exists():
        return
    _rank(held)
    courseware = held.courseware.order_by("entry").values_list("entry", "result", "rank")
    held.digest = _digest(
        [
            held.rules,
            [[entry, str(result), rank] for entry, result, rank in courseware],
            list(held.chunks.order_by("number").values_list("digest", flat=True)),
        ]
    )
    held.mentor_count = held.cards.count()
    held.state, held.ended_at = State.DONE, at
    held.save(update_fields=["digest", "mentor_count", "state", "ended_at"])


def _rank(run: RankingRun) -> None:
    """Equal totals share the rank (1, 2, 2, 4), as ``scoring.rank`` has it."""
    table = RunCard._meta.db_table
    statement = f"""
        UPDATE {table} SET "rank" = placed.place
        FROM (
            SELECT id, RANK() OVER (ORDER BY total DESC) AS place FROM {table} WHERE run_id = %s
        ) AS placed
        WHERE {table}.id = placed.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [run.pk])


@transaction.atomic
def _fail(run: RankingRun, trouble: str, at: datetime) -> None:
    held = hold_run(run)
    if held.is_under_way:
        held.trouble = trouble[:TROUBLE_LENGTH]
        end_run(held, State.FAILED, at)


def _card(run: RankingRun, mentor: int, evidence: MentorEvidence, card: ScoreCard) -> RunCard:
    return RunCard(
        run=run,
        mentor_id=mentor,
        evidence=_plain(asdict(evidence)),
        lines={key: _plain(asdict(line)) for key, line in card.lines.items()},
        total=card.total,
        is_below_baseline=card.is_below_baseline,
    )


def _plain(fields: dict[str, object]) -> dict[str, object]:
    """Return fields as JSON keeps them: numbers with decimals as text."""
    return json.loads(json.dumps(fields, default=str, ensure_ascii=False))


def _digest(document: object) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
