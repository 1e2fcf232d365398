"""Invitations between two campaigns: asked, answered, changed, called off; and what is not ours says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import inviting
from hustings.apps.lending.events import events_of
from hustings.apps.lending.taking_in import take_in
from hustings.apps.statements.models import Record, Refusal
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.formats.invitation_ics import read_ics, write_ics
from hustings.formats.parcel import read_parcel
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.lending.lending import parcel, takes

if TYPE_CHECKING:
    from hustings.apps.lending.events import Event
    from tests.apps.lending.lending import Both
    from tests.apps.statements.talking import Desk

TALK = inviting.Planned(
    "A talk about libraries", datetime(2026, 7, 1, 18, tzinfo=UTC), datetime(2026, 7, 1, 20, tzinfo=UTC),
    "Town Hall", "With tea.", campaign_event=False,
)  # fmt: skip


def the_event(desk: Desk) -> Event:
    with tenant(desk.campaign.pk):
        (one,) = events_of(desk.campaign, ledger_of(desk.campaign))
    return one


def invited(both: Both, **more: Any) -> Record:
    return inviting.invite(
        both.riverside.campaign, replace(TALK, **more), [both.harbour.node], by=SETUP
    )


def test_an_invitation_is_answered_changed_answered_again_and_called_off(both: Both) -> None:
    ours, theirs = both.riverside, both.harbour
    takes(theirs, parcel(ours, invited(both)))
    came = the_event(theirs)
    assert (came.ours, came.host, came.waits) == (False, "Riverside", True)
    assert came.record.said["campaignEvent"] is False

    takes(ours, parcel(theirs, inviting.answer(theirs.campaign, came.key, "accepted", by=SETUP)))
    assert [(one.name, one.said) for one in the_event(ours).answers] == [("Harbour", "accepted")]
    assert not the_event(theirs).waits

    later = replace(TALK, starts=TALK.starts.replace(hour=19))
    changed = inviting.change(ours.campaign, the_event(ours).key, later, [theirs.node], by=SETUP)
    takes(theirs, parcel(ours, changed))
    assert the_event(ours).answers[0].earlier
    assert the_event(theirs).waits
    assert the_event(theirs).gathering.starts.hour == 19

    takes(ours, parcel(theirs, inviting.answer(theirs.campaign, came.key, "declined", by=SETUP)))
    assert [(one.said, one.earlier) for one in the_event(ours).answers] == [("declined", False)]

    takes(theirs, parcel(ours, inviting.call_off(ours.campaign, changed.name, by=SETUP)))
    assert the_event(theirs).stands.cancelled
    with pytest.raises(BadInput, match="called off"):
        inviting.answer(theirs.campaign, came.key, "accepted", by=SETUP)
    with pytest.raises(BadInput, match="another date is another invitation"):
        inviting.change(ours.campaign, changed.name, TALK, [theirs.node], by=SETUP)


def test_the_parcels_give_the_same_in_any_order_and_as_often_as_they_come(both: Both) -> None:
    ours = both.riverside
    first = invited(both)
    second = inviting.change(
        ours.campaign, first.name, replace(TALK, place="Library"), [both.harbour.node], by=SETUP
    )
    end = inviting.call_off(ours.campaign, first.name, by=SETUP)
    parcels = [parcel(ours, one) for one in (first, second, end)]
    seen = set()

    for order in permutations(parcels):
        from hustings.apps.lending.models import Part

        with tenant(both.harbour.campaign.pk):
            assert not Part.objects.of(both.harbour.campaign).exists() or seen
        for content in (*order, order[0]):
            assert isinstance(takes(both.harbour, content), Record)
        one = the_event(both.harbour)
        seen.add((one.gathering.place, one.stands.sequence, one.stands.cancelled))

    assert seen == {("Library", 1, end.name)}


def test_an_end_that_comes_before_its_invitation_is_kept_waiting(both: Both) -> None:
    first = invited(both)
    end = inviting.call_off(both.riverside.campaign, first.name, by=SETUP)

    takes(both.harbour, parcel(both.riverside, end))
    with tenant(both.harbour.campaign.pk):
        assert events_of(both.harbour.campaign, ledger_of(both.harbour.campaign)) == []
    takes(both.harbour, parcel(both.riverside, first))

    assert the_event(both.harbour).stands.cancelled == end.name


def test_nobody_answers_changes_or_ends_what_is_not_theirs_to(both: Both) -> None:
    first = invited(both)
    takes(both.harbour, parcel(both.riverside, first))

    with pytest.raises(BadInput, match="not invited"):
        inviting.answer(both.riverside.campaign, first.name, "accepted", by=SETUP)
    with pytest.raises(BadInput, match="only they can change it"):
        inviting.change(both.harbour.campaign, first.name, TALK, [], by=SETUP)
    with pytest.raises(BadInput, match="decline it instead"):
        inviting.call_off(both.harbour.campaign, first.name, by=SETUP)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"uid": "urn:uuid:other"}, "not the one|without its calendar file"),
        ({"sequence": 7}, "without its calendar file"),
    ],
)
def test_a_calendar_file_that_is_not_the_signed_one_is_refused(
    both: Both, change: dict[str, Any], why: str
) -> None:
    read = read_parcel(parcel(both.riverside, invited(both)))
    (content,) = read.parts.values()
    other = write_ics(replace(read_ics(content), **change))
    campaign = both.harbour.campaign

    with tenant(campaign.pk):
        for parts in ({}, dict.fromkeys(read.parts, other)):
            refused = take_in(campaign, read.bundle, parts, by=SETUP)
            assert isinstance(refused, Refusal)
            assert "without its calendar file" in refused.reason, why
        assert events_of(campaign, ledger_of(campaign)) == []


def test_an_invitation_for_others_is_refused(both: Both) -> None:
    made = inviting.invite(both.riverside.campaign, TALK, [], by=SETUP)

    refused = takes(both.harbour, parcel(both.riverside, made))

    assert isinstance(refused, Refusal)
    assert "for others" in refused.reason


def test_the_pages_say_what_is_ours_what_is_not_and_what_is_no_campaign_event(
    both: Both, rivals: Any
) -> None:
    first = invited(both)
    takes(both.harbour, parcel(both.riverside, first))
    client = signed_in(both.harbour.ada)
    room = f"/c/{both.harbour.campaign.slug}/lending/"

    home, listed = (client.get(f"{room}{path}").content.decode() for path in ("", "events/"))
    page = client.get(f"{room}events/{first.name}/").content.decode()
    calendar = client.get(f"{room}events/{first.name}/event.ics")
    charlie = signed_in(member(rivals, "Charlie", "organiser"))

    assert "Riverside invites us" in home
    assert "not ours: Riverside" in listed
    assert "not a campaign event" in listed
    assert "not our event" in page
    assert calendar["Content-Type"].startswith("text/calendar")
    assert read_ics(calendar.content).title == TALK.title
    assert charlie.get(f"{room}events/{first.name}/").status_code == 404
    theirs = f"/c/{rivals.slug}/lending/events/{first.name}/"
    assert charlie.get(theirs).status_code == 404


def test_an_event_is_made_by_its_form_and_an_e_mail_address_is_not_let_in(both: Both) -> None:
    client = signed_in(both.riverside.ada)
    path = f"/c/{both.riverside.campaign.slug}/lending/events/new/"
    said = {
        "title": "A talk", "starts": "2026-07-01T18:00", "ends": "2026-07-01T20:00",
        "campaign_event": "no", "nodes": both.harbour.node, "words": "Write to asha@example.org",
    }  # fmt: skip

    refused = client.post(path, said)
    backwards = client.post(path, {**said, "words": "", "ends": "2026-07-01T17:00"})
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False):
        made = client.post(path, {**said, "words": "With tea."})

    assert refused.status_code == 422
    assert "looks like an e-mail address" in refused.content.decode()
    assert "ends before it begins" in backwards.content.decode()
    assert made.status_code == 302
    one = the_event(both.riverside)
    assert one.stands.attendees == {both.harbour.node}
    assert b"mailto" not in one.ics.lower()
    assert "@" not in str(one.record.said)
