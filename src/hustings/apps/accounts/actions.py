"""Letting people and phones in, and out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from hustings.apps.accounts import duties
from hustings.apps.accounts.access import DeviceToken
from hustings.apps.accounts.models import (
    Device,
    DeviceAdmission,
    DeviceRevocation,
    Membership,
    SignInLink,
    SpeakingRight,
    StatusAnswer,
    User,
)
from hustings.apps.accounts.roles import Role
from hustings.apps.accounts.secrets import hash_of, new_secret
from hustings.apps.audit.actions import record
from hustings.apps.campaigns import texts
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.core.errors import BadInput, HustingsError

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor

LINK_LIVES = timedelta(minutes=15)


class LastOrganiser(HustingsError):
    """A campaign needs somebody who can let others in."""


def change_settings(campaign: Campaign, values: dict[str, Any], *, by: Actor) -> None:
    """Set the campaign's settings; the audit line names what changed."""
    with tenant(campaign.pk):
        before = Campaign.objects.get(pk=campaign.pk)
        changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
        for name in changed:
            setattr(campaign, name, values[name])
        campaign.save(update_fields=changed)
        record(
            by,
            "settings.change",
            subject="campaign",
            subject_id=campaign.pk,
            detail={"changed": changed},
        )


def change_script(campaign: Campaign, values: dict[str, Any], *, by: Actor) -> None:
    """
    Set what is said at a door in one text; a new wording gets a new version, and old answers keep theirs.

    A wording that is not named stays, with its branches.

    Raises
    ------
    BadInput
        When the wording holds a statement that may not be quoted.
    """
    settings = {
        "phones_need_letting_in": values["phones_need_letting_in"],
        "precision": values.get("precision") or campaign.precision,
    }
    wording = values.get("script_wording", campaign.script_wording)
    is_new = wording != campaign.script_wording
    if is_new:
        settings |= {
            "script_wording": wording,
            "script_steps": [],
            "script_version": campaign.script_version + 1,
        }
    with tenant(campaign.pk):
        texts.saved(campaign, texts.SCRIPT, 0, wording)
        change_settings(campaign, settings, by=by)
        if is_new:
            texts.asked_anew(campaign, by.label)


def add_member(
    campaign: Campaign, email: str, role: str, *, name: str = "", us_status: str = "", by: Actor
) -> Membership:
    """
    Make somebody a member, or change the role they have.

    Parameters
    ----------
    us_status
        What they answered today, where the campaign's law asks for it; else what they answered before counts.

    Raises
    ------
    RoleNotGiven
        The role decides, and the rules keep it from them or must know first who they are.
    """
    with tenant(campaign.pk):
        user = User.objects.filter(email=email.strip().lower()).first()
        known = duties.answers_of(campaign, [user.pk]).get(user.pk) if user else None
        answer = _answer(campaign, us_status, by) if us_status else known
        if said := duties.against(campaign, role, answer):
            raise duties.RoleNotGiven(" ".join(said))
        if user is None:
            user = User.objects.create_user(email.strip())
        if us_status and answer and duties.asks(campaign):
            answer.user_id = user.pk
            answer.save(force_insert=True)
        membership, _new = Membership.objects.update_or_create(
            user=user,
            campaign=campaign,
            defaults={"role": role, **({"name": name} if name else {})},
        )
        record(
            by, "member.add", subject="membership", subject_id=membership.pk, detail={"role": role}
        )
    return membership


def _answer(campaign: Campaign, us_status: str, by: Actor) -> StatusAnswer:
    return StatusAnswer(
        campaign=campaign, us_status=us_status, answered_on=timezone.localdate(), asked_by=by.label
    )


def answer_status(membership: Membership, us_status: str, *, by: Actor) -> StatusAnswer:
    """Keep what a member answered today, also where it speaks against the role they have."""
    with tenant(membership.campaign_id):
        answer = _answer(membership.campaign, us_status, by)
        answer.user_id = membership.user_id
        answer.save(force_insert=True)
        record(by, "member.answer", subject="membership", subject_id=membership.pk)
    return answer


