"""Statements on leaflets: which may be quoted, judged anew before anything leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.apps.statements.access import record_named
from hustings.apps.statements.publishing import bundle_for_a_code, published
from hustings.core.errors import BadInput
from hustings.core.ledger.embedded import LEAST_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.materials.models import Quote
    from hustings.apps.statements.publishing import Published
    from hustings.apps.statements.reading import Ledger

RELEASE = "release"


def quotable(campaign: Campaign, ledger: Ledger | None = None) -> dict[str, Published]:
    """What stands on our public page, by its name: nothing else has a proof that paper could point at."""
    return {item.record.name: item for item in published(campaign, ledger) if not item.ended}


def address_of_proof(campaign: Campaign, statement: str) -> str:
    """The short address where anybody can check the words."""
    where = {"slug": campaign.slug, "name": statement[:LEAST_LETTERS]}
    return f"{settings.SITE_URL}{reverse('public:statement', kwargs=where)}"


def phantoms_of(
    campaign: Campaign, quotes: Iterable[Quote], ledger: Ledger | None = None
) -> list[tuple[Quote, str]]:
    """The quotes that do not stand now, each with the reason."""
    quotes = list(quotes)
    there = quotable(campaign, ledger) if quotes else {}
    found = []
    for quote in quotes:
        item = there.get(quote.statement)
        if item is None:
            why = _(
                "it does not stand on our public page: it was never announced, or was taken back"
            )
        elif not quote.words.strip() or quote.words not in item.words:
            why = _("these words are not in what was said, letter by letter")
        elif quote.proof_address != address_of_proof(campaign, quote.statement):
            why = _("the address is not that of its proof")
        else:
            continue
        found.append((quote, why))
    return found


def code_of(quote: Quote) -> str:
    """What the QR code beside the words says: the whole proof, the address, or nothing."""
    if quote.whole_proof:
        record = record_named(quote.campaign, quote.statement)
        return bundle_for_a_code(record) if record is not None else quote.proof_address
    return quote.proof_address if quote.with_qr else ""


def refuse_phantoms(campaign: Campaign, quotes: Iterable[Quote]) -> None:
    """``BadInput`` where something is quoted that nobody said, or that does not stand any more."""
    for quote, why in phantoms_of(campaign, quotes):
        raise BadInput(
            _("«%(words)s» cannot be quoted: %(why)s. Ask the press desk.")
            % {"words": quote.words, "why": why}
        )
