"""Search that finds Şəki as seki: both the records and the query are folded the same way."""

import re
from collections.abc import Iterator

from anyascii import anyascii
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.models import ENTRIES, Entry, Region

MAX_QUERY = 200
MAX_TERMS = 16
_WORD = re.compile(r"[a-z0-9]+")

# Fields whose own words people search for; titles, other names and summaries always are.
_OWN_WORDS = (
    "objective",
    "expected_outcome",
    "actual_outcome",
    "hashtags",
    "region_as_reported",
    "label_as_reported",
    "publisher",
    "speaker",
    "speaker_role",
)


def fold(text: str) -> str:
    """Lower-case ASCII: "Şəki", "Шеки" and "شکی" lose their marks and their script."""
    return anyascii(text).casefold()


def tsquery(query: str) -> str:
    """A PostgreSQL tsquery that wants every word of the query, each as the beginning of a word.

    Raises ValidationError above 200 characters or 16 words. "" when nothing is left to look for.
    """
    if len(query) > MAX_QUERY:
        raise ValidationError(_("Search for at most %(n)d characters.") % {"n": MAX_QUERY}, code="too_long")
    terms = _WORD.findall(fold(query))
    if len(terms) > MAX_TERMS:
        raise ValidationError(_("Search for at most %(n)d words.") % {"n": MAX_TERMS}, code="too_many")
    return " & ".join(f"{term}:*" for term in terms)


def find(queryset: QuerySet, query: str) -> QuerySet:
    """The records that answer the query; a query without a letter or digit finds nothing."""
    wanted = tsquery(query)
    return queryset.matching(wanted) if wanted else queryset.none()


def best_first(found: QuerySet, query: str) -> QuerySet:
    """Records found by the query, those with the words in their title before those with them elsewhere."""
    rank = SearchRank("search", SearchQuery(tsquery(query), search_type="raw", config="simple"))
    return found.annotate(rank=rank).order_by("-rank", "title_folded", "code")


def derive(entry: Entry) -> dict[str, str]:
    """The folded columns of a stored record: its own words, and the names of published records it points to."""
    words = [entry.code, entry.summary, *_other_names(entry)]
    for name in _OWN_WORDS:
        value = getattr(entry, name, "")
        words.extend(value if isinstance(value, list) else [value])
    for related in _pointed_to(entry):
        words.extend([related.title, *_other_names(related)])
    return {
        "title_folded": fold(entry.title)[:300],
        "search_text": " ".join(_WORD.findall(fold(" ".join(words)))),
    }


def dependents(entry: Entry) -> Iterator[Entry]:
    """The records whose folded words hold the names of this one."""
    codes = Region.objects.within([entry]) if isinstance(entry, Region) else [entry.pk]
    for model in ENTRIES:
        for path, related_model in _paths(model):
            if related_model is type(entry):
                found = model.objects.filter(**{f"{path}__in": codes}).exclude(pk=entry.pk).distinct()
                yield from found.iterator(chunk_size=500)


def _other_names(entry: Entry) -> list[str]:
    return [row["name"] for row in entry.other_names]


def _paths(model: type[Entry]) -> list[tuple[str, type[Entry]]]:
    """Lookups from a noun to the records whose names it is found by; sources do not lend theirs."""
    paths = [(field.name, field.related_model) for field in model.entry_relations()]
    if "participations" in model.children:
        child = model._meta.get_field("participations").related_model
        paths.append(("participations__organisation", child._meta.get_field("organisation").related_model))
    return paths


def _pointed_to(entry: Entry) -> Iterator[Entry]:
    for path, related_model in _paths(type(entry)):
        codes = type(entry).objects.filter(pk=entry.pk).values(path)
        for related in related_model.objects.public().filter(pk__in=codes):
            yield related
            if isinstance(related, Region):
                yield from related.public_ancestors()
