"""A release is judged before it is published and before it leaves; versions count up and are never edited."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from pypdf import PdfReader

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.materials import actions, judging, publishing, queries
from hustings.apps.materials.models import Exported, Publication, Release, WentOn
from hustings.core.errors import BadInput
from hustings.core.law import MayNotOverride
from tests.apps.cast import member, signed_in
from tests.apps.materials.planting import SETUP, a_release, a_statement, an_imprint, published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

VALUES = {"headline": "A library that stays open", "text": "Come.", "language": "en-GB"}


@pytest.fixture(autouse=True)
def behind_the_wall(campaign: Campaign) -> Iterator[None]:
    with tenant(campaign.pk):
        yield


def at(name: str, campaign: Campaign, **more: object) -> str:
    return reverse(f"materials:{name}", kwargs={"slug": campaign.slug, **more})


def test_without_the_fields_its_country_needs_it_is_neither_published_nor_exported(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    release = a_release(campaign, an_imprint(printer_name="", printer_address=" "))

    with pytest.raises(judging.LawSaysNo) as said:
        publishing.publish(campaign, release.pk, by=alice)
    page = alice_signed_in.post(at("publish", campaign, release_id=release.pk))
    sheet = alice_signed_in.get(at("pdf", campaign, release_id=release.pk))

    for words in ("fill in what is empty", "UK-4", "Representation of the People Act 1983 s 110",
                  "Electoral Commission", "2026-11-26"):  # fmt: skip
        assert words in str(said.value)
    assert page.status_code == 422
    assert b"Representation of the People Act 1983 s 110" in page.content
    assert sheet.status_code == 422
    assert not Publication.objects.of(campaign).exists()
    assert not Exported.objects.of(campaign).exists()
    assert not AuditLine.objects.of(campaign).filter(verb__startswith="materials.").exists()


def test_published_before_and_not_satisfying_today_it_does_not_leave(
    campaign: Campaign, alice: Membership
) -> None:
    """A publication written past the pages lets no file out."""
    release = a_release(campaign, an_imprint(promoter_name=""))
    Publication.objects.create(campaign=campaign, release=release, by="nobody")

    with pytest.raises(judging.LawSaysNo, match="UK-4"):
        publishing.export(campaign, release.pk, "GB", by=alice)
    assert not Exported.objects.of(campaign).exists()


def test_nobody_goes_past_a_missing_imprint_whatever_the_reason(
    campaign: Campaign, alice: Membership
) -> None:
    press = member(campaign, "Petra", "press")
    release = a_release(campaign, an_imprint(printer_name=""))
    reasons = {"reason-GB-UK-4-no-imprint": "Printed on our own machine; counsel agreed."}

    for by in (press, alice):
        with pytest.raises((MayNotOverride, judging.LawSaysNo), match="UK-4"):
            publishing.publish(campaign, release.pk, by=by, reasons=reasons)

    assert not WentOn.objects.of(campaign).exists()
    assert not Publication.objects.of(campaign).exists()


def test_a_warning_needs_a_reason_from_whoever_publishes(
    campaign: Campaign, alice: Membership
) -> None:
    said = an_imprint("US", paid_for_by="Paid for by Riverside")
    release = a_release(campaign, said, imprint_points=11)
    press = member(campaign, "Petra", "press")

    with pytest.raises(judging.LawSaysNo, match=r"set it larger.*US-7"):
        publishing.publish(campaign, release.pk, by=press)
    publishing.publish(
        campaign, release.pk, by=press, reasons={"reason-US-US-7-small-type": "A small card."}
    )

    row = WentOn.objects.of(campaign).get()
    assert (row.rule, row.case, row.severity, row.role, row.by) == (
        "US-7", "small-type", "warn", "press", press.called,
    )  # fmt: skip
    assert row.reason == "A small card."
    assert publishing.export(campaign, release.pk, "US", by=press).pdf.startswith(b"%PDF-")
    on_the_safe_side = a_release(campaign, said, imprint_points=12)
    publishing.publish(campaign, on_the_safe_side.pk, by=press)


def test_a_badge_needs_no_notice_in_the_united_states_and_an_imprint_in_the_united_kingdom(
    campaign: Campaign, alice: Membership
) -> None:
    bare = {name: "" for name in an_imprint() if name.endswith(("_name", "_address", "_by"))}
    badge = a_release(campaign, an_imprint("US", **bare))
    badge.design.kind = "badge"
    badge.design.save()
    both = a_release(campaign, an_imprint("GB", **bare), design=badge.design)

    publishing.publish(campaign, badge.pk, by=alice)
    with pytest.raises(judging.LawSaysNo, match="UK-4"):
        publishing.publish(campaign, both.pk, by=alice)


def test_a_country_of_which_no_rule_is_known_is_said_and_gone_past_with_a_reason(
    campaign: Campaign, alice: Membership
) -> None:
    release = a_release(campaign, an_imprint("FI"))

    with pytest.raises(judging.LawSaysNo, match="no rule of FI"):
        publishing.publish(campaign, release.pk, by=alice)
    publishing.publish(
        campaign, release.pk, by=alice, reasons={"reason-FI-no-rule-FI": "We asked a lawyer."}
    )

    assert WentOn.objects.of(campaign).get().country == "FI"


def test_shown_nowhere_it_cannot_be_published(campaign: Campaign, alice: Membership) -> None:
    with pytest.raises(BadInput, match="where it will be shown"):
        publishing.publish(campaign, a_release(campaign).pk, by=alice)


def test_versions_count_up_a_newer_one_supersedes_and_an_older_one_stays_behind(
    campaign: Campaign, alice: Membership
) -> None:
    first = actions.new_design(campaign, "Library", "leaflet", VALUES, [an_imprint()], by=SETUP)
    second = actions.new_version(campaign, first.design_id, VALUES, [an_imprint()], by=SETUP)
    third = actions.new_version(campaign, first.design_id, VALUES, [an_imprint()], by=SETUP)
    publishing.publish(campaign, first.pk, by=alice)
    publishing.publish(campaign, third.pk, by=alice)

    states = {one.release.version: one.state for one in queries.standings(campaign)}
    assert states == {1: "superseded", 2: "draft", 3: "published"}
    with pytest.raises(BadInput, match="Version 3 came after"):
        publishing.publish(campaign, second.pk, by=alice)
    with pytest.raises(BadInput, match="superseded"):
        publishing.export(campaign, first.pk, "GB", by=alice)


def test_the_database_itself_lets_nobody_edit_a_version(campaign: Campaign) -> None:
    release = published(campaign)

    for change in ({"headline": "Another"}, {"version": 9}, {"pages": 2}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Release.objects.of(campaign).filter(pk=release.pk).update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        release.imprints.update(promoter_name="Another")


def test_the_print_ready_file_carries_the_imprint_and_the_address_of_the_proof(
    campaign: Campaign, alice: Membership
) -> None:
    statement = a_statement(campaign)
    quote = actions.Quoted(statement.name, "keep the library open", True)
    release = actions.new_design(
        campaign, "Library", "leaflet", VALUES,
        [an_imprint(for_another=True, behalf_name="Cora", behalf_address="3 Hill")],
        by=SETUP, quotes=[quote],
    )  # fmt: skip
    publishing.publish(campaign, release.pk, by=alice)

    text = " ".join(
        page.extract_text()
        for page in PdfReader(
            io.BytesIO(publishing.export(campaign, release.pk, "GB", by=alice).pdf)
        ).pages
    ).replace("\n", " ")

    assert "Printed by Press & Sons, 2 Quay, Riverside." in text
    assert "Promoted by Pat Promoter, 1 Mill Lane, Riverside, on behalf of Cora, 3 Hill." in text
    assert f"/says/riverside/{statement.name[:16]}/" in text
    assert Exported.objects.of(campaign).get().country == "GB"
    assert AuditLine.objects.of(campaign).filter(verb="materials.export").count() == 1


def test_expired_and_withdrawn_it_is_not_printed(campaign: Campaign, alice: Membership) -> None:
    today = queries.today()
    on_its_last_day = published(campaign, expires_on=today)
    expired = published(campaign, expires_on=today - timedelta(days=1))
    withdrawn = published(campaign)
    publishing.withdraw(campaign, withdrawn.pk, "A wrong date.", by=alice)

    assert publishing.export(campaign, on_its_last_day.pk, "GB", by=alice).pdf
    for release, word in ((expired, "expired"), (withdrawn, "withdrawn")):
        with pytest.raises(BadInput, match=word):
            publishing.export(campaign, release.pk, "GB", by=alice)


def test_a_canvasser_and_an_observer_see_no_draft_no_holder_and_no_rule(
    campaign: Campaign, bob_signed_in: Client, olive: Membership
) -> None:
    draft, out = a_release(campaign, an_imprint()), published(campaign, headline="Take me")

    for client in (bob_signed_in, signed_in(olive)):
        assert client.get(at("release", campaign, release_id=draft.pk)).status_code == 404
        page = client.get(at("release", campaign, release_id=out.pk)).content.decode()
        assert "Print-ready" not in page
        assert draft.design.name not in client.get(at("list", campaign)).content.decode()
        assert client.get(at("copies", campaign)).status_code == 403


def test_a_file_is_known_by_its_content_and_kept_once(campaign: Campaign) -> None:
    from hustings.apps.materials.models import Artwork
    from hustings.formats.leaflet_pdf import Sheet, leaflet_pdf

    content = leaflet_pdf(Sheet("Art", "Us", "en", text="Hello"))
    for name in ("One", "Two"):
        actions.new_design(
            campaign, name, "leaflet", VALUES, [an_imprint()], by=SETUP, artwork=("x.exe", content)
        )
    with pytest.raises(BadInput, match="no PDF, PNG or JPEG"):
        actions.new_design(
            campaign, "Three", "leaflet", VALUES, [], by=SETUP, artwork=("a.pdf", b"MZ" + content)
        )

    assert [(a.type, a.pages) for a in Artwork.objects.of(campaign)] == [("pdf", 1)]


def test_imprints_of_the_campaign_are_what_a_new_version_begins_with(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    alice_signed_in.post(at("imprints", campaign), {**an_imprint("gb"), "for_another": ""})
    alice_signed_in.post(
        at("imprints", campaign), {**an_imprint(promoter_name="Quinn"), "for_another": ""}
    )

    (now,) = queries.imprints_of(campaign)
    assert (now.country, now.promoter_name) == ("GB", "Quinn")
    assert b"Quinn" in alice_signed_in.get(at("new", campaign)).content
    alice_signed_in.post(at("end-imprint", campaign), {"country": "GB"})
    assert queries.imprints_of(campaign) == []
