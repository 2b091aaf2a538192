"""What tells spam from a message: how long writing took, and how much came from one network. Neither is kept."""

import time

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry import pace
from registry.visitors import network_of

_SALT = "registry.web.spam"
TOO_FAST = 3  # seconds in which nobody reads, writes and agrees
TOO_OLD = 12 * 60 * 60
MOST_LINKS = 3
# So many messages from one network in so many seconds.
MOST = 8
WINDOW = 15 * 60


def started(at: float | None = None) -> str:
    """When a page was made, in seconds since 1970 and signed; now, unless said otherwise."""
    return signing.dumps(int(time.time() if at is None else at), salt=_SALT)


def age_of(token: str) -> float | None:
    """Seconds since the page was made; None for one that is too old or was made by somebody else."""
    try:
        age = time.time() - signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return age if age <= TOO_OLD else None


def seconds_to_wait(request: HttpRequest) -> int:
    """Count one more message from the network; 0, or the seconds until it may send again."""
    return pace.seconds_to_wait(network_of(request), most=MOST, window=WINDOW)


def told_to_wait(seconds: int) -> str:
    """The same in words, in whole minutes."""
    told = _("Much was sent from your network just now. Nothing is lost: send it again in %(n)d minutes.")
    return told % {"n": -(-seconds // 60)}


class FormForAll(forms.Form):
    """A form that needs no account; `topic` is hidden from people, not from programs."""

    topic = forms.CharField(required=False)
    started = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_started(self) -> float:
        """Seconds since the page was made; a page that is too old, or was not made here, is asked for again."""
        age = age_of(self.data.get("started", ""))
        if age is None:
            raise forms.ValidationError(
                _("This page had been open for too long. Read once more what you wrote, and send it again.")
            )
        return age

    def looks_like_spam(self, *texts: str) -> bool:
        """What is held for an editor to look at: sent in no time, with the hidden field filled, or full of links."""
        words = " ".join(texts).lower()
        links = words.count("http://") + words.count("https://") + words.count("www.")
        given = self.cleaned_data
        return bool(given["topic"]) or given["started"] < TOO_FAST or links > MOST_LINKS
