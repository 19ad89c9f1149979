"""The portal with the lock on a pairing taken off: what the tests of races must be able to see.

It thinks for a moment between looking and writing, so that every machine shows the race.
"""

import time
from importlib import import_module

from mentor_portal.wsgi import application

# Only now: the line above sets Django up.
steps = import_module("consultations.services.steps")


def only_look(pairing):
    found = steps.Pairing.objects.select_related("mentor__user", "job_seeker").get(pk=pairing.pk)
    time.sleep(0.5)
    return found


steps.lock = only_look

__all__ = ["application"]
