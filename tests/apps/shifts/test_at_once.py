"""Two workers make the same reminders at once: each is there once, and neither stops the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import reminding, signing_up
from hustings.apps.shifts.models import Message, SignUp
from hustings.apps.shifts.places_given import message
from tests.apps.crossing import crossing
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session
from tests.apps.volunteers.cast import a_volunteer

pytestmark = [
    pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pooled"),
]  # fmt: skip


def test_two_workers_make_reminders_in_one_order() -> None:
    with time_machine.travel(NOON, tick=True):
        campaign = create_campaign("riverside", "Riverside")
        session = a_session(campaign)
        one, other = (
            signing_up.sign_up(session, a_volunteer(campaign, email=f"{n}@example.org"), by=LINK)
            for n in range(2)
        )
    now = SATURDAY - timedelta(hours=20)
    with tenant(campaign.pk):  # the first of them now stands behind the second in the table
        SignUp.objects.filter(pk=one.pk).update(made_at=NOON)
        with time_machine.travel(now, tick=True):
            reminding.make_due(campaign, now)
        kinds = list(Message.objects.filter(sign_up=one).values_list("kind", "key"))
        due = [(kind, key) for kind, key in kinds if kind != Message.Kind.BOOKED]
        assert due
        Message.objects.exclude(kind=Message.Kind.BOOKED).delete()

    def look() -> None:
        with tenant(campaign.pk):
            with (
                connection.cursor() as cursor
            ):  # rows come as they stand in the table, as they may in a large one
                cursor.execute(
                    "set local enable_indexscan = off; set local enable_bitmapscan = off"
                )
            reminding.make_due(campaign, now)

    wrong = crossing(
        campaign, [lambda: message(one, *due[0]), lambda: message(other, *due[0])], look
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert Message.objects.filter(kind=due[0][0]).count() == 2
