"""Bringing files in, and undoing it: each verb is one transaction and one audit line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.actions import take_country
from hustings.apps.jobs import uploads
from hustings.apps.jobs.actions import start
from hustings.apps.jobs.disk import disk_watched
from hustings.apps.people.homes import give_doors
from hustings.apps.people.suppressing import KeptOut
from hustings.apps.register.absent import compare_absent, stage_absent, write_absent
from hustings.apps.register.access import state_of
from hustings.apps.register.beginning import is_first, write_first
from hustings.apps.register.comparing import Impact, compare
from hustings.apps.register.contacts import compare_contacts, stage_contacts, write_contacts
from hustings.apps.register.districts import give_districts
from hustings.apps.register.models import BatchState, ImportBatch, ImportProblem
from hustings.apps.register.staging import Problems, one_at_a_time, stage_entries
from hustings.apps.register.undoing import put_back
from hustings.apps.register.writing import Made, write
from hustings.core.errors import BadInput, HustingsError
from hustings.core.register import Layout, ProblemKind
from hustings.formats.register import Recognised, layout_named, open_table, recognise

if TYPE_CHECKING:
    from pathlib import Path

    from django.core.files.uploadedfile import UploadedFile

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress
    from hustings.formats.register import Table

State = BatchState.State


class CannotUndo(HustingsError):
    """This batch cannot be undone now; the message says why and what could be done first."""


@dataclass(frozen=True)
class Opened:
    """A file that was looked at: the table, and what it was recognised as."""

    table: Table
    found: Recognised


def open_file(path: Path, *, name: str = "", layout: Layout | None = None) -> Opened:
    """Look at a file; :class:`BadInput` in one sentence when it cannot be used."""
    table = open_table(path, name=name)
    return Opened(table, recognise(table, layout))


def layout_of(batch: ImportBatch) -> Layout | None:
    """The layout a batch was given: made by hand, or chosen by name; none: recognise it."""
    if batch.mapping:
        return Layout(
            **{
                **batch.mapping,
                "lines": tuple(tuple(line) for line in batch.mapping["lines"]),
                "dates": tuple(batch.mapping.get("dates", ())),
            }
        )
    return layout_named(batch.layout) if batch.layout else None


def silent(share_done: float, note: str = "") -> None:
    """Nobody is watching."""


def new_batch(campaign: Campaign, *, by: Actor, state: str = "", **facts: Any) -> ImportBatch:
    """A batch for a file, in its first state if it has one already."""
    batch: ImportBatch = ImportBatch.objects.create(campaign=campaign, made_by=by.label, **facts)
    if state:
        enter_state(batch, state, by=by)
    return batch


def enter_state(batch: ImportBatch, state: str, *, by: Actor) -> None:
    """Write down that a batch reached a state."""
    BatchState.objects.create(campaign_id=batch.campaign_id, batch=batch, state=state, by=by.label)


def look(
    campaign: Campaign,
    opened: Opened,
    *,
    whole: bool,
    ahead: bool = True,
    progress: Progress = silent,
) -> tuple[Impact, Problems]:
    """
    Read a whole file and say what it would do; the temporary tables stay for :func:`write_down`.

    Call it inside the campaign's transaction; no other import into the campaign runs meanwhile.
    """
    table, found = opened.table, opened.found
    layout = known_layout(opened)
    problems = Problems()
    with connection.cursor() as cursor:
        one_at_a_time(cursor, campaign.pk)
    with disk_watched():
        if layout.kind == "absent":
            rows = stage_absent(table, found, problems, progress)
            impact = compare_absent(campaign.pk, problems, whole=whole)
        elif layout.kind == "contacts":
            region = campaign.language.partition("-")[2].upper() or "GB"
            rows = stage_contacts(table, found, problems, progress, KeptOut(campaign.pk), region)
            impact = compare_contacts(campaign.pk, problems)
        else:
            rows = stage_entries(table, found, problems, progress, KeptOut(campaign.pk))
            impact = compare(campaign.pk, layout, problems, whole=whole, ahead=ahead)
    impact.rows = rows
    sum_up(impact, problems)
    return impact, problems


def known_layout(opened: Opened) -> Layout:
    """The layout of a file; :class:`BadInput` if nobody named one and none was recognised."""
    if opened.found.layout is None:
        raise BadInput(
            "The columns of this file are not known: name a layout with --layout, or name the columns"
            " in the browser.",
            where=opened.table.where,
        )
    return opened.found.layout


def sum_up(impact: Impact, problems: Problems) -> None:
    """Write the problems into the impact: by kind, and how many rows they leave out."""
    impact.problems = {
        kind.code: problems.counts[kind.code] for kind in ProblemKind if problems.counts[kind.code]
    }
    impact.left_out = sum(
        count for code, count in impact.problems.items() if ProblemKind.of(code).leaves_out
    )


def bring_in(
    campaign: Campaign, batch: ImportBatch, opened: Opened, *, progress: Progress
) -> tuple[Impact, Problems]:
    """Look through a file and write what it says, in one go if it is the campaign's first register."""
    layout = known_layout(opened)
    with connection.cursor() as cursor:
        one_at_a_time(cursor, campaign.pk)
    with disk_watched():
        if is_first(campaign.pk, layout):
            problems = Problems()
            impact, made = write_first(
                campaign.pk, batch.pk, opened.table, opened.found, problems, progress
            )
            sum_up(impact, problems)
            keep_made(batch, made)
        else:
            impact, problems = look(
                campaign, opened, whole=batch.whole, ahead=False, progress=progress
            )
            write_down(campaign, batch, layout, impact, progress)
        if layout.kind in ("register", "update"):
            take_country(campaign, layout.country)
            progress(0.97, "")
            give_doors(campaign.pk)
            give_districts(campaign.pk)
    return impact, problems


