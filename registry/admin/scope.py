"""Which records an editor looks after: those in the regions of their account, and those that are in no region."""

from registry.models import Entry, Region, User


def looks_after(user: User, entry: Entry) -> bool:
    """Whether the record lies in one of the user's regions; an account without regions looks after all."""
    mine = Region.objects.within(user.regions.all()) if user.is_active and not user.is_superuser else []
    if not mine:
        return True
    places = _places(entry)
    return not places or bool(places & set(mine))


def _places(entry: Entry) -> set[str]:
    if isinstance(entry, Region):
        return {entry.pk}
    names = {field.name: field for field in entry.entry_relations() if field.related_model is Region}
    if "regions" in names:
        return set(entry.regions.values_list("pk", flat=True))
    return {entry.region_id} - {None} if "region" in names else set()