def remove_member(membership: Membership, *, by: Actor) -> None:
    """End a membership; what the person did stays in the audit lines."""
    with tenant(membership.campaign_id):
        others = Membership.objects.select_for_update().filter(
            campaign_id=membership.campaign_id, role=Role.ORGANISER
        )
        if not any(other.pk != membership.pk for other in others):
            raise LastOrganiser(
                "This is the campaign's only organiser; make somebody else an organiser first."
            )
        end_speaking(membership, by=by)
        record(by, "member.remove", subject="membership", subject_id=membership.pk)
        membership.delete()


def let_speak(membership: Membership, *, until: datetime | None = None, by: Actor) -> SpeakingRight:
    """
    From now on this member speaks for the candidate; what they have by then is replaced.

    Raises
    ------
    BadInput
        When it would be over before it begins.
    """
    now = timezone.now()
    if until is not None and until <= now:
        raise BadInput("Choose a day that is still to come, or none.", where="until")
    with tenant(membership.campaign_id):
        Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
        _end_speaking(membership, by=by)
        right: SpeakingRight = SpeakingRight.objects.create(
            campaign_id=membership.campaign_id,
            member_id=membership.pk,
            holder=membership.called,
            given_by=by.label,
            given_at=now,
            until=until,
        )
        record(
            by,
            "speaking.give",
            subject="membership",
            subject_id=membership.pk,
            detail={"until": until.isoformat() if until else ""},
        )
    return right


def end_speaking(membership: Membership, *, by: Actor) -> bool:
    """Take back the right to speak for the candidate; whether there was one."""
    with tenant(membership.campaign_id):
        ended = _end_speaking(membership, by=by)
        if ended:
            record(by, "speaking.take_back", subject="membership", subject_id=membership.pk)
    return ended


def _end_speaking(membership: Membership, *, by: Actor) -> bool:
    open_rights = SpeakingRight.objects.of(membership.campaign_id).filter(
        member_id=membership.pk, ended_at=None
    )
    return bool(open_rights.update(ended_at=timezone.now(), ended_by=by.label))


def make_sign_in_link(user: User, *, lives: timedelta = LINK_LIVES) -> str:
    """A secret that signs this person in once; shown now and never again."""
    secret = new_secret()
    SignInLink.objects.create(
        user=user, secret_hash=hash_of(secret), expires_at=timezone.now() + lives
    )
    return secret


def use_sign_in_link(secret: str) -> User | None:
    """The person of an unused link within its time, which is used up by this; None otherwise."""
    with transaction.atomic():
        link = (
            SignInLink.objects.select_for_update()
            .select_related("user")
            .filter(secret_hash=hash_of(secret), used_at=None, expires_at__gt=timezone.now())
            .first()
        )
        if link is None or not link.user.is_active:
            return None
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        return link.user


def enrol_device(campaign: Campaign, label: str, *, expires_at: datetime) -> tuple[Device, str]:
    """
    Remember a phone; it is not let in yet.

    Returns
    -------
    tuple
        The phone, and the token for its cookie, shown now and never again.
    """
    secret = new_secret()
    device: Device = Device.objects.create(
        campaign=campaign,
        label=label.strip()[:60],
        secret_hash=hash_of(secret),
        expires_at=expires_at,
    )
    record(device.actor, "device.enrol", subject="device", subject_id=device.pk)
    return device, str(DeviceToken(campaign.pk, device.public_id, secret))


def renew_device(device: Device) -> str:
    """A new secret for a phone that goes on in another browser; the token for its cookie. The one before is over."""
    secret = new_secret()
    device.secret_hash = hash_of(secret)
    device.save(update_fields=["secret_hash"])
    record(device.actor, "device.move", subject="device", subject_id=device.pk)
    return str(DeviceToken(device.campaign_id, device.public_id, secret))


def let_in(device: Device, *, by: Actor) -> None:
    """From now on this phone sees the people on its walk."""
    DeviceAdmission.objects.create(campaign_id=device.campaign_id, device=device, by_label=by.label)
    record(by, "device.let_in", subject="device", subject_id=device.pk)


def revoke(device: Device, *, by: Actor, why: str = "") -> None:
    """From now on this phone sees nothing."""
    DeviceRevocation.objects.create(
        campaign_id=device.campaign_id, device=device, by_label=by.label, why=why
    )
    record(by, "device.revoke", subject="device", subject_id=device.pk, detail={"why": why})
