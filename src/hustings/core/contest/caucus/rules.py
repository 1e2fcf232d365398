"""The rules of one caucus, as its ruleset file says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.contest.caucus.cards import Deck
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

MOST_MEMBERS = "most members"
FIELDS = frozenset(
    {
        "viability",
        "round_up_from",
        "too_many_groups",
        "locked",
        "tie_places",
        "further_passes",
        "high_card",
    }
)
SMALLEST_REALIGN, ADD_DELEGATES = "smallest realign", "add delegates"


@dataclass(frozen=True, slots=True)
class Viable:
    """Units of up to this many delegates ask for this share of those who attended; ``None`` is "no groups at all"."""

    up_to: int | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class CaucusRules:
    """
    What a ruleset says.

    ``tie_places`` is to how many decimal places two numbers are compared, ``None`` where exactly.
    ``locked`` says that who is in a viable group after the first alignment stays there.
    ``further_passes`` says whether the rule covers delegates that are left when each group had one more already.
    """

    name: str
    viability: tuple[Viable, ...]
    round_up_from: Fraction
    too_many_groups: str
    locked: bool
    tie_places: int | None
    further_passes: bool
    citation: Mapping[str, str]
    cards: Deck | None = None

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> CaucusRules:
        """``BadInput`` names the field that cannot be meant."""
        where = f"rules {said.get('name', '')}".strip()
        plain.refuse_unknown(said, FIELDS, where)
        if "too_many_groups" not in said:
            raise BadInput(
                f"«too_many_groups» is missing; it must be {SMALLEST_REALIGN} or {ADD_DELEGATES}.",
                where=where,
            )
        table = said.get("viability")
        if not isinstance(table, list) or not table:
            raise BadInput("«viability» must be a list of shares.", where=where)
        viability = tuple(_viable(row, where) for row in table)
        limits = [row.up_to for row in viability if row.up_to is not None]
        if (
            viability[-1].up_to is not None
            or limits != sorted(set(limits))
            or len(limits) != len(viability) - 1
        ):
            raise BadInput(
                "«viability» must go up, and only its last row has no «up_to».", where=where
            )
        locked, further = said.get("locked", False), said.get("further_passes", False)
        if not isinstance(locked, bool) or not isinstance(further, bool):
            raise BadInput("«locked» and «further_passes» must be true or false.", where=where)
        return cls(
            name=plain.text(said, "name", where),
            viability=viability,
            round_up_from=plain.fraction(said.get("round_up_from", "1/2"), "round_up_from", where),
            too_many_groups=plain.one_of(
                said, "too_many_groups", (SMALLEST_REALIGN, ADD_DELEGATES), where
            ),
            locked=locked,
            tie_places=plain.whole_or_none(said, "tie_places", where),
            further_passes=further,
            citation=plain.texts(said, "citation", where),
            cards=Deck.read(said["high_card"], where) if "high_card" in said else None,
        )

    def share(self, delegates: int) -> Fraction | None:
        """What share of those who attended makes a group viable here; ``None``: no groups, the most members have it."""
        return next(
            row.share for row in self.viability if row.up_to is None or delegates <= row.up_to
        )

    def least_members(self, delegates: int, attendance: int) -> int | None:
        """The viability threshold in people, always rounded up."""
        share = self.share(delegates)
        if share is None:
            return None
        return -(-attendance * share.numerator // share.denominator)

    def says(self, topic: str) -> str:
        """Where it is written."""
        return self.citation.get(topic, "")


def _viable(row: Any, where: str) -> Viable:
    if not isinstance(row, dict):
        raise BadInput("«viability» must be a list of shares.", where=where)
    plain.refuse_unknown(row, frozenset({"up_to", "share"}), where)
    share = row.get("share")
    return Viable(
        up_to=plain.whole_or_none(row, "up_to", where),
        share=None if share == MOST_MEMBERS else plain.fraction(share, "share", where),
    )
