"""What a search that found nothing may have meant: the public records with the most alike names."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.duplicates import trigrams
from registry.models import ENTRIES, Entry
from registry.search import WORD, fold

# So many records of each noun are compared; without an order, so that the index stops there.
_COMPARED = 200
_MOST_WORDS = 4
_ALIKE = 0.4


@dataclass(frozen=True)
class Near:
    """A record, the name of it that is alike, and how alike: 1 is the same letters."""

    entry: Entry
    name: str
    likeness: float


def names(query: str, most: int = 5) -> list[Near]:
    """The records whose names are most like the query, the likeliest first; none where nothing is alike.

    Candidates come from the index of words, by ever less of each word's beginning: two letters swapped, doubled or
    left out are survived anywhere but at the very front. At most four questions to each noun.
    """
    terms = [term for term in dict.fromkeys(WORD.findall(fold(query))) if len(term) > 2][:_MOST_WORDS]
    wanted = [set(trigrams(term)) for term in terms]
    for asked in _ever_less_of(terms):
        found: list[Near] = []
        for model in ENTRIES:
            some = model.objects.public().matching(asked).order_by()[:_COMPARED]
            found += [near for entry in some if (near := _compared(entry, wanted)).likeness >= _ALIKE]
        if found:
            return sorted(found, key=lambda near: (-near.likeness, near.entry.title_folded, near.entry.pk))[:most]
    return []


def _ever_less_of(terms: list[str]) -> Iterator[str]:
    if not terms:
        return
    yield " & ".join(f"{term[:4]}:*" for term in terms)
    yield " & ".join(_beginnings(term) for term in terms)
    if len(terms) > 1:
        yield " | ".join(f"{term[:4]}:*" for term in terms)
        yield " | ".join(_beginnings(term) for term in terms)


def _beginnings(term: str) -> str:
    """The first three letters; the same with the first two swapped, the first or the second left out."""
    first = {term[:3], term[1] + term[0] + term[2:3], term[1:4], term[0] + term[2:4]}
    return f"({' | '.join(f'{letters}:*' for letters in sorted(first))})"


def _compared(entry: Entry, wanted: list[set[str]]) -> Near:
    titles = [entry.title, *(row["name"] for row in entry.other_names)]
    titles += [texts["title"] for texts in entry.translations.values() if "title" in texts]
    likeness, name = max(((_likeness(wanted, title), title) for title in titles), key=lambda pair: pair[0])
    return Near(entry, name, round(likeness, 3))


def _likeness(wanted: list[set[str]], title: str) -> float:
    """How alike the words of the query are, on average, to the most alike word of the title."""
    known = [set(trigrams(word)) for word in WORD.findall(fold(title))]
    best = [max((len(one & other) / len(one | other) for other in known), default=0.0) for one in wanted]
    return sum(best) / len(best)
