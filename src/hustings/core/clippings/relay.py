"""Through whom words came: «told Channel Nine», «according to the Meridian News Agency»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hustings.core.clippings.dates import MONTHS, WEEKDAYS
from hustings.core.clippings.people import is_outlet
from hustings.core.clippings.signs import CAPITAL

if TYPE_CHECKING:
    from hustings.core.clippings.people import People

OUTLET = rf"(?:the )?(?:{CAPITAL})(?:&{CAPITAL})*(?: (?:{CAPITAL}|of|and))*"
RELAYS = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?:told|telling|tell|tells) (?P<outlet>{OUTLET}|this (?:paper|newspaper))\b(?! [a-z]*(?:readers|listeners|viewers|supporters|voters)\b)",
        rf"\b(?:in an interview with|speaking to|interviewed by|writing in|wrote in|spoke to|appeared on|posted on|wrote on|post on|said on|speaking on) (?P<outlet>{OUTLET})",
        rf"\b[Aa]ccording to (?:an? )?(?:report (?:in|by|on|from) )?(?P<outlet>{OUTLET})",
        rf"\b(?:reported|published|broadcast|quoted|leaked|seen|obtained) (?:[a-z]+ )?(?:by|in|to) (?P<outlet>{OUTLET})",
        rf"(?P<outlet>\b[Tt]he {CAPITAL}(?: {CAPITAL})*|{CAPITAL}(?: {CAPITAL})+) (?:reported|reports|said|says|quoted|claimed)\b",
    )
]
THE_PAPER = re.compile(r"\b[Tt]he (?:newspaper|paper|broadcaster|agency|station|magazine)\b")
CALENDAR = frozenset([*MONTHS, *WEEKDAYS])


def relay_in(
    text: str, start: int, end: int, people: People, *, told: bool = False
) -> tuple[str, ...]:
    """Papers, agencies and broadcasters that ``text[start:end]`` names as the way the words came."""
    found: list[tuple[int, str]] = []
    clause = text[start:end]
    for number, pattern in enumerate(RELAYS[:1] if told else RELAYS):
        for match in pattern.finditer(clause):
            words = match["outlet"].strip()
            plain = re.sub(r"^[Tt]he ", "", words)
            if people.known(plain) is not None or plain.split()[0].lower() in CALENDAR:
                continue
            on_a_platform = number == 1 and re.search(
                r"\bon$", clause[: match.start("outlet")].rstrip()
            )
            if is_outlet(plain) or on_a_platform or (number == 0 and _no_place(plain)):
                found.append((match.start("outlet"), words))
    if told:
        return tuple(dict.fromkeys(words for _, words in sorted(found)))
    if found_it := THE_PAPER.search(clause):
        told_of = [m.words for m in people.mentions if m.end <= start and is_outlet(m.words)]
        found += [(found_it.start(), f"the {told_of[-1]}")] if told_of else []
    return tuple(dict.fromkeys(words for _, words in sorted(found)))


def _no_place(words: str) -> bool:
    return words in {"this paper", "this newspaper"} or words[:1].isupper()
