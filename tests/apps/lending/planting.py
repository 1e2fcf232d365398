"""What the isolation matrix knocks on in this room."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.accounts.secrets import hash_of
from hustings.apps.audit.actors import command
from hustings.apps.lending import inviting
from hustings.apps.lending.models import Lent, Offer, OfferAnswer, Part, Referred
from hustings.apps.lending.releasing import keep_parts
from hustings.apps.materials.models import Withdrawal
from hustings.apps.statements import parties
from hustings.apps.statements.recording import keep, say
from hustings.core.ledger.seal_keys import SealSecret
from hustings.formats.design_file import NAME, TravellingDesign, write_design
from tests.apps.materials.planting import published
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


def plant_works(world: World, word: str) -> None:
    """A design of another campaign, and one of ours that is lent."""
    campaign = world.campaign
    design = TravellingDesign(word, word, "printed", "a5", "foot", 8)
    content = write_design(design)
    other = Other(f"{word}lends")
    card = parties.card_of(other.history)
    party = parties.add_by_card(campaign, card, by=command("tests"))
    parties.meet(campaign, party, read_with=word, by=command("tests"))
    said = other.say(
        "release", created="2026-06-13T12:00:00Z", artefact="leaflet", version=1, licence=word,
        lang="en", imprints={"GB": word}, design="design:1", title=word, uses=["allies"],
        files=[{"hash": hashlib.sha256(content).hexdigest(), "size": len(content), "name": NAME}],
    )  # fmt: skip
    record = keep(campaign, said)
    keep_parts(campaign, record, {NAME: content})
    ours = say(
        campaign, "release", artefact="leaflet", version=1, licence="x", lang="en", imprints={},
        files=[{"hash": HASH, "size": 1}], design="design:2", title=word,
    )  # fmt: skip
    release = published(campaign, headline=word)
    Withdrawal.objects.create(campaign=campaign, release=release, why=word, by=word)
    lent = Lent.objects.create(campaign=campaign, release=release, record=ours, by=word)
    world.rows["lendable"] = published(campaign, headline=word, uses="allies", licence="CC0")
    world.rows |= {
        "work": record,
        "part": Part.objects.of(campaign).get(record=record),
        "lent": lent,
    }
    planned = inviting.Planned(
        word, datetime(2026, 7, 1, 18, tzinfo=UTC), datetime(2026, 7, 1, 20, tzinfo=UTC), word,
        word, campaign_event=False,
    )  # fmt: skip
    world.rows["our-event"] = inviting.invite(
        campaign, planned, [other.history.node], by=command("tests")
    )
