"""The people who sign in: their groups give the role, their regions the scope."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody with an account; never shown to the public."""

    regions = models.ManyToManyField(
        "registry.Region",
        verbose_name=_("regions"),
        blank=True,
        help_text=_("The regions this person looks after. Empty: all of them."),
    )

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The names of the groups, looked up once a request."""
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def role(self) -> str:
        """The role as the history of a record names it to the public; never the person."""
        if self.is_superuser:
            return "administrator"
        known = [name for name in ROLES if name in self.group_names]
        return (known or sorted(self.group_names) or ["editor"])[0]

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is too little for what this person may do or read."""
        return self.is_superuser or bool(self.group_names & WITH_SECOND_FACTOR)


# The groups of the migrations, the widest first.
ROLES = ("Administrators", "Stewards", "Publishers", "Editors", "Contributors", "Partners", "Auditors")
WITH_SECOND_FACTOR = {"Administrators", "Stewards", "Publishers", "Auditors"}
