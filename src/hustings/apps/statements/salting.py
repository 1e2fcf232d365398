"""Words about a person of which a record holds only a salted hash: kept here, and erasable."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.access import NotYet
from hustings.apps.statements.models import Salted
from hustings.core.ledger.salted import SALT_BYTES, commit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record


def salted(campaign: Campaign, words: Mapping[str, str]) -> str:
    """The hash for the record; the words and their salt are kept beside it."""
    salt = secrets.token_bytes(SALT_BYTES)
    commitment = commit(salt, dict(words))
    Salted.objects.create(campaign=campaign, commitment=commitment, salt=salt, words=dict(words))
    return commitment


def forget(campaign: Campaign, row: Record, *, by: Actor) -> None:
    """
    Forget who told us, or whom we rang, as a person who was promised so may ask.

    Raises
    ------
    NotYet
        When nothing is kept about anybody, or it was forgotten before.
    """
    with tenant(campaign.pk):
        commitment = row.said.get("calledBack") or row.said.get("toldBy") or ""
        if not commitment or not erase(campaign, commitment):
            raise NotYet("Nothing is kept beside this record that could be forgotten.")
        audit(by, "word.forget", subject="record", subject_id=row.pk)


def erase(campaign: Campaign, commitment: str) -> bool:
    """Forget the words and the salt; whether they were there. The record and its proof stay as they are."""
    return bool(Salted.objects.of(campaign).filter(commitment=commitment).delete()[0])
