"""
What is published: our own public word with its proof, and what we announce of others — judged anew each time.

Nothing here trusts a row because it is there: an announcement whose statement does not stand, or was never sent,
is left out, whoever wrote it into the database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.statements.access import arrival_of
from hustings.apps.statements.models import Head
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.wording import WHY_NOT
from hustings.core.errors import BadInput
from hustings.core.ledger.announcing import Announcement, may_announce
from hustings.core.ledger.bundle import read_bundle
from hustings.core.ledger.embedded import LEAST_LETTERS
from hustings.core.ledger.verify import verify_bundle

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger
    from hustings.core.ledger.hearing import Heard


@dataclass(frozen=True, slots=True)
class Published:
    """One item of the public page; ``by`` is "" for our own word."""

    record: Record
    kind: str
    words: str
    at: str
    ended: str = ""
    by: str = ""
    evidence: str = ""


def published(campaign: Campaign, ledger: Ledger | None = None) -> list[Published]:
    """Our public statements, and what we announce of others, newest first."""
    ledger = ledger or ledger_of(campaign)
    found = [
        Published(
            ledger.rows[one.name], one.said["kind"], one.said["body"], one.said["created"],
            ended=ledger.standing.statements[one.name].ended,
        )
        for one in ledger.heard("statement")
        if one.by == ledger.us and is_public(one, ledger.now)
    ]  # fmt: skip
    found += [item for one in ledger.heard("announcement") if (item := _announced(ledger, one))]
    return sorted(found, key=lambda item: (item.at, item.record.name), reverse=True)


def was_published(ledger: Ledger, name: str) -> bool:
    """Whether our public page ever had it, whatever became of it."""
    one = ledger.standing.heard.get(name)
    ours = one is not None and name in ledger.standing.statements and one.by == ledger.us
    if ours and one is not None and is_public(one, ledger.now):
        return True
    return any(
        said.by == ledger.us and said.said["of"] == name for said in ledger.heard("announcement")
    )


def is_public(one: Heard, now: str) -> bool:
    """Whether a statement of ours may be shown to everyone now."""
    return bool(one.said["public"]) and one.said.get("notBefore", "") <= now


def stands_announced(ledger: Ledger, one: Heard) -> bool:
    """Whether what an announcement of ours rests on stands now, and still verifies."""
    of = ledger.standing.heard.get(one.said["of"])
    if of is None or one.by != ledger.us:
        return False
    wanted = Announcement(ledger.us, of.by, one.said["kind"], one.said["quote"], of.name)
    if not may_announce(ledger.standing, wanted, ledger.now).allowed:
        return False
    row = ledger.rows[of.name]
    return row.issuer == ledger.us or still_verifies(ledger, row)


def _announced(ledger: Ledger, one: Heard) -> Published | None:
    if not stands_announced(ledger, one):
        return None
    of = ledger.standing.heard[one.said["of"]]
    row = ledger.rows[of.name]
    return Published(
        row, one.said["kind"], one.said["quote"], one.said["created"],
        by=name_of_whoever_said(ledger, row), evidence=of.evidence,
    )  # fmt: skip


def why_it_is_gone(campaign: Campaign, letters: str) -> str:
    """Why what we announced under a name that begins so is not announced any more; "" where we never did."""
    ledger = ledger_of(campaign)
    for one in ledger.heard("announcement"):
        if (
            one.by == ledger.us
            and len(letters) >= LEAST_LETTERS
            and one.said["of"].startswith(letters)
        ):
            of = ledger.standing.heard.get(one.said["of"])
            if of is None or of.name not in ledger.standing.statements:
                return ""
            return str(
                WHY_NOT.get(ledger.standing.statements[of.name].ended, WHY_NOT["not-on-record"])
            )
    return ""


def name_of_whoever_said(ledger: Ledger, row: Record) -> str:
    """
    What they are called by what was signed: their own keys, or our report of the call.

    Never by the row of the party, which somebody could rename who can write into the database.
    """
    if row.kind == "report":
        return str(row.said.get("name") or _("somebody"))
    return ledger.histories[row.issuer].now.name


def still_verifies(ledger: Ledger, row: Record) -> bool:
    """Whether the bundle in which it came holds, by the keys that we know."""
    arrival = arrival_of(row)
    if arrival is None:
        return False
    try:
        verdict = verify_bundle(arrival.bundle, ledger.histories.values(), node=row.issuer)
    except BadInput:
        return False
    return verdict.good and verdict.hash == row.name


MOST_BYTES_OF_A_CODE = 2_953
"""The largest QR code holds no more."""


def bundle_for_a_code(record: Record) -> str:
    """The record with its proof and without the keys, which whoever scans it has from the campaign's card."""
    text = str(replace(read_bundle(bundle_of(record)), keys=()))
    if len(text.encode()) > MOST_BYTES_OF_A_CODE:
        raise BadInput(
            "This statement is too long for a code of the whole proof; print the code of its address."
        )
    return text


def head_of(campaign: Campaign) -> Head | None:
    """The newest signed head of our log; None while it is empty."""
    head: Head | None = Head.objects.of(campaign).order_by("-size").first()
    return head
