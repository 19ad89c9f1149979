"""The portal with the offering's lock taken off: what the tests of races must be able to see.

It thinks for a moment between looking and writing, so that every machine shows the race.
"""

import time
from importlib import import_module

from mentor_portal.wsgi import application

# Only now: the line above sets Django up.
Offering = import_module("mentor_portal.reservations.models").Offering
places = import_module("mentor_portal.reservations.services.places")


def only_look(pk: int):
    offering = Offering.objects.get(pk=pk)
    time.sleep(0.02)
    return offering


places.lock_offering = only_look

__all__ = ["application"]
