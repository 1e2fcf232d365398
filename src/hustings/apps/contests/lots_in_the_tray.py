"""
Lots that came with a report in the tray: kept as they were written down, and taken in by the office, one by one.

Nothing is taken in by itself. A lot is put on record only for a tie that a count finds open and that it fits, with
whatever a witness would ask for; who puts it there answers for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests import contradicting, lots
from hustings.apps.contests.access import unit_for
from hustings.apps.contests.models import Lot, LotCall, TrayLot
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.board import Board, OpenLot
    from hustings.apps.contests.models import Contest, TrayReport
    from hustings.apps.contests.report_json import LotSaid


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lot that waits, and the open tie it fits; ``why_not`` is a sentence where it fits none."""

    lot: TrayLot
    tie: OpenLot | None
    why_not: str
    chosen: tuple[str, ...]
    among: tuple[str, ...]
    """Their names."""
    names: Mapping[str, str]
    """Of all who stand, by code."""


def lay(row: TrayReport, said: Iterable[LotSaid]) -> None:
    """Keep what came with a report; a lot that comes again with a later one waits with that, as it says it then."""
    for lot in said:
        if Lot.objects.of(row.campaign_id).filter(event_id=lot.id).exists():
            continue
        kept, new = TrayLot.objects.of(row.campaign_id).get_or_create(
            campaign_id=row.campaign_id, event_id=lot.id, defaults={"tray": row, **_as_said(lot)}
        )
        if not new and kept.became_id is None:
            TrayLot.objects.of(row.campaign_id).filter(pk=kept.pk).update(
                tray=row, settled_at=None, settled_by="", **_as_said(lot)
            )


def _as_said(lot: LotSaid) -> dict[str, object]:
    return {
        "step": lot.step, "among": list(lot.among), "chosen": list(lot.chosen), "record": lot.record,
    }  # fmt: skip


def waiting(contest: Contest, board: Board | None = None) -> list[Waiting]:
    """Those that nobody has decided about, oldest first; the ``board`` is worked out only where there is one."""
    rows = list(
        TrayLot.objects.of(contest.campaign_id)
        .filter(tray__contest=contest, settled_at=None)
        .select_related("tray__unit")
        .order_by("pk")
    )
    if not rows:
        return []
    board = board or board_of(contest, beside=False)
    own = contest.kind == contest.Kind.MEMBERS  # no other lot is called by sealed numbers
    called = sealed_ties(contest) if own else set()
    return [_judged(row, board, called) for row in rows]


def _judged(row: TrayLot, board: Board, called: set[tuple[int | None, str]]) -> Waiting:
    tie, why_not = None, ""
    try:
        tie = _tie_for(row, board, called)
        _witnessed(row, board.names)
    except BadInput as error:
        why_not = error.message
    return Waiting(
        row,
        tie,
        why_not,
        _names(row.chosen, board.names),
        _names(row.among, board.names),
        board.names,
    )


def sealed_ties(contest: Contest) -> set[tuple[int | None, str]]:
    """Ties whose lot is being drawn by sealed numbers."""
    calls = LotCall.objects.of(contest.campaign_id).filter(contest=contest, lots=None)
    return set(calls.values_list("unit_id", "step"))


def _tie_for(row: TrayLot, board: Board, called: set[tuple[int | None, str]]) -> OpenLot:
    """The open tie that it was drawn for; ``BadInput`` says why it fits none."""
    unit = row.tray.unit_id
    if unit is None:
        raise BadInput(_("Nobody knows of which unit this is; put the lot on record by hand."))
    if (unit, row.step) in called:
        raise BadInput(_("This lot is being drawn by sealed numbers; one drawn by hand is none."))
    tie = next((one for one in board.lots if one.unit and (one.unit.pk, one.step) == (unit, row.step)), None)  # fmt: skip
    if tie is None:
        if any((one.unit_id, one.step) == (unit, row.step) for one in board.drawn):
            raise BadInput(_("A lot for this tie is on record already. Look at it; if it is wrong, correct it."))  # fmt: skip
        raise BadInput(_("Nothing is equal there by the reports that count. If a report in the tray is right, vouch for it first."))  # fmt: skip
    if set(row.among) != set(tie.among):
        raise BadInput(
            _("It was drawn among %(among)s, but %(equal)s are equal.")
            % {
                "among": ", ".join(_names(row.among, board.names)),
                "equal": ", ".join(tie.called or tie.among),
            }
        )
    if len(row.chosen) != tie.choose:
        raise BadInput(
            _("It fell on %(said)s, but the lot must fall on %(n)s of them.")
            % {"said": ", ".join(_names(row.chosen, board.names)), "n": tie.choose}
        )
    return tie


