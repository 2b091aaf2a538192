"""Being somewhere: which places a record is in, ready to be asked."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Placed(models.Model):
    """Kept by the ledger, so that a list of a million records is narrowed to a country by an index.

    `places` holds the codes of the published regions a record points to and of all published ones around them;
    `on_map` says whether it or one of those it points to has a point that may be drawn.

    `place_paths` are the relations that lead to regions: "regions", or "site__region" through another record.
    """

    place_paths: ClassVar[tuple[str, ...]] = ("regions",)

    places = ArrayField(models.CharField(max_length=16), default=list, blank=True, editable=False)
    on_map = models.BooleanField(default=False, editable=False)

    class Meta:
        """Both are asked by every list."""

        abstract = True
        indexes = [
            GinIndex(fields=["places"], name="%(class)s_places"),
            models.Index(fields=["-updated_at", "code"], name="%(class)s_off_map", condition=models.Q(on_map=False)),
        ]
