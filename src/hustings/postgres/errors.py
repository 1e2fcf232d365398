"""What can go wrong with the embedded server."""

from __future__ import annotations

from hustings.core.errors import HustingsError


class PostgresError(HustingsError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""
