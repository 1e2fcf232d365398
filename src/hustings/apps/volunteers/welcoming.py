"""Welcoming somebody: one tap, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.letters import write
from hustings.apps.volunteers.models import Letter
from hustings.apps.volunteers.reaching import email_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.volunteers.models import Volunteer


def welcome(volunteer: Volunteer, *, by: Actor) -> Letter:
    """
    A letter with the next session near them and their own page; without an e-mail, that they were rung.

    Raises
    ------
    BadInput
        Somebody welcomed them before, or they have left.
    """
    with tenant(volunteer.campaign_id):
        if volunteer.left_at:
            raise BadInput(_("They have left; nothing is sent to them."))
        kind = Letter.Kind.WELCOME if email_of(volunteer) else Letter.Kind.RUNG
        try:
            with transaction.atomic():
                letter = write(volunteer, kind, by=by.label)
        except IntegrityError as error:
            raise BadInput(_("Somebody has welcomed them already.")) from error
        record(by, "volunteer.welcome", subject="volunteer", subject_id=volunteer.pk)
    return letter
