"""
A file about units: read, matched, settled by hand where its names find nobody, and brought in whole.

Until it is brought in nothing of the contest changes, and then all of it in one transaction.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.audit.actions import record
from hustings.apps.contests.access import hold_units
from hustings.apps.contests.models import Contest, Unit, UnitAlias, UnitFile, UnitFileRow
from hustings.apps.contests.pools import district_called
from hustings.core.contest.unit_names import Known, unit_key
from hustings.core.errors import BadInput
from hustings.formats.contest.unit_file import UnitRow, UnitTable, read_units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hustings.apps.audit.actors import Actor

FACTS = ("district", "delegates", "state_rate", "eligible", "lon", "lat")
Settled = UnitFileRow.Settled


def refuse_the_same(contest: Contest, raw: bytes, what: str = UnitFile.What.ROSTER) -> str:
    """
    The digest of a file; told of where the same one is here already.

    Raises
    ------
    BadInput
        When it waits or was brought in.
    """
    digest = hashlib.sha256(raw).hexdigest()
    before = (
        UnitFile.objects.of(contest.campaign_id)
        .filter(contest=contest, what=what, sha256=digest, dropped_at=None)
        .first()
    )
    if before is not None:
        said = (
            _("This file was brought in on %(day)s as «%(name)s». Nothing was done again.")
            if before.brought_in_at
            else _("This file waits here already as «%(name)s», since %(day)s.")
        )
        day = timezone.localtime(before.brought_in_at or before.read_at)
        raise BadInput(said % {"day": f"{day:%Y-%m-%d %H:%M}", "name": before.file_name})
    return digest


def read(
    contest: Contest, raw: bytes, file_name: str, *, columns: Sequence[str] = (), by: Actor,
    what: str = UnitFile.What.ROSTER, numbers: Mapping[str, str] | None = None,
    progress: Callable[[float, str], None] = lambda share, note: None,
) -> UnitFile:  # fmt: skip
    """
    Read a file and match each of its rows; it waits to be brought in.

    Raises
    ------
    BadInput
        With file, row and field, when one row cannot be meant: nothing of it is kept then.
    """
    digest = refuse_the_same(contest, raw, what)
    reading = _("Reading the rows")
    table = read_units(
        raw, file_name, columns=columns, numbers=numbers,
        progress=lambda share: progress(share * 0.6, reading),
    )  # fmt: skip
    progress(0.6, _("Finding the units"))
    try:
        with transaction.atomic():
            file: UnitFile = UnitFile.objects.create(
                campaign_id=contest.campaign_id, contest=contest, what=what,
                file_name=file_name[:200], sha256=digest, header=list(table.header), read_by=by.label,
            )  # fmt: skip
            UnitFileRow.objects.bulk_create(_matched(file, table), batch_size=500)
    except IntegrityError as error:
        raise BadInput(
            _("Somebody sent the same file at the same moment; it waits here.")
        ) from error
    record(by, "contest.file_read", subject="unit_file", subject_id=file.pk, count=len(table.rows))
    return file


def _matched(file: UnitFile, table: UnitTable) -> list[UnitFileRow]:
    """Of a contest without units every row of a roster is a unit of its own."""
    known, units = _known(file.contest)
    first = not units and file.what == UnitFile.What.ROSTER
    rows: list[UnitFileRow] = []
    taken: dict[int, int] = {}
    for line in table.rows:
        found = None if first else known.find(line.code, line.area, line.name)
        settled, unit_id = (Settled.NEW, None) if first else found or (Settled.NOT_YET, None)
        if unit_id is not None and unit_id in taken:
            raise BadInput(
                _("This is the same unit as row %(row)s: «%(name)s».")
                % {"row": taken[unit_id], "name": units[unit_id].name},
                where=f"{file.file_name}, row {line.number}, name",
            )
        if unit_id is not None:
            taken[unit_id] = line.number
        values = _in_a_district(file, line) if file.what == UnitFile.What.ROSTER else line.values
        rows.append(
            UnitFileRow(
                campaign_id=file.campaign_id,
                file=file,
                number=line.number,
                code=line.code,
                name=line.name,
                area=line.area,
                values=values,
                unit_id=unit_id,
                settled=settled,
            )
        )
    return rows


def _in_a_district(file: UnitFile, line: UnitRow) -> dict[str, int | float | str]:
    """The row's values, with its district as the contest calls it."""
    if "district" not in line.values:
        return line.values
    try:
        called = district_called(file.contest, str(line.values["district"]))
    except BadInput as error:
        raise BadInput(
            error.message, where=f"{file.file_name}, row {line.number}, district"
        ) from error
    return line.values | {"district": called}


