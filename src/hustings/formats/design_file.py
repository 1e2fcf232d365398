"""``design.json``: the words and the form of a version, as it travels between campaigns beside its artwork."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical
from hustings.core.materials.imprint import LEAST_POINTS, MOST_POINTS

NAME = "design.json"
MOST_BYTES = 200_000
_CHOICES = {
    "medium": {"printed", "digital"},
    "paper": {"a4", "a5", "a6", "badge"},
    "imprint_place": {"foot", "head"},
}


@dataclass(frozen=True, slots=True)
class TravellingQuote:
    """A statement that the design quotes, so that a denial of it finds the copies of whoever borrowed it too."""

    statement: str
    words: str
    proof_address: str
    with_qr: bool = False


@dataclass(frozen=True, slots=True)
class TravellingDesign:
    """No imprint is among these: whoever publishes it sets their own."""

    headline: str
    text: str
    medium: str
    paper: str
    imprint_place: str
    imprint_points: int
    artwork: str = ""
    quotes: tuple[TravellingQuote, ...] = ()


def write_design(design: TravellingDesign) -> bytes:
    """The file; the same design is the same bytes."""
    said = asdict(design)
    return canonical({**said, "quotes": list(said["quotes"])})


def read_design(content: bytes) -> TravellingDesign:
    """The design in a file; ``BadInput`` where it is none."""
    try:
        said: Any = json.loads(content[: MOST_BYTES + 1])
        quotes = tuple(TravellingQuote(**quote) for quote in said.pop("quotes"))
        design = TravellingDesign(**said, quotes=quotes)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadInput(f"{NAME} of this parcel is not written as designs are.") from error
    if not _is_good(design):
        raise BadInput(f"{NAME} of this parcel says something that no design has.")
    return design


def _is_good(design: TravellingDesign) -> bool:
    texts = [getattr(design, one.name) for one in fields(design) if one.type == "str"]
    for quote in design.quotes:
        texts += [quote.statement, quote.words, quote.proof_address]
    return (
        all(isinstance(text, str) and "\0" not in text for text in texts)
        and all(getattr(design, name) in choices for name, choices in _CHOICES.items())
        and type(design.imprint_points) is int
        and LEAST_POINTS <= design.imprint_points <= MOST_POINTS
        and all(type(quote.with_qr) is bool for quote in design.quotes)
        and all(quote.proof_address.startswith("https://") for quote in design.quotes)
    )
