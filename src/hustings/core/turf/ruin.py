"""
Ruin and recreate: take strings of neighbouring stops, or a whole street, out of walks and put each back.

Slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 54, 2020), on open
walks, with a price for every walk more than needed that a street falls into. A street that is split is now
and then taken out whole, so that it can go back as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from hustings.core.turf.searching import SPLIT, WORTH, enter, leave, random, weight, worth

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRINGS_AVERAGE, STRING_LONGEST = 15.0, 20
LOOKED_AT = 24
"""Stops beside which a stop may be put back; more only where none of their walks has room."""
BLINK = 0.01
STREETS = 0.25
"""How often the street of the stop that chance chose is taken out whole, where it is split at a price."""
STREET_LONGEST = 60


class Spare(NamedTuple):
    """Room that every try uses again: the walks it touched as they were, and what it took out."""

    walk: NDArray[np.int32]
    length: NDArray[np.int32]
    touched: NDArray[np.bool_]
    listed: NDArray[np.int32]
    removed: NDArray[np.int32]
    key: NDArray[np.float64]
    numbers: NDArray[np.int64]


@njit(cache=True)
def spare_for(walk, count):  # type: ignore[no-untyped-def]  # compiled
    """Room for tries on these walks."""
    walks = len(walk)
    return Spare(
        walk.copy(), np.zeros(walks, np.int32), np.zeros(walks, np.bool_), np.empty(walks, np.int32),
        np.empty(count, np.int32), np.empty(count), np.zeros(2, np.int64),
    )  # fmt: skip


@njit(cache=True)
def ruin_and_recreate(chunk, state, spare, threshold):  # type: ignore[no-untyped-def]  # compiled
    """Try it once; True when it was kept. ``threshold``: what the price may rise by, and not reach."""
    spare.numbers[0], spare.numbers[1] = 0, 0
    split = state.price[SPLIT]
    centre = int(random(state.chance) * len(chunk.load))
    _ruin(chunk, state, spare, centre)
    kept = _recreate(chunk, state, spare, centre)
    if kept:
        change = state.price[SPLIT] - split
        for t in range(spare.numbers[0]):
            r = spare.listed[t]
            change += worth(chunk, state.walk[r], state.length[r], state.loads[r]) - state.costs[r]
        kept = change < threshold
        if kept:
            state.price[WORTH] += change
            for t in range(spare.numbers[0]):
                r = spare.listed[t]
                state.costs[r] = worth(chunk, state.walk[r], state.length[r], state.loads[r])
    if not kept:
        _take_back(chunk, state, spare)
        state.price[SPLIT] = split
    for t in range(spare.numbers[0]):
        spare.touched[spare.listed[t]] = False
    return kept


@njit(cache=True)
def _touch(state, spare, r):  # type: ignore[no-untyped-def]  # compiled
    """Remember walk r as it is."""
    spare.touched[r] = True
    spare.listed[spare.numbers[0]] = r
    spare.numbers[0] += 1
    n = state.length[r]
    spare.length[r] = n
    spare.walk[r, :n] = state.walk[r, :n]


@njit(cache=True)
def _ruin(chunk, state, spare, centre):  # type: ignore[no-untyped-def]  # compiled
    s = chunk.street[centre]
    if (
        chunk.priced
        and s >= 0
        and state.walks_of[s] > 1
        and chunk.street_price[s] > 0.0
        and random(state.chance) < STREETS
    ):
        _take_street(chunk, state, spare, s)
    longest = float(STRING_LONGEST)
    strings = int(random(state.chance) * (4.0 * STRINGS_AVERAGE / (1.0 + longest) - 1.0) + 1.0)
    done = 0
    for k in range(chunk.close.shape[1]):
        if done >= strings:
            break
        c = chunk.close[centre, k]
        r = state.walk_of[c]
        if r < 0 or spare.touched[r]:
            continue
        _touch(state, spare, r)
        _take_string(chunk, state, spare, r, state.place[c], longest)
        done += 1
    for t in range(spare.numbers[0]):
        r = spare.listed[t]
        state.loads[r] = weight(chunk, state.walk[r], state.length[r])


@njit(cache=True)
def _take_street(chunk, state, spare, s):  # type: ignore[no-untyped-def]  # compiled
    """All stops of a street, out of every walk."""
    begin, end = chunk.street_start[s], chunk.street_start[s + 1]
    if end - begin > STREET_LONGEST:
        return
    for at in range(begin, end):
        r = state.walk_of[chunk.street_stops[at]]
        if spare.touched[r]:
            continue
        _touch(state, spare, r)
    for t in range(spare.numbers[0]):
        r = spare.listed[t]
        written = 0
        for at in range(state.length[r]):
            v = state.walk[r, at]
            if chunk.street[v] == s:
                _take(chunk, state, spare, v, r)
            else:
                state.walk[r, written] = v
                state.place[v] = written
                written += 1
        state.length[r] = written


@njit(cache=True)
def _take(chunk, state, spare, v, r):  # type: ignore[no-untyped-def]  # compiled
    spare.removed[spare.numbers[1]] = v
    spare.numbers[1] += 1
    state.walk_of[v] = -1
    leave(chunk, state, v, r)


@njit(cache=True)
def _take_string(chunk, state, spare, r, place, longest):  # type: ignore[no-untyped-def]  # compiled
    """A string round a place of a walk; half of them leave some stops in the middle where they are."""
    n = state.length[r]
    size = min(int(random(state.chance) * min(longest, float(n)) + 1.0), n)
    keep = 0
    if 1 < size < n and random(state.chance) < 0.5:
        keep = 1
        while size + keep < n and keep < 12 and random(state.chance) < 0.5:
            keep += 1
    span = size + keep
    low, high = max(0, place - span + 1), min(place, n - span)
    first = low + int(random(state.chance) * (high - low + 1))
    stay = first + int(random(state.chance) * (size + 1)) if keep > 0 else -1
    written = 0
    for at in range(n):
        v = state.walk[r, at]
        if first <= at < first + span and not (keep > 0 and stay <= at < stay + keep):
            _take(chunk, state, spare, v, r)
        else:
            state.walk[r, written] = v
            state.place[v] = written
            written += 1
    state.length[r] = written


@njit(cache=True)
def _recreate(chunk, state, spare, centre):  # type: ignore[no-untyped-def]  # compiled
    """Put every stop back where it costs least; False when one has no room."""
    count = spare.numbers[1]
    choice = random(state.chance)
    for at in range(count):
        v = spare.removed[at]
        if choice < 0.36:
            spare.key[at] = random(state.chance)
        elif choice < 0.72:
            spare.key[at] = -chunk.load[v] + 1e-6 * random(state.chance)
        elif choice < 0.9:
            spare.key[at] = -chunk.price[centre, v]
        else:
            spare.key[at] = chunk.price[centre, v]
    order = np.argsort(spare.key[:count])
    for o in range(count):
        v = spare.removed[order[o]]
        r, at = _cheapest(chunk, state, v)
        if r < 0:
            return False
        if not spare.touched[r]:
            _touch(state, spare, r)
        n = state.length[r]
        if n >= state.walk.shape[1]:
            return False
        row = state.walk[r]
        for later in range(n, at, -1):
            row[later] = row[later - 1]
            state.place[row[later]] = later
        row[at] = v
        state.place[v], state.walk_of[v] = at, r
        state.length[r] = n + 1
        if chunk.load_per_metre > 0.0:
            state.loads[r] = weight(chunk, row, n + 1)
        else:
            state.loads[r] += chunk.load[v]
        enter(chunk, state, v, r)
    return True


@njit(cache=True)
def _cheapest(chunk, state, v):  # type: ignore[no-untyped-def]  # compiled
    """The walk and the place that cost least for stop v, beside the stops close to it; -1 where no room is."""
    s = chunk.street[v]
    best, best_r, best_at = np.inf, -1, 0
    for k in range(1, chunk.close.shape[1]):
        if k > LOOKED_AT and best_r >= 0:
            break
        w = chunk.close[v, k]
        r = state.walk_of[w]
        if r < 0 or state.loads[r] + chunk.load[v] > chunk.most:
            continue
        extra = 0.0
        if s >= 0 and state.holds[s, r] == 0 and state.walks_of[s] >= 1:
            extra = chunk.street_price[s]
        if extra >= best:
            continue
        row, n = state.walk[r], state.length[r]
        for side in range(2):
            at = state.place[w] + side
            before = row[at - 1] if at > 0 else (row[n - 1] if chunk.loop else -1)
            after = row[at] if at < n else (row[0] if chunk.loop else -1)
            cost = extra
            longer = 0.0
            if before >= 0:
                cost += chunk.price[before, v]
                longer += chunk.metres[before, v]
            if after >= 0:
                cost += chunk.price[v, after]
                longer += chunk.metres[v, after]
            if before >= 0 and after >= 0:
                cost -= chunk.price[before, after]
                longer -= chunk.metres[before, after]
            if at == 0:
                cost += chunk.begin[v] - chunk.begin[row[0]]
            if at == n:
                cost += chunk.finish[v] - chunk.finish[row[n - 1]]
            if cost >= best:
                continue
            if state.loads[r] + chunk.load[v] + chunk.load_per_metre * longer > chunk.most:
                continue
            if random(state.chance) < BLINK:
                continue
            best, best_r, best_at = cost, r, at
    opening = chunk.begin[v] + chunk.finish[v] + chunk.walk_price + chunk.short
    if s >= 0 and state.walks_of[s] >= 1:
        opening += chunk.street_price[s]
    if opening < best:
        for r in range(len(state.length)):
            if state.length[r] == 0:
                return r, 0
    return best_r, best_at


@njit(cache=True)
def _take_back(chunk, state, spare):  # type: ignore[no-untyped-def]  # compiled
    """Everything as it was before the try, but for the price of split streets."""
    for t in range(spare.numbers[0]):
        r = spare.listed[t]
        for at in range(state.length[r]):
            leave(chunk, state, state.walk[r, at], r)
    for t in range(spare.numbers[0]):
        r = spare.listed[t]
        n = spare.length[r]
        state.length[r] = n
        for at in range(n):
            v = spare.walk[r, at]
            state.walk[r, at] = v
            state.walk_of[v], state.place[v] = r, at
            enter(chunk, state, v, r)
        state.loads[r] = weight(chunk, state.walk[r], n)
