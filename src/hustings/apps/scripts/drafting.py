"""The draft beside what is said now: each change is a row, so that every one can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.scripts import versions
from hustings.apps.scripts.access import newest_edit
from hustings.apps.scripts.models import DraftEdit
from hustings.apps.scripts.versions import script_of
from hustings.core.errors import BadInput
from hustings.core.script.as_json import to_json
from hustings.core.script.validating import MOST_STEPS

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.scripts.models import ScriptVersion
    from hustings.core.script.tree import Script


class ChangedMeanwhile(BadInput):
    """Somebody else changed the draft since it was looked at."""


def draft_of(campaign: Campaign) -> tuple[Script, int]:
    """The draft, and the number of its newest edit; what is published, and 0, where there is none."""
    edit = newest_edit(campaign)
    return (edit.script, edit.pk) if edit else (script_of(campaign), 0)


def change(
    campaign: Campaign, script: Script, did: str, *, step: str = "", seen: int, by: Actor
) -> DraftEdit:
    """
    Put this in place of the draft.

    Parameters
    ----------
    did
        A code of :data:`hustings.apps.scripts.wording.DID`.
    seen
        The edit that was looked at.

    Raises
    ------
    BadInput
        When it is longer than anybody could publish, or somebody else was quicker.
    """
    if len(script.steps) > 2 * MOST_STEPS:
        raise BadInput(_("A draft has at most %(n)s steps. Take some out first.") % {"n": 2 * MOST_STEPS})  # fmt: skip
    with tenant(campaign.pk):
        _unchanged_since(campaign, seen)
        DraftEdit.objects.of(campaign).exclude(undone_at=None).delete()
        edit: DraftEdit = DraftEdit.objects.create(
            campaign=campaign, steps=to_json(script), did=did, step=step, by_label=by.label
        )
        record(by, "script.draft", subject="script", detail={"did": did, "step": step})
    return edit


def undo(campaign: Campaign, *, seen: int, by: Actor) -> DraftEdit | None:
    """Take the newest edit back; the one that was taken back, None where there was none."""
    with tenant(campaign.pk):
        _unchanged_since(campaign, seen)
        edit = newest_edit(campaign)
        if edit is not None:
            edit.undone_at = timezone.now()
            edit.save(update_fields=["undone_at"])
            record(by, "script.undo", subject="script", detail={"did": edit.did, "step": edit.step})
    return edit


def undone(campaign: Campaign) -> DraftEdit | None:
    """What was taken back last, and can be done again."""
    edit: DraftEdit | None = (
        DraftEdit.objects.of(campaign).exclude(undone_at=None).order_by("pk").first()
    )
    return edit


def redo(campaign: Campaign, *, seen: int, by: Actor) -> DraftEdit | None:
    """Do again what was taken back last; all of a draft that was thrown away."""
    with tenant(campaign.pk):
        _unchanged_since(campaign, seen)
        edit = undone(campaign)
        if edit is not None:
            together = DraftEdit.objects.of(campaign).filter(undone_at=edit.undone_at)
            together.update(undone_at=None)
            record(by, "script.draft", subject="script", detail={"did": edit.did, "step": edit.step})  # fmt: skip
    return edit


def throw_away(campaign: Campaign, *, seen: int, by: Actor) -> None:
    """No draft any more; what is published stays. All edits are taken back at once, so that all can come back."""
    with tenant(campaign.pk):
        _unchanged_since(campaign, seen)
        edits = DraftEdit.objects.of(campaign).filter(undone_at=None)
        if edits.update(undone_at=timezone.now()):
            record(by, "script.throw_away", subject="script")


def was_thrown_away(campaign: Campaign) -> bool:
    """Whether what would be done again is more than one edit: a whole draft."""
    edit = undone(campaign)
    return (
        edit is not None
        and DraftEdit.objects.of(campaign).filter(undone_at=edit.undone_at).count() > 1
    )


def publish(campaign: Campaign, *, note: str = "", seen: int, by: Actor) -> ScriptVersion:
    """The draft that was looked at is what is said from now on, and is over."""
    with tenant(campaign.pk):
        _unchanged_since(campaign, seen)
        made = versions.publish(campaign, draft_of(campaign)[0], note=note, by=by)
        DraftEdit.objects.of(campaign).delete()
    return made


def _unchanged_since(campaign: Campaign, seen: int) -> None:
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    newest = newest_edit(campaign)
    if (newest.pk if newest else 0) != seen:
        who = newest.by_label if newest else ""
        raise ChangedMeanwhile(
            _("%(who)s changed the draft meanwhile, so this was not done. Look at it again, then repeat it.")
            % {"who": who or _("Somebody")}
        )  # fmt: skip
