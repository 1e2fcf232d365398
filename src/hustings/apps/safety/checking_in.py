"""What a volunteer does, on their phone: beginning to check in, and every sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.safety import access, mailing, overdue, queries
from hustings.apps.safety.models import EVERY_MINUTES, KEPT, Alert, Sign, Watch
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.safety.signs import Begin, Tapped


VERBS: dict[str, str] = {
    Sign.Kind.WELL: "safety.well",
    Sign.Kind.HELP: "safety.help",
    Sign.Kind.DONE: "safety.done",
}


def begin(grant: WalkGrant, wanted: Begin, *, by: Actor) -> Watch:
    """
    They check in on this walk from now on; the same request twice begins once.

    A new choice ends the one before it.

    Raises
    ------
    BadInput
        When the campaign does not offer it, or not so often.
    """
    device = grant.device
    with tenant(grant.campaign_id):
        known = access.watch_named(device, wanted.id)
        if known is not None:
            return known
        if queries.offer_of(device.campaign) is None:
            raise BadInput(_("This campaign does not offer checking in. Ask an organiser."))
        if wanted.every_minutes not in EVERY_MINUTES:
            raise BadInput(_("Choose one of the times that the app offers."))
        ends_at = min(grant.expires_at, device.expires_at)
        Watch.objects.of(device.campaign_id).filter(
            device=device, turf_id=grant.turf_id, ended_at=None
        ).update(ended_at=timezone.now())
        watch: Watch = Watch.objects.create(
            id=wanted.id, campaign_id=grant.campaign_id, device=device, turf_id=grant.turf_id,
            every_minutes=wanted.every_minutes, answers_count=wanted.answers_count,
            began_at=timezone.now() - wanted.ago, ends_at=ends_at,
            kept_until=timezone.localtime(ends_at + KEPT).date(),
        )  # fmt: skip
        record(by, "safety.begin", subject="watch", subject_id=watch.pk)
    return watch


def take_signs(watch: Watch, tapped: Sequence[Tapped], *, by: Actor) -> list[UUID]:
    """
    What was tapped, each once however often it is sent; returns the ids that are here.

    A call for help is an alert at once. Being done ends the watch.
    """
    now = timezone.now()
    with tenant(watch.campaign_id):
        here = set(
            Sign.objects.of(watch.campaign_id)
            .filter(pk__in=[one.id for one in tapped])
            .values_list("pk", flat=True)
        )
        for one in tapped:
            if one.id in here:
                continue
            at = max(now - one.ago, watch.began_at)
            Sign.objects.create(
                id=one.id, campaign_id=watch.campaign_id, watch=watch, kind=one.kind, at=at,
                received_at=now,
            )  # fmt: skip
            here.add(one.id)
            if one.kind == Sign.Kind.HELP:
                overdue.raise_alert(watch, Alert.Kind.HELP, at, by=by)
            elif one.kind == Sign.Kind.DONE:
                Watch.objects.of(watch.campaign_id).filter(pk=watch.pk, ended_at=None).update(
                    ended_at=at
                )
            record(by, VERBS[one.kind], subject="watch", subject_id=watch.pk)
        if any(one.kind == Sign.Kind.HELP for one in tapped):
            transaction.on_commit(lambda: mailing.mail_what_waits(watch.campaign))
    return [one.id for one in tapped]
