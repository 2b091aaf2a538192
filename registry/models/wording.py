"""What text may hold: names in several languages, and no invisible or misleading characters."""

import unicodedata
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

# Joiners are part of Persian spelling; every other format or control character hides something from the reader.
_JOINERS = {"\u200c", "\u200d"}
_WITHOUT_JOINERS = dict.fromkeys(map(ord, _JOINERS))
_LAYOUT = {"\n", "\t"}
# Never letters in any version of Unicode, and the last two of each plane in no XML: Unicode 23.7.
_NONCHARACTERS = {
    *range(0xFDD0, 0xFDF0),
    *(plane | last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
}

MOST_NAMES = 100


def validate_plain(text: str) -> None:
    """Refuse control, bidirectional-override, zero-width and non-characters, and text made of joiners alone."""
    # What Python calls printable holds none of them; a single pass in C finds that out for nearly every text.
    for character in "" if text.isprintable() else text:
        category = unicodedata.category(character)
        is_hidden = category in {"Cc", "Cf", "Cs", "Co"} and character not in _JOINERS | _LAYOUT
        if is_hidden or ord(character) in _NONCHARACTERS:
            raise ValidationError(
                _("The text holds an invisible character (U+%(number)s). Type it again, or paste it as plain text."),
                code="invisible",
                params={"number": f"{ord(character):04X}"},
            )
    if text and not text.translate(_WITHOUT_JOINERS).strip():
        raise ValidationError(_("The text holds no visible character."), code="invisible")


def validate_web_address(address: str) -> None:
    """An address that a browser opens: http or https."""
    if not address.startswith(("http://", "https://")):
        raise ValidationError(_("Give a web address that begins with https:// or http://."), code="web_address")


def composed(value: Any) -> Any:
    """Text in Unicode NFC, inside lists and dicts as well; anything else as it is."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return value


def compose(instance: Model) -> None:
    """Compose every text that a row is about to store."""
    for field in instance._meta.concrete_fields:
        if not field.generated:
            value = getattr(instance, field.attname)
            if (new := composed(value)) is not value:
                setattr(instance, field.attname, new)


def validate_country(code: str) -> None:
    """An ISO 3166-1 alpha-2 code in capitals."""
    if not pycountry.countries.get(alpha_2=code) or code != code.upper():
        raise ValidationError(_("“%(code)s” is not an ISO 3166-1 country code."), params={"code": code[:10]})


def validate_subdivision(code: str) -> None:
    """An ISO 3166-1 alpha-2 or ISO 3166-2 code in capitals."""
    if "-" not in code:
        return validate_country(code)
    if not pycountry.subdivisions.get(code=code) or code != code.upper():
        raise ValidationError(_("“%(code)s” is not an ISO 3166-2 code."), params={"code": code[:10]})
    return None


def validate_language(code: str) -> None:
    """An ISO 639-1 code, or ISO 639-3 where a language has no shorter one."""
    found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    if not found or code != code.lower():
        raise ValidationError(
            _("“%(code)s” is not an ISO 639 language code such as az, ru or fa."), params={"code": code[:10]}
        )


def validate_currency(code: str) -> None:
    """An ISO 4217 code in capitals."""
    if not pycountry.currencies.get(alpha_3=code) or code != code.upper():
        raise ValidationError(_("“%(code)s” is not an ISO 4217 currency code."), params={"code": code[:10]})


def validate_other_names(names: object) -> None:
    """A list of {"name": str, "language": ISO 639 code or "", "note": str}; the name is required."""
    if not isinstance(names, list):
        raise ValidationError(_("Other names are a list."))
    if len(names) > MOST_NAMES:
        raise ValidationError(_("A record has at most %(most)d other names."), params={"most": MOST_NAMES})
    for row in names:
        if not isinstance(row, dict) or set(row) != {"name", "language", "note"}:
            raise ValidationError(_("Each other name has a name, a language and a note, and nothing else."))
        if not all(isinstance(value, str) for value in row.values()) or not row["name"].strip():
            raise ValidationError(_("Each other name needs the name itself."))
        if max(map(len, row.values())) > 300:
            raise ValidationError(_("A name or its note is longer than 300 characters."))
        for value in row.values():
            validate_plain(value)
        if row["language"]:
            validate_language(row["language"])
