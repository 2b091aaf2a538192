"""The feed of public changes: what partners follow to hold the same register, tombstones included."""

from django.db import models

from .base import code_of_a_record


class FeedState(models.TextChoices):
    """What the public may read of the record since then."""

    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGED = "merged", "Merged"


class FeedEntryQuerySet(models.QuerySet):
    """Questions about the feed."""

    def current(self) -> "FeedEntryQuerySet":
        """The last entry of each record, which alone still holds its document."""
        return self.exclude(document="")


class FeedEntry(models.Model):
    """One public change of a record, numbered from 1 without a gap in the order of commit.

    `document` is JSON as the API shows the record, with addresses that begin at the root of the host, or a tombstone.
    Once a later entry replaces it, document and salt are erased: what was taken back is nowhere. The digest stays; the
    salt kept anybody from guessing what it was made of.
    """

    number = models.BigIntegerField("number", primary_key=True, editable=False)
    at = models.DateTimeField("at", db_index=True)
    code = code_of_a_record()
    noun = models.CharField("collection", max_length=20)
    state = models.CharField("state", max_length=12, choices=FeedState)
    document = models.TextField("document", blank=True)
    salt = models.CharField("salt", max_length=32, blank=True)
    digest = models.CharField(
        "digest", max_length=64, help_text="SHA-256 over the salt and the canonical JSON of the document."
    )
    chain = models.CharField(
        "link", max_length=64, help_text="SHA-256 over the link before and the rest of this entry."
    )
    change = models.BigIntegerField("number of the change in the ledger")  # never public: it counts drafts as well

    objects = FeedEntryQuerySet.as_manager()

    class Meta:
        """In the order in which they are followed."""

        verbose_name, verbose_name_plural = "entry of the feed", "entries of the feed"
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(document=""), name="feed_current_once")
        ]
        indexes = [models.Index(fields=["noun", "number"], name="feed_current", condition=~models.Q(document=""))]

    def __str__(self) -> str:
        return f"{self.number}: {self.code} {self.get_state_display()}"

    @property
    def is_current(self) -> bool:
        """Whether it is the last one about its record."""
        return bool(self.document)
