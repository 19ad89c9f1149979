"""The portal with the offering's lock taken off: what the tests of races must be able to see."""

from importlib import import_module

from mentor_portal.wsgi import application

# Only now: the line above sets Django up.
Offering = import_module("mentor_portal.reservations.models").Offering
places = import_module("mentor_portal.reservations.services.places")
places.lock_offering = lambda pk: Offering.objects.get(pk=pk)

__all__ = ["application"]