def write_down(
    campaign: Campaign, batch: ImportBatch, layout: Layout, impact: Impact, progress: Progress
) -> None:
    """Do what :func:`look` found, in the same transaction."""
    if layout.kind == "absent":
        write_absent(campaign.pk, batch.pk)
    elif layout.kind == "contacts":
        write_contacts(campaign.pk, batch.pk, batch.file_name)
    else:
        gaps = ProblemKind.NUMBER_TWICE.code in impact.problems
        made = write(campaign.pk, batch.pk, layout, progress, gaps=gaps)
        impact.households = made.households
        keep_made(batch, made)


def keep_made(batch: ImportBatch, made: Made) -> None:
    """Write into the batch which households and doors it made, for undo."""
    batch.homes_first, batch.homes_last = made.homes
    batch.doors_first, batch.doors_last = made.doors
    batch.save(update_fields=["homes_first", "homes_last", "doors_first", "doors_last"])


def keep_look(batch: ImportBatch, opened: Opened, impact: Impact, problems: Problems) -> None:
    """Write into the batch what a look found."""
    assert opened.found.layout is not None  # noqa: S101  # look() refused it otherwise
    batch.kind = opened.found.layout.kind
    batch.layout = "" if batch.mapping else opened.found.layout.name
    batch.counts = impact.as_json()
    batch.save(update_fields=["kind", "layout", "counts"])
    batch.problems.all().delete()
    kept_out = KeptOut(batch.campaign_id)
    ImportProblem.objects.bulk_create(
        ImportProblem(
            campaign_id=batch.campaign_id,
            batch=batch,
            kind=kind,
            row=row,
            cell="" if kept_out.is_number_of_somebody(cell) else cell,
        )
        for kind, row, cell in problems.examples
    )


def import_file(
    campaign: Campaign,
    path: Path,
    *,
    by: Actor,
    opened: Opened | None = None,
    whole: bool = False,
    progress: Progress = silent,
) -> tuple[ImportBatch, Impact, Problems]:
    """Bring a file in as one batch; call it inside the campaign's transaction."""
    opened = opened or open_file(path)
    batch = new_batch(campaign, by=by, file_name=path.name, size=path.stat().st_size, whole=whole)
    impact, problems = _commit(campaign, batch, opened, by=by, progress=progress)
    return batch, impact, problems


def _commit(
    campaign: Campaign, batch: ImportBatch, opened: Opened, *, by: Actor, progress: Progress
) -> tuple[Impact, Problems]:
    impact, problems = bring_in(campaign, batch, opened, progress=progress)
    keep_look(batch, opened, impact, problems)
    enter_state(batch, State.COMMITTED, by=by)
    record(
        by,
        "register.import",
        subject="import",
        subject_id=batch.pk,
        count=impact.added + impact.changed + impact.removed,
        detail={"file": batch.file_name, "added": impact.added, "changed": impact.changed,
                "removed": impact.removed},
    )  # fmt: skip
    return impact, problems


def receive(
    campaign: Campaign, upload: UploadedFile[Any], *, whole: bool, by: Actor
) -> ImportBatch:
    """
    Keep an uploaded file and start looking through it; :class:`BadInput` when it is no register.

    A file in an unknown layout waits for somebody to name its columns.
    """
    stored = uploads.keep(campaign, upload)
    path = uploads.folder() / stored
    try:
        opened = open_file(path, name=upload.name or "")
    except BadInput:
        path.unlink(missing_ok=True)
        raise
    known = opened.found.layout is not None
    batch = new_batch(
        campaign,
        by=by,
        state=State.UPLOADED if known else State.UNRECOGNISED,
        file_name=(upload.name or "")[:200],
        size=upload.size or 0,
        stored=stored,
        whole=whole,
    )
    record(by, "register.upload", subject="import", subject_id=batch.pk)
    if known:
        start_check(campaign, batch, by=by)
    return batch


