"""The roster (名册) as a whole: either every row of it is stored, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from mentor_portal.accounts.models import User
from mentor_portal.accounts.services import accounts_for_phones
from mentors import errors
from mentors.models import Appointment, Mentor
from mentors.rules.roster import Cells, Reading, RosterEntry, read_roster
from mentors.rules.spelling import spelling_of
from mentors.selectors import load_vocabulary
from mentors.services.appointments import check_overlap

# Fields that a row sets as they are, with the head of their column.
PLAIN_FIELDS = {
    "name": "姓名",
    "employer": "工作单位",
    "title": "职务职称",
    "primary_category_id": "主类别",
    "primary_chain_id": "主产业链",
    "specialities_text": "擅长",
    "introduction": "简介",
    "is_listed": "目录展示",
}
# Relations that a row sets: the field of the model, that of the entry, the head of the column.
RELATIONS = (
    ("categories", "category_ids", "其他类别"),
    ("chains", "chain_ids", "其他产业链"),
    ("topic_types", "topic_type_ids", "课题类型"),
)


@dataclass
class RosterChange:
    """What one row does: the mentor, whether new, and the heads of the columns that change."""

    row: int
    entry: RosterEntry
    mentor: Mentor
    is_new: bool
    heads: list[str] = field(default_factory=list)
    appointment: Appointment | None = None


@transaction.atomic
def import_roster(*, rows: Iterable[tuple[int, Cells]], by: User) -> list[RosterChange]:
    """Store a roster, given as its rows' numbers and cells, and return what each row changed.

    A phone number that is known updates its mentor, an unknown one makes a mentor and, where
    needed, an account. The number of queries grows with batches, not with rows. Raises RosterRefused
    with the reasons for every bad row, and stores nothing then.
    """
    reading = read_roster(rows, load_vocabulary())
    accounts = _accounts_by_phone(reading)
    changes = _plan(reading, accounts)
    _plan_appointments(changes, reading)
    if reading.complaints:
        raise errors.RosterRefused(dict(sorted(reading.complaints.items())))
    _store(changes, by)
    return changes


def _accounts_by_phone(reading: Reading) -> Mapping[str, User]:
    phones = [entry.phone for entry in reading.entries.values()]
    return {user.phone: user for user in User.objects.filter(phone__in=phones)}


def _plan(reading: Reading, accounts: Mapping[str, User]) -> list[RosterChange]:
    known = _lock_mentors(accounts.values())
    changes = []
    for row, entry in reading.entries.items():
        account = accounts.get(entry.phone)
        if account and not account.is_active:
            reading.complaints[row].append(errors.AccountInactive.sentence)
        mentor = known.get(account.pk) if account else None
        change = RosterChange(row=row, entry=entry, mentor=mentor or Mentor(), is_new=mentor is None)
        change.heads = _changed_heads(change)
        changes.append(change)
    return changes


def _lock_mentors(accounts: Iterable[User]) -> dict[int, Mentor]:
    mentors = (
        Mentor.objects.select_for_update()
        .filter(user__in=list(accounts))
        .order_by("pk")
        .prefetch_related("categories", "chains", "topic_types", "appointments")
    )
    return {mentor.user_id: mentor for mentor in mentors}


def _changed_heads(change: RosterChange) -> list[str]:
    """Compare entry and mentor; a new mentor has no heads to name."""
    if change.is_new:
        return []
    mentor, entry = change.mentor, change.entry
    heads = [head for name, head in PLAIN_FIELDS.items() if getattr(mentor, name) != getattr(entry, name)]
    for relation, name, head in RELATIONS:
        present = {each.pk for each in getattr(mentor, relation).all()}
        if present != getattr(entry, name):
            heads.append(head)
    return heads


def _plan_appointments(changes: Sequence[RosterChange], reading: Reading) -> None:
    numbers = [change.entry.term.number for change in changes if change.entry.term]
    stored = {
        appointment.number: appointment
        for appointment in Appointment.objects.filter(number__in=numbers).select_related("mentor")
    }
    for change in changes:
        try:
            _plan_appointment(change, stored)
        except (errors.CertificateTaken, errors.TermOverlaps) as refused:
            reading.complaints[change.row].append(str(refused))


def _plan_appointment(change: RosterChange, stored: Mapping[str, Appointment]) -> None:
    term = change.entry.term
    if term is None:
        return
    appointment = stored.get(term.number) or Appointment(number=term.number)
    if appointment.pk and appointment.mentor_id != change.mentor.pk:
        raise errors.CertificateTaken(number=term.number, name=appointment.mentor.name)
    if (appointment.starts_on, appointment.ends_on) == (term.starts_on, term.ends_on):
        return
    appointment.starts_on, appointment.ends_on = term.starts_on, term.ends_on
    if not change.is_new:
        others = [each for each in change.mentor.appointments.all() if each.pk != appointment.pk]
        check_overlap(appointment, others)
        change.heads.append("聘期")
    change.appointment = appointment


def _store(changes: Sequence[RosterChange], by: User) -> None:
    accounts = accounts_for_phones(names={each.entry.phone: each.entry.name for each in changes})
    for change in changes:
        change.mentor.user = accounts[change.entry.phone]
        for name in PLAIN_FIELDS:
            setattr(change.mentor, name, getattr(change.entry, name))
        change.mentor.spelling = spelling_of(change.mentor.name)
    touched = [each for each in changes if each.is_new or each.heads]
    Mentor.objects.bulk_create([each.mentor for each in touched if each.is_new])
    known = [each.mentor for each in touched if not each.is_new]
    Mentor.objects.bulk_update(known, [*PLAIN_FIELDS, "spelling"])
    for relation, name, _ in RELATIONS:
        _store_relation(touched, relation, name)
    _store_appointments(touched)
    _record(touched, by)


def _store_relation(changes: Sequence[RosterChange], relation: str, name: str) -> None:
    field_of_model = Mentor._meta.get_field(relation)
    through: type[models.Model] = field_of_model.remote_field.through
    target = f"{field_of_model.m2m_reverse_field_name()}_id"
    through.objects.filter(mentor__in=[each.mentor.pk for each in changes if not each.is_new]).delete()
    through.objects.bulk_create(
        through(mentor_id=each.mentor.pk, **{target: pk})
        for each in changes
        for pk in sorted(getattr(each.entry, name))
    )


def _store_appointments(changes: Sequence[RosterChange]) -> None:
    new, known = [], []
    for change in changes:
        if change.appointment:
            change.appointment.mentor = change.mentor
            (known if change.appointment.pk else new).append(change.appointment)
    Appointment.objects.bulk_create(new)
    Appointment.objects.bulk_update(known, ["starts_on", "ends_on"])


def _record(changes: Sequence[RosterChange], by: User) -> None:
    """Note who changed what: rows stored in bulk pass by the record that single saves leave."""
    content_type = ContentType.objects.get_for_model(Mentor)
    LogEntry.objects.bulk_create(
        LogEntry(
            content_type=content_type,
            object_pk=str(change.mentor.pk),
            object_id=change.mentor.pk,
            object_repr=str(change.mentor),
            action=LogEntry.Action.CREATE if change.is_new else LogEntry.Action.UPDATE,
            actor=by,
            changes={"名册导入": ["", "新增" if change.is_new else "、".join(change.heads)]},
        )
        for change in changes
    )
