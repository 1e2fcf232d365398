"""A contest with units, a reporter, reports that differ, an audit, a lot, a sheet, a file that waits and a tray."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.contests import letters, receiving, roster, tray
from hustings.apps.contests.models import Audit, Candidate, Lot, Reporter, SheetPhoto, TrayLot
from tests.apps.cast import SETUP
from tests.apps.contests.cast import ALPHA, a_caucus, a_reporter, a_unit

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World


def plant(world: World, canary: str) -> None:
    """Every word of it is the canary."""
    contest = a_caucus(world.campaign, canary)
    Candidate.objects.filter(contest=contest, code="ash").update(name=f"{canary} Ash")
    unit = a_unit(contest, f"{canary} Lane", area=canary)
    reporter, token = a_reporter(contest, f"{canary} Bob", unit)
    eve, _token = a_reporter(contest, f"{canary} Eve", unit, source="second")
    Reporter.objects.filter(contest=contest).update(email=f"{canary}@example.org".lower())
    eve.refresh_from_db()
    letters.ask(eve, by=SETUP)
    now = timezone.now()
    for source, who, counts in (("captain", reporter, ALPHA), ("second", eve, ALPHA | {"ash": 21})):
        receiving.add(
            unit, "first", {"counts": counts, "attendance": 101}, source=source,
            event_id=uuid.uuid4(), reported_at=now, reporter=who, by=SETUP,
        )  # fmt: skip
    Lot.objects.create(
        campaign=world.campaign, contest=contest, unit=unit, event_id=uuid.uuid4(),
        step="one less, turn 1", among=["ash", "elm"], chosen=["elm"],
        record={"device": canary}, drawn_at=now, by=canary,
    )  # fmt: skip
    photo = SheetPhoto.objects.create(
        campaign=world.campaign, unit=unit, event_id=uuid.uuid4(), media_type="image/jpeg",
        sha256="0" * 64, size_bytes=3, content=b"\xff\xd8\xff", taken_at=now, by=canary,
    )  # fmt: skip
    file = roster.read(contest, f"precinct\n{canary} Hall\n".encode(), f"{canary}.csv", by=SETUP)
    laid = tray.lay(
        contest, unit, "final", {"counts": ALPHA}, event_id=uuid.uuid4(), said_by=canary,
        words=canary, by=SETUP,
    )  # fmt: skip
    tray_lot = TrayLot.objects.create(
        campaign=world.campaign, tray=laid, event_id=uuid.uuid4(), step="one less, turn 2",
        among=["ash", "elm"], chosen=["elm"], record={"device": canary, "witnesses": canary},
    )  # fmt: skip
    world.rows |= {
        "contest_by_mistake": a_caucus(world.campaign, f"{canary} twice"),
        "unit_by_mistake": a_unit(contest, f"{canary} Weir", area=canary),
        "contest": contest, "unit": unit, "reporter": reporter, "reporter_token": token,
        "sheet_photo": photo, "unit_file": file, "unit_file_row": file.rows.get(), "tray": laid,
        "tray_lot": tray_lot,
        "contest_audit": Audit.objects.get(unit=unit),
    }  # fmt: skip
