"""Words about a person of which a record holds only a salted hash: kept here, and erasable."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from hustings.apps.statements.models import Salted
from hustings.core.ledger.salted import SALT_BYTES, commit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.campaigns.models import Campaign


def salted(campaign: Campaign, words: Mapping[str, str]) -> str:
    """The hash for the record; the words and their salt are kept beside it."""
    salt = secrets.token_bytes(SALT_BYTES)
    commitment = commit(salt, dict(words))
    Salted.objects.create(campaign=campaign, commitment=commitment, salt=salt, words=dict(words))
    return commitment


def erase(campaign: Campaign, commitment: str) -> bool:
    """Forget the words and the salt; whether they were there. The record and its proof stay as they are."""
    return bool(Salted.objects.of(campaign).filter(commitment=commitment).delete()[0])
