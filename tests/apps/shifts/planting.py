"""A session that has begun, with somebody in it, a step that can be undone, and a change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.shifts.models import Edit, Message, Session, SignUp, Step
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World


def plant(world: World, canary: str) -> None:
    """Every word of it is the canary."""
    campaign, now = world.campaign, timezone.now()
    world.rows["helper"] = a_volunteer(campaign, f"{canary} Helper")
    minute = now.replace(second=0, microsecond=0)
    session = Session.objects.create(
        campaign=campaign, name=canary, starts_at=minute - timedelta(hours=1),
        ends_at=minute + timedelta(hours=8), time_zone="Europe/London", place=canary, at_a_home=True,
        contact_words=canary, access_notes=canary, capacity=5, made_by=canary,
    )  # fmt: skip
    sign_up = SignUp.objects.create(
        campaign=campaign, session=session, volunteer=a_volunteer(campaign, f"{canary} Volunteer")
    )
    for kind in ("signed_up", "confirmed"):
        step = Step.objects.create(
            campaign=campaign, sign_up=sign_up, kind=kind, who="organiser", by=canary,
            starts_at=session.starts_at,
        )  # fmt: skip
    Message.objects.create(
        campaign=campaign, sign_up=sign_up, kind="moved", key="1", was={"place": canary},
        claimed_at=now, sent_at=now,
    )  # fmt: skip
    world.rows["edit"] = Edit.objects.create(
        campaign=campaign, session=session, before={"place": canary}, by=canary
    )
    world.rows.update(session=session, sign_up=sign_up, step=step)
