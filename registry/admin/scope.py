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
    found: set[str] = set()
    for path in getattr(entry, "place_paths", ()):
        found |= set(type(entry).objects.filter(pk=entry.pk).values_list(path, flat=True))
    return found - {None}
