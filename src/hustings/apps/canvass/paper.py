"""
Typing in what stands on a returned sheet: codes as on the paper, events as from a phone.

A sheet is a phone that never called: its events have ids of their own, are added once and never changed.
The same code typed again adds nothing, another one corrects, an emptied line undoes. Times are noon of
the day that was canvassed, since paper knows no better.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.models import Device
from hustings.apps.accounts.secrets import hash_of, new_secret
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, in_hand, queries, residents, walks
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.models import CanvassEvent, Wording
from hustings.apps.canvass.report import STRONGEST, Report
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.outings.models import Turf

APP = "paper"
Line = tuple[int, int | None]
"""A door, and a person there; nobody where the door has none."""
Said = tuple[str, str, int | None]
"""Kind, support, strength."""

BOXES = {"–": Kind.NO_ANSWER, "×": Kind.REFUSED}
"""Boxes on every sheet beside the answers."""
TYPED = {
    "-": Kind.NO_ANSWER, "—": Kind.NO_ANSWER, "x": Kind.REFUSED, "m": Kind.MOVED,
    "d": Kind.DECEASED, "!": Kind.DO_NOT_CONTACT,
}  # fmt: skip
"""What is typed instead of a box, and what people write beside a name."""


@dataclass(frozen=True, slots=True)
class TypedIn:
    """What became of a sheet: lines that are new, that were corrected, and that were emptied."""

    new: int
    corrected: int
    undone: int


def codes_of(campaign: Campaign) -> list[tuple[str, str]]:
    """What can be typed, with what it means; the answers first, as on the paper."""
    return [
        *((choice["code"], choice["label"]) for choice in actions.wording_now(campaign).choices),
        ("-", str(Kind.NO_ANSWER.label)),
        ("x", str(Kind.REFUSED.label)),
        ("m", str(Kind.MOVED.label)),
        ("d", str(Kind.DECEASED.label)),
        ("!", str(Kind.DO_NOT_CONTACT.label)),
    ]


def said_by(code: str, wording: Wording) -> Said | None:
    """
    What a code says, None for an empty one.

    A party's code may have its strength behind it, 1 to 3. The campaign's own codes come first.

    Raises
    ------
    BadInput
        When nothing is said by this code.
    """
    typed = code.strip().casefold()
    if not typed:
        return None
    answers = {str(choice["code"]).casefold(): str(choice["code"]) for choice in wording.choices}
    if typed in answers:
        return Kind.ANSWERED, answers[typed], None
    strengths = {str(n) for n in range(1, STRONGEST + 1)}
    by_party = wording.support_as == Campaign.SupportAs.PARTIES
    if by_party and typed[:-1] in answers and typed[-1] in strengths:
        return Kind.ANSWERED, answers[typed[:-1]], int(typed[-1])
    kind = BOXES.get(typed) or TYPED.get(typed)
    if kind is None:
        raise BadInput(_("«%(code)s» is none of the codes.") % {"code": code.strip()[:8]})
    return kind, "", None


def code_of(event: CanvassEvent) -> str:
    """The code that says what an event says."""
    if event.kind == Kind.ANSWERED:
        return f"{event.support}{event.strength or ''}"
    return next((code for code, kind in TYPED.items() if kind == event.kind), "")


def sheet_of(turf: Turf, who: str) -> Device | None:
    """The sheet of this walk that somebody carried, if anything of it was typed in."""
    sheet: Device | None = (
        Device.objects.of(turf.campaign_id).filter(public_id=_sheet_id(turf, who)).first()
    )
    return sheet


def _sheet_id(turf: Turf, who: str) -> uuid.UUID:
    name = " ".join(who.casefold().split())
    return uuid.uuid5(uuid.UUID(str(turf.campaign_id)), f"paper/{turf.pk}/{name}")


def recorded(turf: Turf, sheet: Device | None) -> dict[Line, CanvassEvent]:
    """What counts by now of what was typed in, by line."""
    if sheet is None:
        return {}
    events = list(
        CanvassEvent.objects.of(turf.campaign_id)
        .filter(device=sheet, turf=turf)
        .order_by("position")
    )
    corrected = {event.corrects for event in events}
    return {
        (event.door_id, event.person_id): event
        for event in events
        if event.kind != Kind.UNDO and event.id not in corrected
    }


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the form: a person at a door, what is typed there, and whether that is a code."""

    stop: int
    door: str
    name: str
    field: str
    code: str
    wrong: bool
    focus: bool


def last_holder(turf: Turf) -> str:
    """Who has the walk, or had it last; empty when nobody ever had."""
    held = turf.open_checkout or turf.checkouts.order_by("-made_at").first()
    return held.holder if held else ""


