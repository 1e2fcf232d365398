"""The join page is opened and closed, and somebody is asked to come to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.mail_server import Became, hand_over, reached
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint, DoNotContact
from hustings.apps.volunteers import access
from hustings.apps.volunteers.models import JoinPage
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


def open_page(campaign: Campaign, sites: Sequence[str], *, by: Actor) -> JoinPage:
    """
    People may join by themselves from now on; said again, other sites may show the form.

    Raises
    ------
    BadInput
        The campaign has not said in which country it is, and so nobody knows whose rules to ask.
    """
    if not campaign.country:
        raise BadInput(_("Say in which country the campaign is first, in the settings under “Law”: whoever comes from abroad is judged by its rules."))  # fmt: skip
    with tenant(campaign.pk):
        _close(campaign, by=by)
        opened: JoinPage = JoinPage.objects.create(
            campaign=campaign, sites=list(sites), opened_by=by.label
        )
        record(by, "join.open", subject="join_page", subject_id=opened.pk)
    return opened


def close_page(campaign: Campaign, *, by: Actor) -> None:
    """Nobody can join by themselves any more; whoever did keeps their own page."""
    with tenant(campaign.pk):
        if _close(campaign, by=by):
            record(by, "join.close", subject="campaign", subject_id=campaign.pk)


def _close(campaign: Campaign, *, by: Actor) -> int:
    rows = JoinPage.objects.of(campaign).filter(closed_at=None)
    return rows.update(closed_at=timezone.now(), closed_by=by.label)


def address_of(campaign: Campaign) -> str:
    """Where the join page is."""
    return f"{settings.SITE_URL}{reverse('join:page', kwargs={'slug': campaign.slug})}"


def invite(campaign: Campaign, email: str, *, by: Actor) -> None:
    """
    Mail the join page's address to somebody; the address is kept nowhere.

    Raises
    ------
    BadInput
        The join page is closed, they asked not to be written to, or the mail could not be sent.
    """
    with tenant(campaign.pk):
        if access.join_page_of(campaign) is None:
            raise BadInput(_("Open the join page first: there is nothing to send anybody to."))
        theirs = ContactPoint.objects.of(campaign).filter(
            kind=ContactPoint.Kind.EMAIL, value__iexact=email
        )
        refusals = DoNotContact.objects.of(campaign).filter(
            Q(channel="") | Q(channel=ContactPoint.Kind.EMAIL), lifted_at=None
        )
        opted_out = theirs.filter(status=ContactPoint.Status.OPTED_OUT).exists()
        if opted_out or refusals.filter(person_id__in=theirs.values("person_id")).exists():
            raise BadInput(_("Whoever has this address asked not to be written to."))
        with translation.override(campaign.language):
            said = {"campaign": campaign.name, "who": by.label, "link": address_of(campaign)}
            subject = _("Will you help %(campaign)s?") % said
            text = _("%(who)s of %(campaign)s asks whether you would help. It takes two minutes to say how:\n\n%(link)s\n\nYour address was used for this one mail and is not kept.\n") % said  # fmt: skip
        mail, server = EmailMessage(" ".join(subject.split()), text, to=[email]), reached()
        if server is None or hand_over(server, mail) is not Became.SENT:
            raise BadInput(_("The mail could not be sent just now. Try again in a minute, or send the link yourself."))  # fmt: skip
        record(by, "volunteer.invite", subject="campaign", subject_id=campaign.pk)
