"""A volunteer's own sessions: a home's address is nowhere before they have a place, and looking changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import planning, signing_up
from hustings.apps.shifts.models import SignUp
from hustings.apps.shifts.own_sessions import next_session_near
from hustings.apps.volunteers.joining import FromAbroad, come_from_abroad
from hustings.apps.volunteers.own_page import SECTIONS, end_links, make_link
from tests.apps.cast import alice, campaign, charlie, charlie_signed_in, rivals
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session
    from hustings.apps.volunteers.models import Volunteer

__all__ = ["alice", "campaign", "charlie", "charlie_signed_in", "rivals"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


class Page:
    """Vera's link, in a browser of nobody's."""

    def __init__(self, volunteer: Volunteer) -> None:
        self.volunteer, self.client = volunteer, Client()
        with tenant(volunteer.campaign_id):
            self.token = make_link(volunteer)

    def address(self, name: str, session: Session | None = None) -> str:
        where = {"session_id": session.pk} if session else {}
        return reverse(f"my-sessions:{name}", kwargs={"token": self.token, **where})

    def get(self, name: str, session: Session | None = None) -> str:
        answer = self.client.get(self.address(name, session))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        return str(answer.content.decode())

    def post(self, name: str, session: Session) -> None:
        assert self.client.post(self.address(name, session)).status_code == 302

    def section(self) -> str:
        """What the room puts on the volunteer's own page."""
        with tenant(self.volunteer.campaign_id):
            return "".join(repr(make(self.volunteer, self.token)) for make in SECTIONS)

    def everything(self, session: Session) -> str:
        pages = ("session", "one-ics", "confirm", "cannot-come")
        return (
            "".join(self.get(name, session) for name in pages)
            + self.get("mine")
            + self.get("feed")
            + self.section()
        )


@pytest.fixture
def page(campaign: Campaign) -> Page:
    return Page(a_volunteer(campaign))


def test_a_homes_address_is_nowhere_before_a_volunteer_has_a_place(
    page: Page, campaign: Campaign
) -> None:
    home = a_session(
        campaign, at_a_home=True, place="7 Secret Row", lon=0.1234567, lat=52.7654321,
        access_notes="Ring at Secret", contact_words="Secret Sam", capacity=1,
    )  # fmt: skip
    first = signing_up.sign_up(home, a_volunteer(campaign, "Wim Two"), by=LINK)

    for hidden in ("Secret", "7654321", "1234567"):
        assert hidden not in page.everything(home)
    page.post("sign-up", home)
    assert "waiting list" in page.get("session", home)
    assert "Secret" not in page.everything(home)  # whoever only waits does not know it either

    signing_up.cannot_come(first, by=LINK)
    assert "7 Secret Row" in page.get("session", home)
    assert "7 Secret Row" in page.get("feed")
    assert "7 Secret Row" in page.section()
    page.post("cannot-come", home)
    assert "Secret" not in page.everything(home)


def test_after_three_months_a_link_opens_nothing_but_the_calendar_that_follows_it(
    campaign: Campaign,
) -> None:
    page = Page(a_volunteer(campaign, email="vera@example.org"))
    session = a_session(campaign)
    signing_up.sign_up(session, page.volunteer, by=LINK)

    with time_machine.travel(NOON + timedelta(days=91)):
        assert "Doors at the mill" in page.get("feed")
        for name in ("mine", "session", "one-ics", "cannot-come"):
            where = page.address(name, None if name == "mine" else session)
            answer = page.client.get(where)
            assert answer.status_code == 404
            assert f'href="/join/{campaign.slug}/again/"' in answer.content.decode()


def test_looking_at_the_links_of_a_mail_changes_nothing_and_the_button_does(
    page: Page, campaign: Campaign
) -> None:
    session = a_session(campaign)
    mine = signing_up.sign_up(session, page.volunteer, by=LINK)

    page.get("confirm", session)
    page.get("cannot-come", session)
    assert state_of(mine) == "signed_up"
    page.post("confirm", session)
    assert state_of(mine) == "confirmed"
    page.post("cannot-come", session)
    assert state_of(mine) == "cancelled"
    page.post("sign-up", session)
    assert state_of(mine) == "signed_up"


