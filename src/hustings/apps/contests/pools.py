"""
The pools that a contest's delegates to the convention are given from: its districts, at large, and party leaders.

What was said of them is one value of the contest, ``{"districts": [["1", 8], …], "at_large": 9, "pleo": 6}``: a
table of JSON keeps no order of names, a list does. Without any of it all delegates of a primary are one pool.

The rules of a caucus say how a room is counted, so the values of those by which its pools are given stand with them,
under ``rules``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.core.contest.plain import unseen
from hustings.core.contest.unit_names import folded
from hustings.core.errors import BadInput
from hustings.formats.contest import own_ruleset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.contests.models import Contest, Unit

DISTRICT, AT_LARGE, PLEO = "district", "at-large", "pleo"
"""As ``core/contest/delegates`` calls them."""
OF_A_CAUCUS = "dnc-proportional"
"""The rule for primaries and caucuses alike: in a caucus the state delegates take the place of votes."""
MOST_DISTRICTS = 500
MOST_DELEGATES = 10_000
LINE = re.compile(r"([^:\t\x00-\x1f]{1,60})[:\t]\s*(\d{1,6})")


_key = lru_cache(maxsize=4_096)(folded)
"""Each of a few districts is asked for every unit, every time a screen is drawn."""


@dataclass(frozen=True, slots=True)
class Pool:
    """
    Delegates that are given by themselves, and ``name`` as the count names it; of a district also how that is called.

    A district has the units that lie in it, every other pool has all of them.
    """

    name: str
    kind: str
    delegates: int
    district: str = ""

    def has(self, unit: Unit) -> bool:
        """Whether its votes count here."""
        return self.kind != DISTRICT or _key(unit.district) == _key(self.district)

    @property
    def label(self) -> str:
        """To read."""
        if self.kind == DISTRICT:
            return _("District %(name)s") % {"name": self.district}
        return _("At large") if self.kind == AT_LARGE else _("Party leaders and elected officials")


def pools_of(contest: Contest) -> list[Pool]:
    """Districts in the order in which they were said, then at large, then party leaders; none where none was said."""
    said: Mapping[str, Any] = contest.pools
    districts = [
        Pool(f"district {name}", DISTRICT, number, name)
        for name, number in said.get("districts", ())
    ]
    whole = [("at large", AT_LARGE, "at_large"), ("party leaders", PLEO, "pleo")]
    return districts + [Pool(name, kind, said[key]) for name, kind, key in whole if said.get(key)]


def written_down(
    contest_kind: str, said: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What was said, in a caucus with the rules that give its pools; those written down ``before`` stay."""
    if not said or contest_kind != "caucus":
        return dict(said)
    return {**said, "rules": (before or {}).get("rules") or dict(own_ruleset(OF_A_CAUCUS))}


def rules_of(contest: Contest) -> dict[str, Any]:
    """By which its pools are given."""
    found: dict[str, Any] = contest.pools.get("rules") or contest.rules
    return found


def together(said: Mapping[str, Any]) -> int:
    """The delegates of all pools."""
    districts: int = sum(number for _name, number in said.get("districts", ()))
    return districts + int(said.get("at_large", 0)) + int(said.get("pleo", 0))


def districts_said(text: str) -> list[list[Any]]:
    """
    Name and delegates of each district, a line each: «1: 8», or with a tab as a spreadsheet has it.

    Raises
    ------
    BadInput
        With the line that cannot be meant.
    """
    found: list[list[Any]] = []
    seen: set[str] = set()
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = LINE.fullmatch(line.strip())
        name = " ".join(read[1].split()) if read else ""
        if (
            read is None
            or not folded(name)
            or unseen(name)
            or not 0 < int(read[2]) <= MOST_DELEGATES
        ):
            raise BadInput(
                _("Line %(line)s: write a district and its delegates as «1: 8», not «%(said)s».")
                % {"line": place, "said": line.strip()[:40]}
            )
        if folded(name) in seen:
            raise BadInput(
                _("Line %(line)s: the district «%(name)s» is there twice.")
                % {"line": place, "name": name}
            )
        seen.add(folded(name))
        found.append([name, int(read[2])])
    if len(found) > MOST_DISTRICTS:
        raise BadInput(_("There are at most %(most)s districts.") % {"most": MOST_DISTRICTS})
    return found


def as_lines(said: Mapping[str, Any]) -> str:
    """The districts as they are written."""
    return "\n".join(f"{name}: {number}" for name, number in said.get("districts", ()))


def district_called(contest: Contest, written: str) -> str:
    """
    A unit's district as the contest calls it; as it was written where the contest has none yet.

    Raises
    ------
    BadInput
        Where the contest has districts, and this is none of them.
    """
    names = [name for name, _number in contest.pools.get("districts", ())]
    if not names:
        return written
    for name in names:
        if folded(name) == folded(written):
            return str(name)
    raise BadInput(
        _("«%(name)s» is no district of this contest; there are %(names)s.")
        % {"name": written[:40], "names": ", ".join(names[:20])}
    )
