"""No room left, as a sentence."""

from __future__ import annotations

import errno

from hustings.core.errors import HustingsError


class DiskFull(HustingsError):
    """The database, or the folder beside it, has no room left."""


class disk_watched:  # noqa: N801  # used like a function
    """Turns the database's and the system's "no space left" into a sentence; everything else passes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        cause = error if getattr(error, "sqlstate", None) else getattr(error, "__cause__", None)
        full = isinstance(error, OSError) and error.errno in (
            errno.ENOSPC,
            errno.EDQUOT,
            errno.EFBIG,
        )
        if full or getattr(cause, "sqlstate", None) == "53100":
            raise DiskFull(
                "The disk is full: nothing was brought in and nothing was lost. Make room and import"
                " the file again."
            ) from error
