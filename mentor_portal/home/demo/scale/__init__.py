"""``seed_demo --scale``: a year of many mentors for measurements, made in bulk as services would leave it.

Everything follows from the number of mentors and the day: twice the same command fills two databases alike.
"""

from mentor_portal.home.demo.scale.cast import is_made
from mentor_portal.home.demo.scale.filling import Filled, fill
from mentor_portal.home.demo.scale.plan import year_before

__all__ = ["Filled", "fill", "is_made", "year_before"]
