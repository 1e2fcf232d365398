"""
Making turfs better: ruin and recreate strings of neighbouring stops, with annealing.

Slack induction by string removals (Christiaens & Vanden Berghe, Transportation Science 54, 2020), on open
walks, with a price for every turf more than needed that a street falls into. The best is kept.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from hustings.core.walk.ways import stop_metres

NEIGHBOURS = 40
STRINGS_AVERAGE = 10.0
STRING_LONGEST = 10
BLINK = 0.01


@njit(cache=True)
def matrices(ways, stops, change_m, crossing_m):  # type: ignore[no-untyped-def]  # compiled
    """Metres and price between all stops of a chunk, by way of the distances between their junctions."""
    count = len(stops)
    metres = np.zeros((count, count), np.float32)
    price = np.zeros((count, count), np.float32)
    if ways.edge[stops[0]] < 0:
        for a in range(count):
            for b in range(a):
                metres[a, b] = stop_metres(ways, stops[a], stops[b])
    else:
        ends = np.empty(2 * count, np.int32)
        for a in range(count):
            ends[2 * a] = ways.edge_from[ways.edge[stops[a]]]
            ends[2 * a + 1] = ways.edge_to[ways.edge[stops[a]]]
        nodes = np.unique(ends)
        local = np.searchsorted(nodes, ends)
        between = np.empty((len(nodes), len(nodes)), np.float32)
        for a in range(len(nodes)):
            # Both the row and the nodes are sorted: one walk through them together.
            at, end = ways.row[nodes[a]], ways.row[nodes[a] + 1]
            for b in range(len(nodes)):
                while at < end and ways.column[at] < nodes[b]:
                    at += 1
                between[a, b] = (
                    ways.metres[at] if at < end and ways.column[at] == nodes[b] else np.inf
                )
        for a in range(count):
            i = stops[a]
            edge = ways.edge[i]
            a0, a1 = local[2 * a], local[2 * a + 1]
            to0, to1 = ways.along[i], ways.length[edge] - ways.along[i]
            for b in range(a):
                j = stops[b]
                other = ways.edge[j]
                b0, b1 = local[2 * b], local[2 * b + 1]
                from0, from1 = ways.along[j], ways.length[other] - ways.along[j]
                best = min(
                    min(to0 + between[a0, b0] + from0, to0 + between[a0, b1] + from1),
                    min(to1 + between[a1, b0] + from0, to1 + between[a1, b1] + from1),
                )
                if edge == other:
                    direct = abs(ways.along[i] - ways.along[j])
                    if ways.side[i] != ways.side[j]:
                        direct += ways.crossing[edge]
                    best = min(best, direct)
                if best == np.inf:
                    best = stop_metres(ways, i, j)
                metres[a, b] = best
    for a in range(count):
        for b in range(a):
            cost = metres[a, b]
            i, j = stops[a], stops[b]
            if ways.street[i] != ways.street[j]:
                cost += change_m
            elif ways.edge[i] == ways.edge[j] and ways.side[i] != ways.side[j]:
                cost += crossing_m
            metres[b, a] = metres[a, b]
            price[a, b] = cost
            price[b, a] = cost
    return metres, price


@njit(cache=True)
def _close_by(price, how_many):  # type: ignore[no-untyped-def]  # compiled
    """The nearest stops of each, itself first."""
    count = len(price)
    width = min(how_many, count)
    close = np.empty((count, width), np.int32)
    cost = np.empty(width, np.float32)
    for a in range(count):
        filled = 0
        for b in range(count):
            c = np.float32(-1.0) if a == b else price[a, b]
            if filled == width and c >= cost[width - 1]:
                continue
            at = filled if filled < width else width - 1
            while at > 0 and cost[at - 1] > c:
                cost[at] = cost[at - 1]
                close[a, at] = close[a, at - 1]
                at -= 1
            cost[at] = c
            close[a, at] = b
            if filled < width:
                filled += 1
    return close


@njit(cache=True)
def _random(state):  # type: ignore[no-untyped-def]  # compiled
    """xorshift64*: 0 ≤ … < 1."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True)
