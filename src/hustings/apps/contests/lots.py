"""
Lots on record: those that were drawn by hand, and the campaign's own, by sealed numbers or by a named beacon.

Nothing here draws by chance, and nothing that is on record is changed: a correction is one more record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.access import unit_for
from hustings.apps.contests.board import OpenLot
from hustings.apps.contests.models import Contest, Lot, LotCall, LotSide
from hustings.apps.contests.totals import lots_that_hold
from hustings.core.contest.drawing.beacon import QUICKNET, drawn_by_beacon
from hustings.core.contest.drawing.check import check_lot
from hustings.core.contest.drawing.commit_reveal import LEAST_SIDES, commitment, reveal
from hustings.core.contest.drawing.context import context_of
from hustings.core.contest.lot import Lot as CoreLot
from hustings.core.contest.tie import Tie
from hustings.core.errors import BadInput
from hustings.formats.contest.beacon_signature import signature_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.board import Board
    from hustings.apps.contests.models import Unit

DIGEST = re.compile(r"[0-9a-f]{64}")
HEX = re.compile(r"(?:[0-9a-f]{2}){16,64}")
LONGEST = 300
MOST_WITNESSES = 20
MINUTES_TO_OPEN = 60
"""So long the sides may take to open; the beacon's round that was named comes after that."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What a witness would ask of a lot that was drawn by hand."""

    device: str
    called_by: str
    order: tuple[str, ...]
    witnesses: tuple[str, ...]
    photo_sha256: str = ""

    def as_record(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "device": self.device, "called_by": self.called_by, "order": list(self.order),
            "witnesses": list(self.witnesses), "photo_sha256": self.photo_sha256,
        }  # fmt: skip


def put_on_record(
    contest: Contest, tie: OpenLot, chosen: tuple[str, ...], how: Witnessed,
    *, event_id: UUID, drawn_at: datetime, by: Actor, corrects: Lot | None = None,
) -> Lot:  # fmt: skip
    """
    A lot that was drawn by hand; the same event twice is one.

    Raises
    ------
    BadInput
        When it names somebody who is not equal, not as many as the tie asks for, or does not say how it was drawn.
    """
    if set(chosen) - set(tie.among) or len(set(chosen)) != tie.choose or len(chosen) != tie.choose:
        raise BadInput(
            _("The lot must fall on %(n)s of %(among)s.")
            % {"n": tie.choose, "among": ", ".join(tie.among)}
        )
    if not how.device.strip() or not how.called_by.strip() or not how.witnesses:
        raise BadInput(_("Say what was used, who called it, and who saw it."))
    if set(how.order) != set(tie.among):
        raise BadInput(_("The order must name all of them once: %s.") % ", ".join(tie.among))
    if how.photo_sha256 and not DIGEST.fullmatch(how.photo_sha256):
        raise BadInput(_("A photograph’s digest is 64 of the signs 0 to 9 and a to f."))
    return _add(
        contest, tie, chosen, Lot.How.PHYSICAL, how.as_record(), event_id=event_id,
        drawn_at=drawn_at, by=by, corrects=corrects,
    )  # fmt: skip


def _add(
    contest: Contest, tie: OpenLot, chosen: tuple[str, ...], how: str, said: dict[str, Any],
    *, event_id: UUID, drawn_at: datetime, by: Actor, corrects: Lot | None = None,
    call: LotCall | None = None,
) -> Lot:  # fmt: skip
    if tie.unit is not None:
        unit_for(contest, tie.unit.pk, lock=True)
    else:
        _lock(contest)
    same: Lot | None = Lot.objects.of(contest.campaign_id).filter(event_id=event_id).first()
    if same is not None:
        return same
    before = of_tie(contest, tie.unit.pk if tie.unit else None, tie.step)
    if corrects is None and before is not None and drawn_for_another(before, tie.among, tie.choose):
        corrects = before
    if (before.pk if before else None) != (corrects.pk if corrects else None):
        raise BadInput(
            _("A lot for this tie is on record already. Look at it; if it is wrong, correct it.")
        )
    try:
        with transaction.atomic():
            lot: Lot = Lot.objects.create(
                campaign_id=contest.campaign_id, contest=contest, unit=tie.unit, event_id=event_id,
                step=tie.step, among=list(tie.among), chosen=list(chosen), how=how, record=said,
                corrects=corrects, call=call, drawn_at=drawn_at, by=by.label,
            )  # fmt: skip
    except IntegrityError as error:
        raise BadInput(_("Somebody wrote this lot down at the same moment.")) from error
    record(by, "contest.lot_record", subject="lot", subject_id=lot.pk, detail={"how": str(how)})
    return lot


