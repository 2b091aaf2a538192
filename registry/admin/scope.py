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
    if isinstance(entry, Region):
        return {entry.pk}
    names = {field.name for field in entry.entry_relations() if field.related_model is Region}
    if "regions" in names:
        return {region.pk for region in entry.regions.all()}
    return {entry.region_id} - {None} if "region" in names else set()
