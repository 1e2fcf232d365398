"""Files that are not what they are taken for."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEGA = 1 << 20


def zip_bomb() -> bytes:
    """A thousand times its size, once it is unpacked."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("register.csv", "w") as member,
    ):
        member.write(b"a,b\n")
        for _ in range(120):
            member.write(b"0" * MEGA)
    return packed.getvalue()


def gzip_bomb() -> bytes:
    """The same, as a map: megabytes of nothing in kilobytes."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="w") as archive:
        archive.write(b'<osm version="0.6">')
        for _ in range(120):
            archive.write(b" " * MEGA)
    return packed.getvalue()


NOISE = random.Random(1)  # noqa: S311  # the same bytes each time
BAD: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\r\n \r\n\r\n",
    "zeros": b"\0" * 4096,
    "a picture": b"\x89PNG\r\n\x1a\n" + NOISE.randbytes(2000),
    "a workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE.randbytes(4000),
    "noise": bytes(range(256)) * 40,
    "a page": b"<!doctype html><html><title>Sign in</title></html>",
    "json": b'{"type": "FeatureCollection", "features": []}',
    "words": b"Dear sir, the register is attached.\nYours, the council\n",
    "another table": b"one,two,three\n1,2,3\n4,5,6\n",
    "wrong encoding": "Straße;Größe\nä;ö\n".encode("utf-16"),
    "an open quote": b'door_id,lon,lat,postcode,street,number\n"a,1,2\n' + b"x,1,2,,,\n" * 50_000,
    "one endless line": b"door_id,lon,lat,postcode" + b"x" * (12 * MEGA),
    "an endless row": b"door_id,lon,lat,postcode\n" + b"x" * (12 * MEGA),
    "a zip bomb": (ZIP_BOMB := zip_bomb()),
    "a gzip bomb": gzip_bomb(),
    "half a zip": ZIP_BOMB[:-200],
}


def write(folder: Path, kind: str, ending: str) -> Path:
    """A bad file with that ending."""
    path = folder / f"bad{ending}"
    path.write_bytes(BAD[kind])
    return path
