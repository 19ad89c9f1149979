"""Classes (notice, sections 三（二）1 and 3): host events, mentors' topics, and the sessions they become."""

from classrooms.models.applications import (
    ApplicationStep,
    ApplicationWindow,
    TopicApplication,
    TopicApplicationQuerySet,
)
from classrooms.models.courseware import (
    Courseware,
    CoursewareQuerySet,
    CoursewareVersion,
    CoursewareVersionQuerySet,
    SimilarPair,
    SimilarPairQuerySet,
)
from classrooms.models.events import HostEvent, HostEventQuerySet
from classrooms.models.moves import MoveRequest, MoveWindow
from classrooms.models.ratings import (
    ClassRating,
    ClassRatingQuerySet,
    RatingCase,
    RatingCaseQuerySet,
    RatingTag,
)
from classrooms.models.sessions import ClassSession, ClassSessionQuerySet
from classrooms.models.surveys import (
    Grade,
    Questionnaire,
    QuestionnaireItem,
    SurveyReceipt,
    SurveyResult,
    SurveyResultQuerySet,
)

__all__ = [
    "ApplicationStep",
    "ApplicationWindow",
    "ClassRating",
    "ClassRatingQuerySet",
    "ClassSession",
    "ClassSessionQuerySet",
    "Courseware",
    "CoursewareQuerySet",
    "CoursewareVersion",
    "CoursewareVersionQuerySet",
    "Grade",
    "HostEvent",
    "HostEventQuerySet",
    "MoveRequest",
    "MoveWindow",
    "Questionnaire",
    "QuestionnaireItem",
    "RatingCase",
    "RatingCaseQuerySet",
    "RatingTag",
    "SimilarPair",
    "SimilarPairQuerySet",
    "SurveyReceipt",
    "SurveyResult",
    "SurveyResultQuerySet",
    "TopicApplication",
    "TopicApplicationQuerySet",
]