def of_tie(contest: Contest, unit_id: int | None, step: str) -> Lot | None:
    """The lot that holds for a tie."""
    records = Lot.objects.of(contest.campaign_id).filter(
        contest=contest, unit_id=unit_id, step=step
    )
    return next(iter(lots_that_hold(list(records.order_by("pk")))), None)


def that_hold_in(unit: Unit) -> list[Lot]:
    """The lots of a unit, of each tie the one that holds."""
    records = Lot.objects.of(unit.campaign_id).filter(unit=unit)
    return lots_that_hold(list(records.order_by("pk")))


def drawn_for_another(lot: Lot, among: Collection[str], choose: int) -> bool:
    """Whether others were equal when it was drawn, as before a correction."""
    return set(lot.among) != set(among) or len(lot.chosen) != choose


def in_use(board: Board) -> list[Lot]:
    """The lots on record that decide something by the reports so far."""
    asked: set[tuple[int | None, str]] = set()
    for line in board.lines:
        count = line.counted or line.whole
        asked |= {(line.unit.pk, step) for step in count.lots_used} if count else set()
    if board.together is not None:
        asked |= {(None, step) for step in board.together.lots_used}
    return [lot for lot in board.drawn if (lot.unit_id, lot.step) in asked]


def tie_of(call: LotCall) -> Tie:
    """What a call is about, as the drawing takes it."""
    return Tie(call.step, tuple(call.among), call.choose, "is chosen", "")


def call(contest: Contest, tie: OpenLot, *, by: Actor) -> LotCall:
    """
    Call a lot of the campaign's own: its words, which every side seals with a number, and the beacon's round.

    Raises
    ------
    BadInput
        In a contest that is not the campaign's own: an official lot is drawn by hand, by whoever holds the contest.
    """
    if contest.kind != contest.Kind.MEMBERS:
        raise BadInput(
            _(
                "An official lot is drawn by hand. Sealed numbers are for what a campaign selects itself."
            )
        )
    _lock(contest)
    unit_id = tie.unit.pk if tie.unit else None
    same = LotCall.objects.of(contest.campaign_id).filter(
        contest=contest, unit_id=unit_id, step=tie.step, lots=None
    )
    if same.exists():
        raise BadInput(_("This lot is called already; the sides seal below."))
    now = timezone.now()
    about = Tie(tie.step, tie.among, tie.choose, tie.fate, tie.rule)
    last = int(now.timestamp()) + MINUTES_TO_OPEN * 60
    made: LotCall = LotCall.objects.create(
        campaign_id=contest.campaign_id, contest=contest, unit=tie.unit, step=tie.step,
        among=list(tie.among), choose=tie.choose, beacon=QUICKNET.name,
        context=context_of(contest.name, about).decode(), called_at=now, called_by=by.label,
        beacon_round=QUICKNET.first_after(last),
    )  # fmt: skip
    record(by, "contest.lot_call", subject="lot_call", subject_id=made.pk)
    return made


def seal(made: LotCall, side: str, sealed: str, *, by: Actor) -> LotSide:
    """One side's seal, SHA-256 of its number and the words; none comes in once somebody has opened."""
    _locked(made)
    side, sealed = side.strip()[:LONGEST], sealed.strip().lower()
    if not side or not DIGEST.fullmatch(sealed):
        raise BadInput(_("A seal is 64 of the signs 0 to 9 and a to f, and has a side’s name."))
    sides = list(LotSide.objects.of(made.campaign_id).filter(call=made))
    if any(one.number for one in sides):
        raise BadInput(_("A seal is open already; nobody may seal any more."))
    if any(one.side == side or one.seal == sealed for one in sides):
        raise BadInput(_("This side, or this seal, is here already."))
    row: LotSide = LotSide.objects.create(
        campaign_id=made.campaign_id, call=made, side=side, seal=sealed
    )
    record(by, "contest.lot_seal", subject="lot_call", subject_id=made.pk)
    return row


