"""Connections shared by many, as they are where Hustings serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = 16


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[None]:
    """A pool of :data:`CONNECTIONS`; each thread gives its own back with ``connection.close()``."""
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    options["pool"] = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 60}
    yield
    connection.close()
    connection.close_pool()
    del options["pool"]
