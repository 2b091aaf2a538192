"""The one application of the register, and its own admin site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Names the application in the admin."""

    name = "registry"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"


class RegisterAdminConfig(AdminConfig):
    """Puts the editors' admin in the place of Django's."""

    default_site = "registry.admin.site.RegisterAdminSite"

    def ready(self) -> None:
        """The nouns register themselves once the site stands: a package that holds both cannot import both at once."""
        super().ready()
        import_module("registry.admin.nouns")
