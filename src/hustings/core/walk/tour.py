"""
One walk through all stops, before anybody divides it.

Greedy edges (Bentley 1992), joined, then improved by 2-opt and Or-opt over neighbour lists with
don't-look bits (Johnson & McGeoch 1997). The price of a leg is its metres and what the campaign would
rather not have: a change of street, a crossing between junctions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from scipy.spatial import cKDTree

from hustings.core.walk.ways import Ways, nearest, stop_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEIGHBOURS = 8
"""Nearest stops that are considered as next ones."""
LONGEST_REVERSAL = 30_000
"""Stops; a longer reversal is not tried, which keeps the time linear."""


def tour_through(
    ways: Ways,
    change_m: float,
    crossing_m: float,
    known: tuple[NDArray[np.int32], NDArray[np.float32]] | None = None,
) -> NDArray[np.int32]:
    """
    An order of all stops, open at both ends.

    Parameters
    ----------
    change_m, crossing_m
        Metres that a change of street, and a crossing between junctions, are worth beyond their own.
    known
        What :func:`nearest` says of these stops, where somebody asked already.
    """
    count = len(ways.x)
    if count < 3:
        return np.arange(count, dtype=np.int32)
    near, metres = known or nearest(ways, min(NEIGHBOURS, count - 1))
    near, metres = near[:, :NEIGHBOURS], metres[:, :NEIGHBOURS]
    price = _prices(ways, near, metres, change_m, crossing_m)
    order = np.argsort(price, axis=1, kind="stable")
    near, price = np.take_along_axis(near, order, axis=1), np.take_along_axis(price, order, axis=1)
    tour = _joined(ways, _greedy(near, price))
    _improve(ways, tour, near, price, change_m, crossing_m)
    return tour


@njit(cache=True)
def leg_price(ways, i, j, change_m, crossing_m):  # type: ignore[no-untyped-def]  # compiled
    """Metres of a leg, and what it has that nobody wants."""
    price = stop_metres(ways, i, j)
    if ways.street[i] != ways.street[j]:
        price += change_m
    elif ways.edge[i] == ways.edge[j] and ways.side[i] != ways.side[j]:
        price += crossing_m
    return price


@njit(cache=True)
def _prices(ways, near, metres, change_m, crossing_m):  # type: ignore[no-untyped-def]  # compiled
    price = metres.copy()
    for i in range(near.shape[0]):
        for k in range(near.shape[1]):
            j = near[i, k]
            if j != i:
                if ways.street[i] != ways.street[j]:
                    price[i, k] += change_m
                elif ways.edge[i] == ways.edge[j] and ways.side[i] != ways.side[j]:
                    price[i, k] += crossing_m
    return price


def _greedy(near: NDArray[np.int32], price: NDArray[np.float32]) -> NDArray[np.int32]:
    """Link the cheapest pairs first; returns up to two links of each stop, -1 where open."""
    count, width = near.shape
    own = np.repeat(np.arange(count, dtype=np.int32), width)
    other = near.ravel()
    once = (own < other) | ~_is_mutual(near, own, other)
    once &= np.isfinite(price.ravel()) & (own != other)
    pairs = np.flatnonzero(once)
    order = pairs[np.argsort(price.ravel()[pairs], kind="stable")]
    links = np.full((count, 2), -1, np.int32)
    root = np.arange(count, dtype=np.int32)
    _link(own[order], other[order], links, root)
    return links


@njit(cache=True)
def _is_mutual(near, own, other):  # type: ignore[no-untyped-def]  # compiled
    mutual = np.zeros(len(own), np.bool_)
    for at in range(len(own)):
        for k in range(near.shape[1]):
            if near[other[at], k] == own[at]:
                mutual[at] = True
                break
    return mutual


@njit(cache=True)
def _root_of(root, i):  # type: ignore[no-untyped-def]  # compiled
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


@njit(cache=True)
def _link(own, other, links, root):  # type: ignore[no-untyped-def]  # compiled
    for at in range(len(own)):
        i, j = own[at], other[at]
        if links[i, 1] >= 0 or links[j, 1] >= 0:
            continue
        a, b = _root_of(root, i), _root_of(root, j)
        if a == b:
            continue
        root[a] = b
        links[i, 0 if links[i, 0] < 0 else 1] = j
        links[j, 0 if links[j, 0] < 0 else 1] = i


def _joined(ways: Ways, links: NDArray[np.int32]) -> NDArray[np.int32]:
    """Join the pieces at their ends, nearest first, round after round, until one is left."""
    count = len(links)
    root = np.arange(count, dtype=np.int32)
    _roots(links, root)
    while True:
        ends = np.flatnonzero(links[:, 1] < 0).astype(np.int32)
        if len(np.unique(root[ends])) <= 1:
            break
        points = np.column_stack([ways.x[ends], ways.y[ends]])
        wide = min(len(ends), 12)
        close = np.asarray(cKDTree(points).query(points, k=wide)[1]).reshape(len(ends), -1)
        own = np.repeat(ends, wide)
        other = ends[close].ravel()
        apart = root[own] != root[other]
        if not apart.any():
            # All near ends are of the same piece: chain the pieces as they lie, west to east.
            _chain(ways, links, root, ends)
            break
        own, other = own[apart], other[apart]
        metres = _pair_metres(ways, own, other)
        order = np.argsort(metres, kind="stable")
        _link(own[order], other[order], links, root)
        _roots(links, root)
    return np.asarray(_walk_links(links))


def _chain(
    ways: Ways, links: NDArray[np.int32], root: NDArray[np.int32], ends: NDArray[np.int32]
) -> None:
    pieces: dict[int, list[int]] = {}
    for end in ends[np.argsort(ways.x[ends], kind="stable")]:
        pieces.setdefault(int(root[end]), []).append(int(end))
    last = -1
    for piece in pieces.values():
        first, final = piece[0], piece[-1]
        if last >= 0:
            for i, j in ((last, first), (first, last)):
                links[i, 0 if links[i, 0] < 0 else 1] = j
        last = final


@njit(cache=True)
def _roots(links, root):  # type: ignore[no-untyped-def]  # compiled
    for i in range(len(root)):
        root[i] = i
    for i in range(len(root)):
        for k in range(2):
            if links[i, k] >= 0:
                a, b = _root_of(root, i), _root_of(root, links[i, k])
                if a != b:
                    root[a] = b
    for i in range(len(root)):
        root[i] = _root_of(root, i)


@njit(cache=True)
def _pair_metres(ways, own, other):  # type: ignore[no-untyped-def]  # compiled
    metres = np.empty(len(own), np.float32)
    for at in range(len(own)):
        metres[at] = stop_metres(ways, own[at], other[at])
    return metres


@njit(cache=True)
def _walk_links(links):  # type: ignore[no-untyped-def]  # compiled
    count = len(links)
    tour = np.empty(count, np.int32)
    here = 0
    for i in range(count):
        if links[i, 1] < 0:
            here = i
            break
    before = -1
    for at in range(count):
        tour[at] = here
        onward = links[here, 0] if links[here, 0] != before else links[here, 1]
        before, here = here, onward
    return tour


@njit(cache=True)
def _improve(ways, tour, near, price, change_m, crossing_m):  # type: ignore[no-untyped-def]  # compiled
    """2-opt and Or-opt in place; the tour is open, so a missing neighbour costs nothing."""
    count = len(tour)
    place = np.empty(count, np.int32)
    for at in range(count):
        place[tour[at]] = at
    queue = tour.copy()
    queued = np.ones(count, np.bool_)
    state = np.array([0, count])  # where the queue begins, how many wait
    while state[1] > 0:
        i = queue[state[0]]
        state[0] = (state[0] + 1) % count
        state[1] -= 1
        queued[i] = False
        while _two_opt(
            ways, tour, place, near, price, i, change_m, crossing_m, queue, queued, state
        ) or _or_opt(ways, tour, place, near, price, i, change_m, crossing_m, queue, queued, state):
            pass


@njit(cache=True)
def _wake(stop, queue, queued, state):  # type: ignore[no-untyped-def]  # compiled
    if stop >= 0 and not queued[stop]:
        queue[(state[0] + state[1]) % len(queue)] = stop
        state[1] += 1
        queued[stop] = True


@njit(cache=True)
def _at(tour, position):  # type: ignore[no-untyped-def]  # compiled
    return tour[position] if 0 <= position < len(tour) else np.int32(-1)


@njit(cache=True)
def _leg(ways, i, j, change_m, crossing_m):  # type: ignore[no-untyped-def]  # compiled
    """The price of a leg; nothing where the tour ends."""
    if i < 0 or j < 0:
        return np.float32(0.0)
    return np.float32(leg_price(ways, i, j, change_m, crossing_m))


@njit(cache=True)
def _reverse(tour, place, low, high):  # type: ignore[no-untyped-def]  # compiled
    while low < high:
        a, b = tour[low], tour[high]
        tour[low], tour[high] = b, a
        place[b], place[a] = low, high
        low += 1
        high -= 1


@njit(cache=True)
def _two_opt(ways, tour, place, near, price, i, change_m, crossing_m, queue, queued, state):  # type: ignore[no-untyped-def]  # compiled
    for direction in (1, -1):
        p = place[i]
        q = _at(tour, p + direction)
        old = _leg(ways, i, q, change_m, crossing_m)
        for k in range(near.shape[1]):
            j = near[i, k]
            if j == i:
                break
            new = price[i, k]
            if new >= old - 0.01:
                break
            r = place[j]
            s = _at(tour, r + direction)
            if s == i or j == q:
                continue
            gain = (
                old
                + _leg(ways, j, s, change_m, crossing_m)
                - new
                - _leg(ways, q, s, change_m, crossing_m)
            )
            if gain <= 0.01:
                continue
            if direction == 1:
                low, high = min(p, r) + 1, max(p, r)
            else:
                low, high = min(p, r), max(p, r) - 1
            if high - low >= LONGEST_REVERSAL:
                continue
            _reverse(tour, place, low, high)
            for stop in (i, j, q, s):
                _wake(stop, queue, queued, state)
            return True
    return False


@njit(cache=True)
def _or_opt(ways, tour, place, near, price, i, change_m, crossing_m, queue, queued, state):  # type: ignore[no-untyped-def]  # compiled
    p = place[i]
    for length in range(1, 4):
        for way in (1, -1):
            if length == 1 and way == -1:
                continue
            low, high = (p, p + length - 1) if way == 1 else (p - length + 1, p)
            if low < 0 or high >= len(tour):
                continue
            far = tour[high] if way == 1 else tour[low]
            before, after = _at(tour, low - 1), _at(tour, high + 1)
            freed = (
                _leg(ways, before, tour[low], change_m, crossing_m)
                + _leg(ways, tour[high], after, change_m, crossing_m)
                - _leg(ways, before, after, change_m, crossing_m)
            )
            if freed <= 0.01:
                continue
            for k in range(near.shape[1]):
                j = near[i, k]
                if j == i:
                    break
                to_j = price[i, k]
                if to_j >= freed:
                    break
                r = place[j]
                if low <= r <= high:
                    continue
                for onward in (1, -1):
                    s_place = r + onward
                    if low <= s_place <= high:
                        continue  # its neighbour is the piece itself
                    s = _at(tour, s_place)
                    added = (
                        to_j
                        + _leg(ways, far, s, change_m, crossing_m)
                        - _leg(ways, j, s, change_m, crossing_m)
                    )
                    if added >= freed - 0.01 or abs(r - p) >= LONGEST_REVERSAL:
                        continue
                    _move(tour, place, low, high, r, onward, way)
                    for stop in (before, after, j, s, i, far):
                        _wake(stop, queue, queued, state)
                    return True
    return False


@njit(cache=True)
def _move(tour, place, low, high, r, onward, way):  # type: ignore[no-untyped-def]  # compiled
    """Put the piece low…high beside position r: after it (onward 1) or before; its near end next to it."""
    length = high - low + 1
    piece = tour[low : high + 1].copy()
    near_first = way == 1  # the near end is the piece's first stop
    flip = near_first != (onward == 1)
    if r > high:
        last = r if onward == 1 else r - 1
        for at in range(high + 1, last + 1):
            tour[at - length] = tour[at]
            place[tour[at - length]] = at - length
        begin = last - length + 1
    else:
        first = r + 1 if onward == 1 else r
        for at in range(low - 1, first - 1, -1):
            tour[at + length] = tour[at]
            place[tour[at + length]] = at + length
        begin = first
    for k in range(length):
        tour[begin + k] = piece[length - 1 - k] if flip else piece[k]
        place[tour[begin + k]] = begin + k
