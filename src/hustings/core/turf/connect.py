"""
Walks that hang together: nobody passes the doors of another walk on their own side.

A walk is in pieces where its stops cannot be joined along streets without passing somebody else's door on
the same side. A walker may cross the street at a junction, and beside a door of their own; a street with
doors on both sides is passed only by those who have a door on it. Repair moves a piece to a walk beside it,
takes over what lies between, or exchanges the two, wherever that leaves fewer pieces and every walk within
its size; of those the shortest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hustings.core.walk.ways import stop_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.walk.network import StreetNetwork
    from hustings.core.walk.ways import Ways

NEAR = 10
ROUNDS = 8


class Sides(NamedTuple):
    """
    The stops of each side of each edge, by metres along it; plain arrays for kernels.

    ``listed[start[2 * e + side]:start[2 * e + side + 1]]`` are the stops, ``at`` is where each is listed,
    ``cm`` whole centimetres along, ``label`` the same for junctions joined by streets that all may pass.
    """

    start: NDArray[np.int64]
    listed: NDArray[np.int32]
    at: NDArray[np.int32]
    cm: NDArray[np.int32]
    label: NDArray[np.int32]


def sides_of(ways: Ways, streets: StreetNetwork) -> Sides:
    """Stops by the side of the street they are on."""
    count = len(ways.edge)
    cm = np.round(ways.along.astype(np.float64) * 100).astype(np.int32)
    key = 2 * ways.edge.astype(np.int64) + ways.side
    listed = np.lexsort((np.arange(count), cm, key)).astype(np.int32)
    per_side = np.bincount(key, minlength=2 * streets.edge_count)
    start = np.concatenate([[0], np.cumsum(per_side)]).astype(np.int64)
    at = np.empty(count, np.int32)
    at[listed] = np.arange(count, dtype=np.int32)
    free = np.flatnonzero((per_side.reshape(-1, 2) == 0).any(axis=1))
    ends = (streets.edge_from[free], streets.edge_to[free])
    size = streets.node_count
    label = connected_components(
        coo_matrix((np.ones(len(free), np.int8), ends), shape=(size, size)), directed=False
    )[1]
    return Sides(start, listed, at, cm, label.astype(np.int32))


def connect(
    ways: Ways,
    streets: StreetNetwork,
    near: NDArray[np.int32],
    walks: list[NDArray[np.int64]],
    load: NDArray[np.float64],
    load_per_metre: float,
    least: NDArray[np.float64],
    most: NDArray[np.float64],
    district: NDArray[np.int32],
) -> tuple[list[NDArray[np.int64]], NDArray[np.int64]]:
    """
    The walks with fewer pieces, if possible in one each.

    Parameters
    ----------
    near
        Stops near each stop, which tell which walks are beside each other.
    load, load_per_metre, least, most
        What stops and metres weigh, and each walk's window.
    district
        Only walks with the same district exchange stops.

    Returns
    -------
    The walks, and the indices of those that are still in pieces.
    """
    if not walks or not streets.edge_count:
        return walks, np.zeros(0, np.int64)
    sides = sides_of(ways, streets)
    walk, length, walk_of = _as_rows(walks, len(ways.edge))
    broken = np.flatnonzero(_count_pieces(ways, sides, walk, length, walk_of) > 1)
    if not len(broken):
        return walks, broken
    of_walk = np.array([district[w[0]] if len(w) else -1 for w in walks], np.int32)
    for _ in range(2):
        _repair(
            ways, sides, near, walk, length, walk_of, load, load_per_metre, least, most, of_walk, broken
        )  # fmt: skip
        before = len(broken)
        broken = np.flatnonzero(_count_pieces(ways, sides, walk, length, walk_of) > 1)
        if not len(broken) or len(broken) == before:
            break
    return [walk[r, : length[r]].astype(np.int64) for r in range(len(walks))], broken


def in_pieces(
    ways: Ways, streets: StreetNetwork, walks: list[NDArray[np.int64]]
) -> NDArray[np.bool_]:
    """Whether each walk is in more than one piece."""
    walk, length, walk_of = _as_rows(walks, len(ways.edge))
    return np.asarray(_count_pieces(ways, sides_of(ways, streets), walk, length, walk_of) > 1)


def pieces_of(
    ways: Ways, streets: StreetNetwork, walks: list[NDArray[np.int64]], which: NDArray[np.int64]
) -> list[list[NDArray[np.int64]]]:
    """The pieces of some walks, each in walking order, the largest first."""
    sides = sides_of(ways, streets)
    walk, length, walk_of = _as_rows(walks, len(ways.edge))
    found = []
    for r in which:
        root = np.empty(walk.shape[1], np.int32)
        pieces(ways, sides, walk[r], length[r], np.int32(r), walk_of, root)
        mine = walk[r, : length[r]].astype(np.int64)
        parts = [mine[root[: length[r]] == piece] for piece in np.unique(root[: length[r]])]
        found.append(sorted(parts, key=len, reverse=True))
    return found


def _as_rows(
    walks: list[NDArray[np.int64]], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    length = np.array([len(walk) for walk in walks], np.int32)
    rows = np.full((len(walks), int(length.max()) * 2 + 40), -1, np.int32)
    walk_of = np.full(count, -1, np.int32)
    for r, walk in enumerate(walks):
        rows[r, : len(walk)] = walk
        walk_of[walk] = r
    return rows, length, walk_of


@njit(cache=True)
def _own_at(sides, begin, end, u, mine, walk_of):  # type: ignore[no-untyped-def]  # compiled
    """Whether the walk has a stop at the very place of stop u of a side, so that u is not in its way."""
    low, high = sides.at[u], sides.at[u]
    cm = sides.cm[u]
    while low > begin and sides.cm[sides.listed[low - 1]] == cm:
        low -= 1
        v = sides.listed[low]
        if walk_of[v] == mine:
            return True
    while high + 1 < end and sides.cm[sides.listed[high + 1]] == cm:
        high += 1
        v = sides.listed[high]
        if walk_of[v] == mine:
            return True
    return False


@njit(cache=True)
def stretch(sides, side, position, mine, walk_of):  # type: ignore[no-untyped-def]  # compiled
    """The last stop of others before a position of a side (-1: none), and whether none comes after."""
    begin, end = sides.start[side], sides.start[side + 1]
    before = -1
    at = position - 1
    while at >= begin:
        u = sides.listed[at]
        if walk_of[u] != mine and not _own_at(sides, begin, end, u, mine, walk_of):
            before = u
            break
        at -= 1
    at = position
    while at < end:
        u = sides.listed[at]
        if walk_of[u] != mine and not _own_at(sides, begin, end, u, mine, walk_of):
            return before, False
        at += 1
    return before, True


@njit(cache=True)
def _find(root, i):  # type: ignore[no-untyped-def]  # compiled
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


@njit(cache=True)
def _tie(keys, used, parent, key0, key1, stop_at):  # type: ignore[no-untyped-def]  # compiled
    """Join a stop with the room of a key; returns how many keys there are."""
    for k in range(used):
        if keys[k, 0] == key0 and keys[k, 1] == key1:
            a, b = _find(parent, stop_at), _find(parent, keys[k, 2])
            parent[a] = b
            return used
    keys[used, 0], keys[used, 1], keys[used, 2] = key0, key1, stop_at
    return used + 1


@njit(cache=True)
def pieces(ways, sides, row, n, mine, walk_of, root):  # type: ignore[no-untyped-def]  # compiled
    """How many pieces a walk is in; ``root`` gets the piece of each of its stops."""
    keys = np.empty((10 * n, 3), np.int64)
    used = 0
    parent = np.arange(n)
    for i in range(n):
        v = row[i]
        e = ways.edge[v]
        for facing in range(2):
            side = 2 * e + (ways.side[v] if facing == 0 else 1 - ways.side[v])
            begin, end = sides.start[side], sides.start[side + 1]
            low, high = begin, end
            while low < high:  # the first listed at or after this place
                middle = (low + high) >> 1
                if sides.cm[sides.listed[middle]] < sides.cm[v]:
                    low = middle + 1
                else:
                    high = middle
            after = low
            if facing == 1:
                while after < end and sides.cm[sides.listed[after]] == sides.cm[v]:
                    after += 1
            for turn in range(2):
                if turn == 1 and after == low:
                    break
                before, last = stretch(sides, side, low if turn == 0 else after, mine, walk_of)
                used = _tie(keys, used, parent, side, before, i)
                if before < 0:
                    used = _tie(keys, used, parent, -1, sides.label[ways.edge_from[e]], i)
                if last:
                    used = _tie(keys, used, parent, -1, sides.label[ways.edge_to[e]], i)
    found = 0
    for i in range(n):
        root[i] = _find(parent, i)
        if root[i] == i:
            found += 1
    return found


@njit(cache=True)
def _count_pieces(ways, sides, walk, length, walk_of):  # type: ignore[no-untyped-def]  # compiled
    found = np.zeros(len(length), np.int32)
    root = np.empty(walk.shape[1], np.int32)
    for r in range(len(length)):
        found[r] = pieces(ways, sides, walk[r], length[r], np.int32(r), walk_of, root)
    return found


@njit(cache=True)
def _load_of(ways, row, n, load, load_per_metre):  # type: ignore[no-untyped-def]  # compiled
    total = 0.0
    for i in range(n):
        total += load[row[i]]
        if load_per_metre > 0.0 and i > 0:
            total += load_per_metre * stop_metres(ways, row[i - 1], row[i])
    return total


@njit(cache=True)
def _insert(ways, row, n, some, m):  # type: ignore[no-untyped-def]  # compiled
    """Put a string of stops where it costs least, either way round; returns the metres it adds."""
    best, best_at, best_flip = np.inf, 0, False
    for flip in range(2):
        first, last = (some[0], some[m - 1]) if flip == 0 else (some[m - 1], some[0])
        for at in range(n + 1):
            metres = 0.0
            if at > 0:
                metres += stop_metres(ways, row[at - 1], first)
            if at < n:
                metres += stop_metres(ways, last, row[at])
            if 0 < at < n:
                metres -= stop_metres(ways, row[at - 1], row[at])
            if metres < best:
                best, best_at, best_flip = metres, at, flip == 1
    for i in range(n - 1, best_at - 1, -1):
        row[i + m] = row[i]
    for i in range(m):
        row[best_at + i] = some[m - 1 - i] if best_flip else some[i]
    return best


@njit(cache=True)
def _without(row, n, gone, out):  # type: ignore[no-untyped-def]  # compiled
    """The row without the marked stops."""
    m = 0
    for i in range(n):
        if not gone[row[i]]:
            out[m] = row[i]
            m += 1
    return m


@njit(cache=True)
def _length_of(ways, row, n):  # type: ignore[no-untyped-def]  # compiled
    metres = 0.0
    for i in range(1, n):
        metres += stop_metres(ways, row[i - 1], row[i])
    return metres


@njit(cache=True)
def _repair(  # type: ignore[no-untyped-def]  # compiled
    ways, sides, near, walk, length, walk_of, load, load_per_metre, least, most, district, broken,
):  # fmt: skip
    """Move and exchange strings between a walk in pieces and those beside it, while pieces become fewer."""
    wide = walk.shape[1]
    root = np.empty(wide, np.int32)
    spare = np.empty(wide, np.int32)
    mine, theirs = np.empty(wide, np.int32), np.empty(wide, np.int32)
    best_mine, best_theirs = np.empty(wide, np.int32), np.empty(wide, np.int32)
    given, taken = np.empty(wide, np.int32), np.empty(wide, np.int32)
    gone = np.zeros(len(walk_of), np.bool_)
    beside = np.empty(12, np.int32)
    for a in broken:
        for _round in range(ROUNDS):
            n = length[a]
            now = pieces(ways, sides, walk[a], n, np.int32(a), walk_of, root)
            if now <= 1:
                break
            # Walks beside it, those with most stops near it first.
            found = 0
            for i in range(n):
                for k in range(near.shape[1]):
                    b = walk_of[near[walk[a, i], k]]
                    if b < 0 or b == a or district[b] != district[a] or found == len(beside):
                        continue
                    known = False
                    for f in range(found):
                        known = known or beside[f] == b
                    if not known:
                        beside[found] = b
                        found += 1
            best_gain, best_cost, best_b = 0, np.inf, -1
            best_n, best_m = 0, 0
            # What is given: nothing (piece -1), or one of the pieces.
            for piece in range(-1, n):
                if piece >= 0 and root[piece] != piece:
                    continue
                give = 0
                weight = 0.0
                if piece >= 0:
                    for i in range(n):
                        if root[i] == piece:
                            given[give] = walk[a, i]
                            weight += load[walk[a, i]]
                            give += 1
                    if give == n or weight > 0.6 * most[a]:
                        continue
                for f in range(found):
                    b = beside[f]
                    nb = length[b]
                    now_b = pieces(ways, sides, walk[b], nb, np.int32(b), walk_of, spare)
                    if now + now_b - 2 < max(best_gain, 1):
                        continue
                    old = _length_of(ways, walk[a], n) + _length_of(ways, walk[b], nb)
                    load_a = _load_of(ways, walk[a], n, load, load_per_metre)
                    load_b = _load_of(ways, walk[b], nb, load, load_per_metre)
                    for begin in range(-1, nb):
                        if begin < 0 and piece < 0:
                            continue
                        if begin >= 0:
                            close = False
                            for k in range(near.shape[1]):
                                close = close or walk_of[near[walk[b, begin], k]] == a
                            if not close:
                                continue
                        for many in range(1, 9):
                            take = 0 if begin < 0 else many
                            if (begin < 0 and many > 1) or begin + take > nb or take == nb:
                                break
                            heavy = 0.0
                            for i in range(take):
                                taken[i] = walk[b, begin + i]
                                heavy += load[taken[i]]
                            la = load_a - weight + heavy
                            lb = load_b + weight - heavy
                            if la > most[a] or lb > most[a] or la < least[a] or lb < least[a]:
                                continue
                            if n - give + take >= wide or nb - take + give >= wide:
                                continue
                            for i in range(give):
                                gone[given[i]] = True
                            for i in range(take):
                                gone[taken[i]] = True
                            na = _without(walk[a], n, gone, mine)
                            nb_new = _without(walk[b], nb, gone, theirs)
                            for i in range(give):
                                gone[given[i]] = False
                            for i in range(take):
                                gone[taken[i]] = False
                            # Pieces do not depend on the order: they are counted before it is sought.
                            for i in range(give):
                                walk_of[given[i]] = b
                                theirs[nb_new + i] = given[i]
                            for i in range(take):
                                walk_of[taken[i]] = a
                                mine[na + i] = taken[i]
                            least_gain = max(best_gain, 1)
                            then = 1 + pieces(
                                ways, sides, mine, na + take, np.int32(a), walk_of, spare
                            )
                            if now + now_b - then >= least_gain:
                                then += -1 + pieces(
                                    ways, sides, theirs, nb_new + give, np.int32(b), walk_of, spare
                                )
                            for i in range(give):
                                walk_of[given[i]] = a
                            for i in range(take):
                                walk_of[taken[i]] = b
                            gain = now + now_b - then
                            if gain < least_gain:
                                continue
                            if take > 0:
                                _insert(ways, mine, na, taken, take)
                                na += take
                            if give > 0:
                                _insert(ways, theirs, nb_new, given, give)
                                nb_new += give
                            cost = (
                                _length_of(ways, mine, na) + _length_of(ways, theirs, nb_new) - old
                            )
                            if gain == best_gain and cost >= best_cost:
                                continue
                            if load_per_metre > 0.0 and (
                                _load_of(ways, mine, na, load, load_per_metre) > most[a]
                                or _load_of(ways, theirs, nb_new, load, load_per_metre) > most[a]
                            ):
                                continue
                            best_gain, best_cost, best_b = gain, cost, b
                            best_n, best_m = na, nb_new
                            best_mine[:na] = mine[:na]
                            best_theirs[:nb_new] = theirs[:nb_new]
            if best_b < 0:
                break
            length[a], length[best_b] = best_n, best_m
            walk[a, :best_n] = best_mine[:best_n]
            walk[best_b, :best_m] = best_theirs[:best_m]
            for i in range(best_n):
                walk_of[walk[a, i]] = a
            for i in range(best_m):
                walk_of[walk[best_b, i]] = best_b
