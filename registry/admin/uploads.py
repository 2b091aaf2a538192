"""A file in the form of a digital resource: examined before it is taken, kept before the record names it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from registry import files
from registry.models import Resource

from .forms import EntryForm

(FILE_FIELDS,) = Resource.inseparable


@dataclass(frozen=True)
class Upload:
    """What may be kept of an upload, and the name it was given."""

    checked: files.Checked
    name: str


class UploadField(forms.FileField):
    """Says at the field why a file cannot be kept, and what to do instead."""

    widget = forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in files.EXTENSIONS.values())})

    def clean(self, data: UploadedFile | None, initial: Any = None) -> Upload | None:
        """The file as it may be kept, not kept yet."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        checked = files.examine(upload)
        return Upload(checked, files.safe_name(upload.name, checked.media_type))


class ResourceForm(EntryForm):
    """With a file to take in or to take away."""

    upload = UploadField(
        label=_("File"),
        required=False,
        help_text=_(
            "JPEG, PNG or WebP images to 30 MB; PDF, CSV, text, MP4, WebM, MP3, M4A, Ogg, WAV, FLAC or GLB to 100 MB. "
            "Images lose what the camera wrote into them. When the form comes back, choose the file again."
        ),
    )
    remove_file = forms.BooleanField(
        label=_("Take the file away"),
        required=False,
        help_text=_("The record then names no file. An undo brings it back."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("upload") and found.get("remove_file"):
            self.add_error("remove_file", ValidationError(_("Either give a new file or take the old one away.")))
        return found


def take(resource: Resource, given: dict[str, Any]) -> None:
    """Keep a new file on the disk and name it in the record, or name none; NoRoom when there is no space.

    The file that was named before stays on the disk, for those who undo.
    """
    if upload := given.get("upload"):
        checked = upload.checked
        files.keep(checked)
        _name(resource, upload.name, checked.media_type, checked.size, checked.sha256, checked.width, checked.height)
    elif given.get("remove_file"):
        _name(resource, "", "", None, "", None, None)


def _name(resource: Resource, *values: Any) -> None:
    for name, value in zip(FILE_FIELDS, values, strict=True):
        setattr(resource, name, value)
