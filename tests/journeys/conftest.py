"""The people of the journeys are those of every test."""

from __future__ import annotations

from tests.apps.cast import alice, alice_signed_in, campaign, charlie, charlie_signed_in, rivals

__all__ = ["alice", "alice_signed_in", "campaign", "charlie", "charlie_signed_in", "rivals"]
