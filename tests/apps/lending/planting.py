"""What the isolation matrix knocks on in this room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.accounts.secrets import hash_of
from hustings.apps.audit.actors import command
from hustings.apps.lending.models import Offer, OfferAnswer, Referred
from hustings.apps.statements import parties
from hustings.apps.statements.recording import say
from hustings.core.ledger.seal_keys import SealSecret
from tests.core.ledger.campaigns import Campaign as Other
from tests.core.ledger.campaigns import key_set

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World

HASH = "0a" * 32
SEAL = {"seal": SealSecret(b"\1" * 32).public.multikey}


def plant(world: World, word: str) -> None:
    """An offer that is open, one that was accepted, and somebody who was referred; ``word`` in each."""
    campaign, by = world.campaign, command("tests")
    keys = key_set(f"{word}sealing", 0) | SEAL
    card = parties.card_of(Other(f"{word}sealing", extra={"keys": keys}).history)
    world.rows["sealing"] = parties.add_by_card(campaign, card, by=by)
    parties.meet(campaign, world.rows["sealing"], read_with=word, by=by)
    fields = {
        "campaign": campaign, "party": world.rows["peer"], "person_name": word, "purpose": word,
        "from_country": "GB", "to_country": "US", "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 7, 9), "keep_until": timezone.localdate() + timedelta(days=60),
        "answer_by": timezone.now() + timedelta(days=9), "offered_by": word,
    }  # fmt: skip
    accepted = Offer.objects.create(secret_hash=hash_of("accepted"), **fields)
    record = say(
        campaign, "referral", count=1, period="2026-07-01/2026-07-09", purpose=word, consent=[HASH]
    )
    OfferAnswer.objects.create(
        campaign=campaign, offer=accepted, accepted=True, ticked=["name"], commitment=HASH,
        record=record, sealed=b"sealed",
    )  # fmt: skip
    world.rows |= {
        "offer": Offer.objects.create(secret_hash=hash_of("open"), **fields),
        "referral": record,
        "referred": Referred.objects.create(
            campaign=campaign, record=record, keep_until=fields["keep_until"],
            words={"name": f"{word}person", "purpose": word},
        ),
    }  # fmt: skip
