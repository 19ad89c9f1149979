"""Every write about classes: topics and their review, placing, sessions, moves, events, courseware."""

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
from classrooms.services.courseware import (
    add_version,
    ask_for_courseware,
    change_courseware,
    restore_courseware,
    upload_courseware,
    withdraw_courseware,
)
from classrooms.services.events import ask_for_class, decline_wish, withdraw_wish
from classrooms.services.extra import open_extra_class
from classrooms.services.likeness import compare_version, read_courseware, read_version
from classrooms.services.moves import ask_move, refuse_move
from classrooms.services.placements import Placement, answer_placement, place_topic
from classrooms.services.plagiarism import answer_pair, ask_mentor, confirm_pair, dismiss_pair
from classrooms.services.sessions import (
    SessionPlan,
    book_session,
    cancel_session,
    change_session,
    plan_session,
    publish_session,
)

__all__ = [
    "Placement",
    "SessionPlan",
    "TopicContent",
    "add_version",
    "answer_pair",
    "answer_placement",
    "ask_for_class",
    "ask_for_courseware",
    "ask_mentor",
    "ask_move",
    "book_session",
    "cancel_session",
    "change_courseware",
    "change_session",
    "compare_version",
    "confirm_pair",
    "content_of",
    "content_to_copy",
    "copy_topic",
    "decide_topic",
    "decline_wish",
    "dismiss_pair",
    "offer_topic",
    "open_extra_class",
    "place_topic",
    "plan_session",
    "publish_session",
    "read_courseware",
    "read_version",
    "refuse_move",
    "restore_courseware",
    "save_topic",
    "submit_topic",
    "upload_courseware",
    "withdraw_courseware",
    "withdraw_topic",
    "withdraw_wish",
]
