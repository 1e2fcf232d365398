"""What the database says where it stopped one transaction for another's sake; all of it was taken back."""

from __future__ import annotations

from django.db import DatabaseError

STOPPED = {"40P01", "40001"}
"""Two waited for each other (``deadlock_detected``), or could not be put one after the other."""
OVERTAKEN = {"23503", "23505"}
"""Somebody else added the same row, or took away one that was named, a moment ago: asked again, it is seen."""


def was_stopped(error: BaseException) -> bool:
    """Whether nothing was done, and the same can be done again as it is."""
    return _state(error) in STOPPED


def may_go_again(error: BaseException) -> bool:
    """Whether it is worth doing once more, from the beginning: what somebody else did is there to be read by then."""
    return _state(error) in STOPPED | OVERTAKEN


def _state(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", "")) if isinstance(error, DatabaseError) else ""
