"""The people who sign in: their groups give the role, their regions the scope."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody with an account; never shown to the public."""

    regions = models.ManyToManyField(
        "registry.Region",
        verbose_name=_("regions"),
        blank=True,
        help_text=_("The regions this person looks after. Empty: all of them."),
    )

    @property
    def role(self) -> str:
        """The role as the history of a record names it to the public; never the person."""
        if self.is_superuser:
            return "administrator"
        names = sorted(self.groups.values_list("name", flat=True))
        return names[0] if names else "editor"
