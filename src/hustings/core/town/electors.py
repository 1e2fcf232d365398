"""
Invented electors: names of many origins, put together by chance; no real person is meant.

Made one at a time, so that a register of a million rows can be written without holding it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.core.town.town import Town

FORENAMES = (
    "Ada Adeola Aiko Alan Aleksy Alice Amara Amir Ana Andrzej Anita Arjun Asha Ayo Bao Beatriz Ben "
    "Bilal Bronwen Carlos Carys Chidi Chloe Ciara Daniel Deepa Diego Dilys Duc Eilidh Elena Elif "
    "Emeka Emma Esi Ewan Farah Fatima Femi Fiona Gareth Grace Gwen Hana Hassan Helen Hiroshi Huda "
    "Hugh Ifan Ines Irena Isla Ivan Jack Jamila Jan Jasmine Joan Jorge Joy Kaito Karen Karim Kavita "
    "Kofi Kwame Lan Leila Lena Liam Lucia Magda Maeve Malik Mari Mark Mei Miguel Mina Mohan Musa "
    "Nadia Nala Naomi Neha Nia Niamh Noah Nour Olga Olu Omar Owen Pavel Petra Priya Quyen Rafael "
    "Rajesh Rania Rhys Rosa Ruth Sadia Sam Samira Sana Sean Seren Sofia Stefan Sunita Tariq Tess "
    "Tomasz Tunde Uma Vera Viktor Wei Winston Xiomara Yara Yusuf Zainab Zara Zoe"
).split()
SURNAME_BEGINNINGS = (
    "Aber Ado Ahm Akin Alder Ander Ban Bask Bel Bor Brans Cald Cas Cham Chow Dab Dani Dev Dra Eke "
    "Elm Fal Far Fern Gan Gold Grish Gwyn Haj Harg Hass Hoff Iv Jan Jar Kal Kam Kin Kow Kum Lang "
    "Lewan Lind Mah Mar Mas Mend Mor Nak Nam Ndi Nov Obi Okon Ols Pat Pen Pet Quin Rad Ram Ros Sad "
    "Sal Sand Sing Sor Sva Tak Tam Tan Thorn Ub Val Van Vas War Whit Wis Yam Zak Zel"
).split()
SURNAME_ENDINGS = (
    "ade ai am an ani ar ash berg by chi dez ek elle en er ers es eva evic field han hi hurst i ian "
    "ic idge ini ita ka ki kov ley li man more moto mura nez ney o ola oni or os ova ovic quist ras "
    "sen ski son stone sen ton ura us well wick wood worth wu ya yan zak"
).split()


@dataclass(frozen=True, slots=True)
class Elector:
    """
    One invented elector.

    ``number`` counts from 1 within the polling district, in the order of the register; ``marker`` is
    the franchise marker, empty for most, and ``attains`` the day an attainer turns 18, as text.
    """

    door: int
    district: str
    number: int
    forename: str
    surname: str
    marker: str
    attains: str

    @property
    def code(self) -> str:
        """District and number, as printed on a walk: AB1-17."""
        return f"{self.district}-{self.number}"


def invent_electors(town: Town, seed: int, *, year: int = 2026) -> Iterator[Elector]:
    """
    The electors behind every door of a town, by polling district, street, number and flat.

    As many behind each door as ``town.doors.people`` says; people of one door mostly share a name.
    """
    doors = town.doors
    order = np.lexsort((town.unit, doors.house, doors.street, doors.district))
    rng = np.random.default_rng([seed, len(doors), 7])
    before, number = -1, 0
    for door, family in zip(order, rng.integers(0, 1 << 40, len(order)), strict=True):
        district = int(doors.district[door])
        if district != before:
            before, number = district, 0
        chance = int(family)
        for member in range(int(doors.people[door])):
            number += 1
            # a multiplicative step through the numbers below 2**40 keeps this free of state
            chance = (chance * 6_364_136_223 + 1_442_695_041) % (1 << 40)
            surname = int(family) if member == 0 or chance % 5 else chance
            pick = chance >> 8
            attains = ""
            if pick % 97 == 0:
                attains = f"{1 + pick // 97 % 28:02d}/{1 + pick // 2716 % 12:02d}/{year}"
            yield Elector(
                door=int(door),
                district=town.district_codes[district],
                number=number,
                forename=FORENAMES[pick % len(FORENAMES)],
                surname=_surname(surname >> 6),
                marker="" if pick % 19 else "GBK"[pick // 19 % 3],
                attains=attains,
            )


def _surname(n: int) -> str:
    n, beginning = divmod(n, len(SURNAME_BEGINNINGS))
    return SURNAME_BEGINNINGS[beginning] + SURNAME_ENDINGS[n % len(SURNAME_ENDINGS)]
