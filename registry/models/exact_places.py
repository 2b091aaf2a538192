"""Where sites really are: never public, and kept apart from everything that is.

No relation of the database leads here: a row names the code of a record, so that no lookup, filter or order that starts
from a public record can reach it. Only the ledger writes such rows, and only the admin reads them.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .wording import compose, validate_plain


class ExactPlace(models.Model):
    """Where a site really is: WGS 84, in degrees."""

    code = models.CharField(_("site"), primary_key=True, max_length=16, db_collation="C", editable=False)
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    note = models.TextField(_("note"), blank=True, max_length=2000, validators=[validate_plain])
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        """Whoever may view it sees where the site is; each look is kept."""

        verbose_name, verbose_name_plural = _("exact place"), _("exact places")

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Text is stored composed (Unicode NFC)."""
        super().clean()
        compose(self)
