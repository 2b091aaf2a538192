"""Which records an editor looks after: those in the regions of their account, and those that are in no region."""

from collections.abc import Iterable

from registry.models import ENTRIES, Entry, Region, User


def looks_after(user: User, entry: Entry) -> bool:
    """Whether the record lies in one of the user's regions; an account without regions looks after all."""
    mine = regions_of(user)
    places = _places(entry) if mine else set()
    return not places or bool(places & mine)


def looked_after(user: User, codes: Iterable[str]) -> set[str]:
    """Those of the codes whose records the user looks after; the code of a record that is gone is everybody's."""
    wanted = set(codes)
    if not regions_of(user):
        return wanted
    for model in ENTRIES:
        mine = [code for code in wanted if code.startswith(f"{model.prefix}-")]
        found = model.objects.filter(pk__in=mine).prefetch_related(*getattr(model, "place_paths", ())) if mine else []
        wanted -= {entry.pk for entry in found if not looks_after(user, entry)}
    return wanted


def regions_of(user: User) -> frozenset[str]:
    """The regions of the account and all within them, worked out once a request."""
    if not hasattr(user, "regions_looked_after"):
        everywhere = user.is_superuser
        user.regions_looked_after = frozenset([] if everywhere else Region.objects.within(user.regions.all()))
    return user.regions_looked_after


def _places(entry: Entry) -> set[str]:
    """The regions it points to, drafts included, its own and those of what it belongs to."""
    if isinstance(entry, Region):
        return {entry.pk}
    return {code for path in getattr(entry, "place_paths", ()) for code in _at_the_end(entry, path)} - {None}


def _at_the_end(entry: Entry, path: str) -> set[str | None]:
    """The codes that a path leads to, over relations that a list has fetched for all its rows."""
    name, _, further = path.partition("__")
    field = entry._meta.get_field(name)
    if field.many_to_one and not further:
        return {getattr(entry, field.attname)}
    ends = getattr(entry, name)
    others = ends.all() if field.many_to_many else [ends] if ends else []
    return {code for other in others for code in (_at_the_end(other, further) if further else [other.pk])}
