"""Where the words of a search stand in a text, whatever spelling or script either is in."""

from registry import search

Part = tuple[str, bool]
# An excerpt starts so many words before the first that was found.
_LEAD = 6


def parts(text: str, query: str) -> list[Part]:
    """The text cut where found words begin and end: (words, whether they were found). Nothing is added or lost.

    As in the search itself, a word of the query is the beginning of a word of the text.
    """
    terms = tuple(search.WORD.findall(search.fold(query[: search.MAX_QUERY])))
    if not terms:
        return [(text, False)]
    own = list(search.pieces(text))
    folded = "".join(fold for _piece, fold in own)
    owner = [number for number, (_piece, fold) in enumerate(own) for _character in fold]
    lit: set[int] = set()
    for word in search.WORD.finditer(folded):
        length = max((len(term) for term in terms if word[0].startswith(term)), default=0)
        if length:
            last = owner[word.start() + length - 1]
            # Letters that are folded to nothing, such as ا, belong to the word before them.
            while last + 1 < len(own) and not own[last + 1][1] and own[last + 1][0].isalpha():
                last += 1
            lit |= {*range(owner[word.start()], last + 1)}
    found: list[Part] = []
    for number, (piece, _fold) in enumerate(own):
        is_lit = number in lit
        if found and found[-1][1] == is_lit:
            found[-1] = (found[-1][0] + piece, is_lit)
        else:
            found.append((piece, is_lit))
    return found or [(text, False)]


def is_in(text: str, query: str) -> bool:
    """Whether any word of the query begins a word of the text."""
    return any(is_lit for _words, is_lit in parts(text, query))


def excerpt(text: str, query: str, most: int = 40) -> str:
    """At most so many words of the text, from a little before the first that was found."""
    every = text.split()
    before = ""
    for words, is_lit in parts(text, query):
        if is_lit:
            break
        before += words
    else:
        before = ""
    start = max(0, len(before.split()) - _LEAD) if len(before.split()) > most - _LEAD else 0
    shown = " ".join(every[start : start + most])
    return f"{'… ' if start else ''}{shown}{' …' if start + most < len(every) else ''}"
