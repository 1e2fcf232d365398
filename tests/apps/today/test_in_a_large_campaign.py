"""The first page in a large campaign: few questions, and what it costs, printed."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings.models import Checkout, Turf
from tests.apps.cast import member, signed_in
from tests.apps.test_plans import a_large_campaign, look_at_the_tables

if TYPE_CHECKING:
    from django.test import Client

    from tests.apps.isolation_matrix import World

MOST_QUERIES = 12


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_in_a_large_campaign_the_page_asks_few_questions_and_takes_little_time(
    transactional_db: None, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    alice = signed_in(member(world.campaign, "Alice", "organiser"))
    with tenant(world.campaign.pk):
        a_large_campaign(world)
        turfs = Turf.objects.of(world.campaign).filter(number__gte=1000)
        Checkout.objects.bulk_create(
            Checkout(
                campaign=world.campaign, turf=turf, holder="Tom", made_by="Alice",
                expires_at=timezone.now() + timedelta(hours=2),
            ) for turf in turfs
        )  # fmt: skip
    look_at_the_tables()
    spent = {}
    for path in ("", "now/"):
        address = f"/c/{world.campaign.slug}/today/{path}"
        alice.get(address)  # templates are read once a process
        with CaptureQueriesContext(connection) as asked:
            answer = alice.get(address)
        assert answer.status_code == 200
        assert len(asked) <= MOST_QUERIES, [each["sql"][:90] for each in asked.captured_queries]
        spent[path or "today/"] = min(cpu_of(alice, address) for _turn in range(5))
    with capsys.disabled():
        sys.stdout.write(f"CPU of the first page, ms: {spent}\n")


def cpu_of(client: Client, address: str) -> int:
    """Milliseconds of the processor that one answer took here; the database's own are not among them."""
    begun = time.process_time()
    client.get(address)
    return round(1000 * (time.process_time() - begun))
