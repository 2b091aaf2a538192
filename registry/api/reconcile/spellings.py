"""One name, written in several alphabets and in several ways of writing them in Latin letters."""

import re
from collections.abc import Iterable
from functools import lru_cache

from registry.nearest import alike
from registry.search import WORD, fold

LONGEST = 600  # characters, twice as long as a title
_MOST_WORDS = 16
_LOOSE_WORDS = 4
_SOUNDS_ALIKE = 0.9
# Azerbaijani letters as English writes their sounds: Şəki is Shaki and Sheki, Xınalıq is Khinalig.
_AS_ENGLISH = str.maketrans(
    {"ş": "sh", "ç": "ch", "ğ": "gh", "x": "kh", "c": "j", "ə": "a", "q": "g"}
    | {"Ş": "Sh", "Ç": "Ch", "Ğ": "Gh", "X": "Kh", "C": "J", "Ə": "A", "Q": "G"}
)
# The ways back, and letters of one sound for the skeleton of a word; the longest first.
_PAIRS = re.compile("dzh|sh|ch|zh|kh|gh|[cwvyhqaeiou]|(.)(?=\\1)")
_SOUND = {"dzh": "j", "sh": "s", "ch": "j", "zh": "j", "kh": "x", "gh": "g", "c": "j", "q": "g"}
_WRITTEN = {"s": ("s", "sh"), "j": ("j", "c", "ch", "zh", "dzh"), "x": ("x", "kh", "h"), "g": ("g", "gh", "q")}
_BETWEEN = ("", "a", "e", "i", "o", "u", "ya")
_SINGLE = (("sh", "s"), ("ch", "c"), ("kh", "x"), ("gh", "g"))


@lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(WORD.findall(fold(name[:LONGEST])))


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The consonants of a folded word, one letter for each sound: those of sheki, seki and shky are the same."""
    return _PAIRS.sub(lambda found: _SOUND.get(found[0], ""), word)


def begins(typed: tuple[str, ...], names: Iterable[str]) -> bool:
    """Whether each of the folded words that were typed begins a word of one and the same name."""
    named = [words(name) for name in names]
    return any(all(any(word.startswith(one) for word in own) for one in typed) for own in named)


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """1 for the same words in the same order; else below 1, by the words that each has in the other.

    Of a long name its beginning is compared, as every word is with every other.
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    pairs = [[_near(word, its) for its in other[:_MOST_WORDS]] for word in one[:_MOST_WORDS]]
    there, back = map(max, pairs), map(max, zip(*pairs, strict=True))
    return min((_mean([*there]) + _mean([*back])) / 2, 0.99)


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _near(one: str, other: str) -> float:
    if one == other:
        return 1.0
    bones = skeleton(one)
    return max(alike(one, other), _SOUNDS_ALIKE if len(bones) > 1 and bones == skeleton(other) else 0.0)


def asked(name: str) -> str:
    """A tsquery for records with every word of the name, as it stands or in another spelling of its letters."""
    own, english = words(name)[:_MOST_WORDS], words(name.translate(_AS_ENGLISH))[:_MOST_WORDS]
    both = zip(own, english if len(english) == len(own) else own, strict=True)
    return " & ".join(_any({word, other, _single(word)}) for word, other in both)


def loosely(name: str) -> list[str]:
    """Ever looser tsqueries, for names that are spelt otherwise: every word by how it begins, then any of them."""
    terms = sorted({word for word in words(name) if len(word) > 2}, key=lambda word: (-len(word), word))[:_LOOSE_WORDS]
    begun = [_any({term[:4], *_slips(term), *_sounding(term)}) for term in terms]
    return [" & ".join(begun), " | ".join(begun)][: min(len(begun), 2)]


def _any(beginnings: set[str]) -> str:
    return f"({' | '.join(f'{letters}:*' for letters in sorted(beginnings) if letters)})"


def _single(word: str) -> str:
    for pair, letter in _SINGLE:
        word = word.replace(pair, letter)
    return word


def _slips(term: str) -> set[str]:
    """The first three letters with two of them swapped or one of them left out."""
    swapped = {term[1] + term[0] + term[2], term[0] + term[2] + term[1]}
    return {term[:3], *swapped, term[1:4], term[0] + term[2:4], term[:2] + term[3:4]}


def _sounding(term: str) -> set[str]:
    """Beginnings with the first two consonants of the word, however these are written and what stands between them."""
    bones = skeleton(term)
    if len(bones) < 2 or term[0] in "aeiou":
        return set()
    first, second = (_WRITTEN.get(bone, (bone,)) for bone in bones[:2])
    return {f"{one}{vowel}{other}" for one in first for vowel in _BETWEEN for other in second}
