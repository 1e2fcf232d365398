"""
Ruin and recreate: which strings of stops are taken out of walks, and where each stop goes back.

Slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 54, 2020), on open
walks, with a price for every walk more than needed that a street falls into.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from hustings.core.turf.searching import random

STRINGS_AVERAGE, STRING_LONGEST = 15.0, 20
LOOKED_AT = 24
"""Stops beside which a stop may be put back; more only where none of their walks has room."""
BLINK = 0.01


@njit(cache=True)
def how_many_strings(chance):  # type: ignore[no-untyped-def]  # compiled
    """How many walks lose a string, so that so many stops are taken out on average."""
    return int(random(chance) * (4.0 * STRINGS_AVERAGE / (1.0 + STRING_LONGEST) - 1.0) + 1.0)


@njit(cache=True)
def mark_string(walk, n, place, gone, chance):  # type: ignore[no-untyped-def]  # compiled
    """Mark a string round a place of a walk; half of them leave some stops in the middle where they are."""
    size = min(int(random(chance) * min(float(STRING_LONGEST), float(n)) + 1.0), n)
    keep = 0
    if 1 < size < n and random(chance) < 0.5:
        keep = 1
        while size + keep < n and keep < 12 and random(chance) < 0.5:
            keep += 1
    span = size + keep
    low, high = max(0, place - span + 1), min(place, n - span)
    first = low + int(random(chance) * (high - low + 1))
    stay = first + int(random(chance) * (size + 1)) if keep > 0 else -1
    for at in range(first, first + span):
        if not (keep > 0 and stay <= at < stay + keep):
            gone[walk[at]] = True


@njit(cache=True)
def make_room(  # type: ignore[no-untyped-def]  # compiled
    s, street, street_start, street_stops, load, most, walk, length, walk_of, loads, holds, gone,
):  # fmt: skip
    """
    Mark what is not of street s in the walk that has most of it; returns the walk.

    Nothing is marked, and -1 returned, where the rest of the street would fit in beside it.
    """
    mine, rest = -1, 0.0
    for at in range(street_start[s], street_start[s + 1]):
        r = walk_of[street_stops[at]]
        if mine < 0 or holds[s, r] > holds[s, mine]:
            mine = r
    for at in range(street_start[s], street_start[s + 1]):
        if walk_of[street_stops[at]] != mine:
            rest += load[street_stops[at]]
    if loads[mine] + rest <= most:
        return -1
    for at in range(length[mine]):
        if street[walk[mine, at]] != s:
            gone[walk[mine, at]] = True
    return mine


@njit(cache=True)
def street_first(removed, count, street, s):  # type: ignore[no-untyped-def]  # compiled
    """Let the stops of street s go back before all others."""
    first = 0
    for at in range(count):
        if street[removed[at]] == s:
            removed[first], removed[at] = removed[at], removed[first]
            first += 1


@njit(cache=True)
def order_of_return(removed, count, key, load, price, centre, chance):  # type: ignore[no-untyped-def]  # compiled
    """Sort what was taken out: by chance, the heaviest first, the farthest first or the nearest first."""
    choice = random(chance)
    for at in range(count):
        v = removed[at]
        if choice < 0.36:
            key[at] = random(chance)
        elif choice < 0.72:
            key[at] = -load[v] + 1e-6 * random(chance)
        elif choice < 0.9:
            key[at] = -price[centre, v]
        else:
            key[at] = price[centre, v]
    for i in range(1, count):
        v, k = removed[i], key[i]
        at = i
        while at > 0 and key[at - 1] > k:
            removed[at], key[at] = removed[at - 1], key[at - 1]
            at -= 1
        removed[at], key[at] = v, k


@njit(cache=True)
def cheapest_place(  # type: ignore[no-untyped-def]  # compiled
    v, close, price, metres, per_metre, load, most, loop, begin, finish, walk, length, walk_of, place, loads, s,
    apart, holds, opening, chance,
):  # fmt: skip
    """
    The walk and the place that cost least for stop v, beside the stops close to it; -1 where no room is.

    ``apart`` is what it costs that its street s falls into one more walk; ``opening`` what it costs to begin
    a walk with it.
    """
    best, best_r, best_at = np.inf, -1, 0
    for k in range(1, close.shape[1]):
        if k > LOOKED_AT and best_r >= 0:
            break
        w = close[v, k]
        r = walk_of[w]
        if r < 0 or loads[r] + load[v] > most:
            continue
        extra = apart if s >= 0 and holds[s, r] == 0 else 0.0
        if extra >= best:
            continue
        n = length[r]
        for side in range(2):
            at = place[w] + side
            before = walk[r, at - 1] if at > 0 else (walk[r, n - 1] if loop else -1)
            after = walk[r, at] if at < n else (walk[r, 0] if loop else -1)
            cost = extra
            if before >= 0:
                cost += price[before, v]
            if after >= 0:
                cost += price[v, after]
            if before >= 0 and after >= 0:
                cost -= price[before, after]
            if at == 0:
                cost += begin[v] - begin[walk[r, 0]]
            if at == n:
                cost += finish[v] - finish[walk[r, n - 1]]
            if cost >= best:
                continue
            if per_metre > 0.0:
                longer = 0.0
                if before >= 0:
                    longer += metres[before, v]
                if after >= 0:
                    longer += metres[v, after]
                if before >= 0 and after >= 0:
                    longer -= metres[before, after]
                if loads[r] + load[v] + per_metre * longer > most:
                    continue
            if random(chance) < BLINK:
                continue
            best, best_r, best_at = cost, r, at
    if opening + apart < best:
        for r in range(len(length)):
            if length[r] == 0:
                return r, 0
    return best_r, best_at
