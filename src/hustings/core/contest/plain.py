"""Values out of what JSON holds, each with a sentence that names the field where it cannot be meant."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 1_000_000_000
"""No count of people, votes or delegates is larger."""
LONGEST_NAME = 200
DECIMAL = re.compile(r"(\d{1,12})(?:\.(\d{1,20}))?")
FRACTION = re.compile(r"(\d{1,12})/(\d{1,12})")
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"  # controls, ends of lines, and what turns writing round
)

OF_NO_WIDTH = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")
"""What takes no place in print, and may stand in a name that was copied from a page."""

ABOUT_RULES = frozenset(
    {"name", "title", "method", "jurisdiction", "citation", "source", "not_known", "lot_device"}
)
"""What a ruleset says about itself."""
ABOUT_CONTEST = frozenset(
    {"candidates", "contest", "held_on", "newest_report_at", "not_in_this_count"}
)
"""What an input says about the contest that it is of."""


def refuse_unknown(said: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    """``BadInput`` for a name that means nothing here, since what stands under it would not be counted."""
    if unknown := sorted(set(said) - known - ABOUT_RULES - ABOUT_CONTEST):
        raise BadInput(
            f"«{unknown[0][:60]}» means nothing here; there are {', '.join(sorted(known)) or 'none'}.",
            where=where,
        )


def whole(said: Mapping[str, Any], field: str, where: str, *, least: int = 0) -> int:
    """A whole number that has to be there."""
    if said.get(field) is None:
        raise BadInput(f"«{field}» is missing.", where=where)
    return _whole(said[field], field, where, least)


def whole_or_none(said: Mapping[str, Any], field: str, where: str) -> int | None:
    """A whole number, or nothing where nothing is known."""
    return None if said.get(field) is None else _whole(said[field], field, where, 0)


def numbers(said: Mapping[str, Any], field: str, where: str) -> dict[str, int]:
    """Whole numbers by name, in their order; nobody where the field is not there."""
    table = said.get(field)
    if table is None:
        return {}
    if not isinstance(table, dict):
        raise BadInput(f"«{field}» must be numbers by name.", where=where)
    refuse_twins(table, field, where)
    return {
        name_of(name, field, where): _whole(number, f"{field} of {name}", where, 0)
        for name, number in table.items()
    }


def name_of(name: Any, field: str, where: str) -> str:
    """A name to print: not empty, not longer than a line."""
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise BadInput(f"«{field}» needs names of 1 to {LONGEST_NAME} characters.", where=where)
    if hidden := unseen(name):
        raise BadInput(f"A name in «{field}» {hidden}", where=where)
    return name


def unseen(name: str) -> str:
    """What is wrong with a name of which a part cannot be seen in print: a control, a line's end, a turn of direction."""
    found = UNSEEN.search(name)
    if found is None:
        return ""
    around = UNSEEN.sub("…", name)[:60]
    return (
        f"holds a character that cannot be seen (U+{ord(found[0]):04X}): «{around}»; take it out."
    )


def refuse_twins(names: Iterable[Any], field: str, where: str, *, spaces: bool = True) -> None:
    """
    ``BadInput`` where two names look the same: é beside e with an accent, a space of no width, two spaces beside one.

    Without ``spaces`` the last is allowed, as among hundreds of seats, where published sheets have it.
    """
    seen: dict[str, str] = {}
    for name in names:
        if isinstance(name, str):
            twin = seen.setdefault(_as_seen(name, spaces=spaces), name)
            if twin != name:
                raise BadInput(
                    f"«{name[:60]}» stands twice in «{field}», written with different characters that look the same; "
                    "write it one way.",
                    where=where,
                )


def _as_seen(name: str, *, spaces: bool) -> str:
    """What a reader sees of it; joiners stay, since some scripts are read otherwise without them."""
    shown = OF_NO_WIDTH.sub("", unicodedata.normalize("NFC", name))
    return " ".join(shown.split()) if spaces else shown


def text(said: Mapping[str, Any], field: str, where: str, *, default: str = "") -> str:
    """A text, or the default."""
    found = said.get(field, default)
    if not isinstance(found, str):
        raise BadInput(f"«{field}» must be text.", where=where)
    return found


def texts(said: Mapping[str, Any], field: str, where: str) -> dict[str, str]:
    """Texts by name, as citations are; none where the field is not there."""
    table = said.get(field, {})
    if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
        raise BadInput(f"«{field}» must be texts by name.", where=where)
    return table


def one_of(said: Mapping[str, Any], field: str, choices: tuple[str, ...], where: str) -> str:
    """One of a few words; the first where none is there."""
    found = said.get(field, choices[0])
    if isinstance(found, str) and found.casefold() in choices:
        return found.casefold()
    if found not in choices:
        listed = ", ".join(choice for choice in choices if choice)
        raise BadInput(f"«{field}» must be one of {listed}.", where=where)
    return str(found)


def fraction(value: Any, field: str, where: str) -> Fraction:
    """A whole number, "7/5" or "0.15"; a float is refused, since it is not what was written."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
        return Fraction(value)
    if isinstance(value, str):
        if found := FRACTION.fullmatch(value):
            if int(found[2]):
                return Fraction(int(found[1]), int(found[2]))
        elif DECIMAL.fullmatch(value):
            return Fraction(value)
    raise BadInput(f'«{field}» must be written like 3, "7/5" or "0.15".', where=where)


def places(value: Any) -> int:
    """How many digits stand behind the point of a number that was written out."""
    found = DECIMAL.fullmatch(value) if isinstance(value, str) else None
    return len(found[2] or "") if found else 0


def _whole(value: Any, field: str, where: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(f"«{field}» must be a whole number, not «{str(value)[:40]}».", where=where)
    if not least <= value <= MOST:
        least_said = "negative" if value < 0 and least == 0 else f"less than {least}"
        said = f"must not be {least_said}" if value < least else f"is more than {MOST}"
        raise BadInput(f"«{field}» {said}: {value}.", where=where)
    return value
