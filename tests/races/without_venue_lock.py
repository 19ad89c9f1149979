"""The portal with the venue's lock taken off: what the tests of races must be able to see.

It thinks for a moment between looking and writing, so that every machine shows the race.
"""

import time
from importlib import import_module

from mentor_portal.wsgi import application

# Only now: the line above sets Django up.
offerings = import_module("mentor_portal.reservations.services.offerings")


def look_and_think(offering, plan):
    offerings.clashes.refuse_if_venue_is_taken(offering, plan.venue)
    time.sleep(0.5)


offerings._refuse_clashes = look_and_think

__all__ = ["application"]
