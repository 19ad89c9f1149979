"""Who of the panel judges what: nobody the own work or that of a colleague, and everyone about as much."""

import unicodedata
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

SELF, SAME_EMPLOYER, RECUSED = "本人", "同单位", "已回避"


@dataclass(frozen=True)
class Author:
    """Whose work is judged."""

    person: int
    employer: str = ""


@dataclass(frozen=True)
class Judge:
    """Who judges; a judge who is a mentor too has the employer of that record as well."""

    key: int
    person: int
    employers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What is judged, and by whom it is."""

    key: int
    author: Author


Pair = tuple[int, int]


@dataclass(frozen=True)
class Shortage:
    """A subject with fewer judges than wanted, and why each of the others cannot judge it."""

    subject: int
    found: int
    wanted: int
    barred: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Division:
    """The pairs (judge, subject) to add, and the subjects that lack judges even then."""

    pairs: list[Pair] = field(default_factory=list)
    shortages: list[Shortage] = field(default_factory=list)


def same_employer(one: str, other: str) -> bool:
    """Tell whether two names are of one employer, whatever their spaces, width and case; empty is of none."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def conflict_of(judge: Judge, author: Author) -> str | None:
    """Return why this judge must not judge that author (annex 1: 本人, 同单位), or None."""
    if judge.person == author.person:
        return SELF
    if any(same_employer(employer, author.employer) for employer in judge.employers):
        return SAME_EMPLOYER
    return None


def assign(
    subjects: Iterable[Subject],
    judges: Iterable[Judge],
    per_subject: int,
    existing: Collection[Pair] = (),
    recused: Collection[Pair] = (),
) -> Division:
    """Return which pairs to add so that each subject has ``per_subject`` judges, as far as there are any.

    ``existing`` pairs stay and count; ``recused`` ones never come again. The sheets are spread so that no
    judge could hand one to a judge with two less. The same input gives the same pairs, in any order.
    """
    division = _Dividing(subjects, judges, existing, recused)
    for subject in division.hardest_first():
        division.fill(subject, per_subject)
    division.even_out()
    return Division(sorted(division.added), division.shortages(per_subject))


class _Dividing:
    """The state of one assignment."""

    def __init__(
        self,
        subjects: Iterable[Subject],
        judges: Iterable[Judge],
        existing: Collection[Pair],
        recused: Collection[Pair],
    ) -> None:
        self.subjects = sorted(subjects, key=lambda each: each.key)
        judges = sorted(judges, key=lambda each: each.key)
        self.barred = {
            each.key: {judge.key: reason for judge in judges if (reason := _bar(judge, each, recused))}
            for each in self.subjects
        }
        self.judges = [judge.key for judge in judges]
        self.added: set[Pair] = set()
        self.of: dict[int, set[int]] = {each.key: set() for each in self.subjects}
        self.load = dict.fromkeys(self.judges, 0)
        for judge, subject in existing:
            if judge in self.load and subject in self.of:
                self._give(judge, subject)

    def hardest_first(self) -> list[int]:
        """Return the subjects, those that the most judges are barred from at the head."""
        keys = [each.key for each in self.subjects]
        return sorted(keys, key=lambda key: (-len(self.barred[key]), key))

    def fill(self, subject: int, wanted: int) -> None:
        """Give a subject the free judges with the least to do."""
        free = sorted(self._free(subject), key=lambda judge: (self.load[judge], judge))
        for judge in free[: max(wanted - len(self.of[subject]), 0)]:
            self._give(judge, subject)
            self.added.add((judge, subject))

    def even_out(self) -> None:
        """Hand new sheets on while somebody has two more than another whom they can reach."""
        while chain := next(filter(None, map(self._chain_from, self._busiest_first())), None):
            for giver, subject, taker in chain:
                self._take(giver, subject)
                self.added.remove((giver, subject))
                self._give(taker, subject)
                self.added.add((taker, subject))

    def shortages(self, wanted: int) -> list[Shortage]:
        return [
            Shortage(key, len(self.of[key]), wanted, tuple(sorted(self.barred[key].items())))
            for key in (each.key for each in self.subjects)
            if len(self.of[key]) < wanted
        ]

    def _free(self, subject: int) -> list[int]:
        taken = self.of[subject]
        return [judge for judge in self.judges if judge not in taken and judge not in self.barred[subject]]

    def _busiest_first(self) -> list[int]:
        return sorted(self.judges, key=lambda judge: (-self.load[judge], judge))

    def _chain_from(self, judge: int) -> list[tuple[int, int, int]] | None:
        """Return how a sheet of this judge can come, from hand to hand, to one with two less."""
        came_by: dict[int, tuple[int, int]] = {}
        waiting, seen = deque([judge]), {judge}
        while waiting:
            giver = waiting.popleft()
            for subject, taker in self._hand_ons(giver):
                if taker in seen:
                    continue
                seen.add(taker)
                came_by[taker] = (giver, subject)
                if self.load[taker] <= self.load[judge] - 2:
                    return _back(came_by, judge, taker)
                waiting.append(taker)
        return None

    def _hand_ons(self, giver: int) -> list[tuple[int, int]]:
        new = sorted(subject for judge, subject in self.added if judge == giver)
        return [(subject, taker) for subject in new for taker in self._free(subject)]

    def _give(self, judge: int, subject: int) -> None:
        self.of[subject].add(judge)
        self.load[judge] += 1

    def _take(self, judge: int, subject: int) -> None:
        self.of[subject].remove(judge)
        self.load[judge] -= 1


def _back(came_by: dict[int, tuple[int, int]], first: int, last: int) -> list[tuple[int, int, int]]:
    chain, taker = [], last
    while taker != first:
        giver, subject = came_by[taker]
        chain.append((giver, subject, taker))
        taker = giver
    return chain


def _bar(judge: Judge, subject: Subject, recused: Collection[Pair]) -> str | None:
    if reason := conflict_of(judge, subject.author):
        return reason
    return RECUSED if (judge.key, subject.key) in recused else None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
