"""The secrets that messages are signed with: shown once, and encrypted at rest with a key made from SECRET_KEY.

A hash would not do: to sign, the secret itself has to be read. Whoever has the database alone can sign nothing.
"""

from base64 import b64decode, b64encode, urlsafe_b64encode
from datetime import datetime, timedelta
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from registry.models import Webhook

PREFIX = "whsec_"  # by which people and programs know what it is
OLD_SIGNS = timedelta(hours=24)  # after a new secret was made, so that the partner can change over in peace
_BYTES = 32  # Standard Webhooks asks for 24 to 64
_SALT = "registry.webhooks.keys"


class Unreadable(Exception):
    """A secret was encrypted with another SECRET_KEY."""


def new() -> tuple[str, str]:
    """A secret as it is shown to people, and as it is stored."""
    secret = PREFIX + b64encode(token_bytes(_BYTES)).decode()
    return secret, _box().encrypt(secret.encode()).decode()


def of(webhook: Webhook, now: datetime) -> list[bytes]:
    """What signs at the moment: the secret, and the one before as long as it still holds. Raises Unreadable."""
    stored = [webhook.secret]
    if webhook.old_secret and webhook.old_secret_until and now < webhook.old_secret_until:
        stored.append(webhook.old_secret)
    try:
        opened = [_box().decrypt(text.encode()).decode() for text in stored]
    except InvalidToken as error:
        raise Unreadable from error
    return [b64decode(secret.removeprefix(PREFIX)) for secret in opened]


def _box() -> MultiFernet:
    """Encrypts with SECRET_KEY, and reads what an earlier one of SECRET_KEY_FALLBACKS has encrypted."""
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [salted_hmac(_SALT, "", secret=key, algorithm="sha256").digest() for key in known]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in made])
