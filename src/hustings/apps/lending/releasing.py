"""Lending a version of ours, and making a draft of ours out of one that came."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import access
from hustings.apps.lending.models import Borrowed, Lent, Part
from hustings.apps.materials import access as materials
from hustings.apps.materials import actions, judging
from hustings.apps.materials.models import IMPRINT, Design, Release
from hustings.apps.materials.queries import imprints_of, standing_of
from hustings.apps.materials.quoting import quotable
from hustings.apps.materials.sheets import quotes_of, sheet_of
from hustings.apps.statements.access import node_for
from hustings.apps.statements.recording import say
from hustings.core.errors import BadInput
from hustings.core.exchange.editions import Edition
from hustings.formats import design_file
from hustings.formats.design_file import TravellingDesign, TravellingQuote, read_design

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record


def lend(campaign: Campaign, release_id: int, *, by: Membership) -> Record:
    """
    A published version may be used by others from now on: signed, with its files, licence and language.

    Raises
    ------
    BadInput
        It is not the published one, is for this campaign only, has no licence, or was lent already.
    """
    with tenant(campaign.pk):
        node_for(campaign)
        release = materials.release_for(campaign, release_id, also_drafts=True)
        design = materials.design_for(campaign, release.design_id, lock=True)
        _may_be_lent(release)
        files = _files(release)
        said = say(
            campaign, "release", artefact=design.kind, version=release.version, title=design.name,
            design=f"design:{design.pk}", licence=release.licence.strip(), lang=release.language,
            uses=[release.uses], imprints=_imprints(release),
            files=[
                {"hash": hashlib.sha256(content).hexdigest(), "size": len(content), "name": name}
                for name, content in files.items()
            ],
            **({"expires": f"{release.expires_on}T23:59:59Z"} if release.expires_on else {}),
        )  # fmt: skip
        keep_parts(campaign, said, files)
        Lent.objects.create(campaign=campaign, release=release, record=said, by=by.actor.label)
        audit(by.actor, "lending.lend", subject="release", subject_id=release.pk)
    return said


def call_back(campaign: Campaign, lent_id: int, *, by: Membership) -> Record:
    """Whoever has this version is told that it must not be used any more."""
    with tenant(campaign.pk):
        lent = access.lent_for(campaign, lent_id)
        if standing_of(lent.release).state != "withdrawn":
            raise BadInput(_("Withdraw the version under Materials first, with the reason."))
        said = say(
            campaign, "retraction", of=lent.record.name, reason=_("It must not be used any more.")
        )
        audit(by.actor, "lending.call_back", subject="release", subject_id=lent.release_id)
    return said


def keep_parts(campaign: Campaign, record: Record, files: dict[str, bytes]) -> None:
    """The files beside a record, by name and digest; those that are there already stay."""
    there = {part.sha256 for part in access.parts_of(record)}
    for name, content in files.items():
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in there:
            there.add(sha256)
            Part.objects.create(
                campaign=campaign, record=record, name=name[:200], sha256=sha256,
                size_bytes=len(content), content=content,
            )  # fmt: skip


def borrow(campaign: Campaign, record: Record, *, by: Membership) -> Release:
    """
    A draft of ours that begins as theirs: their words and artwork, their licence, and our imprint or none.

    Raises
    ------
    BadInput
        Its day is over.
    """
    with tenant(campaign.pk):
        said = record.said
        if said.get("expires", "9999") <= timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"):
            raise BadInput(_("The last day of use is over; ask them for a newer version."))
        files = {part.name: bytes(part.content) for part in access.parts_of(record)}
        found = read_design(files[design_file.NAME])
        values: dict[str, Any] = {
            "headline": found.headline, "text": found.text, "medium": found.medium,
            "paper": found.paper, "imprint_place": found.imprint_place,
            "imprint_points": found.imprint_points, "language": said["lang"],
            "licence": said["licence"], "uses": Release.Uses.OWN, "paid": False,
            "expires_on": said["expires"][:10] if "expires" in said else None,
        }  # fmt: skip
        artwork = next(
            ((name, content) for name, content in files.items() if name != design_file.NAME), None
        )
        blocks = [{name: getattr(one, name) for name in IMPRINT} for one in imprints_of(campaign)]
        # Nobody prints in our name what we could not announce ourselves: the rest is for us to quote anew.
        there = quotable(campaign) if found.quotes else {}
        quotes = [
            actions.Quoted(one.statement, one.words, one.with_qr)
            for one in found.quotes
            if one.statement in there and one.words in there[one.statement].words
        ]
        options: dict[str, Any] = {"by": by.actor, "artwork": artwork, "quotes": quotes}
        before = _borrowed_before(campaign, record)
        if before is not None:
            made = actions.new_version(campaign, before.design_id, values, blocks, **options)
        else:
            name = _free_name(campaign, said["title"])
            made = actions.new_design(campaign, name, said["artefact"], values, blocks, **options)
            Borrowed.objects.create(
                campaign=campaign, record=record, design_id=made.design_id, by=by.actor.label
            )
        audit(by.actor, "lending.borrow", subject="record", subject_id=record.pk)
    return made


def _may_be_lent(release: Release) -> None:
    standing = standing_of(release)
    if standing.state != "published":
        raise BadInput(
            _("This version is %(state)s; the one that is published can be lent.")
            % {"state": standing.state_label}
        )
    if release.uses == Release.Uses.OWN:
        raise BadInput(_("This version is for this campaign only; say in the next version who may use it."))  # fmt: skip
    if not release.licence.strip():
        raise BadInput(_("It has no licence, so nobody would know what they may do with it; write one in the next version."))  # fmt: skip
    if Lent.objects.of(release.campaign_id).filter(release=release).exists():
        raise BadInput(_("This version is lent already; its parcel can be taken again."))


def _files(release: Release) -> dict[str, bytes]:
    artwork = release.artwork
    kept = bytes(artwork.content) if artwork else b""
    design = TravellingDesign(
        headline=release.headline, text=release.text, medium=release.medium, paper=release.paper,
        imprint_place=release.imprint_place, imprint_points=release.imprint_points,
        artwork=hashlib.sha256(kept).hexdigest() if artwork else "",
        quotes=tuple(
            TravellingQuote(one.statement, one.words, one.proof_address, one.with_qr)
            for one in quotes_of(release)
        ),
    )  # fmt: skip
    files = {design_file.NAME: design_file.write_design(design)}
    return files | ({f"artwork.{artwork.type}": kept} if artwork else {})


def _imprints(release: Release) -> dict[str, str]:
    """What it says in each country, as it is set; to be shown, not to be used."""
    return {
        block.country: "\n".join(sheet_of(release, block, ()).imprint) or "–"
        for block in judging.blocks_of(release)
    }


def _borrowed_before(campaign: Campaign, record: Record) -> Borrowed | None:
    """The design that an earlier version of this one became."""
    series = Edition.of(record.said).series
    rows = Borrowed.objects.of(campaign).select_related("record").order_by("-pk")
    return next((one for one in rows if Edition.of(one.record.said).series == series), None)


def _free_name(campaign: Campaign, title: str) -> str:
    taken = set(Design.objects.of(campaign).values_list("name", flat=True))
    title = title.strip()[:100] or _("Borrowed")
    names = (title if n == 1 else f"{title} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
