"""Files that were sent to us: kept beside the database, private, only until they are brought in or dropped."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from hustings.apps.campaigns.models import Campaign


class NoRoom(HustingsError):
    """The disk has no room for the upload."""


def folder() -> Path:
    """Where uploads wait; nobody but this installation's user may look in."""
    place = Path(settings.MEDIA_ROOT) / "waiting"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(campaign: Campaign, upload: UploadedFile[Any], *, ending: str = "") -> str:
    """
    Copy an upload in; returns its name below :func:`folder`.

    Parameters
    ----------
    ending
        One of the reader's own endings, for a reader that goes by them.
    """
    name = f"{campaign.pk}-{uuid.uuid4().hex}{ending}"
    path = folder() / name
    try:
        with path.open("xb") as out:
            path.chmod(0o600)
            for piece in upload.chunks(1 << 20):
                out.write(piece)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise NoRoom(
            "The file could not be stored, most likely because the disk is full. Nothing was kept."
        ) from error
    return name
