"""Every page a person can meet, and how to get there."""

from tests.browser.pages.everyone import of_clinics, of_everyone, of_one_to_ones
from tests.browser.pages.judges import of_the_judge, of_the_year_end
from tests.browser.pages.mentors import of_the_mentor
from tests.browser.pages.people import of_the_owner, of_the_stranger
from tests.browser.pages.staff import of_the_staff
from tests.browser.pages.stop import Stop

__all__ = [
    "Stop",
    "of_clinics",
    "of_everyone",
    "of_one_to_ones",
    "of_the_judge",
    "of_the_mentor",
    "of_the_owner",
    "of_the_staff",
    "of_the_stranger",
    "of_the_year_end",
]
