"""Versions of what is said and asked: each new one keeps its row, and publishing makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from hustings.apps.accounts.actions import change_settings
from hustings.apps.audit.actions import record
from hustings.apps.campaigns import texts
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.scripts.models import ScriptVersion
from hustings.apps.scripts.translating import carry_over
from hustings.apps.scripts.wording import sentence_of
from hustings.core.errors import BadInput
from hustings.core.script.as_json import from_json, to_json
from hustings.core.script.flat import flat
from hustings.core.script.tree import Script, of_one_step
from hustings.core.script.validating import Fault, faults_of

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor

Choices = list[dict[str, str]]


def script_of(campaign: Campaign) -> Script:
    """What is published now."""
    if campaign.script_steps:
        return from_json(campaign.script_steps)
    return of_one_step(campaign.script_wording)


def choices_of(campaign: Campaign) -> Choices:
    """The levels or parties that are asked for now."""
    by_party = campaign.support_as == Campaign.SupportAs.PARTIES
    choices: Choices = campaign.parties if by_party else campaign.support_scale
    return choices


def faults_in(campaign: Campaign, script: Script) -> list[Fault]:
    """What keeps a script from being published in this campaign."""
    return faults_of(script, {choice["code"] for choice in choices_of(campaign)})


@texts.keeper
def keep_what_was(campaign: Campaign, surface: str, subject: int, text: str) -> None:
    """Before the script changes, the version that is in force has its row."""
    if surface == texts.SCRIPT:
        version_now(campaign)


@texts.witness
def keep_what_is(campaign: Campaign, made_by: str) -> None:
    """A version that was made on another page has its row too, and the translations that still fit."""
    _add(campaign, made_by)


def version_now(campaign: Campaign) -> ScriptVersion:
    """The row of what is in force; made where a campaign never changed what it began with."""
    version: ScriptVersion | None = (
        ScriptVersion.objects.of(campaign).filter(number=campaign.script_version).first()
    )
    return version or _add(campaign, "")


def _add(
    campaign: Campaign, made_by: str, *, note: str = "", came_from: int | None = None
) -> ScriptVersion:
    before: ScriptVersion | None = ScriptVersion.objects.of(campaign).order_by("-number").first()
    version: ScriptVersion
    version, is_new = ScriptVersion.objects.get_or_create(
        campaign=campaign,
        number=campaign.script_version,
        defaults={
            "steps": campaign.script_steps,
            "text": campaign.script_wording,
            "support_as": campaign.support_as,
            "choices": choices_of(campaign),
            "made_by": made_by,
            "note": note,
            "came_from": came_from,
        },
    )
    if is_new and before is not None:
        carry_over(before, version)
    return version


def publish(
    campaign: Campaign,
    script: Script,
    *,
    note: str = "",
    came_from: int | None = None,
    by: Actor,
) -> ScriptVersion:
    """
    From now on this is said, and answers keep the version they were asked with; a draft stays what it is.

    Raises
    ------
    BadInput
        With everything that is wrong with it, or when it is what is said already.
    """
    with tenant(campaign.pk):
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        campaign.refresh_from_db()
        if wrong := faults_in(campaign, script):
            raise BadInput(" ".join(sentence_of(fault) for fault in wrong))
        if script == script_of(campaign):
            raise BadInput(
                _("This is what version %(n)s says already; nothing was published.")
                % {"n": campaign.script_version}
            )
        with override(campaign.language):
            text = flat(script, end=_("the end"))
        texts.saved(campaign, texts.SCRIPT, 0, text)
        change_settings(
            campaign,
            {
                "script_wording": text,
                "script_steps": to_json(script) if script.branches else [],
                "script_version": campaign.script_version + 1,
            },
            by=by,
        )
        version = _add(campaign, by.label, note=note, came_from=came_from)
        record(
            by, "script.publish", subject="script", subject_id=version.number,
            detail={"came_from": came_from} if came_from else {},
        )  # fmt: skip
    return version


def publish_again(version: ScriptVersion, *, by: Actor) -> ScriptVersion:
    """What an older version said is said again, as a new one; the scale stays as it is now."""
    campaign = Campaign.objects.get(pk=version.campaign_id)
    return publish(campaign, version.script, came_from=version.number, by=by)
