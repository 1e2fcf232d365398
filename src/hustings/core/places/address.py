"""
Reading an address as a register writes it: unit, number, street.

British lines ("Flat 3, 12 High Street"), American ones ("123 N MAIN ST APT 4B") and those with the number
behind the street ("Fredrikinkatu 12 B") are all met in registers; none of them says which it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

NUMBER = r"\d+(?:[A-Za-z]|\s[A-DF-MO-RT-VX-Z](?=\s))?(?:\s?[-–/]\s?\d+[A-Za-z]?)?"
"""14, 14a, 14-16, and «14 B» before a street's name, unless the letter may be a direction (N, S, E, W)."""
NUMBER_FIRST = re.compile(rf"^(?P<number>{NUMBER})[, ]\s*(?P<street>.*[^\W\d_].*)$")
NUMBER_LAST = re.compile(
    rf"^(?P<street>[^\d]*[^\W\d_][^\d]*?)\s+(?P<number>{NUMBER})(?:\s+(?P<unit>\S.*))?$"
)
UNIT_WORD = r"(?:flat|apt|apartment|unit|room|studio|maisonette|suite|ste|lot|rm|bsmt|fl|floor|#)"
UNIT_THEN_NUMBER = re.compile(
    rf"^(?P<unit>{UNIT_WORD}\.?\s*#?\s*[\w-]+)\s+(?P<number>{NUMBER})\s+(?P<street>.*[^\W\d_].*)$",
    re.I,
)
UNIT_BEHIND = re.compile(rf"^(?P<street>.*?)[, ]+(?P<unit>{UNIT_WORD}\.?\s*#?\s*[\w-]+)$", re.I)
FLOOR_SAID = re.compile(
    r"\b(?:floor|fl|level)\s*(?P<after>\d+)|\b(?P<before>\d+)(?:st|nd|rd|th)?\s*floor\b", re.I
)
FLOOR_WORDS = {
    "ground": 0,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
}
WHOLE = re.compile(r"\d+")

STREET_WORDS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive",
    "cl": "close", "ct": "court", "cres": "crescent", "gdns": "gardens", "gdn": "garden", "gr": "grove",
    "gro": "grove", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "blvd": "boulevard",
    "pkwy": "parkway", "hwy": "highway", "cir": "circle", "way": "way", "wy": "way", "n": "north", "s": "south",
    "e": "east", "w": "west", "ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest",
    "mt": "mount", "ft": "fort",
}  # fmt: skip


class Address(NamedTuple):
    """
    What an address line says.

    ``number`` is as written (12A, 14-16, or a house's name); ``house`` its leading whole number, or None;
    ``floor`` is 0 where nothing tells it.
    """

    unit: str
    number: str
    street: str
    house: int | None
    floor: int


@lru_cache(maxsize=200_000)
def street_key(street: str) -> str:
    """One key for however a street is written: case, accents, stops and abbreviations aside."""
    plain = unicodedata.normalize("NFKD", street).encode("ascii", "ignore").decode() or street
    words = re.sub(r"[^\w\s]", " ", plain.casefold()).split()
    # "St" before a name is a saint, behind it a street.
    return " ".join(
        word if word == "st" and at == 0 else STREET_WORDS.get(word, word)
        for at, word in enumerate(words)
    )


def number_key(number: str) -> str:
    """One key for however a house number is written: 12a, 12 A, 12A."""
    return re.sub(r"[^0-9a-z/-]", "", number.casefold().replace("–", "-"))


def unit_key(unit: str) -> str:
    """A flat's number or letter without the word before it."""
    return (
        re.sub(rf"^{UNIT_WORD}\b|[^0-9a-z]", "", unit.casefold().strip()) or unit.casefold().strip()
    )


def parse_address(line: str) -> Address:
    """
    Unit, number and street of an address of one or several parts, separated by commas.

    The first part that holds a number and a name is the street; what stands before it is the unit.
    Without any number the first part is the house's name and the second the street.
    """
    parts = [part.strip() for part in line.split(",") if part.strip()]
    for at, part in enumerate(parts):
        before = ", ".join(parts[:at])
        if found := UNIT_THEN_NUMBER.match(part):
            return _address(_join(before, found["unit"]), found["number"], found["street"])
        if found := NUMBER_FIRST.match(part):
            if behind := UNIT_BEHIND.match(found["street"]):
                return _address(_join(before, behind["unit"]), found["number"], behind["street"])
            return _address(before, found["number"], found["street"])
        if (
            re.fullmatch(NUMBER, part)
            and at + 1 < len(parts)
            and not any(c.isdigit() for c in parts[at + 1])
        ):
            return _address(before, part, parts[at + 1])  # "12, High Street"
        if not re.match(rf"{UNIT_WORD}\b", part, re.I) and (found := NUMBER_LAST.match(part)):
            return _address(_join(before, found["unit"] or ""), found["number"], found["street"])
    if len(parts) >= 2:
        return _address("", parts[0], parts[1])
    return _address("", "", parts[0] if parts else "")


def _join(before: str, unit: str) -> str:
    return f"{before}, {unit}" if before and unit else before or unit


def _address(unit: str, number: str, street: str) -> Address:
    number = re.sub(r"\s*([-–/])\s*", r"\1", number.strip())
    whole = WHOLE.match(number)
    return Address(
        unit.strip(), number, street.strip(), int(whole[0]) if whole else None, _floor(unit)
    )


def _floor(unit: str) -> int:
    """The floor that a unit's name tells: in words, or by numbers such as 304 for the third."""
    if not unit:
        return 0
    if said := FLOOR_SAID.search(unit):
        return min(int(said["after"] or said["before"]), 200)
    for word, floor in FLOOR_WORDS.items():
        if re.search(rf"\b{word} floor\b", unit, re.I):
            return floor
    numbers = WHOLE.findall(unit)
    return int(numbers[-1]) // 100 if numbers and 3 <= len(numbers[-1]) <= 4 else 0
