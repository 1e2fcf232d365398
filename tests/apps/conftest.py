"""Alice leads the campaign, Bob canvasses for it, Charlie is from another campaign and must see nothing."""

from __future__ import annotations

from tests.apps.cast import (
    alice,
    alice_signed_in,
    bob,
    bob_signed_in,
    campaign,
    charlie,
    charlie_signed_in,
    olive,
    petra,
    rivals,
)
from tests.apps.knocking import rivals_world, world
from tests.apps.pool import pooled

__all__ = [
    "alice",
    "alice_signed_in",
    "bob",
    "bob_signed_in",
    "campaign",
    "charlie",
    "charlie_signed_in",
    "olive",
    "petra",
    "pooled",
    "rivals",
    "rivals_world",
    "world",
]
