"""
A parcel: a record with its proof and the files that belong to it, as one file.

A ZIP with ``record.bundle``, ``sealed`` where a part is for the receiver alone, and ``files/`` by their SHA-256.
The same parcel is the same bytes. A bundle by itself is a parcel without files.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import HEADER, MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 60_000_000
MOST_FILES = 40
SEALED = "sealed"
"""The name of the part that only the receiver can open; every other part is named by its SHA-256."""
_BUNDLE, _FILES = "record.bundle", re.compile(r"files/([0-9a-f]{64})")
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A bundle as text, and its parts by SHA-256, or :data:`SEALED`."""

    bundle: str
    parts: Mapping[str, bytes] = field(default_factory=dict)


def write_parcel(parcel: Parcel) -> bytes:
    """The file."""
    entries = {_BUNDLE: parcel.bundle.encode()}
    for name, content in sorted(parcel.parts.items()):
        entries[SEALED if name == SEALED else f"files/{name}"] = content
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content)
    return into.getvalue()


def read_parcel(content: bytes) -> Parcel:
    """
    The parcel in a file; nothing of it is verified yet but that files are what their names say.

    Raises
    ------
    BadInput
        It is neither a parcel nor a bundle, is too large, or a file in it was changed.
    """
    if len(content) > MOST_BYTES:
        raise BadInput(f"This file is larger than any parcel ({MOST_BYTES // 1_000_000} MB).")
    if content.startswith(HEADER.encode()):
        return Parcel(_text(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
            ValueError) as error:  # fmt: skip
        raise BadInput(
            "This is no parcel of another campaign: the file is damaged, or something else."
        ) from error


def _read(archive: zipfile.ZipFile) -> Parcel:
    entries = archive.infolist()
    if len(entries) > MOST_FILES + 2 or len({entry.filename for entry in entries}) != len(entries):
        raise BadInput("This parcel has too many files, or one of them twice.")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadInput(f"What is in this file is larger than {MOST_BYTES // 1_000_000} MB.")
    bundle, parts = "", {}
    for entry in entries:
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
        if len(content) != entry.file_size:
            raise BadInput(f"«{entry.filename[:80]}» is longer than this parcel says.")
        found = _FILES.fullmatch(entry.filename)
        if entry.filename == _BUNDLE:
            bundle = _text(content)
        elif entry.filename == SEALED:
            parts[SEALED] = content
        elif found is None:
            raise BadInput(f"A parcel has no file «{entry.filename[:80]}»; this one was added.")
        elif hashlib.sha256(content).hexdigest() != found[1]:
            raise BadInput(f"The file {found[1][:16]}… of this parcel was changed on its way.")
        else:
            parts[found[1]] = content
    if not bundle:
        raise BadInput("There is no record in this parcel, so nothing says whom it is from.")
    return Parcel(bundle, parts)


def _text(content: bytes) -> str:
    if len(content) > 4 * MOST_CHARACTERS:
        raise BadInput("The record in this parcel is larger than any record.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise BadInput("The record in this parcel is no text.") from error
    text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"
