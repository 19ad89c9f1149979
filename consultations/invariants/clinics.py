"""What must always be true of clinics, looked up in the whole database."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef

from consultations.models import ClinicTurn, Consultation, PanelClinic
from mentor_portal.reservations.kinds import OfferingKind
from mentor_portal.reservations.models import Hosting, Offering, Reservation

Turn = ClinicTurn.State


def broken() -> Iterator[str]:
    """Yield one sentence for each broken invariant."""
    for row in PanelClinic.objects.exclude(offering__kind=OfferingKind.CLINIC).order_by("pk"):
        yield f"clinic {row.pk}: its offering is not a clinic"
    orphans = Offering.objects.filter(kind=OfferingKind.CLINIC, panel_clinic__isnull=True)
    for row in orphans.order_by("pk"):
        yield f"offering {row.pk}: is a clinic without its own row"
    yield from _mentors_who_do_not_host()
    yield from _turns_elsewhere()
    yield from _turns_of_absent_people()
    yield from _turns_with_other_mentors()
    yield from _turns_without_consultation()
    yield from _gaps_in_numbers()


def _mentors_who_do_not_host() -> Iterator[str]:
    hosting = Hosting.objects.filter(offering=OuterRef("panelclinic_id"), person=OuterRef("mentor__user_id"))
    links = PanelClinic.mentors.through.objects.filter(~Exists(hosting))
    for row in links.order_by("pk"):
        yield f"clinic {row.panelclinic_id}: mentor {row.mentor_id} is not among its hosts"


def _turns_elsewhere() -> Iterator[str]:
    for row in ClinicTurn.objects.exclude(clinic_id=F("reservation__offering_id")).order_by("pk"):
        yield f"turn {row.pk}: is in the queue of clinic {row.clinic_id}, which its reservation is not for"


def _turns_of_absent_people() -> Iterator[str]:
    standing = ClinicTurn.objects.exclude(state=Turn.LEFT)
    for row in standing.exclude(reservation__state=Reservation.State.ATTENDED).order_by("pk"):
        yield f"turn {row.pk}: {row.state}, but its person is not checked in"


def _turns_with_other_mentors() -> Iterator[str]:
    link = PanelClinic.mentors.through.objects.filter(
        panelclinic_id=OuterRef("clinic_id"), mentor_id=OuterRef("mentor_id")
    )
    for row in ClinicTurn.objects.filter(~Exists(link), mentor__isnull=False).order_by("pk"):
        yield f"turn {row.pk}: mentor {row.mentor_id} is not at clinic {row.clinic_id}"


def _turns_without_consultation() -> Iterator[str]:
    asked = Consultation.objects.filter(pk=OuterRef("pk"))
    for row in ClinicTurn.objects.filter(~Exists(asked)).order_by("pk"):
        yield f"turn {row.pk}: has no consultation for the notes"


def _gaps_in_numbers() -> Iterator[str]:
    queues = ClinicTurn.objects.order_by("clinic").values("clinic")
    for row in queues.annotate(many=Count("pk"), last=Max("number")).exclude(many=F("last")):
        yield f"clinic {row['clinic']}: {row['many']} turns are numbered up to {row['last']}"