def walk_cost(price, begin, finish, loop, walk, length):  # type: ignore[no-untyped-def]  # compiled
    """A walk's price: its legs, the way there and back, or the leg that closes the loop."""
    if length == 0:
        return 0.0
    cost = 0.0
    for at in range(1, length):
        cost += price[walk[at - 1], walk[at]]
    cost += begin[walk[0]] + finish[walk[length - 1]]
    if loop:
        cost += price[walk[length - 1], walk[0]]
    return cost


@njit(cache=True)
def _shortage(length, load, least, short):  # type: ignore[no-untyped-def]  # compiled
    """The price of a walk that is too small; nothing for one that is gone."""
    if length == 0 or load >= least:
        return 0.0
    return short * (1.0 - load / least)


@njit(cache=True)
def ruin_and_recreate(  # type: ignore[no-untyped-def]  # compiled
    metres, price, begin, finish, loop, load, load_per_metre, least, most, short, street, street_price, elsewhere,
    walk, length, iterations, hot, cold, seed,
):  # fmt: skip
    """
    Improve the walks of a chunk in place; returns the price gained.

    Parameters
    ----------
    metres, price
        Between the chunk's stops, m × m.
    begin, finish
        Price of beginning and ending a walk at each stop.
    loop
        Walks end where they began.
    load, load_per_metre, least, most, short
        What each stop and each metre weigh; the least a walk should, and what an empty one then costs;
        the most it may.
    street, street_price, elsewhere
        Street of each stop (0…, -1 none); price of each further turf a street falls into; how many turfs
        outside the chunk it already falls into.
    walk, length
        Walks as rows of stops, and how many stops each has. Changed.
    iterations, hot, cold, seed
        How long, from which to which temperature, and where chance begins.
    """
    count, walks = len(load), len(length)
    close = _close_by(price, NEIGHBOURS)
    state = np.array([np.uint64(seed) * np.uint64(2654435769) + np.uint64(88172645463325252)])
    walk_of = np.full(count, -1, np.int32)
    place = np.zeros(count, np.int32)
    loads = np.zeros(walks)
    costs = np.zeros(walks)
    streets = len(street_price)
    holds = np.zeros((max(streets, 1), walks), np.int32)
    turfs_of = elsewhere.copy()
    split = 0.0
    for r in range(walks):
        for at in range(length[r]):
            v = walk[r, at]
            walk_of[v], place[v] = r, at
            loads[r] += load[v]
            if at > 0:
                loads[r] += load_per_metre * metres[walk[r, at - 1], v]
            s = street[v]
            if s >= 0:
                holds[s, r] += 1
                if holds[s, r] == 1:
                    turfs_of[s] += 1
                    if turfs_of[s] > 1:
                        split += street_price[s]
        if loop and length[r] > 1:
            loads[r] += load_per_metre * metres[walk[r, length[r] - 1], walk[r, 0]]
        costs[r] = walk_cost(price, begin, finish, loop, walk[r], length[r])
        costs[r] += _shortage(length[r], loads[r], least, short)
    now = np.sum(costs) + split
    first = now
    best = now
    best_walk, best_length = walk.copy(), length.copy()
    old_walk, old_length = walk.copy(), length.copy()
    touched = np.zeros(walks, np.bool_)
    touched_list = np.empty(walks, np.int32)
    removed = np.empty(count, np.int32)
    key = np.empty(count)
    seen = np.zeros(walks, np.int64)
    round_number = 0
    average = count / max(1, walks)
    cooling = (cold / hot) ** (1.0 / max(1, iterations))
    temperature = hot
    for _iteration in range(iterations):
        # --- ruin -------------------------------------------------------------------------------
        touched_count, removed_count = 0, 0
        split_before = split
        longest = min(float(STRING_LONGEST), average)
        strings = int(_random(state) * (4.0 * STRINGS_AVERAGE / (1.0 + longest) - 1.0) + 1.0)
        seed_stop = int(_random(state) * count)
        done = 0
        for k in range(close.shape[1]):
            if done >= strings:
                break
            c = close[seed_stop, k]
            r = walk_of[c]
            if r < 0 or touched[r]:
                continue
            touched[r] = True
            touched_list[touched_count] = r
            touched_count += 1
            old_length[r] = length[r]
            for at in range(length[r]):
                old_walk[r, at] = walk[r, at]
            size = int(_random(state) * min(longest, float(length[r])) + 1.0)
            size = min(size, length[r])
            keep = 0
            if size > 1 and size < length[r] and _random(state) < 0.5:
                keep = 1
                while size + keep < length[r] and _random(state) > 0.01 and keep < 12:
                    keep += 1
                    if _random(state) < 0.5:
                        break
            span = size + keep
            low = max(0, place[c] - span + 1)
            high = min(place[c], length[r] - span)
            at0 = low + int(_random(state) * (high - low + 1))
            skip0 = at0 + int(_random(state) * (size + 1)) if keep > 0 else -1
            written = 0
            for at in range(old_length[r]):
                v = old_walk[r, at]
                gone = at0 <= at < at0 + span and not (keep > 0 and skip0 <= at < skip0 + keep)
                if gone:
                    removed[removed_count] = v
                    removed_count += 1
                    walk_of[v] = -1
                    s = street[v]
                    if s >= 0:
                        holds[s, r] -= 1
                        if holds[s, r] == 0:
                            if turfs_of[s] > 1:
                                split -= street_price[s]
                            turfs_of[s] -= 1
                else:
                    walk[r, written] = v
                    place[v] = written
                    written += 1
            length[r] = written
            done += 1
        if removed_count == 0:
            continue
        for t in range(touched_count):
            r = touched_list[t]
            loads[r] = 0.0
            for at in range(length[r]):
                loads[r] += load[walk[r, at]]
                if at > 0:
                    loads[r] += load_per_metre * metres[walk[r, at - 1], walk[r, at]]
            if loop and length[r] > 1:
                loads[r] += load_per_metre * metres[walk[r, length[r] - 1], walk[r, 0]]
        # --- the order of putting back ------------------------------------------------------------
        choice = _random(state)
        for at in range(removed_count):
            v = removed[at]
            if choice < 0.36:
                key[at] = _random(state)
            elif choice < 0.72:
                key[at] = -load[v] + 1e-6 * _random(state)
            elif choice < 0.9:
                key[at] = -price[seed_stop, v]
            else:
                key[at] = price[seed_stop, v]
        order = np.argsort(key[:removed_count])
        # --- recreate -----------------------------------------------------------------------------
        possible = True
        for o in range(removed_count):
            v = removed[order[o]]
            s = street[v]
            best_delta, best_walk_at, best_at = np.inf, -1, 0
            round_number += 1
            for k in range(1, close.shape[1]):
                w = close[v, k]
                r = walk_of[w]
                if r < 0 or seen[r] == round_number:
                    continue
                seen[r] = round_number
                if loads[r] + load[v] > most:
                    continue
                extra = 0.0
                if s >= 0 and holds[s, r] == 0 and turfs_of[s] >= 1:
                    extra = street_price[s]
                if extra >= best_delta:
                    continue
                n = length[r]
                for at in range(n + 1):
                    if loop and at == n and n > 0:
                        break
                    if at > 0:
                        before = walk[r, at - 1]
                    elif loop:
                        before = walk[r, n - 1]
                    else:
                        before = -1
                    after = walk[r, at] if at < n else -1
                    if before >= 0 and after >= 0:
                        delta = price[before, v] + price[v, after] - price[before, after]
                        if at == 0:
                            delta += begin[v] - begin[after]
                    elif after >= 0:
                        delta = price[v, after] + begin[v] - begin[after]
                    else:
                        delta = price[before, v] + finish[v] - finish[before]
                    delta += extra
                    if delta >= best_delta:
                        continue
                    if load_per_metre > 0.0:
                        longer = 0.0
                        if before >= 0:
                            longer += metres[before, v]
                        if after >= 0:
                            longer += metres[v, after]
                        if before >= 0 and after >= 0:
                            longer -= metres[before, after]
                        if loads[r] + load[v] + load_per_metre * longer > most:
                            continue
                    if _random(state) < BLINK:
                        continue
                    best_delta, best_walk_at, best_at = delta, r, at
            if best_walk_at < 0:
                possible = False
                break
            r = best_walk_at
            if not touched[r]:
                touched[r] = True
                touched_list[touched_count] = r
                touched_count += 1
                old_length[r] = length[r]
                for at in range(length[r]):
                    old_walk[r, at] = walk[r, at]
            if length[r] >= walk.shape[1]:
                possible = False
                break
            for at in range(length[r], best_at, -1):
                walk[r, at] = walk[r, at - 1]
                place[walk[r, at]] = at
            walk[r, best_at] = v
            place[v] = best_at
            walk_of[v] = r
            length[r] += 1
            loads[r] += load[v]
            if load_per_metre > 0.0:
                loads[r] = 0.0
                for at in range(length[r]):
                    loads[r] += load[walk[r, at]]
                    if at > 0:
                        loads[r] += load_per_metre * metres[walk[r, at - 1], walk[r, at]]
                if loop and length[r] > 1:
                    loads[r] += load_per_metre * metres[walk[r, length[r] - 1], walk[r, 0]]
            if s >= 0:
                holds[s, r] += 1
                if holds[s, r] == 1:
                    turfs_of[s] += 1
                    if turfs_of[s] > 1:
                        split += street_price[s]
        # --- keep it or not -----------------------------------------------------------------------
        after_price = now
        if possible:
            after_price = now - split_before + split
            for t in range(touched_count):
                r = touched_list[t]
                after_price += walk_cost(price, begin, finish, loop, walk[r], length[r]) - costs[r]
                after_price += _shortage(length[r], loads[r], least, short)
        if possible and after_price < now - temperature * np.log(max(_random(state), 1e-12)):
            now = after_price
            for t in range(touched_count):
                r = touched_list[t]
                costs[r] = walk_cost(price, begin, finish, loop, walk[r], length[r])
                costs[r] += _shortage(length[r], loads[r], least, short)
            if now < best - 1e-6:
                best = now
                # Copying all is rare once it is cold, and small beside the search when it is hot.
                best_walk[:, :] = walk
                best_length[:] = length
        else:
            for t in range(touched_count):
                r = touched_list[t]
                for at in range(length[r]):
                    v = walk[r, at]
                    if street[v] >= 0:
                        holds[street[v], r] -= 1
                        if holds[street[v], r] == 0:
                            turfs_of[street[v]] -= 1
            for t in range(touched_count):
                r = touched_list[t]
                length[r] = old_length[r]
                loads[r] = 0.0
                for at in range(length[r]):
                    v = old_walk[r, at]
                    walk[r, at] = v
                    walk_of[v], place[v] = r, at
                    loads[r] += load[v]
                    if at > 0:
                        loads[r] += load_per_metre * metres[walk[r, at - 1], v]
                    if street[v] >= 0:
                        holds[street[v], r] += 1
                        if holds[street[v], r] == 1:
                            turfs_of[street[v]] += 1
                if loop and length[r] > 1:
                    loads[r] += load_per_metre * metres[walk[r, length[r] - 1], walk[r, 0]]
            split = split_before
        for t in range(touched_count):
            touched[touched_list[t]] = False
        temperature *= cooling
    walk[:, :] = best_walk
    length[:] = best_length
    return first - best


@njit(cache=True)
def improve_walks(price, begin, finish, loop, walk, length):  # type: ignore[no-untyped-def]  # compiled
    """2-opt and Or-opt within each walk, until nothing helps."""
    for r in range(len(length)):
        n = length[r]
        if n < 3:
            continue
        better = True
        while better:
            better = False
            for i in range(n - 1):
                for j in range(i + 1, n):
                    if loop and i == 0 and j == n - 1:
                        continue
                    a = walk[r, i - 1] if i > 0 else (walk[r, n - 1] if loop else -1)
                    b = walk[r, j + 1] if j < n - 1 else (walk[r, 0] if loop else -1)
                    u, v = walk[r, i], walk[r, j]
                    gain = 0.0
                    if a >= 0:
                        gain += price[a, u] - price[a, v]
                    if i == 0:
                        gain += begin[u] - begin[v]
                    if b >= 0:
                        gain += price[v, b] - price[u, b]
                    if j == n - 1:
                        gain += finish[v] - finish[u]
                    if gain > 0.01:
                        low, high = i, j
                        while low < high:
                            walk[r, low], walk[r, high] = walk[r, high], walk[r, low]
                            low += 1
                            high -= 1
                        better = True
