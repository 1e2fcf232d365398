"""Arguments of the pure commands: one sentence when they are wrong, and places that may begin with a minus."""

from __future__ import annotations

import argparse
import math
from datetime import date
from typing import NoReturn

from hustings.core.errors import BadInput


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.")


def joined(argv: list[str], option: str) -> list[str]:
    """The same arguments, with the value of ``option`` joined to it, since it may begin with a minus."""
    result: list[str] = []
    for argument in argv:
        if result and result[-1] == option:
            result[-1] = f"{option}={argument}"
        else:
            result.append(argument)
    return result


def place(text: str) -> tuple[float, float]:
    """LON,LAT in degrees."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        lon = lat = math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise argparse.ArgumentTypeError(
            f"«{text[:40]}» is no place; write LON,LAT in degrees, for example -0.01,51.58"
        )
    return lon, lat


def turfs(text: str) -> frozenset[int]:
    """T,T,… as turf numbers."""
    try:
        numbers = frozenset(int(part) for part in text.split(","))
    except ValueError:
        numbers = frozenset({0})
    if min(numbers) < 1:
        raise argparse.ArgumentTypeError(f"«{text[:40]}» are no turf numbers; write 3 or 3,17")
    return numbers


def whole(text: str) -> int:
    """A whole number, 1 or more."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) < 2_000_000_000:
        raise argparse.ArgumentTypeError(f"«{text[:40]}» is no whole number of 1 or more")
    return int(text)


def day(text: str) -> date:
    """YYYY-MM-DD."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or text != found.isoformat():
        raise argparse.ArgumentTypeError(f"«{text[:40]}» is no day; write it like 2026-11-26")
    return found


def amount(text: str) -> float:
    """A number, 0 or more."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError(f"«{text[:40]}» is no number of 0 or more")
    return value


def above_nothing(text: str) -> float:
    """A number above 0."""
    value = amount(text)
    if value == 0:
        raise argparse.ArgumentTypeError("0 is not enough; write a number above 0")
    return value
