"""
What of a lot's record anyone may read: what a check asks for, and no word in which somebody could be named.

A phone's boxes hold whatever was typed into them. An order is told by the codes of those in the hat, a device where
every word of it is known here, a photograph by its digest; whatever else was written stays in the house.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hustings.apps.contests.lots import DIGEST
from hustings.apps.contests.lots_in_the_tray import order_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.contests.models import Lot

OF_NUMBERS = (
    "contest", "context", "commitments", "nonces", "beacon", "round", "signature", "logged_at",
)  # fmt: skip
"""What anyone needs to check a lot that was drawn by numbers; who did not open is a side, and is not asked for."""
DRAWN_WITH = """
coin coins quarter toss tossed flip flipped heads tails card cards deck drawn draw high low slip slips paper papers
folded pencil straw straws stick sticks short shortest long longest die dice ball balls marble marbles box hat bowl bag
cup jar bucket envelope envelopes lot lots name names number numbers
a an the of from in out and or with one two three four five six
münze münzen münzwurf karte karten kartenspiel los lose zettel papier würfel kugel kugeln streichholz streichhölzer
strohhalm strohhalme hut schachtel kiste beutel tüte urne becher umschlag umschläge gezogen geworfen
ein eine einem einer der die das dem aus im mit und oder zwei drei
"""
DEVICES = frozenset(DRAWN_WITH.split())
"""Words for what lots are drawn with, in the languages of the phone's page."""
CARD = re.compile(r"[0-9A-Z]{1,5} of [a-z]{1,10}")


def checkable(lot: Lot, names: Mapping[str, str]) -> dict[str, Any]:
    """
    Of a lot's record what names nobody.

    Parameters
    ----------
    names
        Of those who stand, by code.
    """
    if lot.how != lot.How.PHYSICAL:
        return {name: lot.record[name] for name in OF_NUMBERS if name in lot.record}
    found: dict[str, Any] = {
        "device": _device(lot.record.get("device")),
        "order": _order(lot, names),
        "photo_sha256": _digest(lot.record.get("photo_sha256")),
        "cards": _cards(lot),
    }
    return {name: value for name, value in found.items() if value}


def _device(said: Any) -> str:
    words = re.findall(r"[^\W_]+", said.casefold()) if isinstance(said, str) else []
    return said if words and DEVICES.issuperset(words) else ""


def _order(lot: Lot, names: Mapping[str, str]) -> list[str]:
    """Nothing where it does not name all of them, or was left out."""
    said = lot.record.get("order")
    if isinstance(said, str):
        said = list(order_in(said, lot.among, names))
    if not isinstance(said, list) or sorted(map(str, said)) != sorted(lot.among):
        return []
    return said


def _digest(said: Any) -> str:
    return said if isinstance(said, str) and DIGEST.fullmatch(said) else ""


def _cards(lot: Lot) -> dict[str, str]:
    said = lot.record.get("cards")
    if not isinstance(said, dict) or set(said) != set(lot.among):
        return {}
    return said if all(CARD.fullmatch(str(card)) for card in said.values()) else {}
