"""
What follows when a word comes in: a matter with a time, and for a denial or a withdrawal a correction that lies ready.

The correction is a draft that nobody entered: two people approve it as any other, and nothing is signed by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from hustings.apps.statements.embedding import is_embedded
from hustings.apps.statements.models import Matter
from hustings.apps.statements.publishing import name_of_whoever_said
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import say
from hustings.apps.statements.responding import Why, answered_by, open_matter, standings
from hustings.apps.statements.times import read_moment

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger
    from hustings.core.ledger.hearing import Heard

THE_DESK = "desk"
"""Who entered a draft that lay ready by itself: nobody, so any two may approve it."""


def see_to(campaign: Campaign, row: Record, *, by: Actor) -> Matter | None:
    """Open what this record asks of us, if anything; the wall must be open."""
    ledger = ledger_of(campaign)
    one = ledger.standing.heard.get(row.name)
    if one is None:
        return None
    said, words = (
        one.said,
        one.said.get("body") or one.said.get("quote") or one.said.get("text", ""),
    )
    if said["type"] == "claim" and said["about"] == ledger.us != said["claimant"]:
        return open_matter(campaign, Why.CLAIM, words, about=row.name, by=by)
    if said["type"] == "query" and said["to"] == ledger.us:
        of = ledger.standing.heard.get(said["of"])
        asked = of.said["quote"] if of is not None and "quote" in of.said else ""
        return open_matter(
            campaign, Why.QUERY, asked or _("They ask whether we said so."), about=said["of"],
            due_at=read_moment(said["due"]), by=by,
        )  # fmt: skip
    ended = ledger.standing.heard.get(_what_it_ends(one))
    if ended is None or not one.counts:
        return None
    return _ended(campaign, ledger, ended, by)


def _what_it_ends(one: Heard) -> str:
    said = one.said
    if said["type"] == "response" and said["decision"] == "deny":
        return str(said["of"])
    if said["type"] == "statement" and "supersedes" in said:
        return str(said["supersedes"])
    return ""


def _ended(campaign: Campaign, ledger: Ledger, ended: Heard, by: Actor) -> Matter | None:
    claim = ledger.standing.claims.get(ended.name)
    if claim is not None:
        if ended.said["claimant"] != ledger.us or claim.state not in ("denied", "settled"):
            return None
        why = Why.DENIAL
    elif ended.name in ledger.standing.statements and ended.by != ledger.us:
        if not ledger.standing.statements[ended.name].ended or not _is_used(
            campaign, ledger, ended
        ):
            return None
        why = Why.TAKEN_BACK
    else:
        return None
    draft = ready_correction(campaign, ledger, ended)
    words = ended.said.get("body") or ended.said.get("quote", "")
    return open_matter(campaign, why, words, about=ended.name, draft=draft, by=by)


def retracted(campaign: Campaign, claim: Record, retraction: Record, *, by: Actor) -> None:
    """We took a claim back: what was open about it is answered, and a correction lies ready for the public."""
    ledger = ledger_of(campaign)
    one = ledger.standing.heard[claim.name]
    if not standings(campaign, about=claim.name):
        draft = ready_correction(campaign, ledger, one)
        open_matter(campaign, Why.DENIAL, one.said["quote"], about=claim.name, draft=draft, by=by)
    answered_by(campaign, claim.name, retraction.name, by=by)


def _is_used(campaign: Campaign, ledger: Ledger, one: Heard) -> bool:
    announced = [said for said in ledger.about(one.name, "announcement") if said.by == ledger.us]
    return bool(announced) or is_embedded(campaign, one.name)


def ready_correction(campaign: Campaign, ledger: Ledger, ended: Heard) -> str:
    """The name of the draft that corrects what was said; the one that is there, or a new one."""
    there = Matter.objects.of(campaign).filter(about=ended.name).exclude(draft="").first()
    if there is not None:
        return str(there.draft)
    with translation.override(campaign.language):
        body, fields = _words(ledger, ended)
    draft = say(
        campaign, "draft", kind="correction", to=[], body=body, enteredBy=THE_DESK,
        lang=campaign.language, public=True, **fields,
    )  # fmt: skip
    return draft.name


def _words(ledger: Ledger, ended: Heard) -> tuple[str, dict[str, str]]:
    if ended.said["type"] == "claim":
        said = _("We said: “%(quote)s” That was not so, and we take it back.")
        return said % {"quote": ended.said["quote"]}, {"replaces": ended.name}
    quoted = {
        "name": name_of_whoever_said(ledger, ledger.rows[ended.name]), "quote": ended.said["body"]
    }  # fmt: skip
    if ledger.standing.statements[ended.name].ended == "denied":
        return _("We quoted %(name)s: “%(quote)s” They say that they did not say so, and we do not either.") % quoted, {}  # fmt: skip
    return _("We quoted %(name)s: “%(quote)s” They have taken it back, and we no longer say so.") % quoted, {}  # fmt: skip
