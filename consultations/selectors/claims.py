"""Placements of one person that may be the same one: what staff see beside a claim."""

from dataclasses import dataclass

from consultations.models import Placement
from consultations.rules.pairings import Likeness, likeness


@dataclass(frozen=True)
class OtherClaim:
    """A standing placement of the same person, and how it goes together with the one that is looked at."""

    placement: Placement
    likeness: Likeness

    @property
    def is_same_job(self) -> bool:
        return self.likeness == Likeness.SAME_JOB

    @property
    def bars(self) -> bool:
        """Whether the one that is looked at can no longer count."""
        return self.is_same_job and self.placement.is_verified


def other_claims(placement: Placement) -> list[OtherClaim]:
    """Return the person's other placements of the same employer or year, the first claimed first."""
    others = Placement.objects.standing().filter(person=placement.person_id).exclude(pk=placement.pk)
    loaded = others.select_related("pairing__mentor", "pairing__job_seeker", "person", "proof", "verified_by")
    compared = (OtherClaim(each, likeness(placement.job, each.job)) for each in loaded.first_first())
    return [each for each in compared if each.likeness]