def open_seal(made: LotCall, side_id: int, number: str, *, event_id: UUID, by: Actor) -> Lot | None:
    """A side opens its seal; with the last one the lot is drawn, and put on record."""
    _locked(made)
    sides = list(LotSide.objects.of(made.campaign_id).filter(call=made).order_by("pk"))
    side = next((one for one in sides if one.pk == side_id), None)
    number = number.strip().lower()
    if side is None or side.number:
        raise BadInput(_("This side has no seal to open."))
    if len(sides) < LEAST_SIDES:
        raise BadInput(_("One side alone decides nothing; two must seal first."))
    if not HEX.fullmatch(number):
        raise BadInput(_("The number is 32 or more of the signs 0 to 9 and a to f."))
    if commitment(bytes.fromhex(number), made.context.encode()) != side.seal:
        raise BadInput(_("This is not the number that was sealed."))
    side.number, side.opened_at = number, timezone.now()
    side.save(update_fields=["number", "opened_at"])
    record(by, "contest.lot_open", subject="lot_call", subject_id=made.pk)
    if any(not one.number for one in sides):
        return None
    drawn = reveal(
        made.contest.name, tie_of(made), {one.side: one.seal for one in sides},
        {one.side: bytes.fromhex(one.number) for one in sides},
    )  # fmt: skip
    return _from_call(made, drawn, Lot.How.COMMITMENTS, event_id=event_id, by=by)


def by_beacon(made: LotCall, signature: str, *, event_id: UUID, by: Actor) -> Lot:
    """The lot by the round that was named, where a side has not opened in time; who did not stands in its record."""
    _locked(made)
    sides = list(LotSide.objects.of(made.campaign_id).filter(call=made).order_by("pk"))
    if sides and all(one.number for one in sides):
        raise BadInput(_("Every side has opened; the lot is drawn."))
    number = made.beacon_round or 0
    if timezone.now().timestamp() < QUICKNET.moment_of(number):
        raise BadInput(_("Round %s is not published yet; the sides may still open.") % number)
    signature = signature.strip().lower()
    if not re.fullmatch(r"(?:[0-9a-f]{2}){48,96}", signature):
        raise BadInput(_("The signature of a round is 96 or more of the signs 0 to 9 and a to f."))
    drawn = drawn_by_beacon(
        made.contest.name, tie_of(made), QUICKNET, number, bytes.fromhex(signature),
        logged_at=int(made.called_at.timestamp()),
    )  # fmt: skip
    if signature_of(drawn) == "wrong":
        raise BadInput(_("This is not the signature of round %s.") % number)
    said = drawn.record | {"not_opened": [one.side for one in sides if not one.number]}
    return _from_call(
        made, CoreLot(drawn.step, drawn.among, drawn.chosen, drawn.how, said), Lot.How.BEACON,
        event_id=event_id, by=by,
    )  # fmt: skip


def _from_call(made: LotCall, drawn: CoreLot, how: Lot.How, *, event_id: UUID, by: Actor) -> Lot:
    tie = OpenLot(made.unit, made.step, tuple(made.among), made.choose, "", "")
    return _add(
        made.contest, tie, drawn.chosen, how, dict(drawn.record), event_id=event_id,
        drawn_at=timezone.now(), by=by, call=made,
    )  # fmt: skip


def _lock(contest: Contest) -> None:
    """Nobody else writes a lot of the whole contest down meanwhile."""
    Contest.objects.of(contest.campaign_id).select_for_update(of=("self",), no_key=True).get(
        pk=contest.pk
    )


def _locked(made: LotCall) -> None:
    LotCall.objects.of(made.campaign_id).select_for_update(of=("self",), no_key=True).get(
        pk=made.pk
    )
    if Lot.objects.of(made.campaign_id).filter(call=made).exists():
        raise BadInput(_("This lot is drawn and on record."))


def wrong_with(lot: Lot) -> list[str]:
    """A sentence for each thing that a record does not say, or that does not follow from it."""
    record_said = dict(lot.record)
    record_said["photo"] = record_said.get("photo_sha256")
    core = CoreLot(lot.step, tuple(lot.among), tuple(lot.chosen), lot.how, record_said)  # type: ignore[arg-type]  # the choices are those
    tie = Tie(lot.step, tuple(lot.among), len(lot.chosen), "", "")
    return check_lot(core, tie)


def verdict(lot: Lot) -> str:
    """Of a beacon's round: verified, not verified (the library is not here), or wrong; nothing of another lot."""
    if lot.how != Lot.How.BEACON:
        return ""
    return signature_of(
        CoreLot(lot.step, tuple(lot.among), tuple(lot.chosen), "beacon", lot.record)
    )