def test_a_calendar_hears_of_a_change_and_of_the_end(
    page: Page, campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    signing_up.sign_up(session, page.volunteer, by=LINK)

    def entry() -> tuple[str, int, str, str]:
        [event] = Calendar.from_ical(page.get("feed")).walk("VEVENT")
        [same] = Calendar.from_ical(page.get("one-ics", session)).walk("VEVENT")
        assert event["UID"] == same["UID"]
        return str(event["UID"]), event["SEQUENCE"], str(event["STATUS"]), str(event["LOCATION"])

    first = entry()
    planning.change(session, {"place": "The Old Forge"}, by=alice.actor)
    second = entry()
    planning.cancel(session, "Storm", by=alice.actor)
    third = entry()

    assert first[1:] == (0, "CONFIRMED", "Mill Hall, 3 Mill Lane")
    assert second == (first[0], 1, "CONFIRMED", "The Old Forge")
    assert third == (first[0], 2, "CANCELLED", "The Old Forge")


def test_a_link_that_was_ended_or_belongs_to_another_campaign_opens_nothing(
    page: Page, campaign: Campaign, rivals: Campaign
) -> None:
    theirs = a_session(rivals, "Rivals")
    ours = a_session(campaign)

    assert page.client.get(page.address("session", theirs)).status_code == 404
    assert page.client.post(page.address("sign-up", theirs)).status_code == 404
    with tenant(campaign.pk):
        end_links(page.volunteer)
    answer = page.client.get(page.address("session", ours))
    assert answer.status_code == 404
    assert "Mill" not in answer.content.decode()


def test_charlie_sees_no_session_of_ours(charlie_signed_in: Client, campaign: Campaign) -> None:
    session = a_session(campaign)
    ours = reverse("sessions:session", kwargs={"slug": "riverside", "session_id": session.pk})
    theirs = reverse("sessions:session", kwargs={"slug": "hillside", "session_id": session.pk})

    for address in (ours, theirs, reverse("sessions:list", kwargs={"slug": "hillside"})):
        assert "Mill" not in charlie_signed_in.get(address).content.decode()


def test_the_next_session_is_the_soonest_of_the_near_ones_with_a_place_free(
    campaign: Campaign,
) -> None:
    from datetime import timedelta

    vera = a_volunteer(campaign, lon=0.1, lat=52.2)

    def on(day: int, name: str, **facts: object) -> Session:
        return a_session(campaign, name, starts_at=NOON + timedelta(days=day), **facts)

    with tenant(campaign.pk):
        assert next_session_near(vera) is None
    on(2, "Far", lon=1.1, lat=52.2)
    with tenant(campaign.pk):
        assert str(next_session_near(vera)) == "Far"
    on(3, "Nowhere")
    on(9, "Near", lon=0.11, lat=52.2)
    full = on(1, "Full", lon=0.1, lat=52.2, capacity=1)
    signing_up.sign_up(full, a_volunteer(campaign, "Wim Two"), by=LINK)
    planning.cancel(on(1, "Cancelled", lon=0.1, lat=52.2), "Storm", by=LINK)
    with tenant(campaign.pk):
        near = next_session_near(vera)
    assert str(near) == "Near"
    assert near
    signing_up.sign_up(near, vera, by=LINK)
    with tenant(campaign.pk):
        assert str(next_session_near(vera)) == "Far"


def test_the_hours_shown_are_those_of_the_sessions_own_zone(page: Page, campaign: Campaign) -> None:
    session = a_session(campaign, time_zone="America/Chicago", starts_at=SATURDAY)

    assert "08:00–10:00 (America/Chicago)" in page.get("session", session)


def test_whoever_a_rule_stops_signs_up_for_nothing_and_an_organiser_may_sign_them_up(
    page: Page, campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    campaign.country = "US"
    campaign.save(update_fields=["country"])
    came = {"from_on": NOON.date(), "until_on": NOON.date(), "us_status": "foreign",
            "us_status_on": NOON.date()}  # fmt: skip
    paid = {"payer": "organisation", "payer_country": "AU", "amount_minor": 164_000, "currency": "USD"}  # fmt: skip
    payments = [
        {"what": what, **(paid if what == "travel" else {"payer": "nobody"})} for what in THINGS
    ]
    page.volunteer.home_country = "AU"
    with tenant(campaign.pk):
        come_from_abroad(page.volunteer, FromAbroad(came, payments), by=LINK)

    refused = page.client.post(page.address("sign-up", session))

    assert refused.status_code == 422
    sentence = "You cannot sign up yet: a rule stands in the way."
    assert sentence in refused.content.decode()
    shown = page.get("session", session)
    assert sentence in shown
    assert page.address("sign-up", session) not in shown + page.section()
    assert session.name in page.section()
    with tenant(campaign.pk):
        assert not SignUp.objects.of(campaign).exists()
    mine = signing_up.sign_up(session, page.volunteer, by=alice.actor)
    assert state_of(mine) == "signed_up"
