"""How an import is begun, corrected and confirmed, and when its file is dropped."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import Entry, Import, ImportRow, ImportState, User
from registry.models.wording import validate_plain
from registry.scope import regions_of

from . import reading
from .mapping import Mapping, matched
from .rights import Rights

DAYS_KEPT = 90


def take_in(model: type[Entry], file_name: str, content: bytes, *, by: User) -> Import:
    """A new import of the file as it seems to be written; raises Unreadable."""
    found = reading.look(content)
    sheet = Import(by=by, entry_type=model._meta.model_name, file_name=_named(file_name), content=content)
    sheet.sha256 = reading.digest(content)
    _read_as(sheet, model, found)
    ledger.put(sheet)
    return sheet


def read_otherwise(sheet: Import, model: type[Entry], found: reading.Reading) -> None:
    """Read the file in another way, and match its headers anew; raises Unreadable."""
    _read_as(sheet, model, found)
    _back_to_the_columns(sheet, ["reading", "headers", "mapping"])


def say(sheet: Import, mapping: Mapping) -> None:
    """Keep what the columns mean."""
    sheet.mapping = mapping.as_json()
    _back_to_the_columns(sheet, ["mapping"])


def _read_as(sheet: Import, model: type[Entry], found: reading.Reading) -> None:
    sheet.headers = reading.headers(bytes(sheet.content), found)
    sheet.reading = found.as_json()
    sheet.mapping = matched(model, sheet.headers, sheet.by).as_json()


def _back_to_the_columns(sheet: Import, only: list[str]) -> None:
    with transaction.atomic():
        if locked(sheet).state not in {ImportState.READ, ImportState.CHECKED}:
            raise ledger.Refused(_("The import has begun: its columns cannot be changed any more."))
        sheet.state, sheet.counts = ImportState.READ, {}
        ledger.put(sheet, only=[*only, "state", "counts"])


def may_check(sheet: Import) -> list[str]:
    """What must still be said before the sheet can be checked."""
    mapping = Mapping.of(sheet)
    undecided, twice = mapping.problems(sheet.headers)
    problems = []
    if undecided:
        words = _("Say what these columns mean, or that they are left out: %(names)s.")
        problems.append(words % {"names": ", ".join(undecided)})
    if twice:
        words = _("More than one column is said to be: %(names)s. Choose one of them.")
        problems.append(words % {"names": ", ".join(twice)})
    taken = {meaning.to for meaning in mapping.meanings}
    if "code" not in taken and "title" not in taken:
        problems.append(_("One of the columns must hold the code or the title."))
    return problems


def begin(sheet: Import, state: ImportState, allowed: set[ImportState]) -> None:
    """Move the import on, once; raises Refused when somebody has done so already. Call it in a transaction."""
    now = locked(sheet).state
    if now not in allowed:
        words = _("The import stands at “%(state)s”. Open it again.")
        raise ledger.Refused(words % {"state": ImportState(now).label})
    sheet.state = state
    ledger.put(sheet, only=["state"])


def confirm(sheet: Import, reason: str) -> None:
    """Keep why the records change, which becomes the reason of every change; raises Refused."""
    reason = reason.strip()
    if not reason:
        raise ledger.Refused(_("Say why the records change; everybody can read it."))
    try:
        validate_plain(reason)
    except ValidationError as error:
        raise ledger.Refused(" ".join(error.messages)) from error
    if len(reason) > Import._meta.get_field("reason").max_length:
        raise ledger.Refused(_("Say why in at most 500 characters."))
    sheet.reason = reason
    ledger.put(sheet, only=["reason"])


def may_publish(user: User, model: type[Entry]) -> bool:
    """Whether somebody may have what is complete published with the import."""
    return Rights(user).has("publish", model)


def locked(sheet: Import) -> Import:
    """The stored import, held until the end of the transaction."""
    return Import.objects.select_for_update(of=("self",)).defer("content").get(pk=sheet.pk)


def visible_to(user: User) -> QuerySet[Import]:
    """One's own imports; all of them for those who keep or audit the whole register."""
    sheets = Import.objects.select_related("by", "job").defer("content")
    if user.has_perm("registry.view_import") and not regions_of(user):
        return sheets
    mine = user.has_perm("registry.add_import") or user.has_perm("registry.view_import")
    return sheets.filter(by=user) if mine else sheets.none()


def erase_expired() -> int:
    """Drop the files and rows of imports that are older than 90 days; what they changed stays in the history."""
    old = Import.objects.filter(made_at__lt=timezone.now() - timedelta(days=DAYS_KEPT)).exclude(content=b"")
    count = 0
    for sheet in old.exclude(state__in=[ImportState.CHECKING, ImportState.IMPORTING]).only("pk"):
        with transaction.atomic():
            ledger.drop(ImportRow.objects.filter(sheet=sheet))
            sheet.content = b""
            ledger.put(sheet, only=["content"])
        count += 1
    return count


def _named(file_name: str) -> str:
    """The name of the file as far as it can be shown."""
    name = "".join(letter for letter in file_name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    try:
        validate_plain(name)
    except ValidationError:
        name = ""
    return name.strip()[-200:] or "sheet"
