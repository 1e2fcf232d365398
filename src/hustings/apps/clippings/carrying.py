"""
An excerpt goes to the press desk: through the desk's own verbs, so that its rules hold there as well.

What is published is never as good as what was signed or called back, and so can never be announced.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.models import Carried
from hustings.apps.clippings.wording import BASES
from hustings.apps.statements import told
from hustings.apps.statements.models import Party
from hustings.core.errors import BadInput
from hustings.core.ledger.hearing import PUBLISHED

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.clippings.models import Excerpt
    from hustings.apps.clippings.queries import Clipping
    from hustings.apps.statements.models import Record

DECISIONS = {"denial": "deny", "correction": "correct", "confirmation": "confirm"}
WEAKEST = {
    "praise": "greeting", "offer of help": "offer", "denial": "denial", "correction": "correction",
    "retraction": "correction", "confirmation": "fact",
}  # fmt: skip
"""What a word of theirs is carried as where nobody chooses; never more than was printed."""


def weakest(kind: str) -> str:
    """The kind of statement that a kind of excerpt is carried as, unless a person chooses another."""
    return WEAKEST.get(kind, "fact")


def carry(campaign: Campaign, clipping: Clipping, kind: str, *, by: Actor) -> Record:
    """
    The record that the excerpt becomes: a claim, a hope, or a report of their word or answer as *published*.

    Raises
    ------
    BadInput
        When it is nobody's word that the press desk could keep as theirs.
    """
    with tenant(campaign.pk):
        if clipping.carried is not None:
            raise BadInput(_("This is on the press desk already."))
        if clipping.taken_back:
            raise BadInput(_("This confirmation was taken back; confirm it again first."))
        made = _record(campaign, clipping, kind, by)
        Carried.objects.create(
            campaign=campaign, excerpt=clipping.excerpt, record=made, by=by.label
        )
        audit(by, "clipping.carry", subject="excerpt", subject_id=clipping.excerpt.pk)
    return made


def _record(campaign: Campaign, clipping: Clipping, kind: str, by: Actor) -> Record:
    meaning, words = clipping.meaning, clipping.excerpt.spoken
    when = _noon(clipping.day)
    if meaning.kind == "hope":
        return told.hope(
            campaign, _other(clipping), kind=kind, quote=words, due=_due(clipping), by=by
        )
    if meaning.kind == "claim":
        return told.claim(
            campaign, _other(clipping), kind=kind, quote=words, when=when, ours=clipping.by == US,
            where=clipping.excerpt.publication, by=by,
        )  # fmt: skip
    if not isinstance(clipping.by, Party):
        raise BadInput(
            _(
                "Only what another campaign says is kept as theirs. Our own word is drafted at the press desk."
            )
        )
    source = source_of(clipping)
    if meaning.kind in DECISIONS and clipping.claim is not None:
        return told.answer_of(
            campaign, clipping.by, clipping.claim, decision=DECISIONS[meaning.kind], text=words,
            authority=meaning.authority or "third_party", when=when, evidence=PUBLISHED,
            source=source, by=by,
        )  # fmt: skip
    return told.word_of(
        campaign, clipping.by, kind=kind, body=words, when=when, evidence=PUBLISHED, source=source,
        by=by,
    )  # fmt: skip


def _other(clipping: Clipping) -> Party:
    """The one party that a claim or a hope lies between us and."""
    sides = [clipping.by, *clipping.about]
    parties = list(dict.fromkeys(side for side in sides if isinstance(side, Party)))
    if US not in sides or len(parties) != 1:
        raise BadInput(
            _(
                "The press desk keeps claims and hopes between us and one other campaign. Say whose word it is, and of whom."
            )
        )
    return parties[0]


def _noon(day: date) -> datetime:
    """A clipping knows days; noon of it, or now where that is still to come."""
    noon = timezone.make_aware(datetime.combine(day, time(12)))  # made aware here
    return min(noon, timezone.now())


def _due(clipping: Clipping) -> datetime | None:
    due = clipping.meaning.due_on
    return timezone.make_aware(datetime.combine(due, time(12))) if due else None


def source_of(clipping: Clipping) -> str:
    """The paper and its date, the headline, the address, and in whose words it stands there."""
    excerpt: Excerpt = clipping.excerpt
    day = date_format(excerpt.published_on, "j F Y") if excerpt.published_on else ""
    parts = [excerpt.publication, day, f"“{excerpt.headline}”" if excerpt.headline else ""]
    parts += [excerpt.url, str(BASES.get(clipping.meaning.basis, ""))]
    return ", ".join(part for part in parts if part)
