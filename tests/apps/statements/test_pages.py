"""The press desk's pages: what is written down there is shown there, and what is refused says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.models import Party, Record
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from tests.apps.statements.talking import Desk


def at(desk: Desk, name: str, **arguments: Any) -> str:
    return reverse(name, kwargs={"slug": desk.campaign.slug, **arguments})


def sent(desk: Desk, name: str, form: dict[str, str], **arguments: Any) -> str:
    """The page that comes after a form was sent."""
    answer = signed_in(desk.ada).post(at(desk, name, **arguments), form, follow=True)
    return answer.content.decode()


def test_a_claim_a_hope_and_a_call_back_stand_in_their_own_colours(riverside: Desk) -> None:
    sent(riverside, "statements:new-party", {"name": "Harbour", "telephone": "01632 960 001"})
    with tenant(riverside.campaign.pk):
        party = Party.objects.of(riverside.campaign).get()
    said = {"kind": "support", "when": "2016-08-22T19:00", "ours": "yes"}

    page = sent(riverside, "statements:claim", {**said, "quote": "They wrote."}, party_id=party.pk)
    assert "word-claimed" in page, page[-3000:]
    assert "Claimed by us: no message on record" in page
    page = sent(
        riverside, "statements:hope", {"kind": "support", "quote": "A word."}, party_id=party.pk
    )
    assert "Hoped for, not received" in page
    with tenant(riverside.campaign.pk):
        claim = Record.objects.of(riverside.campaign).get(kind="claim")
    answer = {
        "decision": "deny", "text": "No.", "authority": "press_office", "evidence": "called_back",
        "when": "2016-08-24T11:20", "source": "telephone", "spoke_to": "Hal",
        "number": "01632 960 001", "listened": riverside.ben.called,
    }  # fmt: skip
    page = sent(riverside, "statements:call", answer, record_id=claim.pk)
    assert "Denied by their press office, Wednesday 11:20" in page
    page = sent(riverside, "statements:retract", {"reason": "Misinformed."}, record_id=claim.pk)
    assert "withdrawn by us" in page


def test_a_call_back_without_a_listener_is_not_taken(riverside: Desk) -> None:
    sent(riverside, "statements:new-party", {"name": "Harbour"})
    with tenant(riverside.campaign.pk):
        party = Party.objects.of(riverside.campaign).get()
    form = {
        "kind": "fact", "body": "It rains.", "when": "2016-08-24T11:20", "source": "x",
        "evidence": "called_back", "spoke_to": "Hal", "number": "1",
    }  # fmt: skip

    page = sent(riverside, "statements:word", form, party_id=party.pk)

    assert "A call back needs this" in page
    with tenant(riverside.campaign.pk):
        assert not Record.objects.of(riverside.campaign).exists()


def test_the_sheet_is_shown_once(riverside: Desk) -> None:
    page = sent(riverside, "statements:make-keys", {})

    assert "spoken" not in page


def test_a_campaign_without_keys_has_no_public_page(campaign: Any) -> None:
    from django.test import Client

    assert Client().get(f"/says/{campaign.slug}/").status_code == 404
    assert Client().get("/says/nobody/").status_code == 404


def test_the_page_that_verifies_has_a_policy_that_allows_just_its_own_script() -> None:
    from django.test import Client

    answer = Client().get("/verify/")

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"hustings-bundle@v1" in answer.content


def test_the_feeds_say_what_the_page_says(riverside: Desk) -> None:
    from django.test import Client

    row = riverside.says("It rains <today>.", kind="fact")
    where = f"/says/{riverside.campaign.slug}/"

    feed = Client().get(f"{where}feed.json").json()
    atom = Client().get(f"{where}feed.atom").content.decode()

    assert [item["id"] for item in feed["items"]] == [f"urn:sha256:{row.name}"]
    assert feed["items"][0]["content_text"] == "It rains <today>."
    assert "It rains &lt;today&gt;." in atom
    assert Client().get(f"{where}log/checkpoint").content.startswith(b"localhost:8000/says/")
