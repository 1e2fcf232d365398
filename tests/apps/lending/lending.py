"""Riverside lends, Harbour takes: what goes between them goes as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import queries, referring, sending, taking_in
from hustings.apps.lending.models import Offer
from hustings.apps.statements.models import Record, Refusal
from hustings.apps.statements.reading import ledger_of
from hustings.formats.parcel import read_parcel, write_parcel

if TYPE_CHECKING:
    from hustings.apps.statements.models import Party
    from tests.apps.statements.talking import Desk

TICKED = {
    "tick_name": "on",
    "name": "Asha Malik",
    "tick_telephone": "on",
    "telephone": "01632 960 001",
}


@dataclass
class Both:
    """Two desks that met; ``harbour_is`` is what Riverside calls the other."""

    riverside: Desk
    harbour: Desk
    harbour_is: Party

    def offer(self, **more: Any) -> tuple[Offer, str]:
        """Asha is asked to help Harbour; the offer and her link's token."""
        today = timezone.localdate()
        said: dict[str, Any] = {
            "purpose": "Knocking on doors", "from_country": "GB", "to_country": "US",
            "starts_on": today, "ends_on": today + timedelta(days=7),
            "keep_until": today + timedelta(days=30),
            "answer_by": timezone.now() + timedelta(days=14),
        }  # fmt: skip
        with tenant(self.riverside.campaign.pk):
            return referring.offer(
                self.riverside.campaign, self.harbour_is, "Asha",
                referring.Asked(**said | more), by=self.riverside.ada.actor,
            )  # fmt: skip

    def asked(self, one: Offer) -> queries.Asked:
        """Where it stands, as Riverside sees it."""
        with tenant(self.riverside.campaign.pk):
            return queries.asked(ledger_of(self.riverside.campaign), one)


def page(token: str, **said: str) -> Any:
    """The volunteer's page: looked at, or with a form sent."""
    client = Client()
    return client.post(f"/help/{token}/", said) if said else client.get(f"/help/{token}/")


def parcel(desk: Desk, record: Record) -> bytes:
    """A record of this campaign as a file."""
    with tenant(desk.campaign.pk):
        return write_parcel(sending.parcel_of(record))


def takes(desk: Desk, content: bytes) -> Record | Refusal:
    """A file, taken in."""
    read = read_parcel(content)
    with tenant(desk.campaign.pk):
        return taking_in.take_in(desk.campaign, read.bundle, read.parts, by=desk.ada.actor)


def last(desk: Desk, kind: str) -> Record:
    """The newest record of that kind that is kept here."""
    with tenant(desk.campaign.pk):
        row: Record = Record.objects.of(desk.campaign).filter(kind=kind).order_by("-id")[0]
    return row


def at(moment: datetime) -> datetime:
    """A moment in the zone of the tests."""
    return timezone.make_aware(moment)


@pytest.fixture
def both(riverside: Desk, harbour: Desk) -> Both:
    harbour.meets(riverside)
    return Both(riverside, harbour, riverside.meets(harbour))
