"""Erasing a person: one transaction, every place, a tombstone and one audit line."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.actions import LastOrganiser
from hustings.apps.accounts.models import Membership
from hustings.apps.accounts.roles import Role
from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.access import leaving
from hustings.apps.erasure.places import PLACES
from hustings.apps.people.access import person_for
from hustings.apps.people.models import ErasedRows, Erasure
from hustings.apps.people.queries import erasure_of
from hustings.apps.register.staging import one_at_a_time
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


class AlreadyErased(HustingsError):
    """Somebody was erased before; the message says when."""

    def __init__(self, erasure: Erasure) -> None:
        super().__init__(
            _("Person %(number)s was erased on %(day)s. There is nothing left to erase.")
            % {
                "number": erasure.person_number,
                "day": date_format(timezone.localtime(erasure.at), "DATETIME_FORMAT"),
            }
        )
        self.erasure = erasure


class NotOneself(HustingsError):
    """Whoever erases signs for it, so nobody erases themselves."""


@dataclass(frozen=True, slots=True)
class WhatWent:
    """The rows that were removed or emptied, by table, and the names of files that were put aside."""

    rows: dict[str, int]
    files: tuple[Path, ...]


def erase_person(
    campaign: Campaign,
    person_id: int,
    *,
    request: str,
    by: Actor,
    members: Collection[int] = (),
    phones: Collection[int] = (),
) -> WhatWent:
    """
    Erase somebody from every table, leaving a tombstone; all of it or nothing.

    Parameters
    ----------
    request
        On whose request: one of :class:`Erasure.Request`.
    members, phones
        Numbers of the memberships and phones that are this person, where they take part themselves.

    Raises
    ------
    AlreadyErased
        It was done before.
    NotHere
        There is no such person in this campaign, nor such a member or phone.
    NotOneself, LastOrganiser
        Somebody else must do it, or must organise first.
    """
    with tenant(campaign.pk):
        went = _erase(campaign, person_id, request=request, by=by, members=members, phones=phones)
        # Last and within: what fails after it leaves a file to be sent again, never a copy that nobody knows of.
        for file in went.files:
            file.unlink(missing_ok=True)
    return went


def foresee(campaign: Campaign, person_id: int, *, by: Actor) -> WhatWent:
    """What would go, found by doing it and taking it back; inside the campaign's transaction."""
    with suppress(_TakenBack), transaction.atomic():
        went = _erase(campaign, person_id, request=Erasure.Request.PERSON, by=by)
        raise _TakenBack
    return went


class _TakenBack(Exception):  # no error: the way out of a rehearsal
    """Ends a rehearsal."""


def _erase(
    campaign: Campaign,
    person_id: int,
    *,
    request: str,
    by: Actor,
    members: Collection[int] = (),
    phones: Collection[int] = (),
) -> WhatWent:
    with connection.cursor() as cursor:
        one_at_a_time(cursor, campaign.pk)  # no file brings them back meanwhile
    try:
        person = person_for(campaign, person_id, lock=True)
    except NotHere:
        before = erasure_of(campaign, person_id)
        if before is None:
            raise
        raise AlreadyErased(before) from None
    _check_members(campaign, members, by=by)
    who = leaving(person, members=members, phones=phones)
    tombstone = Erasure.objects.create(
        campaign=campaign, person_number=person_id, by_label=by.label, request=request
    )
    rows: Counter[str] = Counter()
    for place in PLACES:
        rows.update(place.erase(who))
    went = {table: count for table, count in rows.items() if count}
    ErasedRows.objects.bulk_create(
        ErasedRows(campaign=campaign, erasure=tombstone, kind=table, count=count)
        for table, count in went.items()
    )
    record(
        by,
        "person.erase",
        subject="person",
        subject_id=person_id,
        count=sum(went.values()),
        detail={"request": request, "members": list(members), "phones": list(phones)},
    )
    return WhatWent(went, tuple(who.files))


def _check_members(campaign: Campaign, members: Collection[int], *, by: Actor) -> None:
    if by.kind == "member" and by.id in map(str, members):
        raise NotOneself(_("Nobody erases themselves: ask another organiser to do it."))
    organisers = Membership.objects.select_for_update().filter(
        campaign=campaign, role=Role.ORGANISER
    )
    if members and not any(one.pk not in members for one in organisers):
        raise LastOrganiser(
            _("This is the campaign's only organiser; make somebody else an organiser first.")
        )
