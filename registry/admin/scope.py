"""Which records an editor looks after: those in the regions of their account, and those that are in no region."""

from registry.models import Entry, Region, User


def looks_after(user: User, entry: Entry) -> bool:
    """Whether the record lies in one of the user's regions; an account without regions looks after all."""
    mine = _regions_of(user)
    places = _places(entry) if mine else set()
    return not places or bool(places & mine)


def _regions_of(user: User) -> frozenset[str]:
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