def lines_of(turf: Turf, who: str, typed: Mapping[Line, str]) -> list[SheetLine]:
    """
    The lines of a sheet in walking order, with what was typed now, else with what counts by now.

    Whoever is not to be visited any more is left out, as on paper, unless this sheet said so.
    The caller writes the audit line.
    """
    campaign = turf.campaign
    wording = actions.wording_now(campaign)
    sheet = sheet_of(turf, who)
    before = recorded(turf, sheet)
    doors = walks.all_doors_of(campaign, turf.pk)
    people = residents.people_on(
        campaign.pk, turf.pk, [door.id for door in doors], sheet.pk if sheet else 0
    )
    lines: list[SheetLine] = []
    found = False
    for door in doors:
        here: list[tuple[int | None, str]] = [
            (person.id, person.name or _("Anonymous elector"))
            for person in people.get(door.id, [])
            if not person.stopped or (door.id, person.id) in before
        ]
        nobody = _("nobody on the register") if turf.action.keeps_people else ""
        for person, name in here or [(None, nobody)]:
            event = before.get((door.id, person))
            code = typed.get((door.id, person), code_of(event) if event else "")
            focus = not found and (_is_wrong(code, wording) if typed else not code)
            found = found or focus
            lines.append(
                SheetLine(
                    door.stop, door.address, name, f"said-{door.id}-{person or 0}", code,
                    _is_wrong(code, wording), focus,
                )
            )  # fmt: skip
    return lines


def _is_wrong(code: str, wording: Wording) -> bool:
    try:
        said_by(code, wording)
    except BadInput:
        return True
    return False


def name_on(who: str) -> str:
    """Whose sheet it is; :class:`BadInput` where nobody is named."""
    name = " ".join(who.split())[:40]
    if not name:
        raise BadInput(_("Say who carried this sheet."))
    return name


def noon_of(campaign: Campaign, day: date) -> datetime:
    """When what stands on a sheet of this day happened, since paper knows no better; never later than now."""
    now = timezone.now()
    if day > timezone.localtime(now, ZoneInfo(campaign.time_zone)).date():
        raise BadInput(_("This day is still to come."))
    return min(datetime.combine(day, time(12), ZoneInfo(campaign.time_zone)), now)


def type_in(
    campaign: Campaign, turf_id: int, who: str, day: date, codes: Mapping[Line, str], *, by: Actor
) -> TypedIn:
    """
    Record a sheet's lines as heard by ``who`` on ``day``.

    Parameters
    ----------
    codes
        What is typed on each line; lines that are not named stay as they are.

    Raises
    ------
    BadInput
        When there is no name, the day is to come, a code is none, or a line is not of this walk;
        then nothing is recorded.
    """
    name = name_on(who)
    occurred_at = noon_of(campaign, day)
    with tenant(campaign.pk):
        turf = in_hand.walk_typed_in(campaign, turf_id)
        wording = actions.wording_now(campaign)
        sheet = sheet_of(turf, name) or new_sheet(campaign, turf, name)
        before = recorded(turf, sheet)
        reports: list[Report] = []
        counts = {"new": 0, "corrected": 0, "undone": 0}
        first = queries.next_sequence(sheet)
        for line, code in codes.items():
            said, event = said_by(code, wording), before.get(line)
            if said == (None if event is None else (event.kind, event.support, event.strength)):
                continue
            kind, support, strength = said or (Kind.UNDO, "", None)
            counts["undone" if said is None else "corrected" if event else "new"] += 1
            reports.append(
                Report(
                    id=uuid.uuid4(),
                    sequence=first + len(reports),
                    turf=turf.pk,
                    door=line[0],
                    person=line[1],
                    kind=kind,
                    support=support,
                    strength=strength,
                    occurred_at=occurred_at,
                    corrects=event.id if event else None,
                    app=APP,
                )
            )
        for outcome in actions.record(sheet, reports, on_paper=True) if reports else ():
            if outcome.status != "stored":
                raise BadInput(outcome.message)
        if reports:
            audit(
                by, "paper.type_in", subject="turf", subject_id=turf.pk, count=len(reports),
                detail={"sheet": str(sheet.public_id), **counts},
            )  # fmt: skip
    return TypedIn(**counts)


def new_sheet(campaign: Campaign, turf: Turf, name: str) -> Device:
    """A sheet takes a phone's place in the books; its time is over from the start, so it opens nothing."""
    sheet: Device = Device.objects.create(
        campaign=campaign,
        public_id=_sheet_id(turf, name),
        label=_("%(name)s (on paper)") % {"name": name},
        secret_hash=hash_of(new_secret()),
        expires_at=timezone.now(),
    )
    return sheet
