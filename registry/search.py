"""Search that finds Şəki as seki: both the records and the query are folded the same way."""

import re

from anyascii import anyascii
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

MAX_QUERY = 200
MAX_TERMS = 16
_WORD = re.compile(r"[a-z0-9]+")


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
    rank = SearchRank(F("search"), SearchQuery(tsquery(query), search_type="raw", config="simple"))
    return found.annotate(rank=rank).order_by("-rank", "title_folded", "code")
