import pytest
from django.utils import timezone

from consultations.models import ConsultationSlot
from tests import duties


@pytest.fixture
def duty_slot(mentor_user) -> int:
    """The first slot of a duty of the mentor that can be booked."""
    duties.make_shift(mentor_user.mentor)
    return ConsultationSlot.objects.bookable(timezone.now()).first().pk
