"""
Exchanging the tails of two walks, or turning a stretch of one round: 2-opt* and 2-opt as tries of a search.

Potvin and Rousseau, "An exchange heuristic for routeing problems with time windows" (Journal of the
Operational Research Society 46, 1995). Walks of sixty doors are longer than any string that ruin and
recreate takes out, so that much of a cut can be bettered by this alone. Looking costs a few additions;
only what is worth having is carried out.
"""

from __future__ import annotations

from numba import njit

from hustings.core.turf.searching import SPLIT, WORTH, enter, leave, random, shortage, weight, worth

NEAREST = 10


@njit(cache=True)
def exchange_tails(chunk, state, threshold, row_a, row_b):  # type: ignore[no-untyped-def]  # compiled
    """
    Try one exchange at a stop chosen by chance; True when it was carried out.

    Parameters
    ----------
    threshold
        What the price may rise by, and not reach.
    row_a, row_b
        Room for two walks.
    """
    c = int(random(state.chance) * len(chunk.load))
    w = chunk.close[c, 1 + int(random(state.chance) * min(NEAREST, chunk.close.shape[1] - 1))]
    if state.walk_of[c] == state.walk_of[w]:
        return _turn(chunk, state, c, w, threshold)
    return _exchange(chunk, state, c, w, int(random(state.chance) * 3.0), threshold, row_a, row_b)


@njit(cache=True)
def _turn(chunk, state, c, w, threshold):  # type: ignore[no-untyped-def]  # compiled
    """Turn the stretch round that brings c and w together."""
    r = state.walk_of[c]
    row, n = state.walk[r], state.length[r]
    low, high = state.place[c], state.place[w]
    if low > high:
        low, high = high, low
    if random(state.chance) < 0.5:
        low += 1
    else:
        high -= 1
    if low >= high:
        return False
    u, v = row[low], row[high]
    change, longer = 0.0, 0.0
    if low > 0:
        before = row[low - 1]
        change += chunk.price[before, v] - chunk.price[before, u]
        longer += chunk.metres[before, v] - chunk.metres[before, u]
    else:
        change += chunk.begin[v] - chunk.begin[u]
    if high < n - 1:
        after = row[high + 1]
        change += chunk.price[u, after] - chunk.price[v, after]
        longer += chunk.metres[u, after] - chunk.metres[v, after]
    else:
        change += chunk.finish[u] - chunk.finish[v]
    if change >= threshold:
        return False
    load = state.loads[r] + chunk.load_per_metre * longer
    if load > state.loads[r] and load > chunk.most:
        return False
    change += shortage(chunk, n, load) - shortage(chunk, n, state.loads[r])
    while low < high:
        u, v = row[low], row[high]
        row[low], row[high] = v, u
        state.place[v], state.place[u] = low, high
        low += 1
        high -= 1
    state.loads[r] = load
    state.costs[r] += change
    state.price[WORTH] += change
    return True


@njit(cache=True)
def _leg_or_end(chunk, row, at, other, other_at):  # type: ignore[no-untyped-def]  # compiled
    """The leg from row[at] to other[other_at]; at -1 or beyond an end, what beginning or ending there costs."""
    if at >= 0 and other_at >= 0:
        return float(chunk.price[row[at], other[other_at]])
    if at >= 0:
        return chunk.finish[row[at]]
    if other_at >= 0:
        return chunk.begin[other[other_at]]
    return 0.0


