"""Somebody comes to help, by the public join page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Consent, ContactPoint
from hustings.apps.places.models import PostcodePoint
from hustings.apps.volunteers import doors
from hustings.apps.volunteers.joining import invite_of
from hustings.apps.volunteers.letters import mail_everywhere, mail_what_waits
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP, signed_in
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import (
    a_form,
    open_the_door,
    own_page_in,
    send,
    volunteers,
)

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership


def test_whoever_reads_the_page_in_german_is_not_taken_for_a_speaker_of_english(
    campaign: Campaign,
) -> None:
    open_the_door(campaign)

    def first_language(reads: str) -> str:
        page = Client().get(f"/join/{campaign.slug}/", headers={"Accept-Language": reads})
        return str(page.context["form"]["language_1"].value())

    assert first_language("de-DE,de;q=0.9") == "de"
    assert first_language("en-GB") == "en"


def test_what_somebody_wrote_is_kept_and_thanked_for(campaign: Campaign) -> None:
    open_the_door(campaign)

    answer = send(campaign, a_form(campaign))

    (vera,) = volunteers(campaign)
    assert (vera.person.forename, vera.person.surname, vera.person.origin) == (
        "Vera", "Walker", "joined",
    )  # fmt: skip
    assert (vera.languages, vera.wishes, vera.times) == (
        ["cy", "en"], ["knock", "drive"], ["sat-morning", "sat-afternoon"],
    )  # fmt: skip
    assert (vera.transport, vera.no_stairs, vera.with_partner) == ("public", True, False)
    with tenant(campaign.pk):
        points = ContactPoint.objects.filter(person=vera.person).values_list("kind", "value")
        consents = Consent.objects.filter(person=vera.person, given=True)
        assert set(points) == {("email", "vera@example.net"), ("phone", "+447700900123")}
        assert set(consents.values_list("channel", "source")) == {
            ("email", "the join page"), ("phone", "the join page"),
        }  # fmt: skip
    assert "Thank you, Vera Walker" in answer.content.decode()
    assert "Vera Walker" in Client().get(own_page_in(answer)).content.decode()


def test_a_form_that_is_sent_twice_is_one_volunteer_and_one_letter(campaign: Campaign) -> None:
    open_the_door(campaign)
    said = a_form(campaign)

    first, second = send(campaign, said), send(campaign, said)

    assert len(volunteers(campaign)) == 1
    assert (first.status_code, second.status_code) == (200, 200)
    assert Client().get(own_page_in(second)).status_code == 200
    assert mail_everywhere() == 1
    assert mail_everywhere() == 0
    with tenant(campaign.pk):
        assert AuditLine.objects.filter(verb="volunteer.join").count() == 1


def test_a_form_that_is_sent_again_later_shows_nobody_the_own_page(campaign: Campaign) -> None:
    with time_machine.travel("2026-06-13T10:00Z", tick=False) as clock:
        open_the_door(campaign)
        said = a_form(campaign)
        send(campaign, said)
        clock.move_to("2026-06-13T11:30Z")

        answer = send(campaign, said)

    assert "/me/" not in answer.content.decode()
    assert "This form was sent before" in answer.content.decode()
    assert len(volunteers(campaign)) == 1


def test_a_form_that_lay_for_a_day_keeps_what_was_written_and_is_sent_once_more(
    campaign: Campaign,
) -> None:
    with time_machine.travel("2026-06-13T10:00Z", tick=False) as clock:
        open_the_door(campaign)
        said = a_form(campaign)
        clock.move_to("2026-06-14T10:01Z")

        answer = send(campaign, said)

        assert answer.status_code == 422
        assert "send it once more" in answer.content.decode()
        assert 'value="Vera Walker"' in answer.content.decode()
        assert volunteers(campaign) == []


@pytest.mark.parametrize("form_id", ["", "made-up", "WyJhIiwgImIiXQ:1abc:xyz"])
def test_a_form_that_is_not_ours_is_not_taken(campaign: Campaign, form_id: str) -> None:
    open_the_door(campaign)

    assert send(campaign, a_form(campaign, form_id=form_id)).status_code == 422
    assert volunteers(campaign) == []


def test_a_form_of_another_campaign_is_not_taken(campaign: Campaign, rivals: Campaign) -> None:
    open_the_door(campaign)
    open_the_door(rivals)

    assert send(campaign, a_form(rivals)).status_code == 422
    assert volunteers(campaign) == []
    assert volunteers(rivals) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": " "}, "This field is required"),
        ({"email": "", "phone": ""}, "Leave an e-mail address or a telephone number"),
        ({"email": "vera"}, "This is no e-mail address"),
        ({"email": "jürgen@example.org"}, "This is no e-mail address"),
        ({"email": "vera.@example.org"}, "This is no e-mail address"),
        ({"phone": "12"}, "This is no telephone number"),
        ({"agreed": ""}, "Without this nobody may tell you where to be"),
        ({"transport": "balloon"}, "Select a valid choice"),
        ({"times": ["sat-noon"]}, "Not sent yet"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    campaign: Campaign, more: dict[str, Any], said: str
) -> None:
    open_the_door(campaign)

    answer = send(campaign, a_form(campaign, **more))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert volunteers(campaign) == []


def test_one_way_to_be_reached_is_enough(campaign: Campaign) -> None:
    open_the_door(campaign)

    answer = send(campaign, a_form(campaign, email=""))

    assert "You left no e-mail address" in answer.content.decode()
    assert mail_everywhere() == 0


def test_the_letter_of_thanks_has_a_link_that_opens_the_own_page(campaign: Campaign) -> None:
    open_the_door(campaign)
    send(campaign, a_form(campaign))

    mail_everywhere()

    (letter,) = mail.outbox
    link = next(word for word in letter.body.split() if "/me/" in word)
    assert letter.to == ["vera@example.net"]
    assert Client().get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_a_letter_that_could_not_be_sent_waits_for_the_next_round(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_door(campaign)
    send(campaign, a_form(campaign))

    def is_down(_server: object) -> None:
        raise OSError("no mail today")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.open", is_down)
        assert mail_what_waits(campaign) == 0

    assert mail_what_waits(campaign) == 1


def test_a_postcode_is_found_on_our_own_list_and_a_place_that_is_not_is_kept_as_typed(
    campaign: Campaign,
) -> None:
    open_the_door(campaign)
    with tenant(campaign.pk):
        PostcodePoint.objects.create(campaign=campaign, postcode="ZZ11AA", lon=0.5, lat=51.5)

    send(campaign, a_form(campaign, near="zz1 1aa"))
    send(campaign, a_form(campaign, near="by the old oak"))

    one, other = volunteers(campaign)
    assert (one.lon, one.lat) == (0.5, 51.5)
    assert (other.near, other.lon) == ("by the old oak", None)


def test_who_brought_whom_is_known_by_a_code_that_says_nothing(campaign: Campaign) -> None:
    open_the_door(campaign)
    olga = a_volunteer(campaign, "Olga Old")
    with tenant(campaign.pk):
        code = invite_of(olga).code
    assert "Olga" not in code
    assert re.fullmatch(r"[\w-]{12}", code), "Twelve letters of chance, whoever it is."
    page = Client().get(f"/join/{campaign.slug}/?by={code}").content.decode()
    assert "Somebody who helps already sent you here" in page
    assert "Olga" not in page

    send(campaign, a_form(campaign, by=code))
    send(campaign, a_form(campaign, by="nonsense"))

    _olga, vera, other = volunteers(campaign)
    assert vera.brought_by_id == olga.pk
    assert other.brought_by_id is None


def test_a_code_of_another_campaign_names_nobody_here(campaign: Campaign, rivals: Campaign) -> None:
    open_the_door(campaign)
    theirs = a_volunteer(rivals)
    with tenant(rivals.pk):
        code = invite_of(theirs).code

    send(campaign, a_form(campaign, by=code))

    assert volunteers(campaign)[0].brought_by_id is None


def test_no_cookie_is_set_and_none_is_needed(campaign: Campaign) -> None:
    open_the_door(campaign, sites=("https://example.org",))

    for where in ("", "frame/", "again/"):
        assert not Client().get(f"/join/{campaign.slug}/{where}").cookies
    for where in ("", "frame/"):
        answer = send(campaign, a_form(campaign), where)
        assert answer.status_code == 200
        assert not answer.cookies


def test_only_named_sites_may_show_the_form_in_a_frame(campaign: Campaign) -> None:
    open_the_door(campaign, sites=("https://example.org", "https://other.example"))

    page = Client().get(f"/join/{campaign.slug}/")
    frame = Client().get(f"/join/{campaign.slug}/frame/")

    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    policy = frame["Content-Security-Policy"]
    assert "frame-ancestors https://example.org https://other.example" in policy
    assert "script-src 'self'" in policy
    assert "X-Frame-Options" not in frame


def test_without_a_named_site_nobody_may_show_the_frame(campaign: Campaign) -> None:
    open_the_door(campaign)

    frame = Client().get(f"/join/{campaign.slug}/frame/")

    assert "frame-ancestors 'none'" in frame["Content-Security-Policy"]


def test_nothing_on_the_page_comes_from_elsewhere(campaign: Campaign) -> None:
    open_the_door(campaign)

    page = Client().get(f"/join/{campaign.slug}/").content.decode()

    assert "http://" not in page
    assert "https://" not in page


def test_a_closed_page_and_a_campaign_that_is_not_there_look_the_same(
    campaign: Campaign, rivals: Campaign
) -> None:
    open_the_door(campaign)
    said = a_form(campaign)
    doors.close_page(campaign, by=SETUP)

    pages = [Client().get(f"/join/{slug}/") for slug in (campaign.slug, rivals.slug, "nowhere")]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert send(campaign, said).status_code == 404
    assert volunteers(campaign) == []


def test_whoever_sends_too_many_forms_is_asked_to_wait(campaign: Campaign) -> None:
    open_the_door(campaign)
    said = a_form(campaign, name="")

    answers = [send(campaign, said).status_code for _time in range(22)]

    assert answers == [422] * 20 + [429] * 2


def test_a_campaign_without_a_country_is_asked_for_it_before_anybody_comes(
    campaign: Campaign,
) -> None:
    with pytest.raises(BadInput, match="in which country"):
        doors.open_page(campaign, [], by=SETUP)


def test_the_join_page_at_the_desk_leads_to_where_the_country_is_said(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    at, law = f"/c/{campaign.slug}/volunteers/join-page/", f"/c/{campaign.slug}/settings/law/"
    assert f'href="{law}">Say the country' in alice_signed_in.get(at).content.decode()

    open_the_door(campaign, "GB")

    assert "Say the country" not in alice_signed_in.get(at).content.decode()


@pytest.mark.parametrize(
    "line", ["example.org", "http://example.org", "https://*.org", "https://a.b;script-src *", "*"]
)
def test_what_is_no_address_of_a_site_is_refused(
    campaign: Campaign, alice: Membership, line: str
) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(country="GB")

    answer = signed_in(alice).post(f"/c/{campaign.slug}/volunteers/join-page/", {"sites": line})

    assert answer.status_code == 422
    assert Client().get(f"/join/{campaign.slug}/").status_code == 404


def test_the_link_is_mailed_again_without_telling_whether_it_is_known(campaign: Campaign) -> None:
    open_the_door(campaign)
    send(campaign, a_form(campaign))
    mail_everywhere()
    mail.outbox.clear()

    known = Client().post(f"/join/{campaign.slug}/again/", {"email": "VERA@example.net"})
    unknown = Client().post(f"/join/{campaign.slug}/again/", {"email": "nobody@example.net"})

    assert known.content == unknown.content
    assert mail_everywhere() == 1
    assert "/me/" in mail.outbox[0].body


def test_the_link_is_mailed_again_while_the_join_page_is_closed(
    campaign: Campaign, rivals: Campaign
) -> None:
    open_the_door(campaign)
    send(campaign, a_form(campaign))
    mail_everywhere()
    doors.close_page(campaign, by=SETUP)
    where = f"/join/{campaign.slug}/again/"

    assert Client().get(where).status_code == 200
    answer = Client().post(where, {"email": "vera@example.net"})

    assert f'href="/join/{campaign.slug}/"' not in answer.content.decode()
    assert mail_everywhere() == 1
    # where nobody ever came, it looks as where there is no campaign
    assert Client().get(f"/join/{rivals.slug}/again/").status_code == 404


def test_nobody_is_flooded_with_links(campaign: Campaign) -> None:
    open_the_door(campaign)
    send(campaign, a_form(campaign))
    mail_everywhere()

    answers = [
        Client().post(f"/join/{campaign.slug}/again/", {"email": "vera@example.net"})
        for _time in range(5)
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert mail_everywhere() == 3


def test_an_invitation_is_mailed_and_its_address_kept_nowhere(
    campaign: Campaign, alice: Membership
) -> None:
    open_the_door(campaign)

    signed_in(alice).post(
        f"/c/{campaign.slug}/volunteers/join-page/invite/", {"email": "new@example.net"}
    )

    (letter,) = mail.outbox
    assert letter.to == ["new@example.net"]
    assert f"/join/{campaign.slug}/" in letter.body
    with tenant(campaign.pk):
        assert not ContactPoint.objects.filter(value="new@example.net").exists()
        assert "new@example.net" not in str(list(AuditLine.objects.values()))


def test_whoever_asked_not_to_be_written_to_is_not_invited(
    campaign: Campaign, alice: Membership
) -> None:
    open_the_door(campaign)
    olga = a_volunteer(campaign, "Olga Old", email="olga@example.net")
    with tenant(campaign.pk):
        olga.person.refusals.create(campaign=campaign)

    answer = signed_in(alice).post(
        f"/c/{campaign.slug}/volunteers/join-page/invite/", {"email": "Olga@example.net"}
    )

    assert answer.status_code == 422
    assert mail.outbox == []


def test_an_address_with_what_no_text_has_leads_nowhere(
    campaign: Campaign, alice: Membership
) -> None:
    open_the_door(campaign)
    desk = signed_in(alice)

    answers = [
        Client().get(f"/join/{campaign.slug}/?by=%00"),
        desk.get(f"/c/{campaign.slug}/volunteers/?area=%00"),
        desk.get(f"/c/{campaign.slug}/people/?q=a%00"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    sent = send(campaign, a_form(campaign, by="a\0b"))
    assert sent.status_code == 422
    assert "Vera Walker" in sent.content.decode()


def test_a_page_far_behind_the_last_is_an_empty_page(campaign: Campaign, alice: Membership) -> None:
    answer = signed_in(alice).get(f"/c/{campaign.slug}/volunteers/?page=1{'0' * 18}")

    assert answer.status_code == 200
