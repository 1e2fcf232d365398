"""Asking a volunteer to help another campaign, and what they answer: nothing is sent that they did not tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.secrets import hash_of
from hustings.apps.audit.actions import record as audit
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import access, judging
from hustings.apps.lending.models import Offer, OfferAnswer, Withdrawal
from hustings.apps.statements.access import node_for
from hustings.apps.statements.histories import history_of, met
from hustings.apps.statements.models import Salted
from hustings.apps.statements.recording import say
from hustings.apps.statements.salting import erase, salted
from hustings.core.errors import BadInput
from hustings.core.exchange.sealed import seal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party
    from hustings.core.ledger.seal_keys import SealKey

VOLUNTEER = Actor("link", "", "a volunteer's own link")
"""Who answers: whoever holds the link. The line does not say who that is."""
WITHDRAWN = (
    "The person took their consent back; delete what was sealed, and answer with a deletion."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the other campaign would like help with, and within which days."""

    purpose: str
    from_country: str
    to_country: str
    starts_on: date
    ends_on: date
    keep_until: date
    answer_by: datetime


def offer(
    campaign: Campaign, party: Party, person_name: str, asked: Asked, *, by: Actor
) -> tuple[Offer, str]:
    """
    A link for one person; its secret is shown now and never again.

    Raises
    ------
    BadInput
        They were not met, or have no key that anything could be sealed to; or the days do not fit.
    """
    with tenant(campaign.pk):
        seal_key_of(campaign, party)
        if not asked.starts_on <= asked.ends_on <= asked.keep_until:
            raise BadInput(
                _("The help ends after it begins, and details are kept to its end at least.")
            )
        if asked.answer_by <= timezone.now():
            raise BadInput(_("The last day to answer is over already."))
        token = access.new_token(campaign)
        made: Offer = Offer.objects.create(
            campaign=campaign, party=party, person_name=person_name.strip(), offered_by=by.label,
            secret_hash=hash_of(token), **{name: getattr(asked, name) for name in Asked.__slots__},
        )  # fmt: skip
        audit(by, "referral.offer", subject="offer", subject_id=made.pk)
    return made, token


def new_link(campaign: Campaign, offer_id: int, *, by: Actor) -> tuple[Offer, str]:
    """Another link for the same person; the one before leads nowhere from now on."""
    with tenant(campaign.pk):
        made = access.offer_for(campaign, offer_id)
        token = access.new_token(campaign)
        Offer.objects.of(campaign).filter(pk=made.pk).update(secret_hash=hash_of(token))
        audit(by, "referral.link", subject="offer", subject_id=made.pk)
    return made, token


def seal_key_of(campaign: Campaign, party: Party) -> SealKey:
    """The key to which parts for them are sealed; says what is missing where there is none."""
    if not party.has_node:
        raise BadInput(
            _("%(name)s has no card, so nothing can be sealed to them. Give the person their telephone number instead.")
            % {"name": party.name}
        )  # fmt: skip
    if party.code not in met(campaign, history_of(campaign, node_for(campaign).name)):
        raise BadInput(
            _("%(name)s was not met yet: read the eight words with them over the telephone first.")
            % {"name": party.name}
        )
    key = history_of(campaign, party.code).now.seal
    if key is None:
        raise BadInput(
            _("The card of %(name)s is an older one, to which nothing can be sealed. Ask them to take their next keys into use, and for the new card.")
            % {"name": party.name}
        )  # fmt: skip
    return key


def consent_of(one: Offer, risk: str, details: Mapping[str, str]) -> dict[str, str]:
    """Everything that is agreed to and sent: whom, where, what for, how long, and the details."""
    return {
        "receiver": one.party.name,
        "node": one.party.code,
        "country": one.to_country,
        "risk": risk,
        "purpose": one.purpose,
        "period": f"{one.starts_on}/{one.ends_on}",
        "until": str(one.keep_until),
        **details,
    }


