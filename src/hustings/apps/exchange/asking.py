"""Who is asking: the signature of a request, by a key that is in force, fresh, and used once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from hustings.apps.exchange.models import SeenNonce
from hustings.apps.exchange.taking import NotMet
from hustings.apps.statements.access import node_for
from hustings.apps.statements.histories import histories_of, met
from hustings.apps.statements.models import Party
from hustings.core.errors import BadInput
from hustings.core.exchange.signed_request import Request, verify_request
from hustings.core.ledger.records import method_name

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.ledger.key_history import KeyHistory

KEPT = timedelta(hours=24)
"""Far longer than a signature is good for, so that no clock can make a nonce new again."""


class NotSigned(BadInput):
    """Nobody that we know signed this request as it came."""


def who_asks(
    campaign: Campaign, request: HttpRequest, body: bytes, brought: KeyHistory | None = None
) -> tuple[Party, datetime]:
    """
    The peer that signed the request, and when.

    Parameters
    ----------
    brought
        Their keys as they bring them: where those go on from the ones we know, they are the ones in force.

    Raises
    ------
    NotSigned
        When it is not signed, not whole, not fresh, was used before, or is by a key that is not in force.
    NotMet
        When it is by somebody whose words were not compared.
    """
    histories = histories_of(campaign)
    us = node_for(campaign).name
    if brought is not None and brought.node in histories and brought.node != us:
        histories[brought.node] = histories[brought.node].joined(brought)
    keys = {
        method_name(history.node, history.now.key("statement").multikey): history.now.key(
            "statement"
        )
        for history in histories.values()
        if history.node != us
    }
    asked = Request(str(request.method), request.build_absolute_uri(), dict(request.headers), body)
    try:
        signed = verify_request(asked, keys, now_s=int(timezone.now().timestamp()))
    except BadInput as error:
        raise NotSigned(str(error)) from error
    node = signed.key_id.partition("#")[0]
    party = Party.objects.of(campaign).filter(code=node).first()
    if party is None or node not in met(campaign, histories[us]):
        raise NotMet(
            "You were not met yet: read the eight words to each other over the telephone first."
        )
    _use(campaign, node, signed.nonce)
    return party, datetime.fromtimestamp(signed.created_s, UTC)


def _use(campaign: Campaign, node: str, nonce: str) -> None:
    try:
        with transaction.atomic():
            SeenNonce.objects.create(campaign=campaign, node=node, nonce=nonce)
    except IntegrityError as error:
        raise NotSigned("This request came before; sign each one anew.") from error


def forget_old_nonces(campaign: Campaign) -> int:
    """Nonces that no signature can bring back; how many."""
    old = SeenNonce.objects.of(campaign).filter(at__lt=timezone.now() - KEPT)
    return int(old.delete()[0])
