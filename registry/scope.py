"""Which records somebody with an account looks after: those in the regions of the account, and those in no region.

What is published everybody sees; what is not, only those who look after it.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.models import ENTRIES, Change, Entry, Region, State, User


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


def visible(user: User, records: QuerySet) -> QuerySet:
    """Those of the records of one noun that the user may see."""
    mine = regions_of(user)
    if not mine:
        return records
    return records.filter(Q(state=State.PUBLISHED) | _looked_after(records.model, mine))


def seen(user: User, codes: Iterable[str]) -> set[str]:
    """Those of the codes that name no record which the user may not see."""
    wanted = set(codes)
    for model in ENTRIES if regions_of(user) else ():
        mine = model.objects.order_by().filter(pk__in=[code for code in wanted if code.startswith(f"{model.prefix}-")])
        wanted -= set(mine.values_list("pk", flat=True)) - set(visible(user, mine).values_list("pk", flat=True))
    return wanted


def visible_changes(user: User) -> QuerySet[Change]:
    """The history as the user may see it: what is public, what was done to records they see, and what they did."""
    mine = regions_of(user)
    if not mine:
        return Change.objects.all()
    seen = Q(public=True) | Q(by=user)
    for model in ENTRIES:
        found = model.objects.filter(_looked_after(model, mine), pk=OuterRef("entry_code")).order_by()
        seen |= Q(entry_type=model._meta.model_name) & Exists(found)
    return Change.objects.filter(seen)


def _looked_after(model: type[Entry], mine: frozenset[str]) -> Q:
    """What `looks_after` says, as a condition on the records of a noun."""
    if model is Region:
        return Q(pk__in=mine)
    inside, nowhere = Q(), Q()
    for path in getattr(model, "place_paths", ()):
        placed = model.objects.order_by().filter(pk=OuterRef("pk"))
        inside |= Exists(placed.filter(**{f"{path}__in": mine}))
        nowhere &= ~Exists(placed.filter(**{f"{path}__isnull": False}))
    return inside | nowhere if inside else Q(pk__isnull=False)


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
