"""Playbooks and designs travel whole, count up, carry their licence, and never their imprint."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import releasing, works
from hustings.apps.lending.models import Part
from hustings.apps.materials import actions as materials
from hustings.apps.materials import judging, publishing
from hustings.apps.materials.models import Quote, Release
from hustings.apps.materials.queries import copies_quoting
from hustings.apps.statements.models import Record, Refusal
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import say
from hustings.core.errors import BadInput
from hustings.formats.leaflet_pdf import Sheet, leaflet_picture
from hustings.formats.parcel import Parcel, read_parcel, write_parcel
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.lending.lending import last, parcel, takes
from tests.apps.materials.planting import an_imprint, published

if TYPE_CHECKING:
    from hustings.apps.lending.works import Work
    from hustings.apps.materials.models import Design
    from tests.apps.lending.lending import Both
    from tests.apps.statements.talking import Desk


def a_work(desk: Desk, **more: Any) -> Release:
    """A published version that others may use."""
    fields = {
        "headline": "A library that stays open", "text": "Come.", "licence": "CC BY 4.0",
        "uses": "allies", **more,
    }  # fmt: skip
    with tenant(desk.campaign.pk):
        return published(desk.campaign, **fields)


def lent(desk: Desk, release: Release) -> bytes:
    releasing.lend(desk.campaign, release.pk, by=desk.ada)
    return parcel(desk, last(desk, "release"))


def works_at(desk: Desk) -> list[Work]:
    with tenant(desk.campaign.pk):
        return works.works_of(desk.campaign, ledger_of(desk.campaign))


def borrowed(desk: Desk, work: Work) -> Release:
    return releasing.borrow(desk.campaign, work.record, by=desk.ada)


def test_a_design_comes_whole_with_its_licence_language_uses_and_imprint(both: Both) -> None:
    taken = takes(both.harbour, lent(both.riverside, a_work(both.riverside)))

    assert isinstance(taken, Record)
    (work,) = works_at(both.harbour)
    said = work.said
    assert (said["licence"], said["lang"], said["version"], said["uses"]) == (
        "CC BY 4.0", "en-GB", 1, ["allies"],
    )  # fmt: skip
    assert "Pat Promoter" in said["imprints"]["GB"]
    assert work.state == "newest"
    assert [(file["hash"], file["size"]) for file in said["files"]] == [
        (part.sha256, part.size_bytes) for part in work.files
    ]


def test_it_becomes_a_draft_of_ours_that_is_published_only_with_our_own_imprint(both: Both) -> None:
    takes(both.harbour, lent(both.riverside, a_work(both.riverside)))
    campaign, by = both.harbour.campaign, both.harbour.ada

    draft = borrowed(both.harbour, works_at(both.harbour)[0])

    assert (draft.headline, draft.licence, draft.version) == (
        "A library that stays open",
        "CC BY 4.0",
        1,
    )
    with tenant(campaign.pk):
        assert judging.blocks_of(draft) == []
        with pytest.raises(BadInput, match="Set the campaign's imprint"):
            publishing.publish(campaign, draft.pk, by=by)
        materials.set_imprint(campaign, an_imprint(printer_name="", promoter_name="Hal"), by=SETUP)
    second = borrowed(both.harbour, works_at(both.harbour)[0])
    with tenant(campaign.pk):
        assert (second.design_id, second.version) == (draft.design_id, 2)
        with pytest.raises(judging.LawSaysNo, match="UK-4"):
            publishing.publish(campaign, second.pk, by=by)
        materials.set_imprint(campaign, an_imprint(promoter_name="Hal"), by=SETUP)
    third = borrowed(both.harbour, works_at(both.harbour)[0])
    with tenant(campaign.pk):
        publishing.publish(campaign, third.pk, by=by)
        assert [block.promoter_name for block in judging.blocks_of(third)] == ["Hal"]


def test_artwork_goes_along_and_a_quote_only_where_we_could_make_it_ourselves(
    both: Both,
) -> None:
    campaign = both.riverside.campaign
    picture = leaflet_picture(Sheet("T", "R", "en", "a5", headline="A library"))
    with tenant(campaign.pk):
        kept = materials._keep(campaign, ("a.png", picture), SETUP)
        release = a_work(both.riverside, artwork=kept)
        Quote.objects.create(
            campaign=campaign, release=release, statement="sha256:5f", words="We will keep it open.",
            proof_address="https://riverside.example/s/5f",
        )  # fmt: skip

    takes(both.harbour, lent(both.riverside, release))
    draft = borrowed(both.harbour, works_at(both.harbour)[0])

    theirs = both.harbour.campaign
    with tenant(theirs.pk):
        assert draft.artwork is not None
        assert bytes(draft.artwork.content) == picture
        assert not Quote.objects.of(theirs).filter(release=draft).exists()
        assert copies_quoting(theirs, "sha256:5f") == []


def next_version(desk: Desk, before: Release, **more: Any) -> Release:
    with tenant(desk.campaign.pk):
        design: Design = before.design
    return a_work(desk, design=design, **more)


def test_a_newer_version_takes_the_place_and_an_older_one_does_not_come_back(both: Both) -> None:
    first = a_work(both.riverside)
    one = lent(both.riverside, first)
    two = lent(both.riverside, next_version(both.riverside, first, headline="Open on Sundays"))

    assert isinstance(takes(both.harbour, two), Record)
    refused = takes(both.harbour, one)

    assert isinstance(refused, Refusal)
    assert "version 2 is here already" in refused.reason
    assert [(work.said["version"], work.state) for work in works_at(both.harbour)] == [
        (2, "newest")
    ]


def test_in_order_the_newer_one_supersedes_and_the_same_parcel_again_changes_nothing(
    both: Both,
) -> None:
    first = a_work(both.riverside)
    one = lent(both.riverside, first)
    takes(both.harbour, one)
    two = lent(both.riverside, next_version(both.riverside, first))
    takes(both.harbour, two)

    for file in (one, two, two):
        assert isinstance(takes(both.harbour, file), Record)

    states = {work.said["version"]: work.state for work in works_at(both.harbour)}
    assert states == {1: "superseded", 2: "newest"}


def test_one_number_with_two_contents_is_refused_loudly_and_kept(both: Both) -> None:
    takes(both.harbour, lent(both.riverside, a_work(both.riverside)))
    said = last(both.riverside, "release").said
    content = b"{}"
    sha256 = hashlib.sha256(content).hexdigest()
    campaign = both.riverside.campaign
    with tenant(campaign.pk):
        kept = {
            k: v for k, v in said.items() if k not in ("id", "type", "issuer", "created", "proof")
        }
        files = [{"hash": sha256, "size": 2, "name": "design.json"}]
        other = say(campaign, "release", **kept | {"files": files})
    text = both.riverside.bundle(other)

    refused = takes(both.harbour, write_parcel(Parcel(text, {sha256: content})))

    assert isinstance(refused, Refusal)
    assert "with other content" in refused.reason
    assert refused.text == text
    assert len(works_at(both.harbour)) == 1


def test_a_file_that_is_missing_or_another_keeps_the_whole_release_out(both: Both) -> None:
    whole = read_parcel(lent(both.riverside, a_work(both.riverside)))
    (name,) = whole.parts

    for parts in ({}, {"0a" * 32: whole.parts[name]}):
        refused = takes(both.harbour, whole.bundle.encode()) if not parts else None
        assert refused is None or "without its files" in refused.reason  # type: ignore[union-attr]  # a refusal
    from hustings.apps.lending.taking_in import take_in

    campaign = both.harbour.campaign
    with tenant(campaign.pk):
        changed = take_in(campaign, whole.bundle, {name: whole.parts[name] + b" "}, by=SETUP)
        assert isinstance(changed, Refusal)
        assert "is not the one that the record names" in changed.reason
        assert not Part.objects.of(campaign).exists()
        assert not Record.objects.of(campaign).filter(kind="release").exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"uses": "own"}, "for this campaign only"),
        ({"licence": " "}, "no licence"),
        ({"expires_on": timezone.datetime(2020, 1, 1).date()}, "is expired"),
    ],
)
def test_what_may_not_be_used_by_others_is_not_lent(
    both: Both, more: dict[str, Any], why: str
) -> None:
    release = a_work(both.riverside, **more)

    with pytest.raises(BadInput, match=why):
        releasing.lend(both.riverside.campaign, release.pk, by=both.riverside.ada)
    with tenant(both.riverside.campaign.pk):
        assert works.may_be_lent(both.riverside.campaign) == []


def test_what_is_withdrawn_is_called_back_and_theirs_says_so(both: Both) -> None:
    release = a_work(both.riverside)
    takes(both.harbour, lent(both.riverside, release))
    campaign, by = both.riverside.campaign, both.riverside.ada
    with tenant(campaign.pk):
        (loan,) = works.on_loan(campaign, ledger_of(campaign))
    with pytest.raises(BadInput, match="Withdraw the version"):
        releasing.call_back(campaign, loan.lent.pk, by=by)

    publishing.withdraw(campaign, release.pk, "It was denied.", by=by)
    releasing.call_back(campaign, loan.lent.pk, by=by)
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "retraction")))

    (work,) = works_at(both.harbour)
    assert work.state == "withdrawn"


def test_the_pages_show_what_came_to_this_campaign_and_to_no_other(both: Both, rivals: Any) -> None:
    takes(both.harbour, lent(both.riverside, a_work(both.riverside)))
    (work,) = works_at(both.harbour)
    room = f"/c/{both.harbour.campaign.slug}/lending/"
    client = signed_in(both.harbour.ada)

    shown = client.get(f"{room}works/{work.record.pk}/").content.decode()
    file = client.get(f"{room}works/{work.record.pk}/files/{work.files[0].sha256}/")
    ours = signed_in(both.riverside.ada).get(
        f"/c/{both.riverside.campaign.slug}/lending/works/{work.record.pk}/"
    )
    charlie = signed_in(member(rivals, "Charlie", "organiser")).get(f"{room}works/")

    assert "Pat Promoter" in shown
    assert "US-5" in shown
    assert hashlib.sha256(file.content).hexdigest() == work.files[0].sha256
    assert ours.status_code == 404
    assert charlie.status_code == 404
