"""What every published noun has in common: a stable code, names, a state, a version and its citations."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .constraints import CheckedAtOnce
from .publication import Item, checklist
from .translations import Text, page_language, validate_translations
from .wording import compose, validate_other_names, validate_plain


def code_of_a_record() -> models.CharField:
    """The code of any record, for rows that the database does not relate to it."""
    return models.CharField(
        _("record"),
        max_length=16,
        db_collation="C",
        validators=[RegexValidator(r"\A[A-Z]{3}-\d{4,12}\Z", _("Give the code of a record, such as PRJ-0001."))],
    )


class State(models.TextChoices):
    """Where a record stands on its way to the public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EntryQuerySet(models.QuerySet):
    """Questions that every noun answers."""

    def public(self) -> Self:
        """Published records only: where every public page, format and search starts.

        The folded words stay in the database: they are for finding a record, not for showing it.
        """
        return self.filter(state=State.PUBLISHED).defer("search", "search_text")

    def matching(self, tsquery: str) -> Self:
        """Records whose folded text answers a tsquery written by `registry.search`."""
        return self.filter(search=SearchQuery(tsquery, search_type="raw", config="simple"))

    def pointing_to(self, path: str, codes: Iterable[str]) -> Self:
        """Records whose relation `path` leads to one of the codes, each record once; "" is the record itself."""
        if not path:
            return self.filter(pk__in=list(codes))
        found = self.model._default_manager.filter(**{f"{path}__in": list(codes)}).order_by().values("pk")
        return self.filter(pk__in=found)

    def in_year(self, year: int) -> Self:
        """Records whose dates may fall into the year; an open end reaches any year, no date reaches none."""
        starts = Q(dates_earliest=None) | Q(dates_earliest__lte=date(year, 12, 31))
        ends = Q(dates_latest=None) | Q(dates_latest__gte=date(year, 1, 1))
        return self.exclude(dates="").filter(starts & ends)

    def stating(self, name: str, stated: bool = True) -> Self:
        """Records that say something in a field, or say nothing; what is not published says nothing."""
        field = self.model._meta.get_field(name)
        if not field.is_relation:
            empty = Q(**{name: field.get_default()}) if field.has_default() else Q(**{name: None if field.null else ""})
            return self.exclude(empty) if stated else self.filter(empty)
        path = name if issubclass(field.related_model, Entry) else field.related_model.public_path(name)
        filled = {f"{path}__state": State.PUBLISHED} if path else {f"{name}__isnull": False}
        found = self.model._default_manager.filter(**filled, pk=OuterRef("pk")).order_by()
        # An anti-join: NOT IN compares every record with every other once the list outgrows the memory of a hash.
        return self.filter(Exists(found)) if stated else self.filter(~Exists(found))

    def with_public_relations(self) -> Self:
        """Fetch every relation once for the whole list, and of each only what is published.

        A relation to a draft reads as absent: the field holds None, or the list is shorter.
        """
        queryset = self
        for field in self.model.entry_relations():
            queryset = queryset.prefetch_related(
                Prefetch(field.name, field.related_model.objects.public().with_public_names())
            )
        for name, child in zip(self.model.children, self.model.children_models(), strict=True):
            queryset = queryset.prefetch_related(Prefetch(name, child.objects.public()))
        return queryset

    def with_public_names(self) -> Self:
        """What a link to the record shows; a noun whose name needs more says so."""
        return self

    def with_source_count(self) -> Self:
        """Annotate `source_count`: how many published sources support the record."""
        citation = self.model._meta.get_field("citations").related_model
        counted = (
            citation.objects.public()
            .filter(entry_type__app_label="registry", entry_type__model=self.model._meta.model_name)
            .filter(entry_code=OuterRef("pk"))
            .order_by()
            .values("entry_code")
            .annotate(n=Count("source", distinct=True))
            .values("n")
        )
        return self.annotate(source_count=Coalesce(Subquery(counted), Value(0)))

    def for_list(self) -> Self:
        """What a row of a list shows, in a number of queries that does not grow with the rows."""
        return self.with_public_relations().with_source_count()

    def get_by_natural_key(self, code: str) -> "Entry":
        """The public code is the natural key of a fixture."""
        return self.get(code=code)


