"""The records that a sheet names: by code, or by an exact title that only one of them has."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from registry import scope
from registry.models import ENTRIES, Entry, State, User
from registry.search import fold

from .problems import Wrong

_BY_PREFIX = {model.prefix: model for model in ENTRIES}
_SHOWN = 5


def is_code(text: str) -> bool:
    """Whether the text has the form of a code, in capitals or not."""
    prefix, _dash, digits = text.partition("-")
    return prefix.upper() in _BY_PREFIX and digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 12


class Finder:
    """Looks the records of many rows up together and remembers them; only records that the user may see."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._codes: dict[type[Entry], dict[str, str]] = defaultdict(dict)  # code -> the code it was merged into
        self._titles: dict[type[Entry], dict[str, list[str]]] = defaultdict(dict)

    def load(self, model: type[Entry] | None, texts: Iterable[str]) -> None:
        """Look up what is not known yet, in two queries; without a model the codes of any noun."""
        codes: dict[type[Entry], set[str]] = defaultdict(set)
        folded: set[str] = set()
        for text in texts:
            if is_code(text):
                owner = model or _BY_PREFIX[text[:3].upper()]
                if text.upper() not in self._codes[owner]:
                    codes[owner].add(text.upper())
            elif model and (key := fold(text)[:300]) not in self._titles[model]:
                folded.add(key)
        for owner, wanted in codes.items():
            seen = scope.visible(self.user, owner.objects.order_by()).filter(pk__in=wanted)
            self._codes[owner] |= dict(seen.values_list("pk", "merged_into"))
        if folded:
            titles = self._titles[model]
            titles |= {key: [] for key in folded}
            seen = scope.visible(self.user, model.objects.order_by("pk")).exclude(state=State.WITHDRAWN)
            for code, key in seen.filter(title_folded__in=folded).values_list("pk", "title_folded"):
                titles[key].append(code)

    def find(self, model: type[Entry] | None, text: str) -> str:
        """The code of the record that was loaded; raises Wrong where there is none, or more than one."""
        if is_code(text):
            code = text.upper()
            owner = _BY_PREFIX[code[:3]]
            if model and owner is not model:
                words = _("%(code)s is the code of another noun. Give the code of a record such as %(prefix)s-0001.")
                raise Wrong(words % {"code": code, "prefix": model.prefix})
            if code not in self._codes[owner]:
                raise Wrong(_("There is no record %(code)s in the register.") % {"code": code})
            if into := self._codes[owner][code]:
                raise Wrong(_("%(code)s was merged into %(into)s. Write that code.") % {"code": code, "into": into})
            return code
        if model is None:
            raise Wrong(_("“%(text)s” is not a code such as REG-0002.") % {"text": text[:60]})
        found = self._titles[model].get(fold(text)[:300], [])
        if len(found) == 1:
            return found[0]
        if found:
            words = _("Several records are called “%(text)s”: %(codes)s. Write the code.")
            raise Wrong(words % {"text": text[:60], "codes": ", ".join(found[:_SHOWN])})
        words = _("No record is called “%(text)s”. Write its code or its exact title, or add it to the register first.")
        raise Wrong(words % {"text": text[:60]})
