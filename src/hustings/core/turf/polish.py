"""
Making walks better together: a search with annealing that keeps the best.

Each try turns a stretch of a walk round, exchanges the tails of two, divides one (``tails.py``), or ruins and
recreates (``ruin.py``). What makes things worse is accepted too, the less so the colder it is.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from hustings.core.turf.ruin import (
    cheapest_place,
    how_many_strings,
    make_room,
    mark_string,
    order_of_return,
    street_first,
)
from hustings.core.turf.searching import (
    PIECE_M,
    enter,
    leave,
    legs_price,
    own,
    pieces_more,
    random,
    recount,
    size_price,
    weight,
)
from hustings.core.turf.tails import exchange_price, lay_out

TAILS = 0.8
"""How many of the tries exchange tails; one costs about a tenth of the other kind."""
NEAREST = 10
"""Stops near one with which it is tried to be joined."""
DIVIDE = 0.05
"""How often one walk is divided in two, where one more may be begun."""
LOOKED_INTO = 0.06
"""How often an exchange that is dearer in legs is laid out to see what else it is worth."""
STREETS = 0.25
"""How often a street that is split at a price is taken out whole, so that it can go back as one."""
STREET_LONGEST = 60


@njit(cache=True)
def anneal(chunk, ground, walk, length, tries, hot, cold, seed):  # type: ignore[no-untyped-def]  # compiled
    """
    Improve the walks of a chunk in place; returns the price gained.

    Parameters
    ----------
    chunk, ground
        See ``searching.py``.
    walk, length
        Walks as rows of stops, and how many stops each has; a row of none may be begun. Changed.
    tries, hot, cold, seed
        How long, from which to which temperature, and where chance begins.
    """
    metres, price, close, begin, finish = (
        chunk.metres,
        chunk.price,
        chunk.close,
        chunk.begin,
        chunk.finish,
    )
    loop, load, per_metre, most, least = (
        chunk.loop,
        chunk.load,
        chunk.load_per_metre,
        chunk.most,
        chunk.least,
    )
    short, walk_price, street, street_price = (
        chunk.short,
        chunk.walk_price,
        chunk.street,
        chunk.street_price,
    )
    street_start, street_stops, priced = chunk.street_start, chunk.street_stops, chunk.priced
    stops, owner, minded = ground.stops, ground.owner, ground.minded
    count, walks, wide = len(load), len(length), walk.shape[1]
    chance = np.array([np.uint64(seed) * np.uint64(2654435769) + np.uint64(88172645463325252)])

    # --- the state: where each stop is, what each walk weighs and is worth, how streets are split ---------
    walk_of, place = np.full(count, -1, np.int32), np.zeros(count, np.int32)
    loads, worth = np.zeros(walks), np.zeros(walks)
    holds = np.zeros((max(len(street_price), 1), walks), np.int32)
    walks_of = np.zeros(max(len(street_price), 1), np.int32)
    in_pieces = np.zeros(walks, np.int32)
    root, everywhere = np.empty(wide, np.int32), np.empty(wide, np.int32)
    now = 0.0
    for r in range(walks):
        n = length[r]
        for at in range(n):
            v = walk[r, at]
            walk_of[v], place[v] = r, at
            now += enter(street[v], r, street_price, holds, walks_of)
        loads[r] = weight(load, metres, per_metre, loop, walk[r], n)
        worth[r] = legs_price(price, begin, finish, loop, walk[r], n)
        worth[r] += size_price(n, loads[r], most, least, short, walk_price)
        now += worth[r]
        if minded:
            own(stops, owner, walk[r], n, r)
    if minded:
        for r in range(walks):
            in_pieces[r] = pieces_more(ground, walk[r], length[r], r, root, everywhere)
            now += PIECE_M * in_pieces[r]

    # --- room that every try uses again -----------------------------------------------------------------
    first = best = now
    best_walk, best_length = walk.copy(), length.copy()
    old_walk, old_length = walk.copy(), length.copy()
    touched, listed = np.zeros(walks, np.bool_), np.empty(walks, np.int32)
    pieces_then = np.zeros(walks, np.int32)
    gone = np.zeros(count, np.bool_)
    removed, key = np.empty(count, np.int32), np.empty(count + walks)
    row_a, row_b = np.empty(wide, np.int32), np.empty(wide, np.int32)
    cooling = (cold / hot) ** (1.0 / max(1, tries))
    temperature = hot
    tails = 0.0 if loop or close.shape[1] < 2 else TAILS
    for _try in range(tries):
        temperature *= cooling
        threshold = -temperature * np.log(max(random(chance), 1e-12))
        c = int(random(chance) * count)
        if random(chance) < tails:
            # --- joining c with a stop near it, or dividing its walk after it ---------------------------
            a, i = walk_of[c], place[c]
            n, b, m, kind, new_n = length[a], -1, 0, 3, 0
            if random(chance) < DIVIDE:
                if i + 1 == n:
                    continue
                change = finish[c] + begin[walk[a, i + 1]] - price[c, walk[a, i + 1]]
                if walk_price + change >= threshold and not priced:
                    continue
                for r in range(walks):
                    if length[r] == 0:
                        b = r
                        break
                if b < 0:
                    continue
                new_n = i + 1
                for at in range(n):
                    if at <= i:
                        row_a[at] = walk[a, at]
                    else:
                        row_b[at - i - 1] = walk[a, at]
            else:
                w = close[c, 1 + int(random(chance) * min(NEAREST, close.shape[1] - 1))]
                b, j = walk_of[w], place[w]
                if a == b:
                    # the stretch between them turned round
                    low, high = min(i, j), max(i, j)
                    if random(chance) < 0.5:
                        low += 1
                    else:
                        high -= 1
                    if low >= high:
                        continue
                    u, v = walk[a, low], walk[a, high]
                    change, longer = 0.0, 0.0
                    if low > 0:
                        before = walk[a, low - 1]
                        change += price[before, v] - price[before, u]
                        longer += metres[before, v] - metres[before, u]
                    else:
                        change += begin[v] - begin[u]
                    if high < n - 1:
                        after = walk[a, high + 1]
                        change += price[u, after] - price[v, after]
                        longer += metres[u, after] - metres[v, after]
                    else:
                        change += finish[u] - finish[v]
                    if change >= threshold:
                        continue
                    then = loads[a] + per_metre * longer
                    if then > loads[a] and then > most:
                        continue
                    change += size_price(n, then, most, least, short, walk_price)
                    change -= size_price(n, loads[a], most, least, short, walk_price)
                    while low < high:
                        u, v = walk[a, low], walk[a, high]
                        walk[a, low], walk[a, high] = v, u
                        place[v], place[u] = low, high
                        low += 1
                        high -= 1
                    loads[a] = then
                    worth[a] += change
                    now += change
                    if now < best - 1e-6:
                        best = now
                        best_walk[:, :] = walk
                        best_length[:] = length
                    continue
                m = length[b]
                kind = int(random(chance) * 3.0)
                change = exchange_price(price, begin, finish, kind, walk[a], n, i, walk[b], m, j)
                # Fewer split streets, or better sizes, may be worth much: seen only when it is laid out.
                if change >= threshold and (
                    not (priced or max(loads[a], loads[b]) > most) or random(chance) > LOOKED_INTO
                ):
                    continue
                new_n = lay_out(kind, walk[a], n, i, walk[b], m, j, row_a, row_b)
                if new_n < 0:
                    continue
            new_m = n + m - new_n
            load_a = weight(load, metres, per_metre, loop, row_a, new_n)
            load_b = weight(load, metres, per_metre, loop, row_b, new_m)
            room = max(most, max(loads[a], loads[b]))
            if load_a > room or load_b > room:
                continue
            size_a = size_price(new_n, load_a, most, least, short, walk_price)
            size_b = size_price(new_m, load_b, most, least, short, walk_price)
            change += size_a + size_b
            change -= size_price(n, loads[a], most, least, short, walk_price)
            change -= size_price(m, loads[b], most, least, short, walk_price)
            if priced:
                change += recount(
                    walk[a], n, row_a, new_n, a, street, street_price, holds, walks_of
                )
                change += recount(
                    walk[b], m, row_b, new_m, b, street, street_price, holds, walks_of
                )
            kept = change - PIECE_M * (in_pieces[a] + in_pieces[b]) < threshold
            if kept and minded:
                own(stops, owner, row_a, new_n, a)
                own(stops, owner, row_b, new_m, b)
                in_a = pieces_more(ground, row_a, new_n, a, root, everywhere)
                in_b = pieces_more(ground, row_b, new_m, b, root, everywhere)
                change += PIECE_M * (in_a + in_b - in_pieces[a] - in_pieces[b])
                kept = change < threshold
                if kept:
                    in_pieces[a], in_pieces[b] = in_a, in_b
                else:
                    own(stops, owner, walk[a], n, a)
                    own(stops, owner, walk[b], m, b)
            if not kept:
                if priced:
                    recount(row_a, new_n, walk[a], n, a, street, street_price, holds, walks_of)
                    recount(row_b, new_m, walk[b], m, b, street, street_price, holds, walks_of)
                continue
            if not priced:
                recount(walk[a], n, row_a, new_n, a, street, street_price, holds, walks_of)
                recount(walk[b], m, row_b, new_m, b, street, street_price, holds, walks_of)
            for at in range(new_n):
                v = row_a[at]
                walk[a, at], walk_of[v], place[v] = v, a, at
            for at in range(new_m):
                v = row_b[at]
                walk[b, at], walk_of[v], place[v] = v, b, at
            length[a], length[b], loads[a], loads[b] = new_n, new_m, load_a, load_b
            worth[a] = legs_price(price, begin, finish, loop, row_a, new_n) + size_a
            worth[b] = legs_price(price, begin, finish, loop, row_b, new_m) + size_b
            now += change
        else:
            # --- ruin: strings near c, and now and then its whole street -------------------------------
            touched_count, removed_count, change = 0, 0, 0.0
            s, together = street[c], -1
            if (
                priced
                and s >= 0
                and walks_of[s] > 1
                and street_price[s] > 0.0
                and street_start[s + 1] - street_start[s] <= STREET_LONGEST
                and random(chance) < STREETS
            ):
                together = make_room(
                    s, street, street_start, street_stops, load, most, walk, length, walk_of, loads, holds, gone
                )  # fmt: skip
                for at in range(street_start[s], street_start[s + 1]):
                    v = street_stops[at]
                    gone[v] = walk_of[v] != together
                    if not touched[walk_of[v]]:
                        touched[walk_of[v]] = True
                        listed[touched_count] = walk_of[v]
                        touched_count += 1
            strings = 0 if together >= 0 else how_many_strings(chance)
            for k in range(close.shape[1]):
                if strings == 0:
                    break
                v = close[c, k]
                r = walk_of[v]
                if touched[r]:
                    continue
                touched[r] = True
                listed[touched_count] = r
                touched_count += 1
                mark_string(walk[r], length[r], place[v], gone, chance)
                strings -= 1
            before = 0
            for t in range(touched_count):
                r = listed[t]
                before += in_pieces[r]
                n, written = length[r], 0
                old_length[r] = n
                for at in range(n):
                    v = walk[r, at]
                    old_walk[r, at] = v
                    if gone[v]:
                        gone[v] = False
                        removed[removed_count] = v
                        removed_count += 1
                        walk_of[v] = -1
                        change -= leave(street[v], r, street_price, holds, walks_of)
                    else:
                        walk[r, written] = v
                        place[v] = written
                        written += 1
                length[r] = written
                loads[r] = weight(load, metres, per_metre, loop, walk[r], written)
            # --- recreate ------------------------------------------------------------------------------
            order_of_return(removed, removed_count, key, load, price, c, chance)
            if together >= 0:
                street_first(removed, removed_count, street, s)
            kept = True
            for o in range(removed_count):
                v = removed[o]
                s = street[v]
                apart = street_price[s] if s >= 0 and walks_of[s] >= 1 else 0.0
                r, there = cheapest_place(
                    v, close, price, metres, per_metre, load, most, loop, begin, finish, walk, length,
                    walk_of, place, loads, s, apart, holds, begin[v] + finish[v] + walk_price + short, chance,
                )  # fmt: skip
                if r < 0 or length[r] >= wide:
                    kept = False
                    break
                n = length[r]
                if not touched[r]:
                    touched[r] = True
                    listed[touched_count] = r
                    touched_count += 1
                    before += in_pieces[r]
                    old_length[r] = n
                    for at in range(n):
                        old_walk[r, at] = walk[r, at]
                for at in range(n, there, -1):
                    walk[r, at] = walk[r, at - 1]
                    place[walk[r, at]] = at
                walk[r, there] = v
                place[v], walk_of[v] = there, r
                length[r] = n + 1
                if per_metre > 0.0:
                    loads[r] = weight(load, metres, per_metre, loop, walk[r], n + 1)
                else:
                    loads[r] += load[v]
                change += enter(s, r, street_price, holds, walks_of)
            # --- kept or taken back --------------------------------------------------------------------
            if kept:
                for t in range(touched_count):
                    r = listed[t]
                    key[t] = legs_price(price, begin, finish, loop, walk[r], length[r])
                    key[t] += size_price(length[r], loads[r], most, least, short, walk_price)
                    change += key[t] - worth[r]
                kept = change - PIECE_M * before < threshold
            if kept and minded:
                for t in range(touched_count):
                    own(stops, owner, walk[listed[t]], length[listed[t]], listed[t])
                change -= PIECE_M * before
                for t in range(touched_count):
                    r = listed[t]
                    pieces_then[t] = pieces_more(ground, walk[r], length[r], r, root, everywhere)
                    change += PIECE_M * pieces_then[t]
                    if change >= threshold:
                        break
                kept = change < threshold
                if not kept:
                    for t in range(touched_count):
                        own(stops, owner, old_walk[listed[t]], old_length[listed[t]], listed[t])
            if kept:
                now += change
                for t in range(touched_count):
                    r = listed[t]
                    worth[r] = key[t]
                    if minded:
                        in_pieces[r] = pieces_then[t]
            else:
                for t in range(touched_count):
                    r = listed[t]
                    for at in range(length[r]):
                        leave(street[walk[r, at]], r, street_price, holds, walks_of)
                for t in range(touched_count):
                    r = listed[t]
                    n = old_length[r]
                    length[r] = n
                    for at in range(n):
                        v = old_walk[r, at]
                        walk[r, at], walk_of[v], place[v] = v, r, at
                        enter(street[v], r, street_price, holds, walks_of)
                    loads[r] = weight(load, metres, per_metre, loop, walk[r], n)
            for t in range(touched_count):
                touched[listed[t]] = False
        if now < best - 1e-6:
            best = now
            # Copying all is rare once it is cold, and small beside the search when it is hot.
            best_walk[:, :] = walk
            best_length[:] = length
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
