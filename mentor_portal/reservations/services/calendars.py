"""The private address of a person's calendar: making it, making another, stopping it."""

from datetime import datetime

from django.db import transaction

from mentor_portal.accounts.models import User
from mentor_portal.reservations.models import CalendarAddress, new_calendar_key
from mentor_portal.reservations.services import places


@transaction.atomic
def make_calendar_address(*, person: User, by: User, at: datetime) -> CalendarAddress:
    """Give a person a private address; an earlier one of theirs leads nowhere from now on."""
    places.lock_people([person.pk])
    values = {"key": new_calendar_key(), "made_at": at}
    address, _ = CalendarAddress.objects.update_or_create(person=person, defaults=values)
    return address


def stop_calendar_address(*, person: User, by: User) -> None:
    """Take the private address away; where there is none, nothing happens."""
    CalendarAddress.objects.filter(person=person).delete()
