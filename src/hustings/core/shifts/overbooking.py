"""
How many to sign up, so that the chance that more come than there is room for stays small.

Of people who said yes some do not come. The campaign's own figures say which share does, and how surely: after c of
n came, the share is spread as Beta(1 + c, 1 + n − c), and how many of the next m come as the beta-binomial of it.
While the figures are few, one in two is planned on instead. Everything here is a sum of whole-numbered terms.
``docs/methods/overbooking.md`` says where this comes from and what it does not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, fsum, lgamma

CHANCE = 0.1
"""At most this chance that more come than there is room for."""
FEWEST = 20
"""So many who said yes and of whom somebody wrote down whether they came; with fewer, one in two is planned on."""
ONE_IN_TWO = 0.5
"""Published rules of thumb: completion 40–80 % (democrats.org), plan on half (thecampaignworkshop.com)."""
MOST = 5_000
"""Nobody is told to sign up more than this."""
LIMITS = 0.05
"""On each side of what the share is said to be."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of so many who said yes, so many came; nobody is counted of whom nothing was written down."""

    said_yes: int
    came: int

    @property
    def are_few(self) -> bool:
        """Whether they say too little to plan on."""
        return self.said_yes < FEWEST


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    How many to sign up.

    Parameters
    ----------
    sign_up
        So many, and never fewer than there is room for.
    chance
        That more come than there is room for, if so many are signed up.
    low, high
        The share who come lies between these nine times in ten; both a half where one in two is planned on.
    own
        From the campaign's own figures, not from the rule of thumb.
    """

    sign_up: int
    chance: float
    share: float
    low: float
    high: float
    own: bool


def chance_of_more(room: int, signed_up: int, figures: Figures) -> float:
    """The chance that more than ``room`` of those signed up come."""
    if signed_up <= room:
        return 0.0
    if figures.are_few:
        ways = sum(comb(signed_up, k) for k in range(room + 1, signed_up + 1))
        return float(Fraction(ways, 2**signed_up))
    a, b = 1 + figures.came, 1 + figures.said_yes - figures.came
    return fsum(_term(k, signed_up, a, b) for k in range(room + 1, signed_up + 1))


def suggest(room: int, figures: Figures) -> Suggestion:
    """
    The most that may be signed up so that the chance stays at or below :data:`CHANCE`.

    The chance grows with every one who is signed up, so that the number can be sought by halves.
    """
    enough, too_many = room, room + 1
    while too_many <= MOST and chance_of_more(room, too_many, figures) <= CHANCE:
        enough, too_many = too_many, too_many * 2
    while too_many - enough > 1:
        middle = (enough + too_many) // 2
        if middle <= MOST and chance_of_more(room, middle, figures) <= CHANCE:
            enough = middle
        else:
            too_many = middle
    chance = chance_of_more(room, enough, figures)
    if figures.are_few:
        return Suggestion(enough, chance, ONE_IN_TWO, ONE_IN_TWO, ONE_IN_TWO, own=False)
    low, high = (share_below(figures, part) for part in (LIMITS, 1 - LIMITS))
    return Suggestion(enough, chance, figures.came / figures.said_yes, low, high, own=True)


def share_below(figures: Figures, part: float) -> float:
    """The share of which the figures say that the true one lies below it with this probability."""
    a, n = 1 + figures.came, 1 + figures.said_yes
    low, high = 0.0, 1.0
    for _turn in range(50):
        middle = (low + high) / 2
        # Beta(a, n + 1 - a) lies below x as often as a coin that falls so with x does at least a times of n.
        if fsum(comb(n, k) * middle**k * (1 - middle) ** (n - k) for k in range(a, n + 1)) < part:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _term(k: int, n: int, a: int, b: int) -> float:
    """Of n more, exactly k come: C(n, k) · B(k + a, n − k + b) / B(a, b)."""
    return exp(_log_choose(n, k) + _log_beta(k + a, n - k + b) - _log_beta(a, b))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _log_beta(a: int, b: int) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
