"""The only way to a version, the draft or a translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.scripts.models import DraftEdit, ScriptVersion, Translation

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def version_for(campaign: Campaign, number: int) -> ScriptVersion:
    """A version of this campaign by its number; :class:`NotHere` otherwise."""
    version: ScriptVersion | None = ScriptVersion.objects.of(campaign).filter(number=number).first()
    if version is None:
        raise NotHere
    return version


def translation_for(campaign: Campaign, translation_id: int) -> Translation:
    """A translation of this campaign; :class:`NotHere` otherwise."""
    rows = Translation.objects.of(campaign).select_related("version").filter(pk=translation_id)
    found: Translation | None = rows.first()
    if found is None:
        raise NotHere
    return found


def newest_edit(campaign: Campaign) -> DraftEdit | None:
    """What the draft says now; None where there is no draft."""
    edits = DraftEdit.objects.of(campaign).filter(undone_at=None)
    edit: DraftEdit | None = edits.order_by("-pk").first()
    return edit
