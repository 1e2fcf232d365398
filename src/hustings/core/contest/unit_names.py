"""How a unit is written: one key for "Polk-ALTOONA-1", "Altoona 01" and «ALTOONA 1» in the county Polk."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

NOT_A_LETTER = re.compile(r"[^0-9a-z]+")
LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


def folded(text: str) -> str:
    """Without case, accents, punctuation and leading zeros."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if not plain.isascii():
        return " ".join(plain.split())
    return LEADING_ZEROS.sub("", NOT_A_LETTER.sub(" ", plain)).strip()


def unit_key(area: str, name: str) -> str:
    """Area and name; an area that the name begins with is not said twice."""
    within, called = folded(area), folded(name)
    if within and called.startswith(f"{within} "):
        called = called[len(within) + 1 :]
    return f"{within}|{called}"


@dataclass(slots=True)
class Known[Unit: Hashable]:
    """Units by code, by name and by the names they had in other files; a name that two units have finds neither."""

    codes: Mapping[str, Unit]
    aliases: Mapping[str, Unit]
    _names: dict[str, Unit | None] = field(default_factory=dict)

    def name(self, names: Iterable[tuple[str, str, Unit]]) -> None:
        """Take in area, name and unit."""
        for area, called, unit in names:
            key = unit_key(area, called)
            self._names[key] = None if self._names.get(key, unit) != unit else unit

    def find(self, code: str, area: str, called: str) -> tuple[str, Unit] | None:
        """How it was found ("code", "name", "alias"), and the unit; nothing where somebody must say."""
        if code and (unit := self.codes.get(code)) is not None:
            return "code", unit
        key = unit_key(area, called)
        if (unit := self.aliases.get(key)) is not None:
            return "alias", unit
        if (unit := self._names.get(key)) is not None:
            return "name", unit
        return None
