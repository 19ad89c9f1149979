"""The portal with the lock on a topic taken off: what the tests of races must be able to see.

It thinks for a moment between looking and writing, so that every machine shows the race.
"""

import time
from importlib import import_module

from mentor_portal.wsgi import application

# Only now: the line above sets Django up.
applications = import_module("classrooms.services.applications")


def only_look(application):
    found = applications.TopicApplication.objects.select_related("mentor__user").get(pk=application.pk)
    time.sleep(0.5)
    return found


applications._lock = only_look

__all__ = ["application"]
