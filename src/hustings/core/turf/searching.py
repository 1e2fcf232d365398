"""
A chunk of walks while it is searched: what stays as it is, what changes, and what a walk is worth.

Both are plain arrays in a named tuple, so that kernels can take them whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTH, SPLIT = 0, 1
"""Places in ``State.price``: of everything, and of the split streets in it."""


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


class State(NamedTuple):
    """
    What changes.

    Parameters
    ----------
    walk, length
        Walks as rows of stops, and how many stops each has; a row of none is a walk that may be begun.
    walk_of, place
        Of each stop its walk (-1 while it is taken out) and its place in it.
    loads, costs
        What each walk weighs and is worth.
    holds, walks_of
        Stops of each street in each walk; walks of each street.
    price
        See ``WORTH`` and ``SPLIT``.
    chance
        Where chance stands.
    """

    walk: NDArray[np.int32]
    length: NDArray[np.int32]
    walk_of: NDArray[np.int32]
    place: NDArray[np.int32]
    loads: NDArray[np.float64]
    costs: NDArray[np.float64]
    holds: NDArray[np.int32]
    walks_of: NDArray[np.int32]
    price: NDArray[np.float64]
    chance: NDArray[np.uint64]


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
def weight(chunk, row, n):  # type: ignore[no-untyped-def]  # compiled
    """What a walk weighs."""
    total = 0.0
    for at in range(n):
        total += chunk.load[row[at]]
    if chunk.load_per_metre > 0.0:
        for at in range(1, n):
            total += chunk.load_per_metre * chunk.metres[row[at - 1], row[at]]
        if chunk.loop and n > 1:
            total += chunk.load_per_metre * chunk.metres[row[n - 1], row[0]]
    return total


@njit(cache=True)
def shortage(chunk, n, load):  # type: ignore[no-untyped-def]  # compiled
    """The price of a walk as such, and of one that is too small; nothing for one that is gone."""
    if n == 0:
        return 0.0
    if load >= chunk.least:
        return chunk.walk_price
    return chunk.walk_price + chunk.short * (1.0 - load / chunk.least)


@njit(cache=True)
def worth(chunk, row, n, load):  # type: ignore[no-untyped-def]  # compiled
    """A walk's price: its legs, the way there and back or the leg that closes the loop, its size."""
    if n == 0:
        return 0.0
    cost = chunk.begin[row[0]] + chunk.finish[row[n - 1]]
    for at in range(1, n):
        cost += chunk.price[row[at - 1], row[at]]
    if chunk.loop:
        cost += chunk.price[row[n - 1], row[0]]
    return cost + shortage(chunk, n, load)


@njit(cache=True)
def enter(chunk, state, v, r):  # type: ignore[no-untyped-def]  # compiled
    """Count stop v's street in walk r."""
    s = chunk.street[v]
    if s >= 0:
        state.holds[s, r] += 1
        if state.holds[s, r] == 1:
            state.walks_of[s] += 1
            if state.walks_of[s] > 1:
                state.price[SPLIT] += chunk.street_price[s]


@njit(cache=True)
def leave(chunk, state, v, r):  # type: ignore[no-untyped-def]  # compiled
    """Count stop v's street in walk r no more."""
    s = chunk.street[v]
    if s >= 0:
        state.holds[s, r] -= 1
        if state.holds[s, r] == 0:
            if state.walks_of[s] > 1:
                state.price[SPLIT] -= chunk.street_price[s]
            state.walks_of[s] -= 1


@njit(cache=True)
def begin_state(chunk, walk, length, seed):  # type: ignore[no-untyped-def]  # compiled
    """The state of these walks; ``walk`` and ``length`` are changed by the search."""
    count, walks = len(chunk.load), len(length)
    state = State(
        walk, length, np.full(count, -1, np.int32), np.zeros(count, np.int32),
        np.zeros(walks), np.zeros(walks),
        np.zeros((max(len(chunk.street_price), 1), walks), np.int32),
        np.zeros(max(len(chunk.street_price), 1), np.int32), np.zeros(2),
        np.array([np.uint64(seed) * np.uint64(2654435769) + np.uint64(88172645463325252)]),
    )  # fmt: skip
    for r in range(walks):
        for at in range(length[r]):
            v = walk[r, at]
            state.walk_of[v], state.place[v] = r, at
            enter(chunk, state, v, r)
        state.loads[r] = weight(chunk, walk[r], length[r])
        state.costs[r] = worth(chunk, walk[r], length[r], state.loads[r])
    state.price[WORTH] = np.sum(state.costs) + state.price[SPLIT]
    return state
