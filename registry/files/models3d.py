"""What a three-dimensional model has to be: one GLB (glTF 2.0, section 4.4) with everything inside."""

import json
import struct
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_SCENE = 8 * 1024 * 1024  # bytes of the JSON that describes the model
_JSON, _BIN = 0x4E4F534A, 0x004E4942


def check_glb(file: IO[bytes], size: int) -> None:
    """The chunks fill the file exactly, the scene can be read, and it asks for no other file or address."""
    file.seek(0)
    try:
        _magic, _version, length, scene_size, scene_kind = struct.unpack("<4sIIII", file.read(20))
        if length != size or scene_kind != _JSON or scene_size > min(size, LARGEST_SCENE):
            raise ValueError(size)
        scene = json.loads(file.read(scene_size))
        if rest := file.read(8):
            rest_size, rest_kind = struct.unpack("<II", rest)
            if rest_kind != _BIN or 28 + scene_size + rest_size != size:
                raise ValueError(size)
        outside = any("uri" in part for name in ("buffers", "images") for part in scene.get(name, []))
    except (struct.error, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(
            _("The model is damaged or incomplete. Export it again as GLB (binary glTF 2.0)."), code="damaged"
        ) from error
    if outside:
        raise ValidationError(
            _("The model needs other files. Export it as one GLB with its textures inside."), code="kind"
        )
