"""Which entry of the feed a webhook is told of next."""

from collections.abc import Collection
from dataclasses import dataclass

from registry import public
from registry.models import ENTRIES, FeedEntry, FeedState, Placed, Region, Webhook

_AT_ONCE = 300
_MODELS = {model.slug: model for model in ENTRIES}


@dataclass(frozen=True)
class Step:
    """The entry to tell of, if any, and the last one before it, which is dealt with."""

    passed: int
    entry: FeedEntry | None = None


def step(webhook: Webhook, newest: int) -> Step:
    """The first entry behind the webhook's position, up to `newest`, that it wants.

    An entry that a later one has replaced is passed over: the later one tells what the public may read now.
    """
    entries = FeedEntry.objects.current().filter(number__gt=webhook.position, number__lte=newest).order_by("number")
    if webhook.nouns:
        entries = entries.filter(noun__in=webhook.nouns)
    if webhook.states:
        entries = entries.filter(state__in=webhook.states)
    if not webhook.places:
        entry = entries.first()
        return Step(entry.number - 1 if entry else newest, entry)
    some = list(entries.only("number", "code", "noun", "state")[:_AT_ONCE])
    wanted = _within(webhook.places, some)
    for entry in some:
        if entry.code in wanted and (whole := FeedEntry.objects.current().filter(pk=entry.pk).first()):
            return Step(whole.number - 1, whole)
    return Step(some[-1].number if len(some) == _AT_ONCE else newest)


def _within(places: Collection[str], entries: list[FeedEntry]) -> set[str]:
    """The codes of records within any of the places, and of those that were taken back: nobody can say any more."""
    found = {entry.code for entry in entries if entry.state != FeedState.PUBLISHED}
    around = [_now(code) for code in places]
    for slug, model in _MODELS.items():
        codes = [entry.code for entry in entries if entry.noun == slug and entry.code not in found]
        if codes and issubclass(model, Placed):
            inside = model.objects.public().order_by().filter(pk__in=codes, places__overlap=around)
            found |= set(inside.values_list("pk", flat=True))
    return found


def _now(code: str) -> str:
    """The place that this one was merged into, or itself."""
    gone = public.gone(Region, code)
    return gone.now.pk if gone and gone.now else code
