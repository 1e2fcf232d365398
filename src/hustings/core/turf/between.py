"""How far it is between all stops of a chunk, and which are close to each: tables for the search."""

from __future__ import annotations

import numpy as np
from numba import njit

from hustings.core.walk.ways import stop_metres

DETOUR, DETOUR_M = 2.4, 380.0
FAR_M = 1_400.0
ROUND_M = 3_000.0
"""Who must go so far round, or so far at all, may stand before water, a railway or a motorway: hardly ever."""


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
        for a in range(len(nodes)):
            for b in range(a):
                between[a, b] = between[b, a] = min(between[a, b], between[b, a])
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
            straight = np.hypot(ways.x[i] - ways.x[j], ways.y[i] - ways.y[j])
            if metres[a, b] > DETOUR * straight + DETOUR_M or metres[a, b] > FAR_M:
                cost += ROUND_M
            metres[b, a] = metres[a, b]
            price[a, b] = cost
            price[b, a] = cost
    return metres, price


@njit(cache=True)
def close_by(price, how_many):  # type: ignore[no-untyped-def]  # compiled
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
