"""Somebody comes to help: one form is one volunteer, however often it is sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contributions.access import terms_for
from hustings.apps.contributions.deciding import propose
from hustings.apps.people.models import Consent, ContactPoint, Person
from hustings.apps.volunteers import access
from hustings.apps.volunteers.models import Abroad, Invite, JoinForm, Letter, Volunteer
from hustings.apps.volunteers.where import place_of
from hustings.core.errors import BadInput
from hustings.core.register import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.campaigns.models import Campaign

AT_THE_JOIN_PAGE = Actor("link", "", "somebody at the join page")
FORM_LASTS_S = 24 * 60 * 60
SAME_FORM_S = 60 * 60
"""So long the same form, sent again, shows the link to the own page once more; later it is in their mail."""
SOURCE = "the join page"


@dataclass(frozen=True, slots=True)
class FromAbroad:
    """Fields of the terms of help and of who pays, by name, as :func:`contributions.deciding.propose` takes them."""

    terms: Mapping[str, Any]
    payments: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody told us of themselves; ``facts`` are fields of :class:`Volunteer`."""

    name: str
    email: str = ""
    phone: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    by_code: str = ""
    abroad: FromAbroad | None = None


def new_form(campaign: Campaign) -> str:
    """What an empty form carries: a number of its own, signed, so that only a form of ours is taken."""
    return signing.dumps([campaign.pk.hex, uuid4().hex], salt="join")


def form_id_of(campaign: Campaign, signed: str) -> UUID | None:
    """The form's number; None where it is not ours, of another campaign, or a day old."""
    try:
        whose, number = signing.loads(signed, salt="join", max_age=FORM_LASTS_S)
        return UUID(number) if whose == campaign.pk.hex else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def join(campaign: Campaign, form_id: UUID, coming: Coming) -> Volunteer:
    """
    A new volunteer, with how they may be reached and a letter that is on its way to them.

    The same form again is the volunteer of the first time, and changes nothing.

    Raises
    ------
    BadInput
        The form was sent before, and its volunteer is not to be shown by it any more.
    """
    with tenant(campaign.pk):
        try:
            with transaction.atomic():
                form = JoinForm.objects.create(campaign=campaign, form_id=form_id)
        except IntegrityError:
            return _of_the_first_time(campaign, form_id)
        volunteer = _write_down(campaign, coming)
        JoinForm.objects.of(campaign).filter(pk=form.pk).update(volunteer=volunteer)
        record(
            AT_THE_JOIN_PAGE, "volunteer.join", subject="volunteer", subject_id=volunteer.pk,
            detail={"brought": volunteer.brought_by_id is not None, "abroad": coming.abroad is not None},
        )  # fmt: skip
        if coming.abroad:
            come_from_abroad(volunteer, coming.abroad, by=AT_THE_JOIN_PAGE)
    return volunteer


def _of_the_first_time(campaign: Campaign, form_id: UUID) -> Volunteer:
    form = JoinForm.objects.of(campaign).select_related("volunteer__person").get(form_id=form_id)
    young = (timezone.now() - form.sent_at).total_seconds() < SAME_FORM_S
    if form.volunteer is None or form.volunteer.left_at is not None or not young:
        raise BadInput(
            _("This form was sent before, and you are on the list. The link to your own page is in your mail.")
        )  # fmt: skip
    found: Volunteer = form.volunteer
    return found


def _write_down(campaign: Campaign, coming: Coming) -> Volunteer:
    forename, _space, surname = coming.name.rpartition(" ")
    person: Person = Person.objects.create(
        campaign=campaign, forename=forename.strip(), surname=surname,
        name_key=fold(f"{surname} {forename}"), origin=Person.Origin.JOINED,
    )  # fmt: skip
    reach(person, email=coming.email, phone=coming.phone)
    point = place_of(campaign, str(coming.facts.get("near", "")))
    lon, lat = point or (None, None)
    volunteer: Volunteer = Volunteer.objects.create(
        campaign=campaign, person=person, lon=lon, lat=lat, time_zone=campaign.time_zone,
        brought_by=access.inviter(campaign, coming.by_code), **coming.facts,
    )  # fmt: skip
    invite_of(volunteer)
    if coming.email:
        Letter.objects.create(
            campaign=campaign, volunteer=volunteer, kind=Letter.Kind.JOINED,
            asked_by=AT_THE_JOIN_PAGE.label,
        )  # fmt: skip
    return volunteer


def reach(person: Person, *, email: str, phone: str, source: str = SOURCE) -> None:
    """Keep these ways to reach somebody, and that they agreed to be reached there; others by us go."""
    for kind, value in ((ContactPoint.Kind.EMAIL, email), (ContactPoint.Kind.PHONE, phone)):
        ours = ContactPoint.objects.of(person.campaign_id).filter(person=person, kind=kind)
        if value and not ours.filter(value=value).exists():
            ContactPoint.objects.create(
                campaign_id=person.campaign_id, person=person, kind=kind, value=value, source=source
            )
            Consent.objects.create(
                campaign_id=person.campaign_id, person=person, channel=kind, given=True,
                source=source, said_on=timezone.localdate(),
            )  # fmt: skip
        ours.filter(source=SOURCE).exclude(value=value).delete()


def come_from_abroad(volunteer: Volunteer, abroad: FromAbroad, *, by: Actor) -> None:
    """
    How they come and who pays, put to the rules; said again, it is other terms of the same help.

    What an organiser wrote of them, and they are not asked, stays: what they do, and who lends them.
    """
    before = access.abroad_of(volunteer)
    stays: dict[str, Any] = {}
    if before is not None:
        latest = terms_for(volunteer.campaign, before.help_id, lock=True)
        stays = {name: getattr(latest, name) for name in ("duty", "other", "party_id")}
    terms = propose(
        volunteer.campaign,
        {**stays, **abroad.terms, "work_country": volunteer.campaign.country, "people": 1,
         "names": volunteer.person.name, "other_country": volunteer.home_country},
        abroad.payments, by=by, help_id=before.help_id if before else None,
    )  # fmt: skip
    if before is None:
        Abroad.objects.create(
            campaign_id=volunteer.campaign_id, volunteer=volunteer, help_id=terms.help_id
        )


def invite_of(volunteer: Volunteer) -> Invite:
    """What stands in their invite link; made where there is none yet."""
    rows = Invite.objects.of(volunteer.campaign_id).filter(volunteer=volunteer)
    found: Invite | None = rows.first()
    if found is None:
        found = Invite.objects.create(
            campaign_id=volunteer.campaign_id, volunteer=volunteer, code=secrets.token_urlsafe(9)
        )
    return found
