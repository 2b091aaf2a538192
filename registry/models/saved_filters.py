"""Lists that an editor comes back to: a name for a search with its filters and its order."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .wording import validate_plain


class SavedFilter(models.Model):
    """A list of a noun, narrowed and ordered; one's own, or lent to everybody."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name=_("by"))
    entry_type = models.CharField(_("noun"), max_length=40)
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain])
    query = models.CharField(_("query"), max_length=1000, blank=True)
    shared = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        """By name; a name is used once."""

        verbose_name, verbose_name_plural = _("saved filter"), _("saved filters")
        ordering = ["name", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="saved_filter_once",
                fields=["by", "entry_type", "name"],
                violation_error_message=_("You have a filter with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
