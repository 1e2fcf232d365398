"""
What stays as it is while a chunk of walks is searched, and what a walk is worth.

The small functions take plain arrays: a tuple handed to them thousands of times would cost more than they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from hustings.core.turf.connect import pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.connect import Sides
    from hustings.core.walk.ways import Ways

EXCESS_M = 300.0
"""What each door or minute more than a walk may hold is held to cost, in metres."""
PIECE_M = 2_000.0
"""What each piece more than one that a walk is in is held to cost, in metres."""


class Chunk(NamedTuple):
    """
    What stays as it is.

    Parameters
    ----------
    metres, price
        Between the chunk's stops, m × m.
    close
        The nearest stops of each by price, itself first.
    begin, finish
        Price of beginning and ending a walk at each stop.
    loop
        Walks end where they began.
    load, load_per_metre
        What each stop and each metre weigh.
    most
        The most a walk may weigh.
    least, short
        The least a walk should weigh, and what one that weighs nothing costs for it.
    walk_price
        What each walk costs that there is.
    street, street_price
        Street of each stop (0…, -1 none); price of each further walk a street falls into.
    street_start, street_stops
        The stops of each street: where they begin in the second array.
    """

    metres: NDArray[np.float32]
    price: NDArray[np.float32]
    close: NDArray[np.int32]
    begin: NDArray[np.float64]
    finish: NDArray[np.float64]
    loop: bool
    load: NDArray[np.float64]
    load_per_metre: float
    most: float
    least: float
    short: float
    walk_price: float
    street: NDArray[np.int32]
    street_price: NDArray[np.float64]
    street_start: NDArray[np.int64]
    street_stops: NDArray[np.int64]
    priced: bool


class Ground(NamedTuple):
    """
    Where the stops of a chunk stand among all others, to tell whether walks hang together.

    Parameters
    ----------
    ways, sides
        All stops of the place.
    stops
        The chunk's, in the chunk's order.
    owner
        Of each stop of the place the row of its walk; -9 outside the chunk. Kept up to date.
    minded
        Whether pieces count at all.
    """

    ways: Ways
    sides: Sides
    stops: NDArray[np.int64]
    owner: NDArray[np.int32]
    minded: bool


@njit(cache=True)
def random(chance):  # type: ignore[no-untyped-def]  # compiled
    """xorshift64*: 0 ≤ … < 1."""
    x = chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    chance[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True)
def weight(load, metres, per_metre, loop, row, n):  # type: ignore[no-untyped-def]  # compiled
    """What a walk weighs."""
    total = 0.0
    for at in range(n):
        total += load[row[at]]
    if per_metre > 0.0:
        for at in range(1, n):
            total += per_metre * metres[row[at - 1], row[at]]
        if loop and n > 1:
            total += per_metre * metres[row[n - 1], row[0]]
    return total


@njit(cache=True)
def size_price(n, load, most, least, short, walk_price):  # type: ignore[no-untyped-def]  # compiled
    """The price of a walk as such, and of one too small or too large; nothing for one that is gone."""
    if n == 0:
        return 0.0
    if load > most:
        return walk_price + EXCESS_M * (load - most)
    if load >= least:
        return walk_price
    return walk_price + short * (1.0 - load / least)


@njit(cache=True)
def legs_price(price, begin, finish, loop, row, n):  # type: ignore[no-untyped-def]  # compiled
    """A walk's legs, and the way there and back or the leg that closes the loop."""
    if n == 0:
        return 0.0
    cost = begin[row[0]] + finish[row[n - 1]]
    for at in range(1, n):
        cost += price[row[at - 1], row[at]]
    if loop:
        cost += price[row[n - 1], row[0]]
    return cost


@njit(cache=True)
def enter(s, r, street_price, holds, walks_of):  # type: ignore[no-untyped-def]  # compiled
    """Count a stop of street s in walk r; returns what the split that this makes costs."""
    if s < 0:
        return 0.0
    holds[s, r] += 1
    if holds[s, r] == 1:
        walks_of[s] += 1
        if walks_of[s] > 1:
            return street_price[s]
    return 0.0


@njit(cache=True)
def leave(s, r, street_price, holds, walks_of):  # type: ignore[no-untyped-def]  # compiled
    """Count it no more; returns what the split that ends had cost."""
    if s < 0:
        return 0.0
    holds[s, r] -= 1
    if holds[s, r] == 0:
        walks_of[s] -= 1
        if walks_of[s] > 0:
            return street_price[s]
    return 0.0


@njit(cache=True)
def recount(old, n, new, m, r, street, street_price, holds, walks_of):  # type: ignore[no-untyped-def]  # compiled
    """Walk r has other stops; returns what its split streets cost more."""
    more = 0.0
    for at in range(n):
        more -= leave(street[old[at]], r, street_price, holds, walks_of)
    for at in range(m):
        more += enter(street[new[at]], r, street_price, holds, walks_of)
    return more


@njit(cache=True)
def own(stops, owner, row, n, r):  # type: ignore[no-untyped-def]  # compiled
    """Note that these stops belong to row r."""
    for at in range(n):
        owner[stops[row[at]]] = r


@njit(cache=True)
def pieces_more(ground, row, n, r, root, everywhere):  # type: ignore[no-untyped-def]  # compiled
    """Pieces more than one that a walk is in, all owners being noted. The last two are room."""
    if n == 0:
        return 0
    for at in range(n):
        everywhere[at] = ground.stops[row[at]]
    return pieces(ground.ways, ground.sides, everywhere, n, np.int32(r), ground.owner, root) - 1
