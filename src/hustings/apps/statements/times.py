"""Moments as records write them: in UTC, to the second."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone


def as_records_write_it(moment: datetime) -> str:
    """``2016-08-24T10:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now_as_records_write_it() -> str:
    """The running second."""
    return as_records_write_it(timezone.now())


def read_moment(text: str) -> datetime:
    """The moment that a record names."""
    return datetime.fromisoformat(text)
