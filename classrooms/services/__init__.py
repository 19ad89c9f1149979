"""Every write about classes: topics and their review, placing, sessions, moves, host events, feedback."""

from classrooms.services.applications import (
    TopicContent,
    content_of,
    content_to_copy,
    copy_topic,
    decide_topic,
    offer_topic,
    save_topic,
    submit_topic,
    withdraw_topic,
)
from classrooms.services.events import ask_for_class, decline_wish, withdraw_wish
from classrooms.services.extra import open_extra_class
from classrooms.services.moves import ask_move, refuse_move
from classrooms.services.placements import Placement, answer_placement, place_topic
from classrooms.services.ratings import (
    Feedback,
    feedback_closes_at,
    follow_up,
    give_feedback,
    reply_to_case,
    settle_case,
)
from classrooms.services.sessions import (
    SessionPlan,
    book_session,
    cancel_session,
    change_session,
    plan_session,
    publish_session,
)
from classrooms.services.surveys import copy_questionnaire, questionnaire_for

__all__ = [
    "Feedback",
    "Placement",
    "SessionPlan",
    "TopicContent",
    "answer_placement",
    "ask_for_class",
    "ask_move",
    "book_session",
    "cancel_session",
    "change_session",
    "content_of",
    "content_to_copy",
    "copy_questionnaire",
    "copy_topic",
    "decide_topic",
    "decline_wish",
    "feedback_closes_at",
    "follow_up",
    "give_feedback",
    "offer_topic",
    "open_extra_class",
    "place_topic",
    "plan_session",
    "publish_session",
    "questionnaire_for",
    "refuse_move",
    "reply_to_case",
    "save_topic",
    "settle_case",
    "submit_topic",
    "withdraw_topic",
    "withdraw_wish",
]
