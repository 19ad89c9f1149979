"""The portal of the 职业导师课堂 programme."""

from mentor_portal.celery import app as celery_app

__all__ = ["celery_app"]