def stored_path(batch: ImportBatch) -> Path:
    """Where the upload of a batch waits."""
    if not batch.stored or not (uploads.folder() / batch.stored).is_file():
        raise HustingsError(f"The upload of {batch.file_name} is no longer here: upload it again.")
    return uploads.folder() / batch.stored


def name_columns(
    campaign: Campaign, batch: ImportBatch, mapping: dict[str, Any], *, by: Actor
) -> None:
    """Give a batch a layout made by hand, and look through it; ``ValueError`` when it cannot work."""
    batch.mapping = mapping
    layout_of(batch)
    batch.save(update_fields=["mapping"])
    start_check(campaign, batch, by=by)


def start_check(
    campaign: Campaign, batch: ImportBatch, *, by: Actor, whole: bool | None = None
) -> None:
    """Look through the file in the background, as the whole register or as part of it."""
    if whole is not None:
        batch.whole = whole
        batch.save(update_fields=["whole"])
    _start(campaign, batch, "register.check", by=by)


def start_commit(campaign: Campaign, batch: ImportBatch, *, by: Actor) -> None:
    """Bring the file in, in the background."""
    if state_of(batch) != State.CHECKED:
        raise HustingsError(f"{batch.file_name} is not waiting to be brought in.")
    _start(campaign, batch, "register.commit", by=by)


def _start(campaign: Campaign, batch: ImportBatch, kind: str, *, by: Actor) -> None:
    job = start(campaign, kind, {"batch_id": batch.pk}, by=by)
    ImportBatch.objects.of(campaign).filter(pk=batch.pk).update(job_id=job.pk)


def check_stored(
    campaign: Campaign, batch: ImportBatch, *, by: Actor, progress: Progress
) -> Impact:
    """Look through a stored file and keep what was found with the batch."""
    opened = open_file(stored_path(batch), name=batch.file_name, layout=layout_of(batch))
    impact, problems = look(campaign, opened, whole=batch.whole, progress=progress)
    keep_look(batch, opened, impact, problems)
    enter_state(batch, State.CHECKED, by=by)
    return impact


def commit_stored(
    campaign: Campaign, batch: ImportBatch, *, by: Actor, progress: Progress
) -> Impact:
    """Bring a checked file in; the register may have changed since, so it is looked through again."""
    if state_of(batch) != State.CHECKED:
        raise HustingsError(f"{batch.file_name} is not waiting to be brought in.")
    opened = open_file(stored_path(batch), name=batch.file_name, layout=layout_of(batch))
    impact, _problems = _commit(campaign, batch, opened, by=by, progress=progress)
    batch.stored = ""
    batch.save(update_fields=["stored"])
    return impact


def drop(batch: ImportBatch, *, by: Actor) -> None:
    """Put an upload aside without bringing it in, and forget the file."""
    if state_of(batch) == State.COMMITTED:
        raise HustingsError(f"{batch.file_name} has been brought in: undo it instead.")
    if batch.stored:
        path = uploads.folder() / batch.stored
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    batch.stored = ""
    batch.save(update_fields=["stored"])
    enter_state(batch, State.DROPPED, by=by)
    record(by, "register.drop", subject="import", subject_id=batch.pk)


def undo(campaign: Campaign, batch: ImportBatch, *, by: Actor) -> dict[str, int]:
    """
    Put everything back as it was before the batch.

    Raises
    ------
    CannotUndo
        It is not in force, or a later file builds on it.
    """
    with connection.cursor() as cursor:
        one_at_a_time(cursor, campaign.pk)
    if state_of(batch) != State.COMMITTED:
        raise CannotUndo(
            f"The file {batch.file_name} is not in force, so there is nothing to undo."
        )
    committed = batch.states.filter(state=State.COMMITTED).latest("id")
    after = BatchState.objects.of(campaign).filter(pk__gt=committed.pk, state=State.COMMITTED)
    for later in after.select_related("batch").order_by("-id"):
        if state_of(later.batch) == State.COMMITTED:
            raise CannotUndo(
                f"A later file builds on this one: undo {later.batch.file_name}"
                f" (number {later.batch_id}) first."
            )
    done = put_back(
        campaign.pk,
        batch.pk,
        homes=(batch.homes_first, batch.homes_last),
        doors=(batch.doors_first, batch.doors_last),
    )
    enter_state(batch, State.UNDONE, by=by)
    record(
        by,
        "register.undo",
        subject="import",
        subject_id=batch.pk,
        count=done["restored"] + done["taken_away"],
        detail=dict(done),
    )
    return done
