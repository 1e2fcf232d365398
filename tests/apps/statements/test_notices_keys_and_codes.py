"""Who speaks for the candidate is told in time; lost keys come back from paper; a code holds the whole proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.materials import actions as materials
from hustings.apps.materials.quoting import code_of
from hustings.apps.materials.sheets import quotes_of
from hustings.apps.statements import drafting, receiving
from hustings.apps.statements.models import KeyLine, Refusal
from hustings.apps.statements.node import recover, take_next_keys
from hustings.apps.statements.publishing import bundle_for_a_code
from hustings.core.errors import BadInput
from hustings.core.ledger.verify import verify_bundle
from hustings.formats.leaflet_pdf import proof_qr
from tests.apps.cast import SETUP, signed_in
from tests.apps.materials.planting import an_imprint

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.statements.models import Record
    from tests.apps.statements.talking import Desk


def approved(desk: Desk) -> Record:
    row = desk.drafts("We wish them well.")
    for who in (desk.ben, desk.cora):
        drafting.approve(desk.campaign, row, by=who)
    return row


def test_whoever_speaks_for_the_candidate_is_told_once_what_will_be_signed(
    riverside: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    row = approved(riverside)

    with django_capture_on_commit_callbacks(execute=True):
        countdown = drafting.sign_later(riverside.campaign, row, by=riverside.ada.actor)
    with pytest.raises(drafting.NotYet, match="running already"):
        drafting.sign_later(riverside.campaign, row, by=riverside.ada.actor)

    (sent,) = mail.outbox
    assert sent.to == [riverside.cora.user.email]
    assert "We wish them well." in sent.body
    here = reverse("statements:record", args=[riverside.campaign.slug, row.pk])
    assert f"http://localhost:8000{here}" in sent.body
    from zoneinfo import ZoneInfo

    at = countdown.due_at.astimezone(ZoneInfo(riverside.campaign.time_zone))
    assert f"{at:%H:%M}" in sent.body
    assert "\n" not in sent.subject


def test_a_mail_that_cannot_be_sent_stops_nothing(
    riverside: Desk, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = approved(riverside)

    def no_server(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", no_server)
    with django_capture_on_commit_callbacks(execute=True):
        drafting.sign_later(riverside.campaign, row, by=riverside.ada.actor)

    with tenant(riverside.campaign.pk):
        assert drafting.countdown_of(row) is not None


def test_the_recovery_key_makes_new_keys_once_and_old_words_still_verify(riverside: Desk) -> None:
    before = riverside.says("Before.")
    words = " ".join(riverside.sheet.recovery)

    sheet = recover(riverside.campaign, words, by=SETUP)
    after = riverside.says("After.")

    assert verify_bundle(riverside.bundle(before)).good
    assert verify_bundle(riverside.bundle(after)).good
    with pytest.raises(BadInput, match="not promised"):
        recover(riverside.campaign, words, by=SETUP)
    with pytest.raises(BadInput, match="other keys than were promised"):
        take_next_keys(riverside.campaign, " ".join(riverside.sheet.next_keys), by=SETUP)
    take_next_keys(riverside.campaign, " ".join(sheet.next_keys), by=SETUP)
    assert verify_bundle(riverside.bundle(riverside.says("Last."))).good


def test_somebody_who_was_met_takes_recovered_keys_with_the_next_word(
    riverside: Desk, harbour: Desk
) -> None:
    riverside.meets(harbour)
    riverside.hears(harbour.bundle(harbour.says("Before.")))
    recover(harbour.campaign, " ".join(harbour.sheet.recovery), by=SETUP)

    assert riverside.hears(harbour.bundle(harbour.says("After."))).said["body"] == "After."


def test_the_page_wants_the_right_words_and_shows_the_new_sheet_once(
    riverside: Desk, alice: Membership
) -> None:
    client = signed_in(alice)
    page = reverse("statements:recovery", args=[riverside.campaign.slug])

    wrong = client.post(page, {"words": " ".join(riverside.sheet.next_keys), "lost": "on"})
    assert wrong.status_code == 422
    assert "not promised" in wrong.content.decode()
    assert client.post(page, {"words": " ".join(riverside.sheet.recovery)}).status_code == 422
    with tenant(riverside.campaign.pk):
        assert KeyLine.objects.of(riverside.campaign).count() == 1

    answer = client.post(page, {"words": " ".join(riverside.sheet.recovery), "lost": "on"})

    assert answer.content.decode().count("<li>") >= 2 * 17
    assert "no-store" in answer.headers["Cache-Control"]
    with tenant(riverside.campaign.pk):
        assert AuditLine.objects.of(riverside.campaign).filter(verb="node.recover").count() == 1
    assert signed_in(riverside.ada).get(page).status_code in (403, 404)


def test_a_code_holds_the_whole_proof_and_verifies_by_the_card(riverside: Desk) -> None:
    row = riverside.says("Our volunteers were out on every street of the ward on Saturday. " * 3)
    with tenant(riverside.campaign.pk):
        text = bundle_for_a_code(row)
        from hustings.apps.statements.histories import history_of

        history = history_of(riverside.campaign, riverside.node)

    assert 800 < len(text.encode()) < 2953
    assert "\nkey " not in text
    assert verify_bundle(text, [history]).good
    import segno

    code = segno.make(text, error="l", micro=False, boost_error=False)
    assert 18 <= int(code.version) <= 40
    assert proof_qr(text).startswith("<svg")
    slug = riverside.campaign.slug
    for client, address in (
        (Client(), f"/says/{slug}/{row.name}.svg"),
        (signed_in(riverside.ada), reverse("statements:code", args=[slug, row.pk])),
    ):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.content.decode() == proof_qr(text)


def test_a_word_too_long_for_a_code_says_so(riverside: Desk) -> None:
    row = riverside.says("Long. " * 500)

    with tenant(riverside.campaign.pk), pytest.raises(BadInput, match="too long for a code"):
        bundle_for_a_code(row)


def test_a_leaflet_carries_the_whole_proof_where_it_is_asked_for(riverside: Desk) -> None:
    row = riverside.says("We will keep the library open.", kind="fact")
    with tenant(riverside.campaign.pk):
        release = materials.new_design(
            riverside.campaign, "Library", "leaflet", {"headline": "x", "language": "en-GB"},
            [an_imprint()], by=SETUP,
            quotes=[materials.Quoted(row.name, "keep the library open", whole_proof=True)],
        )  # fmt: skip
        (quote,) = quotes_of(release)
        assert code_of(quote) == bundle_for_a_code(row)


def test_what_was_refused_is_shown_with_the_reason_and_can_be_taken_away(riverside: Desk) -> None:
    text = "hustings-bundle@v1\n<script>alert(1)</script>"
    with tenant(riverside.campaign.pk):
        refused = receiving.receive(riverside.campaign, text, by=riverside.ada.actor)
    assert isinstance(refused, Refusal)
    client = signed_in(riverside.ada)
    address = reverse("statements:refusal", args=[riverside.campaign.slug, refused.pk])

    page = client.get(address).content.decode()
    file = client.get(f"{address}?as=file")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "cut off" in page
    assert file.content.decode() == text
    assert file.headers["Content-Type"].startswith("text/plain")
