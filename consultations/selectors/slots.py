"""What 约咨询 shows: the free times of a day by mentor, and what else there is when a slot falls away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.http import urlencode

from consultations.models import ConsultationShift, ConsultationSlot, ConsultationSlotQuerySet
from mentor_portal.accounts.models import HostUnit, User
from mentor_portal.moments import midnight
from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.selectors import own_words, place_of
from mentor_portal.wording import clock, moment
from mentors.models import IndustrialChain, Mentor

ALTERNATIVES = 12


@dataclass(frozen=True, kw_only=True)
class SlotChip:
    """A time that can be tapped; ``tone`` is free, full or mine."""

    word: str
    label: str
    url: str
    tone: str

    @property
    def is_booked_here(self) -> bool:
        """Whether the tap opens the sheet to book, rather than the slot's page."""
        return self.tone == "free"


@dataclass(kw_only=True)
class MentorSlots:
    """A mentor's times of one day, with the room."""

    mentor: Mentor
    place: str
    chips: list[SlotChip] = field(default_factory=list)


def slots_on(slots: ConsultationSlotQuerySet, day: date, at: datetime) -> ConsultationSlotQuerySet:
    """Return the slots of a day that have not begun."""
    found = slots.between(max(midnight(day), at), midnight(day + timedelta(days=1)))
    return found.bookable(at)


def mentors_on(slots: ConsultationSlotQuerySet) -> list[int]:
    """Return the mentors who have slots among these, those with more free ones first."""
    free = Count("pk", filter=Q(offering__places_taken__lt=F("offering__capacity")))
    rows = slots.order_by().values("shift__mentor").annotate(free=free)
    return list(rows.order_by("-free", "shift__mentor").values_list("shift__mentor", flat=True))


def by_mentor(
    slots: ConsultationSlotQuerySet, mentors: Sequence[int], person: User | AnonymousUser
) -> list[MentorSlots]:
    """Return the slots of these mentors, grouped, in the order of the mentors."""
    rows = slots.filter(shift__mentor__in=mentors).order_by("offering__starts_at", "pk")
    rows = list(
        rows.select_related(
            "offering__venue__host_unit",
            "shift__mentor__primary_category",
            "shift__mentor__primary_chain",
        ).prefetch_related("shift__mentor__topic_types")
    )
    mine = own_words([slot.offering for slot in rows], person)
    groups: dict[int, MentorSlots] = {}
    for slot in rows:
        mentor = slot.shift.mentor
        group = groups.setdefault(mentor.pk, MentorSlots(mentor=mentor, place=place_of(slot.offering)))
        group.chips.append(chip_of(slot, mine.get(slot.pk, "")))
    return [groups[pk] for pk in mentors if pk in groups]


def chip_of(slot: ConsultationSlot, mine: str = "", *, with_day: bool = False) -> SlotChip:
    """Return a slot as it is tapped; its offering, shift and mentor are loaded with it."""
    offering = slot.offering
    name = slot.shift.mentor.name
    word = moment(offering.starts_at) if with_day else clock(offering.starts_at)
    if mine:
        return SlotChip(word=word, label=f"{word} {name}，{mine}", url=slot.get_absolute_url(), tone="mine")
    if offering.places_left > 0 and not offering.waiting_count:
        url = reverse("consultations:slot-book", args=[slot.pk])
        return SlotChip(word=word, label=f"{word} {name}，可预约", url=url, tone="free")
    return SlotChip(word=word, label=f"{word} {name}，已约满", url=slot.get_absolute_url(), tone="full")


def any_chips(slots: ConsultationSlotQuerySet, chain: IndustrialChain) -> list[SlotChip]:
    """Return the times at which some mentor of the chain is free, with how many."""
    rows = slots.one_to_one().free().order_by().values_list("offering__starts_at")
    chips = []
    for starts_at, many in rows.annotate(many=Count("pk")).order_by("offering__starts_at"):
        query = urlencode({"chain": chain.slug, "at": starts_at.isoformat()})
        label = f"{clock(starts_at)} 任意导师，{many} 位可约"
        url = f"{reverse('consultations:any-book')}?{query}"
        chips.append(SlotChip(word=clock(starts_at), label=label, url=url, tone="free"))
    return chips


def free_by_day(slots: ConsultationSlotQuerySet, *, first: date, days: int, at: datetime) -> dict[date, int]:
    """Return how many free slots each day has, in one query."""
    rows = slots.bookable(at).free().between(max(midnight(first), at), midnight(first + timedelta(days=days)))
    counted = rows.order_by().annotate(day=TruncDate("offering__starts_at")).values_list("day")
    return dict(counted.annotate(count=Count("pk")))


def units_with_slots(at: datetime) -> list[HostUnit]:
    """Return the units that receive people in the time to come."""
    shifts = ConsultationShift.objects.filter(state=ConsultationShift.State.APPROVED, ends_at__gt=at)
    return list(HostUnit.objects.filter(pk__in=shifts.values("host_unit")).order_by("pk"))


def alternatives(slot: ConsultationSlot, at: datetime) -> list[SlotChip]:
    """Return free slots beside one that fell away: the same mentor's first, then those of the chain."""
    mentor = slot.shift.mentor
    free = ConsultationSlot.objects.bookable(at).free().for_cards().filter(shift__kind=slot.shift.kind)
    free = free.order_by("offering__starts_at", "pk")
    own = list(free.filter(shift__mentor=mentor)[:ALTERNATIVES])
    others: Iterable[ConsultationSlot] = ()
    if mentor.primary_chain and len(own) < ALTERNATIVES:
        of_chain = free.of_chain(mentor.primary_chain).exclude(shift__mentor=mentor)
        others = of_chain[: ALTERNATIVES - len(own)]
    return [_named(each) for each in [*own, *others]]


def is_cancelled(slot: ConsultationSlot) -> bool:
    return slot.offering.state == Offering.State.CANCELLED


def _named(slot: ConsultationSlot) -> SlotChip:
    chip = chip_of(slot, with_day=True)
    return SlotChip(
        word=f"{chip.word} {slot.shift.mentor.name}", label=chip.label, url=chip.url, tone=chip.tone
    )
