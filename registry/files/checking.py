"""Looks into an uploaded file and gives back what may be kept of it."""

import hashlib
import zipfile
from io import SEEK_END, BytesIO
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .documents import check_pdf, check_text
from .geotags import refuse_places
from .images import re_encode
from .kinds import HEAD, LARGEST_FILE, LARGEST_IMAGE, has_markup, kind_of
from .models3d import check_glb
from .mp3 import check_mp3
from .mp4 import check_mp4
from .store import Checked, room_needed

PIECE = 1024 * 1024  # bytes read at a time


def examine(upload: UploadedFile) -> Checked:
    """What of an upload may be kept. ValidationError says what to do instead; NoRoom when there is no space to look.

    Images come back as new ones with nothing but their pixels. Everything else comes back byte for byte or not at all.
    Close the file when it is kept or given up.
    """
    upload.seek(0, SEEK_END)
    size = upload.tell()
    upload.seek(0)
    _refuse_size(size, LARGEST_FILE)
    head = upload.read(HEAD)
    media_type = kind_of(head)
    upload.seek(0)
    if media_type.startswith("image/"):
        _refuse_size(size, LARGEST_IMAGE)
        file, width, height = re_encode(upload.file, media_type, head)
    else:
        file, width, height = _copy(upload, size), None, None
        media_type = _look_inside(file, size, media_type, head)
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    size = file.tell()
    file.seek(0)
    return Checked(digest.hexdigest(), size, media_type, width, height, file)


def _refuse_size(size: int, most: int) -> None:
    if not size:
        raise ValidationError(_("The file is empty. Choose it again."), code="size")
    if size > most:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB are kept. Make it smaller, or link to it instead."),
            code="size",
            params={"size": -(-size // 1024**2), "most": most // 1024**2},
        )


def _copy(upload: UploadedFile, size: int) -> IO[bytes]:
    """A copy that nobody else can write to while it is looked at; a large one lies on the disk."""
    small = size <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    file = BytesIO() if small else TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 (it is handed on)
    with room_needed():
        while piece := upload.read(PIECE):
            file.write(piece)
    return file


def _look_inside(file: IO[bytes], size: int, media_type: str, head: bytes) -> str:
    try:
        if zipfile.is_zipfile(file) or (media_type != "text/plain" and has_markup(head[:1024])):
            raise ValidationError(
                _("The file is two kinds of file at once. Export it again from the program that made it."), code="kind"
            )
        match media_type:
            case "text/plain":
                return check_text(file)
            case "application/pdf":
                check_pdf(file, size)
            case "video/mp4":
                media_type = check_mp4(file, size)
            case "audio/mpeg":
                check_mp3(file)
            case "model/gltf-binary":
                check_glb(file, size)
        refuse_places(file)
    except ValidationError:
        file.close()
        raise
    return media_type