def _names(codes: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(code, code) for code in codes)


def take_in(row: TrayLot, *, by: Actor) -> Lot:
    """
    Put it on record for the tie that it fits, as one that was drawn by hand; the row must be locked.

    Raises
    ------
    BadInput
        When somebody has decided about it, when it fits no open tie, or when it does not say how it was drawn.
    """
    _still_waits(row)
    contest = row.tray.contest
    board = board_of(contest)
    tie = _tie_for(row, board, sealed_ties(contest))
    lot = lots.put_on_record(
        contest, tie, tuple(row.chosen), _witnessed(row, board.names), event_id=row.event_id,
        drawn_at=row.tray.reported_at, by=by,
    )  # fmt: skip
    _settled(row, by, lot)
    if tie.unit is not None:
        contradicting.look(unit_for(contest, tie.unit.pk, lock=True))
    return lot


def lay_aside(row: TrayLot, *, by: Actor) -> None:
    """It stays here as it was said, and decides nothing."""
    _still_waits(row)
    _settled(row, by, None)
    record(by, "contest.tray_lot", subject="tray_lot", subject_id=row.pk)


def lay_aside_with(tray: TrayReport, *, by: Actor) -> None:
    """The lots of a report that is laid aside, which is one decision."""
    for row in TrayLot.objects.of(tray.campaign_id).filter(tray=tray, settled_at=None):
        _settled(row, by, None)


def _still_waits(row: TrayLot) -> None:
    if row.settled_at is not None:
        raise BadInput(_("Somebody has decided about this lot already."))


def _settled(row: TrayLot, by: Actor, became: Lot | None) -> None:
    TrayLot.objects.of(row.campaign_id).filter(pk=row.pk).update(
        settled_at=timezone.now(), settled_by=by.label, became=became
    )


def _witnessed(row: TrayLot, names: Mapping[str, str]) -> lots.Witnessed:
    """How it was drawn, out of the words of whoever saw it; ``BadInput`` says what they do not say."""
    said = {name: str(row.record.get(name, "")).strip() for name in ("device", "called_by", "order", "witnesses")}  # fmt: skip
    missing = [
        word
        for name, word in (
            ("device", _("what was used")),
            ("called_by", _("who called it")),
            ("witnesses", _("who saw it")),
        )
        if not said[name]
    ]
    if missing:
        raise BadInput(
            _("It does not say %s. Ring back, and put the lot on record by hand.")
            % ", ".join(missing)
        )
    order = order_in(said["order"], row.among, names)
    if set(order) != set(row.among):
        raise BadInput(
            _(
                "It does not say in which order all of them were called: %s. Ring back, and put the lot on record by hand."
            )
            % ", ".join(_names(row.among, names))
        )
    witnesses = [part.strip() for part in re.split(r"[,;\n]", said["witnesses"])]
    return lots.Witnessed(
        said["device"], said["called_by"], order,
        tuple(part for part in witnesses if part)[: lots.MOST_WITNESSES],
    )  # fmt: skip


def order_in(words: str, among: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """In which order these are named, by code or by name, in "heads Ash, tails Birch" or however it was written."""
    by_word = {word.casefold(): code for code in among for word in (code, names.get(code, code))}
    longest_first = sorted(by_word, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", words.casefold())
    return tuple(dict.fromkeys(by_word[word] for word in found))
