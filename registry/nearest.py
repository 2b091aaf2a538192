"""What a search that found nothing may have meant: the public records with the most alike names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from registry.models import ENTRIES, Entry
from registry.search import WORD, fold

# So many records of each noun are compared; without an order, so that the index stops there.
_COMPARED = 200
_MOST_WORDS = 4
_ALIKE = 0.6


@dataclass(frozen=True)
class Near:
    """A record, the name of it that is alike, and how alike: 1 is the same letters."""

    entry: Entry
    name: str
    likeness: float


def names(query: str, most: int = 5) -> list[Near]:
    """The records whose names are most like the query, the likeliest first; none where nothing is alike.

    Candidates come from the index of words, by ever less of each word's beginning: two letters swapped and one too
    many are survived anywhere, one changed or left out from the fourth letter on. At most four questions to each noun.
    """
    terms = [term for term in dict.fromkeys(WORD.findall(fold(query))) if len(term) > 2][:_MOST_WORDS]
    for asked in _ever_less_of(terms):
        found: list[Near] = []
        for model in ENTRIES:
            some = model.objects.public().matching(asked).order_by()[:_COMPARED]
            found += [near for entry in some if (near := _compared(entry, terms)).likeness >= _ALIKE]
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
    """The first three letters; the same with two of them swapped, or with the first, second or third left out."""
    first = {term[:3], term[1] + term[0] + term[2], term[0] + term[2] + term[1]}
    first |= {term[1:4], term[0] + term[2:4], term[:2] + term[3:4]}
    return f"({' | '.join(f'{letters}:*' for letters in sorted(first))})"


def _compared(entry: Entry, terms: list[str]) -> Near:
    titles = [entry.title, *(row["name"] for row in entry.other_names)]
    titles += [texts["title"] for texts in entry.translations.values() if "title" in texts]
    likeness, name = max(((_likeness(terms, title), title) for title in titles), key=lambda pair: pair[0])
    return Near(entry, name, round(likeness, 3))


def _likeness(terms: list[str], title: str) -> float:
    """How alike the words of the query are, on average, to the most alike word of the title."""
    known = WORD.findall(fold(title))
    best = [max((alike(term, word) for word in known), default=0.0) for term in terms]
    return sum(best) / len(best)


@lru_cache(maxsize=16384)
def alike(one: str, other: str) -> float:
    """1 for the same word, less for each letter to change, add, leave out or swap with the next (Damerau, 1964)."""
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) > longest // 2:
        return 0.0
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, own in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != own))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == own:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
    return 1 - row[-1] / longest
