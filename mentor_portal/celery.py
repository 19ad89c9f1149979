"""The Celery application: its settings are those of Django that start with ``CELERY_``."""

import os

from celery import Celery

from mentor_portal.file_queue import use_whole_messages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentor_portal.settings")

use_whole_messages()
app = Celery("mentor_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
