"""Where a lot is the drawing of cards: whether those that are on record decided as they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.core.contest.lot import Lot
    from hustings.core.contest.tie import Tie


@dataclass(frozen=True, slots=True)
class Deck:
    """Ranks and suits, each from the lowest to the highest; the suit decides between cards of one rank."""

    ranks: tuple[str, ...]
    suits: tuple[str, ...]

    @classmethod
    def read(cls, said: Any, where: str) -> Deck:
        """``BadInput`` where the rules do not say both."""
        try:
            ranks, suits = tuple(said["ranks"]), tuple(said["suits"])
        except (KeyError, TypeError) as error:
            raise BadInput("«high_card» must list «ranks» and «suits».", where=where) from error
        return cls(ranks, suits)

    def height(self, card: Any) -> tuple[int, int]:
        """Where "A of spades" stands in the deck."""
        rank, _, suit = str(card).partition(" of ")
        if rank not in self.ranks or suit not in self.suits:
            raise BadInput(
                f"«{str(card)[:40]}» is no card; write it like «{self.ranks[-1]} of {self.suits[-1]}»."
            )
        return self.ranks.index(rank), self.suits.index(suit)

    def confirm(self, lot: Lot, tie: Tie, *, wins: bool) -> None:
        """``BadInput`` where the high cards are not with those who keep or get the delegate."""
        cards = lot.record["cards"]
        if not isinstance(cards, dict) or set(cards) != set(tie.among):
            raise BadInput(
                f"The cards for «{tie.step}» must be one for each of {', '.join(tie.among)}."
            )
        heights = {group: self.height(card) for group, card in cards.items()}
        if len(set(heights.values())) != len(heights):
            raise BadInput(f"The same card was drawn twice for «{tie.step}»; there is one of each.")
        order = sorted(tie.among, key=lambda group: heights[group], reverse=wins)
        if set(order[: tie.choose]) != set(lot.chosen):
            raise BadInput(
                f"By the cards the lot for «{tie.step}» fell on {', '.join(order[: tie.choose])}, "
                f"not on {', '.join(lot.chosen)}."
            )
