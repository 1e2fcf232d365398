"""A volunteer's own page is opened by its link alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers import own_views, teams, welcome
from hustings.apps.volunteers.letters import mail_everywhere, write
from hustings.apps.volunteers.models import Volunteer
from hustings.apps.volunteers.own_page import Line, Section, end_links, make_link, volunteer_of
from tests.apps.cast import signed_in
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import a_form, open_the_door, send

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def test_a_link_opens_the_page_of_its_volunteer_until_it_is_ended(campaign: Campaign) -> None:
    vera = a_volunteer(campaign)
    with tenant(campaign.pk):
        token = make_link(vera)

    assert volunteer_of(token) == vera
    assert volunteer_of(token + "x") is None
    assert volunteer_of("nothing") is None
    with tenant(campaign.pk):
        assert end_links(vera) == 1
    assert volunteer_of(token) is None


def test_a_links_time_is_over_after_three_months_and_its_page_says_where_a_new_one_is(
    campaign: Campaign,
) -> None:
    with time_machine.travel("2026-06-13T10:00Z", tick=False) as clock:
        _vera, own = opened(campaign)
        clock.shift(timedelta(days=89))
        assert Client().get(own).status_code == 200
        clock.shift(timedelta(days=2))

        answer = Client().get(own)

    assert answer.status_code == 404
    assert f'href="/join/{campaign.slug}/again/"' in answer.content.decode()
    assert "/again/" not in Client().get(f"/me/{campaign.pk.hex}.guess/").content.decode()


def test_whoever_has_no_e_mail_and_can_be_sent_no_new_link_keeps_theirs(
    campaign: Campaign,
) -> None:
    vera = a_volunteer(campaign)
    with time_machine.travel("2026-06-13T10:00Z", tick=False) as clock:
        with tenant(campaign.pk):
            token = make_link(vera)
        clock.shift(timedelta(days=400))

        assert volunteer_of(token) == vera


def test_a_secret_with_another_campaigns_number_opens_nothing(
    campaign: Campaign, rivals: Campaign
) -> None:
    vera = a_volunteer(campaign)
    with tenant(campaign.pk):
        _number, _dot, secret = make_link(vera).partition(".")

    assert volunteer_of(f"{rivals.pk.hex}.{secret}") is None


def opened(campaign: Campaign, **facts: Any) -> tuple[Volunteer, str]:
    """Vera, and the path of her own page."""
    cache.clear()
    vera = a_volunteer(campaign, email="vera@example.net", **facts)
    with tenant(campaign.pk):
        return vera, f"/me/{make_link(vera)}/"


def verbs(campaign: Campaign) -> list[str]:
    with tenant(campaign.pk):
        return list(AuditLine.objects.order_by("pk").values_list("verb", flat=True))


def test_the_page_is_kept_nowhere_and_its_address_leaves_nothing(campaign: Campaign) -> None:
    _vera, own = opened(campaign)

    page = Client().get(own)

    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["X-Frame-Options"] == "DENY"
    assert "https://" not in page.content.decode().replace("https://example", "")


def test_a_made_up_link_leads_nowhere_and_few_can_be_tried(campaign: Campaign) -> None:
    opened(campaign)

    answers = [Client().get(f"/me/{campaign.pk.hex}.guess{n}/").status_code for n in range(12)]

    assert answers == [404] * 10 + [429] * 2


def test_what_they_told_us_is_changed_with_one_line(campaign: Campaign) -> None:
    _vera, own = opened(campaign)
    before = verbs(campaign)
    said = {
        "name": "Vera Rider", "email": "vera@example.org", "phone": "+44 7700 900123",
        "near": "Elm Road", "times": ["sun-evening"], "wishes": ["call"], "transport": "bicycle",
    }  # fmt: skip

    page = Client().post(f"{own}change/", said, follow=True).content.decode()

    assert "Vera Rider" in page
    assert "vera@example.org" in page
    assert "Sunday evening" in page
    assert verbs(campaign)[len(before) :] == ["volunteer.tell"]


def test_a_change_that_leaves_no_way_to_reach_them_is_refused(campaign: Campaign) -> None:
    vera, own = opened(campaign, near="Mill Lane")

    answer = Client().post(
        f"{own}change/", {"name": "Vera", "near": "Elm Road", "transport": "foot"}
    )

    assert answer.status_code == 422
    with tenant(campaign.pk):
        assert Volunteer.objects.get(pk=vera.pk).near == "Mill Lane"


def test_who_leaves_is_gone_with_every_link_until_an_organiser_undoes_it(
    campaign: Campaign, alice: Membership
) -> None:
    vera, own = opened(campaign)
    with tenant(campaign.pk):
        other = f"/me/{make_link(vera)}/"
        write(vera, "link", by="tests")

    assert "You have left" in Client().post(f"{own}leave/").content.decode()

    assert [Client().get(link).status_code for link in (own, other)] == [404, 404]
    assert mail_everywhere() == 0
    signed_in(alice).post(f"/c/{campaign.slug}/volunteers/{vera.pk}/come-back/")
    assert Client().get(own).status_code == 404
    with tenant(campaign.pk):
        assert Client().get(f"/me/{make_link(vera)}/").status_code == 200
    assert [one for one in verbs(campaign) if one.startswith("volunteer.")] == [
        "volunteer.leave", "volunteer.come_back",
    ]  # fmt: skip


def test_their_team_and_lead_are_shown_with_a_way_to_reach_them(
    campaign: Campaign, alice: Membership
) -> None:
    vera, own = opened(campaign)
    lena = a_volunteer(campaign, "Lena Lead", email="lena@example.net")
    team = teams.make_team(campaign, "North", "Elm Road", by=alice.actor)
    teams.hand_over(team, lead=lena, organiser_id=alice.pk, by=alice.actor)
    teams.put_in(team, vera, by=alice.actor)

    page = Client().get(own).content.decode()

    for word in ("North", "Elm Road", "Lena Lead", "lena@example.net", "Alice"):
        assert word in page


def test_sections_of_other_rooms_stand_in_their_order(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    _vera, own = opened(campaign)
    late = Section("My receipts", [], 90, "Nothing yet.")
    early = Section("My sessions", [Line("Saturday at two", "/x/", [("Can't make it", "/y/")])], 10)
    monkeypatch.setattr(own_views, "SECTIONS", [lambda v, t: late, lambda v, t: early])

    page = Client().get(own).content.decode()

    assert page.index("My sessions") < page.index("My receipts")
    assert 'action="/y/"' in page
    assert "Nothing yet." in page


def test_the_next_session_near_them_stands_in_the_thanks_and_in_the_welcome(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_door(campaign)
    near = Line("Saturday at two, the library", "https://example.org/s/1/")
    monkeypatch.setattr(welcome, "NEXT_NEAR", [lambda _v: None, lambda _v: near])

    thanks = send(campaign, a_form(campaign)).content.decode()
    mail_everywhere()

    assert "Saturday at two, the library" in thanks
    assert "Saturday at two, the library\nhttps://example.org/s/1/" in mail.outbox[0].body