def accept(
    campaign: Campaign, token: str, ticked: Mapping[str, str], *, risk: str, agreed: bool
) -> OfferAnswer:
    """
    Yes: what was ticked is sealed to the other campaign, and the record says only that there is somebody.

    Parameters
    ----------
    ticked
        What the person wrote, for each detail that they ticked.
    risk
        The sentence about the other country that they were shown.

    Raises
    ------
    NotWithoutConsent
        The rules of law want more than this.
    BadInput
        It was answered already, or the time for it is over.
    """
    with tenant(campaign.pk):
        one = _open(campaign, token)
        words = consent_of(one, risk, ticked)
        law = judging.of_sending(one, words, set(ticked), agreed=agreed)
        if not (agreed and ticked) or law.stopping:
            if law.stopping:
                raise judging.NotWithoutConsent(law.stopping)
            raise BadInput(_("Nothing is sent without your yes, and without a tick."))
        key = seal_key_of(campaign, one.party)
        commitment = salted(campaign, words)
        salt = bytes(Salted.objects.of(campaign).get(commitment=commitment).salt)
        say(campaign, "consent", commitment=commitment)
        said = say(
            campaign, "referral", to=one.party.code, count=1, purpose=one.purpose,
            period=words["period"], consent=[commitment], expires=f"{one.keep_until}T23:59:59Z",
        )  # fmt: skip
        answer: OfferAnswer = OfferAnswer.objects.create(
            campaign=campaign, offer=one, accepted=True, ticked=sorted(ticked), record=said,
            commitment=commitment, sealed=seal(salt, words, to=key, of=said.name),
        )  # fmt: skip
        audit(VOLUNTEER, "referral.accept", subject="offer", subject_id=one.pk)
    return answer


def decline(campaign: Campaign, token: str) -> OfferAnswer:
    """No: nothing is kept but that, and nothing is sent."""
    with tenant(campaign.pk):
        one = _open(campaign, token)
        answer: OfferAnswer = OfferAnswer.objects.create(
            campaign=campaign, offer=one, accepted=False
        )
        audit(VOLUNTEER, "referral.decline", subject="offer", subject_id=one.pk)
    return answer


def take_back(campaign: Campaign, token: str) -> Withdrawal:
    """
    A yes is taken back: our copy is deleted at once, and a signed record asks them to delete theirs.

    Raises
    ------
    BadInput
        There was no yes.
    """
    with tenant(campaign.pk):
        one = access.offer_by(campaign, token, lock=True)
        answer = access.answer_of(one)
        if answer is None or not answer.accepted or answer.record is None:
            raise BadInput(_("There is no yes that could be taken back; nothing was sent."))
        before = access.withdrawal_of(one)
        if before is not None:
            return before
        made = withdraw(campaign, one, answer)
        audit(VOLUNTEER, "referral.withdraw", subject="offer", subject_id=one.pk)
    return made


def withdraw(campaign: Campaign, one: Offer, answer: OfferAnswer) -> Withdrawal:
    """Our copy is deleted, and a signed record asks them to delete theirs; the caller writes the audit line."""
    said = say(campaign, "retraction", of=answer.record.name, reason=WITHDRAWN)
    forget_ours(answer)
    made: Withdrawal = Withdrawal.objects.create(campaign=campaign, offer=one, record=said)
    return made


def forget_ours(answer: OfferAnswer) -> None:
    """Delete the words and the sealed part on our side; the record and its proof stay as they are."""
    erase(answer.campaign, answer.commitment)
    rows = OfferAnswer.objects.of(answer.campaign_id).filter(pk=answer.pk)
    rows.update(sealed=None)


def _open(campaign: Campaign, token: str) -> Offer:
    one = access.offer_by(campaign, token, lock=True)
    if access.answer_of(one) is not None:
        raise BadInput(_("This was answered already; the page shows what was said."))
    if one.answer_by <= timezone.now():
        raise BadInput(_("This link ran out. Ask whoever sent it for a new one."))
    return one
