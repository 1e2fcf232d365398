"""An invented register of any size, in the UK 14-column layout: the same file for the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,"
    "Elector Surname,Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6"
)
_START = [
    "Ba",
    "Be",
    "Bo",
    "Ca",
    "Co",
    "Da",
    "De",
    "Fa",
    "Fe",
    "Ga",
    "Go",
    "Ha",
    "He",
    "Ja",
    "Jo",
    "Ka",
    "Ke",
    "La",
    "Le",
    "Ma",
    "Me",
    "Mo",
    "Na",
    "Ne",
    "Pa",
    "Pe",
    "Ra",
    "Ro",
    "Sa",
    "Se",
    "Ta",
    "Te",
    "Wa",
    "Wi",
]
_MIDDLE = [
    "ber",
    "con",
    "den",
    "fer",
    "gan",
    "hol",
    "kin",
    "lan",
    "man",
    "nor",
    "par",
    "rin",
    "ser",
    "ten",
    "ver",
    "wil",
]
_END = ["son", "ton", "ley", "ford", "man", "er", "ing", "s", "well", "wood", "by", "dale"]
_FIRST = [
    "Ada",
    "Ben",
    "Cara",
    "Dev",
    "Ella",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jack",
    "Kira",
    "Liam",
    "Mona",
    "Noah",
    "Olga",
    "Priya",
    "Quinn",
    "Rosa",
    "Sam",
    "Tara",
    "Uma",
    "Viktor",
    "Wen",
    "Yusuf",
    "Zoë",
]
_STREET = [
    "Lane",
    "Road",
    "Street",
    "Avenue",
    "Close",
    "Way",
    "Grove",
    "Terrace",
    "Mews",
    "Gardens",
]
ELECTORS_A_DOOR = 2.2
DOORS_A_STREET = 45
DISTRICT = 1500


def write_register(path: Path, count: int, seed: int = 1) -> None:
    """``count`` electors: doors of one to six, streets of some 45 doors, districts of 1,500 electors."""
    rng = np.random.default_rng(seed)
    surnames = np.array([a + m + e for a in _START for m in _MIDDLE for e in _END])
    at_door = np.minimum(1 + rng.poisson(ELECTORS_A_DOOR - 1, size=count), 6)
    door = np.repeat(np.arange(count), at_door)[:count]
    street = door // DOORS_A_STREET
    family = surnames[rng.integers(len(surnames), size=int(door.max()) + 1)]
    other = surnames[rng.integers(len(surnames), size=count)]
    surname = np.where(rng.random(count) < 0.7, family[door], other)
    first = np.array(_FIRST)[rng.integers(len(_FIRST), size=count)]
    second = np.array(_FIRST)[rng.integers(len(_FIRST), size=count)]
    markers = rng.choice(np.array(["", "G", "F", "L"]), size=count, p=[0.93, 0.06, 0.008, 0.002])
    attains = rng.random(count) < 0.005
    flat = rng.random(int(door.max()) + 1) < 0.2
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER + "\r\n")
        for begin in range(0, count, 50_000):
            lines = []
            for i in range(begin, min(begin + 50_000, count)):
                d, s = int(door[i]), int(street[i])
                name = f"{surnames[s * 7 % len(surnames)]} {_STREET[s % 10]}"
                house = d % DOORS_A_STREET * 2 + 1
                line1 = f"Flat {d % 9 + 1},{house} {name}" if flat[d] else f"{house} {name}"
                tail = ",Anytown,,," if flat[d] else ",Anytown,,,,"
                code = f"{chr(65 + s % 20)}{chr(65 + s // 20 % 20)}{s // 400 % 9 + 1} {s % 9 + 1}{chr(65 + s // 9 % 20)}{chr(65 + s // 180 % 20)}"
                date = f"{i % 28 + 1:02}/0{i % 9 + 1}/2027" if attains[i] else ""
                lines.append(
                    f"{chr(65 + i // DISTRICT // 26 % 26)}{chr(65 + i // DISTRICT % 26)}{i // DISTRICT // 676},"
                    f"{i % DISTRICT + 1},0,{markers[i]},{date},{surname[i]},{first[i]} {second[i]},{code},"
                    f"{line1}{tail}\r\n"
                )
            out.write("".join(lines))
