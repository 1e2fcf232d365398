"""What a person types on the phone, and what a door's form says as reports."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings import __version__
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.report import Report
from hustings.apps.canvass.wishes import LONGEST_NOTE, MAY_WISH, in_order
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import QueryDict

    from hustings.apps.canvass.models import CanvassEvent
    from hustings.apps.canvass.residents import PersonAtDoor
    from hustings.apps.canvass.walks import DoorOnWalk

NOT_KNOWN = "not known"
"""A language that the canvasser could not name: still worth coming back for with somebody who can."""
CARD_LEFT = "card_left"
"""What the button says where nobody was in and a card was left."""
APP = f"phone page {__version__}"


class CodeForm(forms.Form):
    """Six letters from paper."""

    code = forms.CharField(
        label=_("The six letters on your sheet"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                "inputmode": "text",
            }
        ),
    )  # fmt: skip


class NameForm(forms.Form):
    """Who has the phone."""

    first_name = forms.CharField(
        label=_("Your first name"),
        help_text=_("So that the organiser knows whom to let in."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )


class SomebodyForm(forms.Form):
    """Somebody at the door who is not on the register."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    forename = forms.CharField(label=_("First name"), max_length=60)
    surname = forms.CharField(label=_("Surname"), max_length=60, required=False)


def reports_of_door(
    posted: QueryDict,
    *,
    turf: int,
    door: int,
    people: Iterable[PersonAtDoor],
    sequence: int,
) -> list[Report]:
    """
    What the form of one door says, as reports; people nobody said anything about have none.

    Each field ``said-PERSON`` (``said-door`` for the door itself) holds a kind, or ``answered:CODE`` or
    ``answered:CODE:STRENGTH``; ``id-PERSON`` the id that the form was given; ``before-PERSON`` the event
    it corrects; ``wish-PERSON`` what they wished for, ``about-PERSON`` what that is about.
    """
    reports: list[Report] = []
    whole_door = posted.get("whole_door", "")
    card_left = whole_door == CARD_LEFT
    keys: list[tuple[str, int | None, tuple[str, str, str]]] = [("door", None, ("", "", ""))]
    if not whole_door:
        keys += [
            (str(person.id), person.id, (_already(person), person.wishes, person.wish_note))
            for person in people
        ]
    for key, person, already in keys:
        said = whole_door if key == "door" and whole_door else posted.get(f"said-{key}", "")
        said = str(Kind.NO_ANSWER) if said == CARD_LEFT else said
        wishes, note = _wishes(posted, key, said)
        if not said or (said, wishes, note) == already:
            continue
        kind, support, strength = _parts(said)
        reports.append(
            Report(
                id=_uuid(posted.get(f"id-{key}")),
                sequence=sequence + len(reports),
                turf=turf,
                door=door,
                person=person,
                kind=kind,
                support=support,
                strength=strength,
                language=(posted.get(f"language-{key}", "").strip()[:60] or NOT_KNOWN)
                if kind == Kind.LANGUAGE
                else "",
                come_back_at=_come_back(posted) if kind == Kind.COME_BACK else None,
                wishes=wishes,
                wish_note=note,
                card_left=card_left,
                wording_version=_version(posted.get("wording_version", "")),
                occurred_at=timezone.now(),
                corrects=_uuid(before) if (before := posted.get(f"before-{key}")) else None,
                app=APP,
            )
        )
    return reports


def _wishes(posted: QueryDict, key: str, said: str) -> tuple[str, str]:
    if said.partition(":")[0] not in MAY_WISH:
        return "", ""
    wishes = in_order(tuple(posted.getlist(f"wish-{key}")))
    note = " ".join(posted.get(f"about-{key}", "").split())[:LONGEST_NOTE]
    return wishes, note if wishes else ""


def said_by(report: Report) -> str:
    """What a report says, as one word: the same words give the same."""
    return _as_one_word(report)


def _as_one_word(said: Report | CanvassEvent) -> str:
    more = [said.wishes, said.wish_note, said.card_left]
    return json.dumps(
        [
            said.kind, said.support, said.strength, said.language, str(said.come_back_at),
            *(more if any(more) else []),
        ]
    )  # fmt: skip


def _already(person: PersonAtDoor) -> str:
    if person.kind != Kind.ANSWERED:
        return person.kind
    return ":".join(
        [person.kind, person.support, *([str(person.strength)] if person.strength else [])]
    )


def _parts(said: str) -> tuple[str, str, int | None]:
    kind, _colon, choice = said.partition(":")
    support, _colon, strength = choice.partition(":")
    if strength and not strength.isdecimal():
        raise BadInput("Strength is a number.", where="answer")
    return kind, support, int(strength) if strength else None


def _come_back(posted: QueryDict) -> datetime:
    hours = posted.get("come_back_in", "")
    asked = int(hours) if hours.isdecimal() and len(hours) < 4 else 3
    # To the quarter of an hour: nobody says it more exactly.
    now = timezone.now().replace(second=0, microsecond=0)
    return now - timedelta(minutes=now.minute % 15) + timedelta(hours=asked)


def _uuid(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError as error:
        raise BadInput(
            "This form is not one of ours; load the page again.", where="form"
        ) from error


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def uuid_of(text: str | None) -> uuid.UUID:
    """The id in a form's field."""
    return _uuid(text)


def said_by_event(event: CanvassEvent) -> str:
    """What a recorded event says, in the words of :func:`said_by`."""
    return _as_one_word(event)


def undo_of(event: CanvassEvent, *, form_id: str | None, sequence: int) -> Report:
    """The report that takes an event back."""
    return Report(
        id=_uuid(form_id),
        sequence=sequence,
        turf=event.turf_id,
        door=event.door_id,
        person=event.person_id,
        kind=Kind.UNDO,
        channel=event.channel,
        occurred_at=timezone.now(),
        corrects=event.id,
        app=APP,
    )


def reports_of_floor(
    doors: Iterable[DoorOnWalk], *, turf: int, kind: str, form_id: str | None, sequence: int
) -> list[Report]:
    """The same result for each of these doors; ids from the form's, so that a second tap adds nothing."""
    form = _uuid(form_id)
    return [
        Report(
            id=uuid.uuid5(form, str(door.id)),
            sequence=sequence + nth,
            turf=turf,
            door=door.id,
            kind=kind,
            occurred_at=timezone.now(),
            app=APP,
        )
        for nth, door in enumerate(doors)
    ]