def _known(contest: Contest) -> tuple[Known[int], dict[int, Unit]]:
    here = Unit.objects.of(contest.campaign_id).filter(contest=contest, taken_away_at=None)
    units = {unit.pk: unit for unit in here}
    aliases = (
        UnitAlias.objects.of(contest.campaign_id)
        .filter(contest=contest, unit__taken_away_at=None)
        .values_list("key", "unit_id")
    )
    known = Known({unit.code: unit.pk for unit in units.values()}, dict(aliases))
    known.name((unit.area, unit.name, unit.pk) for unit in units.values())
    return known, units


def settle(row: UnitFileRow, decided: str, unit: Unit | None = None, *, by: Actor) -> None:
    """
    Say by hand of which unit a row is: ``hand`` with the unit, ``new``, ``left_out``, or "" to think again.

    Raises
    ------
    BadInput
        When the file no longer waits, or another row is of that unit already.
    """
    file = row.file
    _still_waits(file)
    if decided not in {Settled.BY_HAND, Settled.NEW, Settled.LEFT_OUT, Settled.NOT_YET}:
        raise BadInput(_("Choose a unit, a unit of its own, or leave the row out."))
    if (decided == Settled.BY_HAND) != (unit is not None):
        raise BadInput(_("Choose the unit that this row is of."))
    if decided == Settled.NEW and file.what != UnitFile.What.ROSTER:
        raise BadInput(_("Only the roster makes units; choose one, or leave the row out."))
    others = UnitFileRow.objects.of(file.campaign_id).filter(file=file).exclude(pk=row.pk)
    if unit is not None and (other := others.filter(unit=unit).first()):
        raise BadInput(
            _("Row %(row)s is of «%(name)s» already.") % {"row": other.number, "name": unit.name}
        )
    UnitFileRow.objects.of(file.campaign_id).filter(pk=row.pk).update(settled=decided, unit=unit)
    record(by, "contest.file_settle", subject="unit_file", subject_id=file.pk)