class Entry(CheckedAtOnce):
    """A record of the register that editors keep, publish and withdraw, and that is never silently lost."""

    prefix: ClassVar[str]
    noun: ClassVar[str]
    slug: ClassVar[str]
    children: ClassVar[tuple[str, ...]] = ("citations",)
    needs_citation: ClassVar[bool] = True
    inseparable: ClassVar[tuple[tuple[str, ...], ...]] = ()  # fields that mean nothing apart, such as those of a file

    code = models.CharField(_("code"), primary_key=True, max_length=16, db_collation="C", editable=False)
    title = models.CharField(
        _("title"),
        max_length=300,
        validators=[validate_plain],
        help_text=_("The name that readers look for. Other languages, scripts and spellings are other names."),
    )
    other_names = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        validators=[validate_other_names],
        help_text=_("Names in other languages or scripts, former names, spellings; each as its source writes it."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        validators=[MaxLengthValidator(5000), validate_plain],
        help_text=_("What it is, in neutral words of our own. Claims belong to those who make them."),
    )
    translations = models.JSONField(
        _("translations"),
        default=dict,
        blank=True,
        validators=[validate_translations],
        help_text=_("Title and summary in the other languages of the site. What is not translated is shown as it is."),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    withdrawn_reason = models.CharField(
        _("reason of withdrawal"), max_length=500, blank=True, editable=False, validators=[validate_plain]
    )
    merged_into = models.CharField(
        _("merged into"),
        max_length=16,
        blank=True,
        editable=False,
        db_collation="C",
        help_text=_("Where its code leads."),
    )
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    title_folded = models.CharField(max_length=300, default="", blank=True, editable=False)
    search_text = models.TextField(default="", blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title_folded", weight="A", config="simple")
        + SearchVector("search_text", weight="B", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    citations = GenericRelation("registry.Citation", "entry_code", "entry_type")

    objects = EntryQuerySet.as_manager()

    class Meta:
        """A withdrawn record says why; lists are ordered by an index."""

        abstract = True
        ordering = ["-updated_at", "code"]
        default_permissions = ("add", "change", "delete", "view", "publish", "withdraw", "merge")
        indexes = [
            models.Index(F("state"), F("updated_at").desc(), F("code"), name="%(class)s_recent"),
            models.Index(F("updated_at").desc(), F("code"), name="%(class)s_changed"),
            models.Index(F("state"), F("title_folded"), F("code"), name="%(class)s_by_title"),
            GinIndex(fields=["search"], name="%(class)s_search"),
            models.Index(fields=["publish_at"], name="%(class)s_planned", condition=Q(publish_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Withdrawing a record needs a reason that the public can read."),
            ),
            models.CheckConstraint(
                name="%(class)s_merged_is_withdrawn",
                condition=Q(merged_into="") | Q(state=State.WITHDRAWN),
                violation_error_message=_("A record that was merged into another cannot be read on its own again."),
            ),
            models.CheckConstraint(
                name="%(class)s_planned_is_unpublished",
                condition=Q(publish_at=None) | Q(state__in=[State.DRAFT, State.IN_REVIEW]),
                violation_error_message=_("Only a draft can be planned to be published."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """The public code."""
        return (self.code,)

    def get_absolute_url(self) -> str:
        """The record's public page."""
        return reverse(f"registry:{self.noun}-detail", kwargs={"code": self.code})

    @property
    def shown_title(self) -> Text:
        """The title in the language of the page, where somebody translated it; else as it is."""
        return self._shown("title")

    @property
    def shown_summary(self) -> Text:
        """The summary in the language of the page, where somebody translated it; else as it is."""
        return self._shown("summary")

    def _shown(self, name: str) -> Text:
        language = page_language()
        translated = self.translations.get(language, {}).get(name)
        return Text(translated, language) if translated else Text(getattr(self, name))

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.state == State.PUBLISHED

    @classmethod
    def entry_relations(cls) -> list[models.Field]:
        """The fields that point to other records: foreign keys and many-to-many alike."""
        fields = [*cls._meta.fields, *cls._meta.many_to_many]
        return [f for f in fields if f.is_relation and f.related_model and issubclass(f.related_model, Entry)]

    @classmethod
    def children_models(cls) -> list[type[models.Model]]:
        """The models of the rows that belong to a record alone: citations, participations."""
        return [cls._meta.get_field(name).related_model for name in cls.children]

    def clean(self) -> None:
        """Text is stored composed (Unicode NFC), titles without stray spaces."""
        super().clean()
        compose(self)
        self.title = " ".join(self.title.split())

    def publication_checklist(self) -> list[Item]:
        """What the stored record needs before the public may read it; a noun adds what is its own."""
        return checklist(self) if self.needs_citation else []

    def publication_problems(self, newly: Collection[str] | None = None) -> dict[str, list[str]]:
        """By field, what still keeps the stored record from being published, in words for the editor.

        `newly` names the fields that an edit of a published record states anew: of the others no support is asked.
        """
        found: dict[str, list[str]] = {}
        for item in self.publication_checklist():
            asked = newly is None or not item.about or {*item.about} & {*newly}
            if asked and item.problem and not item.done:
                found.setdefault(item.name, []).append(item.problem)
        return found

    def validate_publication(self, newly: Collection[str] | None = None) -> None:
        """Raise ValidationError, by field, with everything that keeps the record from being published."""
        if problems := self.publication_problems(newly):
            raise ValidationError(problems)
