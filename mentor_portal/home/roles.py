"""What staff may do: two groups with their baseline permissions, kept up to date after migrating."""

from collections.abc import Iterable

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

PROVINCE_GROUP = "中心工作人员"
UNIT_GROUP = "承办单位工作人员"

# Apps that the provincial staff run; what only superusers touch is taken out below.
PROVINCE_APPS = (
    "accounts",
    "mentors",
    "reservations",
    "notifications",
    "classrooms",
    "consultations",
    "research",
    "evaluation",
)
PROVINCE_ALSO = (
    "auditlog.view_logentry",
    "constance.view_config",
    "constance.change_config",
    "auth.view_group",
    "home.view_taskrecord",
)
NEVER_BY_GROUP = (
    "accounts.add_consent",
    "accounts.change_consent",
)
UNIT_PERMISSIONS = (
    "accounts.view_hostunit",
    "mentors.view_category",
    "mentors.view_industrialchain",
    "mentors.view_topictype",
    "mentors.view_mentor",
    "reservations.view_venue",
    "reservations.add_venue",
    "reservations.change_venue",
    "reservations.view_offering",
    "reservations.view_reservation",
    "reservations.change_reservation",
    "reservations.view_hosting",
    "reservations.change_hosting",
    "notifications.view_notice",
    "notifications.add_notice",
    "notifications.change_notice",
    "notifications.view_noticeattachment",
    "notifications.add_noticeattachment",
    "classrooms.view_classsession",
    "classrooms.add_classsession",
    "classrooms.change_classsession",
    "classrooms.view_hostevent",
    "classrooms.add_hostevent",
    "classrooms.change_hostevent",
    "classrooms.view_moverequest",
    "classrooms.change_moverequest",
    "classrooms.view_courseware",
    "classrooms.view_classrating",
    "classrooms.view_ratingcase",
    "classrooms.change_ratingcase",
    "classrooms.view_surveyresult",
    "consultations.view_consultationshift",
    "consultations.change_consultationshift",
    "consultations.view_consultationslot",
    "consultations.view_consultation",
    "consultations.view_panelclinic",
    "consultations.add_panelclinic",
    "consultations.change_panelclinic",
)


def keep_groups(sender: AppConfig, using: str, **_: object) -> None:
    """Make the groups where they are missing, and give each the permissions it must have.

    Permissions that staff added to a group stay.
    """
    province, _made = Group.objects.using(using).get_or_create(name=PROVINCE_GROUP)
    permissions = Permission.objects.using(using)
    # Nothing is deleted: accounts are switched off, appointments revoked, records kept.
    everything = permissions.filter(content_type__app_label__in=PROVINCE_APPS).exclude(
        codename__startswith="delete_"
    )
    province.permissions.add(
        *everything.exclude(_named(NEVER_BY_GROUP)), *permissions.filter(_named(PROVINCE_ALSO))
    )
    unit, _made = Group.objects.using(using).get_or_create(name=UNIT_GROUP)
    unit.permissions.add(*permissions.filter(_named(UNIT_PERMISSIONS)))


def _named(names: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        found |= Q(content_type__app_label=app_label, codename=codename)
    return found
