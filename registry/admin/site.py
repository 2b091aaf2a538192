"""The editors' admin: one site, grouped by the work that people do."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class RegisterAdminSite(AdminSite):
    """The admin of the register."""

    site_header = _("Caspian Heritage Register")
    site_title = _("Register")
    index_title = _("Editors' desk")
    enable_nav_sidebar = True