def bring_in(file: UnitFile, *, by: Actor) -> dict[str, int]:
    """
    Bring a roster in: new units, what is known of the others, and the names that were settled by hand.

    Raises
    ------
    BadInput
        When a row is not settled, or what it makes came in from another file since; nothing is brought in then.
    """
    _still_waits(file)
    rows = list(
        UnitFileRow.objects.of(file.campaign_id)
        .filter(file=file)
        .select_related("unit")
        .order_by("number")
    )
    open_rows = [row for row in rows if row.settled == Settled.NOT_YET]
    if open_rows:
        raise BadInput(
            ngettext(
                "%(n)s row has no unit yet. Settle it first; nothing was brought in.",
                "%(n)s rows have no unit yet. Settle them first; nothing was brought in.",
                len(open_rows),
            ) % {"n": len(open_rows)}
        )  # fmt: skip
    with transaction.atomic():
        Contest.objects.of(file.campaign_id).select_for_update(of=("self",), no_key=True).get(
            pk=file.contest_id
        )
        _refuse_what_came_meanwhile(file, [row for row in rows if row.settled == Settled.NEW])
        made = _make(file, [row for row in rows if row.settled == Settled.NEW])
        hold_units(file.contest, {row.unit_id for row in rows if row.unit_id is not None})
        refuse_what_was_taken_away(file)
        changed = _change(file, [row for row in rows if row.unit is not None])
        by_hand = [row for row in rows if row.settled == Settled.BY_HAND]
        keys = {unit_key(row.area, row.name) for row in by_hand}
        # What was learned of a unit that was taken away makes room for what is learned now.
        UnitAlias.objects.of(file.campaign_id).filter(
            contest_id=file.contest_id, key__in=keys
        ).filter(unit__taken_away_at__isnull=False).delete()
        UnitAlias.objects.bulk_create(
            [
                UnitAlias(
                    campaign_id=file.campaign_id, contest_id=file.contest_id, unit_id=row.unit_id,
                    key=unit_key(row.area, row.name), written=row.name, by=by.label,
                )
                for row in by_hand
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        UnitFile.objects.of(file.campaign_id).filter(pk=file.pk).update(
            brought_in_at=timezone.now(), brought_in_by=by.label
        )
        record(
            by, "contest.file_bring_in", subject="unit_file", subject_id=file.pk, count=len(rows)
        )
    return {"made": made, "changed": changed, "named": len(by_hand)}


def drop(file: UnitFile, *, by: Actor) -> None:
    """Put a file aside that waits; the same may be sent again."""
    _still_waits(file)
    UnitFile.objects.of(file.campaign_id).filter(pk=file.pk).update(
        dropped_at=timezone.now(), dropped_by=by.label
    )
    record(by, "contest.file_drop", subject="unit_file", subject_id=file.pk)


def _still_waits(file: UnitFile) -> None:
    if not file.waits:
        raise BadInput(_("This file is settled: it was brought in or put aside."))


def _refuse_what_came_meanwhile(file: UnitFile, rows: list[UnitFileRow]) -> None:
    """Two files that were read before either was brought in make each unit once; the second one is read again."""
    meanwhile = UnitFile.objects.of(file.campaign_id).filter(
        contest_id=file.contest_id, what=UnitFile.What.ROSTER, brought_in_at__gt=file.read_at
    )
    if not rows or not meanwhile.exists():
        return
    known, units = _known(file.contest)
    for row in rows:
        if found := known.find(row.code, row.area, row.name):
            raise BadInput(
                _("There is a unit with the code «%(code)s» already.")
                % {"code": units[found[1]].code},
                where=f"{file.file_name}, row {row.number}, {'code' if found[0] == 'code' else 'name'}",
            )


def refuse_what_was_taken_away(file: UnitFile) -> None:
    """A row may have found its unit before that was taken away; the units must be held."""
    gone = UnitFileRow.objects.of(file.campaign_id).filter(
        file=file, unit__taken_away_at__isnull=False
    )
    row = gone.select_related("unit").order_by("number").first()
    if row is not None and row.unit is not None:
        raise BadInput(
            _("It is of «%(name)s», which was taken away. Bring that back, or put this file aside and send it again.")
            % {"name": row.unit.name},
            where=f"{file.file_name}, row {row.number}",
        )  # fmt: skip


def _make(file: UnitFile, rows: list[UnitFileRow]) -> int:
    taken = set(
        Unit.objects.of(file.campaign_id)
        .filter(contest_id=file.contest_id, taken_away_at=None)
        .values_list("code", flat=True)
    )
    made: list[Unit] = []
    for row in rows:
        code = row.code or _free(unit_key(row.area, row.name).replace("|", " ").strip(), taken)
        if code in taken:
            raise BadInput(
                _("There is a unit with the code «%(code)s» already.") % {"code": code},
                where=f"{file.file_name}, row {row.number}, code",
            )
        taken.add(code)
        facts: dict[str, Any] = {name: row.values[name] for name in FACTS if name in row.values}
        made.append(
            Unit(
                campaign_id=file.campaign_id,
                contest_id=file.contest_id,
                code=code,
                name=row.name,
                area=row.area,
                **facts,
            )
        )
    Unit.objects.bulk_create(made, batch_size=500)
    return len(made)


def _free(stem: str, taken: set[str]) -> str:
    code, nth = stem, 2
    while code in taken:
        code, nth = f"{stem} {nth}", nth + 1
    return code


def _change(file: UnitFile, rows: list[UnitFileRow]) -> int:
    """What the file says of a unit that is here; what it does not say stays."""
    changed = []
    for row in rows:
        facts = {name: row.values[name] for name in FACTS if name in row.values}
        if row.unit is not None and any(
            getattr(row.unit, name) != value for name, value in facts.items()
        ):
            for name, value in facts.items():
                setattr(row.unit, name, value)
            changed.append(row.unit)
    Unit.objects.bulk_update(changed, FACTS, batch_size=500)
    return len(changed)


def impact(file: UnitFile) -> dict[str, int]:
    """What bringing the file in would do, by how its rows were settled."""
    found = dict.fromkeys(Settled.values, 0)
    for settled in (
        UnitFileRow.objects.of(file.campaign_id).filter(file=file).values_list("settled", flat=True)
    ):
        found[settled] += 1
    return found
