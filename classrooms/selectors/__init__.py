"""What the pages about classes show."""

from classrooms.selectors.placing import Board, Cell, Choice, board_of, classroom_venues, next_to_place
from classrooms.selectors.reviewing import earlier_topics, next_waiting, steps_of
from classrooms.selectors.schedule import (
    CARDS_A_DAY,
    STRIP_DAYS,
    WEEK_DAYS,
    DayGroup,
    class_cards,
    coming,
    counts_by_day,
    first_of_each_day,
)
from classrooms.selectors.teaching import (
    Desk,
    TeachingLine,
    TopicLine,
    classes_of,
    coming_classes,
    desk_of,
    teaching_line,
    teaching_lines,
    topic_line,
    usual_topic,
    year_in_numbers,
)

__all__ = [
    "CARDS_A_DAY",
    "STRIP_DAYS",
    "WEEK_DAYS",
    "Board",
    "Cell",
    "Choice",
    "DayGroup",
    "Desk",
    "TeachingLine",
    "TopicLine",
    "board_of",
    "class_cards",
    "classes_of",
    "classroom_venues",
    "coming",
    "coming_classes",
    "counts_by_day",
    "desk_of",
    "earlier_topics",
    "first_of_each_day",
    "next_to_place",
    "next_waiting",
    "steps_of",
    "teaching_line",
    "teaching_lines",
    "topic_line",
    "usual_topic",
    "year_in_numbers",
]
