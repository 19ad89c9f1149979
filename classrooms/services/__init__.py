"""Every write about classes: topics, their review and placing, sessions, moves, events, what they leave."""

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
    seal_courseware,
    unseal_courseware,
    upload_courseware,
    withdraw_courseware,
)
from classrooms.services.events import ask_for_class, decline_wish, withdraw_wish
from classrooms.services.extra import open_extra_class
from classrooms.services.likeness import compare_version, read_courseware, read_version
from classrooms.services.moves import ask_move, refuse_move
from classrooms.services.placements import Placement, answer_placement, place_topic
from classrooms.services.plagiarism import answer_pair, ask_mentor, confirm_pair, dismiss_pair
from classrooms.services.ratings import (
    Feedback,
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
    "copy_questionnaire",
    "copy_topic",
    "decide_topic",
    "decline_wish",
    "dismiss_pair",
    "follow_up",
    "give_feedback",
    "offer_topic",
    "open_extra_class",
    "place_topic",
    "plan_session",
    "publish_session",
    "questionnaire_for",
    "read_courseware",
    "read_version",
    "refuse_move",
    "reply_to_case",
    "restore_courseware",
    "save_topic",
    "seal_courseware",
    "settle_case",
    "submit_topic",
    "unseal_courseware",
    "upload_courseware",
    "withdraw_courseware",
    "withdraw_topic",
    "withdraw_wish",
]
