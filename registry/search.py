"""Search that finds Şəki as seki: both the records and the query are folded the same way."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

MAX_QUERY = 200
MAX_TERMS = 16
WORD = re.compile(r"[a-z0-9]+")
# The half space of Persian: typed, left out, or typed as a space.
HALF_SPACE = "\u200c"

# A letter with its marks; the two Armenian pairs of letters that are one sound.
_PIECE = re.compile("(?:ու|եւ|.)[\u0300-\u036f\u064b-\u065f\u0670]*", re.DOTALL | re.IGNORECASE)
# Arabic letters that keyboards write in several ways, and vowel marks that are written or not.
_ALIKE = str.maketrans(
    dict.fromkeys("أإآٱ", "ا") | dict.fromkeys("يىئ", "ی") | dict.fromkeys("ۀة", "ه") | {"ك": "ک", "ؤ": "و"}
)
_VOWEL_MARKS = re.compile("[\u064b-\u065f\u0670]")
_PAIRS = {"ու": "u", "եւ": "ev"}


def fold(text: str) -> str:
    """Lower-case ASCII: "Şəki", "Шеки" and "شکی" lose their marks and their script.

    Stored columns are folded by it: whoever changes it says to run `manage.py reindex`.
    """
    return text.casefold() if text.isascii() else "".join(folded for _piece, folded in pieces(text))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in its smallest parts, each with what it is folded to; "" for what is left out."""
    for found in _PIECE.finditer(text):
        yield found[0], _folded(found[0])


@lru_cache(maxsize=4096)
def _folded(piece: str) -> str:
    plain = _VOWEL_MARKS.sub("", unicodedata.normalize("NFKC", piece)).translate(_ALIKE)
    if pair := _PAIRS.get(plain.lower()):
        return pair
    # A sign that stands for a letter, as for ь and ع, must not cut a word in two.
    return "".join(re.sub("['`]", "", anyascii(c)) if _is_letter(c) else anyascii(c) for c in plain).casefold()


def _is_letter(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in {"Lu", "Ll", "Lo"}


def words(query: str) -> list[str]:
    """The folded words of a query; raises ValidationError above 200 characters or 16 words."""
    if len(query) > MAX_QUERY:
        raise ValidationError(_("Search for at most %(n)d characters.") % {"n": MAX_QUERY}, code="too_long")
    terms = WORD.findall(fold(query))
    if len(terms) > MAX_TERMS:
        raise ValidationError(_("Search for at most %(n)d words.") % {"n": MAX_TERMS}, code="too_many")
    return terms


def tsquery(query: str) -> str:
    """A PostgreSQL tsquery that wants every word of the query, each as the beginning of a word.

    Raises ValidationError above 200 characters or 16 words. "" when nothing is left to look for.
    """
    return " & ".join(f"{term}:*" for term in words(query))


def find(queryset: QuerySet, query: str) -> QuerySet:
    """The records that answer the query; a query without a letter or digit finds nothing."""
    wanted = tsquery(query)
    return queryset.matching(wanted) if wanted else queryset.none()


def best_first(found: QuerySet, query: str) -> QuerySet:
    """Records found by the query, those with the words in their title before those with them elsewhere."""
    rank = SearchRank(F("search"), SearchQuery(tsquery(query), search_type="raw", config="simple"))
    return found.annotate(rank=rank).order_by("-rank", "title_folded", "code")
