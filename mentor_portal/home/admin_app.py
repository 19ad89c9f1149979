from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own site as the default one."""

    default_site = "mentor_portal.home.admin_site.PortalAdminSite"
