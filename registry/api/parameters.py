"""What an address may be asked, read strictly: a wrong parameter is an error that names the right ones."""

from collections.abc import Collection, Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

PAGE_SIZE, MAX_PAGE_SIZE = 25, 500
MOST_EXACT = 2**53 - 1  # the largest whole number that every reader of JSON reads exactly
_SHOWN = 40  # characters of a wrong name or value that an error repeats
_MOST = 20  # wrong names that one answer lists


class Refusals(dict[str, list[str]]):
    """Everything that is wrong with a request, by parameter, so that one answer says it all."""

    def add(self, name: str, message: str) -> None:
        """One more thing that is wrong with a parameter."""
        self.setdefault(name[:_SHOWN], []).append(message)

    def raise_if_any(self) -> None:
        """Raise ValidationError, which becomes a 400."""
        if self:
            raise ValidationError(dict(self))


def check(given: QueryDict, allowed: Iterable[str], repeatable: Collection[str] = ()) -> Refusals:
    """Refuse names that are not allowed, and a second value where one is taken."""
    refusals, known = Refusals(), list(allowed)
    for name in [name for name in given if name not in known][:_MOST]:
        refusals.add(name, _("There is no such parameter here. Allowed: %(names)s.") % {"names": ", ".join(known)})
    for name in known:
        if name not in repeatable and len(given.getlist(name)) > 1:
            refusals.add(name, _("Give this parameter once."))
    return refusals


def page_size(given: QueryDict, refusals: Refusals) -> int:
    """1 to 500 in plain digits; 25 where it is not given."""
    text = given.get("page_size")
    if text is None:
        return PAGE_SIZE
    if text.isascii() and text.isdigit() and len(text) <= 3 and text[0] != "0" and int(text) <= MAX_PAGE_SIZE:
        return int(text)
    refusals.add("page_size", _("Give a number from 1 to %(most)d.") % {"most": MAX_PAGE_SIZE})
    return PAGE_SIZE


def names(given: QueryDict, parameter: str, allowed: Collection[str], refusals: Refusals) -> list[str]:
    """A comma-separated list of names, each once; empty where the parameter is not given."""
    if parameter not in given:
        return []
    wanted = list(dict.fromkeys(given[parameter].split(",")))
    _refuse_unknown(wanted, parameter, allowed, refusals)
    return wanted


def whole_number(given: QueryDict, parameter: str, refusals: Refusals) -> int:
    """0 to MOST_EXACT in plain digits; 0 where it is not given."""
    text = given.get(parameter, "0")
    if text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= MOST_EXACT:
        return int(text)
    refusals.add(parameter, _("Give a whole number, 0 or more."))
    return 0


def among(given: QueryDict, parameter: str, allowed: Collection[str], refusals: Refusals) -> list[str]:
    """The values of a parameter that may be repeated, each one of those allowed; empty where it is not given."""
    wanted = list(dict.fromkeys(given.getlist(parameter)))
    _refuse_unknown(wanted, parameter, allowed, refusals)
    return wanted


def _refuse_unknown(wanted: list[str], parameter: str, allowed: Collection[str], refusals: Refusals) -> None:
    for name in [name for name in wanted if name not in allowed][:_MOST]:
        refusals.add(
            parameter,
            _("There is no “%(name)s” here. Allowed: %(names)s.")
            % {"name": name[:_SHOWN], "names": ", ".join(allowed) or _("none")},
        )
