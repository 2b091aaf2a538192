"""Records that may be the same as one that is being entered: by their names, folded, and by their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from registry.models import Entry, Placed, State
from registry.search import fold

# So many of those that share the same number of words are compared.
_COMPARED = 300
_MOST_WORDS = 6
# From here on two names are alike, between 0 (no three letters in common) and 1 (the same letters).
ALIKE, ALIKE_IN_PLACE = 0.5, 0.4
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Likely:
    """A record that may be the same, how alike the names are, and the name that is."""

    entry: Entry
    likeness: float
    name: str


def likely(
    model: type[Entry],
    title: str,
    *,
    other_names: Iterable[str] = (),
    regions: Iterable[str] = (),
    besides: str = "",
    within: QuerySet | None = None,
    most: int = 5,
) -> list[Likely]:
    """The records of the noun that look most like this one, the likeliest first.

    `regions` are codes of places it is in: what is in one of them as well may be named less alike. `besides` is the
    code of the record itself. `within` are the records that whoever asks may know of; without it, all. At most six
    queries, of which each ends at a fixed number of records.
    """
    mine = [set(_trigrams(name)) for name in (title, *other_names) if name.strip()]
    here = {*regions}
    records = (model.objects.all() if within is None else within).exclude(pk=besides).exclude(state=State.WITHDRAWN)
    for asked in _ever_fewer_words_of(title):
        # Without an order: the index stops at the limit, however many share the words.
        found = records.filter(search=SearchQuery(asked, search_type="raw", config="simple")).order_by()
        some = found.prefetch_related(None).defer("search", "search_text")[:_COMPARED]
        if alike := [answer for entry in some if (answer := _compared(entry, mine, here))]:
            return sorted(alike, key=lambda answer: (-answer.likeness, answer.entry.pk))[:most]
    return []


def _compared(entry: Entry, mine: list[set[str]], here: set[str]) -> Likely | None:
    names = [entry.title, *(row["name"] for row in entry.other_names)]
    best, name = max(((_likeness(one, {*_trigrams(name)}), name) for one in mine for name in names), key=lambda x: x[0])
    near = isinstance(entry, Placed) and not here.isdisjoint(entry.places)
    enough = ALIKE_IN_PLACE if near else ALIKE
    return Likely(entry, round(best, 3), name) if best >= enough else None


def _ever_fewer_words_of(title: str) -> Iterator[str]:
    """Tsqueries for what shares all words with the title, all but one, and so on to any two of them.

    A word is cut to its first letters, so that endings and spellings may differ. None for a title without a word.
    """
    words = [word[:5] for word in dict.fromkeys(_WORD.findall(fold(title)[:300])) if len(word) > 2]
    words = sorted(dict.fromkeys(words), key=len, reverse=True)[:_MOST_WORDS]
    fewest = 2 if len(words) > 2 else 1
    for number in range(len(words), fewest - 1, -1):
        yield " | ".join(f"({' & '.join(f'{word}:*' for word in some)})" for some in combinations(words, number))


def _trigrams(name: str) -> Iterable[str]:
    """Every three letters in a row of each folded word, with its beginning and end marked, as pg_trgm has them."""
    for word in _WORD.findall(fold(name)):
        marked = f"  {word} "
        yield from (marked[n : n + 3] for n in range(len(marked) - 2))


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
