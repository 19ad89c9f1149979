"""What the 两优 read: the rules of a year, who is scored, and what really happened."""

from evaluation.selectors.cards import own_card, years_with_card
from evaluation.selectors.evidence import gather
from evaluation.selectors.years import mentors_of, rules_of

__all__ = ["gather", "mentors_of", "own_card", "rules_of", "years_with_card"]
