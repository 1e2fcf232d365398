"""The campaign's node: its keys are made once, and its next ones are on a sheet of paper."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import key_files
from hustings.apps.statements.access import node_for, node_of
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.key_files import SEED_BYTES, Secrets
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Entry, KeyLine, Node
from hustings.apps.statements.times import now_as_records_write_it
from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.key_history import (
    KeyEvent,
    KeyHistory,
    commitment,
    first_event,
    next_event,
    recovery_hash,
)
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.spoken import read_back, written_down

if TYPE_CHECKING:
    from typing import Any

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.ledger.seal_keys import SealSecret


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What is printed once and kept nowhere here: the seed of the next keys, and the recovery key."""

    node: str
    next_keys: list[str]
    recovery: list[str]


def make_node(campaign: Campaign, *, by: Actor) -> Sheet:
    """
    Make the campaign's keys; the sheet is shown now and never again.

    Raises
    ------
    BadInput
        When the campaign has a node already.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        if node_of(campaign) is not None:
            raise BadInput(
                "This campaign has its keys already; the sheet was shown when they were made."
            )
        seed, following, recovery = (secrets.token_bytes(SEED_BYTES) for _ in range(3))
        fields = _fields(campaign, _origin(campaign), Secrets(seed), following, recovery, 0)
        event = KeyEvent.of(first_event(fields, Secrets(seed).key("statement")))
        # The file first: a row without its keys could sign nothing, a file without its row harms nobody.
        key_files.write(campaign.pk, event.node, 0, seed)
        Node.objects.create(campaign=campaign, name=event.node, origin=event.record["origin"])
        _keep(campaign, event)
        audit(by, "node.make", subject="node", subject_id=event.node)
    return Sheet(event.node, written_down(following), written_down(recovery))


def take_next_keys(campaign: Campaign, words: str, *, stolen_since: str = "", by: Actor) -> Sheet:
    """
    Take the keys of the recovery sheet into use, as after a loss or a theft; a new sheet is shown once.

    Parameters
    ----------
    words
        The line «next keys» of the sheet.
    stolen_since
        When the keys before were stolen, as records write times; "" if they were not.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        seed = read_back(words)
        sheet = _turn(campaign, seed, Secrets(seed).key("statement"), {}, stolen_since)
        audit(by, "node.rotate", subject="node", subject_id=sheet.node)
    return sheet


def recover(campaign: Campaign, words: str, *, stolen_since: str = "", by: Actor) -> Sheet:
    """
    Make new keys with the recovery key, where the next keys of the sheet are lost too; a new sheet is shown once.

    Parameters
    ----------
    words
        The line «recovery key» of the sheet. It is used up by this.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        key = SecretKey(read_back(words))
        named = {"recoveryKey": key.public.multikey}
        sheet = _turn(campaign, secrets.token_bytes(SEED_BYTES), key, named, stolen_since)
        audit(by, "node.recover", subject="node", subject_id=sheet.node)
    return sheet


def _turn(
    campaign: Campaign, seed: bytes, key: SecretKey, more: dict[str, Any], stolen_since: str
) -> Sheet:
    """The next turn of keys: ``seed`` from now on, allowed by ``key``."""
    node = node_for(campaign)
    before = history_of(campaign, node.name)
    following, recovery = (secrets.token_bytes(SEED_BYTES) for _ in range(2))
    size = Entry.objects.of(campaign).count()
    fields = _fields(campaign, node.origin, Secrets(seed), following, recovery, size) | more
    if before.now.record["next"] == commitment(Secrets(seed).signing):
        fields["keys"] = Secrets(seed).signing  # a sheet from before there were seals
    if stolen_since:
        fields["compromised"] = {"since": stolen_since, "logSize": size}
    event = KeyEvent.of(next_event(before.now, fields, key))
    KeyHistory.of([*(one.record for one in before.events), event.record])
    key_files.write(campaign.pk, node.name, event.seq, seed)
    _keep(campaign, event)
    return Sheet(node.name, written_down(following), written_down(recovery))


def secrets_now(campaign: Campaign) -> tuple[KeyHistory, Secrets]:
    """Our history, and the keys that are in force."""
    history = history_of(campaign, node_for(campaign).name)
    return history, key_files.read(campaign.pk, history.node, history.now.seq)


def seals_of(campaign: Campaign) -> list[SealSecret]:
    """What opens parts that are sealed to us, the newest first; turns whose file is gone are left out."""
    history = history_of(campaign, node_for(campaign).name)
    found = []
    for event in reversed(history.events):
        if event.seal is None:
            continue
        with contextlib.suppress(key_files.NoKeyFile):
            found.append(key_files.read(campaign.pk, history.node, event.seq).seal)
    return found


def _fields(
    campaign: Campaign, origin: str, keys: Secrets, following: bytes, recovery: bytes, size: int
) -> dict[str, Any]:
    return {
        "id": uuid4().urn,
        "created": now_as_records_write_it(),
        "name": campaign.name,
        "origin": origin,
        "keys": keys.public,
        "next": commitment(Secrets(following).public),
        "recovery": recovery_hash(SecretKey(recovery).public),
        "logSize": size,
    }


def _origin(campaign: Campaign) -> str:
    return f"{urlsplit(settings.SITE_URL).netloc}/says/{campaign.slug}"


def _keep(campaign: Campaign, event: KeyEvent) -> None:
    KeyLine.objects.create(
        campaign=campaign, node=event.node, seq=event.seq, content=canonical(event.record)
    )
