"""Making a person a mentor."""

from django.db import transaction

from mentor_portal.accounts.services import accounts_for_phones
from mentors import errors
from mentors.models import Mentor


@transaction.atomic
def enrol(*, mentor: Mentor, phone: str) -> Mentor:
    """Store a new mentor for the account with this normalised phone number, made where there is none.

    Raises AccountInactive where the account is switched off, AlreadyMentor where it has a mentor.
    """
    account = accounts_for_phones(names={phone: mentor.name})[phone]
    if not account.is_active:
        raise errors.AccountInactive
    enrolled = Mentor.objects.filter(user=account).first()
    if enrolled:
        raise errors.AlreadyMentor(name=enrolled.name)
    mentor.user = account
    mentor.save()
    return mentor
