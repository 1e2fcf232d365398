"""Erasing a person from this room: their entries, what stood there before, and copies of files that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.erasing import (
    NOBODY,
    empty_labels,
    empty_mentions,
    rows_that_name,
)
from hustings.apps.jobs import uploads
from hustings.apps.people.models import Suppression
from hustings.apps.people.suppressing import KeptOut
from hustings.apps.register.models import (
    AbsentVote,
    BatchState,
    ImportBatch,
    ImportProblem,
    RegisterEntry,
)
from hustings.core.register import fold

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving

_IMAGES = """
delete from register_beforeimage b where b.campaign_id = %(campaign)s and (
  b."table" = 'people_person' and b.row_id = %(person)s
  or b.before->>'person_id' = %(person)s::text
  or b."table" = 'register_registerentry' and b.row_id in (
    select id from register_registerentry where campaign_id = %(campaign)s and person_id = %(person)s)
  or b."table" = 'register_absentvote' and (b.before->>'entry_id')::bigint in (
    select id from register_registerentry where campaign_id = %(campaign)s and person_id = %(person)s)
  or b."table" = 'register_absentvote' and b.row_id in (
    select v.id from register_absentvote v join register_registerentry e
      on e.campaign_id = v.campaign_id and e.id = v.entry_id
    where v.campaign_id = %(campaign)s and e.person_id = %(person)s)
  or b."table" = 'people_contactpoint' and b.row_id in (
    select id from people_contactpoint where campaign_id = %(campaign)s and person_id = %(person)s)
  or b."table" = 'people_consent' and b.row_id in (
    select id from people_consent where campaign_id = %(campaign)s and person_id = %(person)s))
"""


def erase(who: Leaving) -> dict[str, int]:
    """Their entries with all that hangs on them; only keyed hashes stay, to keep them out of the next file."""
    counts = {"people_suppression": _suppress(who)}
    with connection.cursor() as cursor:
        cursor.execute(_IMAGES, {"campaign": who.campaign_id, "person": who.person_id})
        counts["register_beforeimage"] = cursor.rowcount
    entries = RegisterEntry.objects.of(who.campaign_id).filter(person_id=who.person_id)
    votes = AbsentVote.objects.of(who.campaign_id).filter(entry__in=entries)
    counts["register_absentvote"] = votes.delete()[0]
    counts["register_registerentry"] = entries.delete()[0]
    hinted = rows_that_name(who, "register_importproblem", "cell", hints=True)
    problems = ImportProblem.objects.of(who.campaign_id).filter(pk__in=hinted)
    counts["register_importproblem"] = problems.delete()[0]
    counts["register_importbatch"] = (
        _put_files_aside(who)
        + empty_mentions(who, "register_importbatch", "file_name")
        + empty_labels(who, "register_importbatch", "made_by")
    )
    counts["register_batchstate"] = empty_labels(who, "register_batchstate", "by")
    return counts


def _suppress(who: Leaving) -> int:
    kept_out = KeptOut(who.campaign_id)
    entries = RegisterEntry.objects.of(who.campaign_id).filter(person_id=who.person_id)
    found: set[str] = set()
    rows = entries.values_list("surname", "forename", "number", "person__household__address_key")
    for surname, forename, number, address_key in rows:
        name_key = fold(f"{surname} {forename}")
        found |= kept_out.of_somebody(name_key, address_key or "", number)
        found |= kept_out.of_number(number)
    made = Suppression.objects.bulk_create(
        [Suppression(campaign_id=who.campaign_id, digest=digest) for digest in sorted(found)],
        ignore_conflicts=True,
    )
    return len(made)


def _put_files_aside(who: Leaving) -> int:
    """Copies of files that wait hold all that the files do: they go, and are sent again."""
    waiting = list(ImportBatch.objects.of(who.campaign_id).exclude(stored=""))
    for batch in waiting:
        who.files.append(uploads.folder() / batch.stored)
        batch.stored = ""
        batch.save(update_fields=["stored"])
        BatchState.objects.create(
            campaign_id=who.campaign_id, batch=batch, state=BatchState.State.DROPPED, by=NOBODY
        )
    return len(waiting)
