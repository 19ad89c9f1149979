"""Classes (notice, sections 三（二）1 and 3): host events, mentors' topics, and the sessions they become."""

from classrooms.models.applications import (
    ApplicationStep,
    ApplicationWindow,
    TopicApplication,
    TopicApplicationQuerySet,
)
from classrooms.models.events import HostEvent, HostEventQuerySet
from classrooms.models.moves import MoveRequest, MoveWindow
from classrooms.models.sessions import ClassSession, ClassSessionQuerySet

__all__ = [
    "ApplicationStep",
    "ApplicationWindow",
    "ClassSession",
    "ClassSessionQuerySet",
    "HostEvent",
    "HostEventQuerySet",
    "MoveRequest",
    "MoveWindow",
    "TopicApplication",
    "TopicApplicationQuerySet",
]
