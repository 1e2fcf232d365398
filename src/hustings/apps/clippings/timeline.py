"""
Who has said what about whom between two campaigns, clippings and records of the press desk together.

Each stands with how well it is known that it was said; nothing here says whether it is so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.queries import Clipping, clippings_of
from hustings.apps.clippings.wording import DONE, RANK
from hustings.apps.statements.queries import between
from hustings.apps.statements.wording import ALL_KINDS, AUTHORITIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record
    from hustings.apps.statements.queries import Word
    from hustings.apps.statements.reading import Ledger

DECIDED = {"deny": "denial", "confirm": "confirmation", "correct": "correction"}


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One thing that was said, on its day.

    Parameters
    ----------
    who, about
        Sides: ourselves or parties; nobody where only the paper says so.
    done
        What was done in one word: claimed, hoped for, denied.
    grade
        A key of the grades of evidence; empty for hopes, which are no evidence of anything.
    answers
        The words that it answers, or nothing.
    """

    day: date
    who: Party | str | None
    about: tuple[Party | str, ...]
    kind: str
    done: str
    words: str
    grade: str
    look: str
    authority: str = ""
    answers: str = ""
    clipping: Clipping | None = None
    record: Record | None = None
    details: dict[str, Any] = field(default_factory=dict)


def timeline(
    campaign: Campaign, ledger: Ledger, one: Party | str, other: Party | str
) -> list[Entry]:
    """Everything between two sides, the oldest first; of what was said on a day the best known first."""
    entries = [_entry(clipping) for clipping in between_sides(clippings_of(campaign), one, other)]
    if US in (one, other) and one != other:
        party = other if one == US else one
        if not isinstance(party, str):
            for word in between(ledger, party):
                entries += _of_record(word, party, ledger.us)
    order = {"claim": 0, "hope": 0}
    return sorted(
        entries, key=lambda entry: (entry.day, order.get(entry.kind, 1), -RANK.get(entry.grade, 0))
    )


def between_sides(
    clippings: list[Clipping], one: Party | str, other: Party | str
) -> list[Clipping]:
    """Those that name both, those that name a party alone, and every answer to one of them; of us alone, where both are us."""
    pair = {one, other}
    alone = [{side} for side in pair if side != US] or [{US}]
    found = [
        clipping
        for clipping in clippings
        if clipping.sides in alone or (len(pair) > 1 and pair <= clipping.sides)
    ]
    chosen = {clipping.excerpt.pk for clipping in found}
    waiting = list(found)
    while waiting:
        for answer in waiting.pop().answered_by:
            if answer.excerpt.pk not in chosen:
                chosen.add(answer.excerpt.pk)
                waiting.append(answer)
    return [clipping for clipping in clippings if clipping.excerpt.pk in chosen]


def _entry(clipping: Clipping) -> Entry:
    meaning = clipping.meaning
    return Entry(
        clipping.day, clipping.by, clipping.about, meaning.kind, done(clipping),
        clipping.excerpt.words, "" if meaning.kind == "hope" else "published", clipping.look,
        authority=str(AUTHORITIES.get(meaning.authority, "")),
        answers=clipping.answers.excerpt.spoken if clipping.answers else "",
        clipping=clipping,
    )  # fmt: skip


def done(clipping: Clipping) -> str:
    """What was done by its words, and what became of it since."""
    if clipping.meaning.kind == "event" and clipping.meaning.ours is False:
        return _("an event that is no campaign’s")
    against = clipping.against
    if clipping.meaning.kind == "claim" and against is not None:
        return _("claimed, and %(answer)s since") % {"answer": DONE[against.meaning.kind]}
    return str(DONE[clipping.meaning.kind])


def _of_record(word: Word, party: Party, us: str) -> Iterator[Entry]:
    """A record of the press desk, and each answer to it, as entries of their own."""
    who, about = (US, (party,)) if word.ours else (party, (US,))
    kind = {"hoped": "hope"}.get(word.look, "statement")
    if "responses" in word.details:
        kind = "claim"
    grade = word.evidence
    if grade == "signed" and word.row.issuer == us:
        grade = "our-record"
    yield Entry(
        _day(word.at), who, about, kind, _said(word, kind), word.words,
        "" if kind == "hope" else grade, word.look, record=word.row,
    )  # fmt: skip
    for said in word.details.get("responses", ()):
        side = US if said["ours"] else party
        decided = DECIDED[said["decision"]]
        yield Entry(
            _day(said["at"]), side, (party if side == US else US,), decided, str(DONE[decided]),
            said["text"],
            "our-record" if said["ours"] and said["evidence"] == "signed" else said["evidence"],
            "signed" if said["evidence"] in ("signed", "called_back") else "told",
            authority="" if said["ours"] else str(AUTHORITIES.get(said["authority"], "")),
            answers=word.words, record=word.row,
        )  # fmt: skip
    for taken in word.details.get("retractions", ()):
        yield Entry(
            _day(taken["at"]), who, about, "retraction", str(DONE["retraction"]), taken["reason"],
            "our-record" if word.ours else "signed", "told", answers=word.words, record=word.row,
        )  # fmt: skip


def _said(word: Word, kind: str) -> str:
    if kind == "hope":
        return {
            "fulfilled": _("hoped for, and received since"),
            "declined": _("hoped for, and declined"),
            "lapsed": _("hoped for; the time is over"),
        }.get(word.state, str(DONE["hope"]))
    if kind == "claim":
        return {
            "denied": _("claimed, and denied since"),
            "settled": _("claimed, denied and taken back since"),
            "withdrawn": _("claimed, and taken back since"),
            "confirmed": _("claimed, and confirmed since"),
            "corrected": _("claimed, and corrected since"),
        }.get(word.state, _("claimed; no message on record"))
    if word.details.get("ended") == "withdrawn":
        return _("said, and withdrawn since")
    return str(ALL_KINDS.get(word.kind, word.kind))


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