@njit(cache=True)
def _exchange(chunk, state, c, w, kind, threshold, row_a, row_b):  # type: ignore[no-untyped-def]  # compiled
    """
    Join c and w: kind 0, c goes on with w's tail; 1, with w's head turned round; 2, heads against heads.
    """
    a, b = state.walk_of[c], state.walk_of[w]
    i, j = state.place[c], state.place[w]
    row, other = state.walk[a], state.walk[b]
    n, m = state.length[a], state.length[b]
    onward_i = i + 1 if i + 1 < n else -1
    onward_j = j + 1 if j + 1 < m else -1
    change = float(chunk.price[c, w])
    if kind == 0:
        change -= _leg_or_end(chunk, row, i, row, onward_i)
        change -= _leg_or_end(chunk, other, j - 1, other, j)
        change += _leg_or_end(chunk, other, j - 1, row, onward_i)
        new_n, new_m = i + 1 + m - j, j + n - i - 1
    elif kind == 1:
        change -= _leg_or_end(chunk, row, i, row, onward_i)
        change -= _leg_or_end(chunk, other, j, other, onward_j)
        change += chunk.finish[other[0]] - chunk.begin[other[0]]
        if onward_i >= 0:
            change += chunk.begin[row[n - 1]] - chunk.finish[row[n - 1]]
            if onward_j >= 0:
                change += chunk.price[row[onward_i], other[onward_j]]
            else:
                change += chunk.finish[row[onward_i]]
        elif onward_j >= 0:
            change += chunk.begin[other[onward_j]]
        new_n, new_m = i + 1 + j + 1, n - i - 1 + m - j - 1
    else:
        change -= _leg_or_end(chunk, row, i - 1, row, i)
        change -= _leg_or_end(chunk, other, j - 1, other, j)
        change += chunk.begin[row[n - 1]] - chunk.finish[row[n - 1]]
        if j > 0:
            change += chunk.finish[other[0]] - chunk.begin[other[0]]
            if i > 0:
                change += chunk.price[row[i - 1], other[j - 1]]
            else:
                change += chunk.begin[other[j - 1]]
        elif i > 0:
            change += chunk.finish[row[i - 1]]
        new_n, new_m = i + j, n - i + m - j
    # Fewer split streets, or fewer small walks, may be worth much: that is seen only when it is laid out.
    if not chunk.priced and change >= threshold:
        return False
    if new_n > len(row_a) or new_m > len(row_b):
        return False
    if kind == 0:
        row_a[: i + 1] = row[: i + 1]
        row_a[i + 1 : new_n] = other[j:m]
        row_b[:j] = other[:j]
        row_b[j:new_m] = row[i + 1 : n]
    elif kind == 1:
        row_a[: i + 1] = row[: i + 1]
        row_a[i + 1 : new_n] = other[: j + 1][::-1]
        row_b[: n - i - 1] = row[i + 1 : n][::-1]
        row_b[n - i - 1 : new_m] = other[j + 1 : m]
    else:
        row_a[:i] = row[:i]
        row_a[i:new_n] = other[:j][::-1]
        row_b[: n - i] = row[i:n][::-1]
        row_b[n - i : new_m] = other[j:m]
    load_a, load_b = weight(chunk, row_a, new_n), weight(chunk, row_b, new_m)
    room = max(chunk.most, max(state.loads[a], state.loads[b]))
    if load_a > room or load_b > room:
        return False
    change += shortage(chunk, new_n, load_a) + shortage(chunk, new_m, load_b)
    change -= shortage(chunk, n, state.loads[a]) + shortage(chunk, m, state.loads[b])
    if chunk.priced:
        split = state.price[SPLIT]
        _recount(chunk, state, a, row, n, row_a, new_n)
        _recount(chunk, state, b, other, m, row_b, new_m)
        change += state.price[SPLIT] - split
        if change >= threshold:
            _recount(chunk, state, a, row_a, new_n, row, n)
            _recount(chunk, state, b, row_b, new_m, other, m)
            state.price[SPLIT] = split
            return False
    elif change >= threshold:
        return False
    _lay(chunk, state, a, row_a, new_n, load_a)
    _lay(chunk, state, b, row_b, new_m, load_b)
    state.price[WORTH] += change
    return True


@njit(cache=True)
def _recount(chunk, state, r, old, n, new, m):  # type: ignore[no-untyped-def]  # compiled
    for at in range(n):
        leave(chunk, state, old[at], r)
    for at in range(m):
        enter(chunk, state, new[at], r)


@njit(cache=True)
def _lay(chunk, state, r, row, n, load):  # type: ignore[no-untyped-def]  # compiled
    for at in range(n):
        v = row[at]
        state.walk[r, at] = v
        state.walk_of[v], state.place[v] = r, at
    state.length[r] = n
    state.loads[r] = load
    state.costs[r] = worth(chunk, row, n, load)
