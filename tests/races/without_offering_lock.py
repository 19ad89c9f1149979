"""The portal with the offering's lock taken off: what the tests of races must be able to see."""

from mentor_portal.reservations.models import Offering
from mentor_portal.reservations.services import places
from mentor_portal.wsgi import application

places.lock_offering = lambda pk: Offering.objects.get(pk=pk)

__all__ = ["application"]
