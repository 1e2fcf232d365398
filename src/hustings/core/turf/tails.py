"""
Exchanging the tails of two walks, or dividing one: 2-opt* as tries of a search.

Potvin and Rousseau, "An exchange heuristic for routeing problems with time windows" (Journal of the
Operational Research Society 46, 1995). Walks of sixty doors are longer than any string that ruin and
recreate takes out, so that much of a cut can be bettered by this alone. Looking costs a few additions;
only what may be worth having is laid out.
"""

from __future__ import annotations

from numba import njit


@njit(cache=True)
def _leg(price, begin, finish, row, at, other, other_at):  # type: ignore[no-untyped-def]  # compiled
    """The leg from row[at] to other[other_at]; at -1, what beginning or ending there costs."""
    if at >= 0 and other_at >= 0:
        return float(price[row[at], other[other_at]])
    if at >= 0:
        return finish[row[at]]
    if other_at >= 0:
        return begin[other[other_at]]
    return 0.0


@njit(cache=True)
def exchange_price(price, begin, finish, kind, row, n, i, other, m, j):  # type: ignore[no-untyped-def]  # compiled
    """
    What joining row[i] and other[j] costs in legs.

    Kind 0: row's head goes on with other's tail; 1: with other's head turned round; 2: the two heads are
    joined, and the two tails.
    """
    onward_i = i + 1 if i + 1 < n else -1
    onward_j = j + 1 if j + 1 < m else -1
    change = float(price[row[i], other[j]])
    if kind == 0:
        change -= _leg(price, begin, finish, row, i, row, onward_i)
        change -= _leg(price, begin, finish, other, j - 1, other, j)
        change += _leg(price, begin, finish, other, j - 1, row, onward_i)
    elif kind == 1:
        change -= _leg(price, begin, finish, row, i, row, onward_i)
        change -= _leg(price, begin, finish, other, j, other, onward_j)
        change += finish[other[0]] - begin[other[0]]
        if onward_i >= 0:
            change += begin[row[n - 1]] - finish[row[n - 1]]
            if onward_j >= 0:
                change += price[row[onward_i], other[onward_j]]
            else:
                change += finish[row[onward_i]]
        elif onward_j >= 0:
            change += begin[other[onward_j]]
    else:
        change -= _leg(price, begin, finish, row, i - 1, row, i)
        change -= _leg(price, begin, finish, other, j - 1, other, j)
        change += begin[row[n - 1]] - finish[row[n - 1]]
        if j > 0:
            change += finish[other[0]] - begin[other[0]]
            if i > 0:
                change += price[row[i - 1], other[j - 1]]
            else:
                change += begin[other[j - 1]]
        elif i > 0:
            change += finish[row[i - 1]]
    return change


@njit(cache=True)
def lay_out(kind, row, n, i, other, m, j, row_a, row_b):  # type: ignore[no-untyped-def]  # compiled
    """The two walks that an exchange makes; returns how many stops the first has, -1 where there is no room."""
    if kind == 0:
        new_n = i + 1 + m - j
    elif kind == 1:
        new_n = i + 1 + j + 1
    else:
        new_n = i + j
    new_m = n + m - new_n
    if new_n > len(row_a) or new_m > len(row_b):
        return -1
    a, b = 0, 0
    head = i if kind == 2 else i + 1
    for at in range(head):
        row_a[at] = row[at]
    if kind == 0:
        a = head
        for at in range(j, m):
            row_a[a] = other[at]
            a += 1
        for at in range(j):
            row_b[at] = other[at]
        b = j
        for at in range(head, n):
            row_b[b] = row[at]
            b += 1
        return new_n
    last = j if kind == 1 else j - 1
    a = head
    for at in range(last, -1, -1):
        row_a[a] = other[at]
        a += 1
    for at in range(n - 1, head - 1, -1):
        row_b[b] = row[at]
        b += 1
    for at in range(last + 1, m):
        row_b[b] = other[at]
        b += 1
    return new_n
