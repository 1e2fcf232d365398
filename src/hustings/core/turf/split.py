"""
Dividing one walk through all stops into turfs, at the least cost.

A split keeps the tour's order and pays for every leg that stays inside a turf, so it drops the dearest
legs that the limits allow (Beasley's "route first, cluster second", 1983). With a window on the load this
is one pass with a queue of the cheapest beginnings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray


def split_tour(
    load: NDArray[np.float64],
    leg_load: NDArray[np.float64],
    leg_price: NDArray[np.float64],
    cut_price: NDArray[np.float64],
    least: float,
    most: float,
    turf_price: float,
    short: float,
) -> NDArray[np.int64]:
    """
    Where each turf begins in the tour.

    Parameters
    ----------
    load
        Load of each stop in tour order (doors, or minutes), length n.
    leg_load, leg_price
        Load (walking minutes, or 0) and price of the leg from each stop to the next, length n - 1.
    cut_price
        What cutting between a stop and the next costs (a split street), length n - 1; infinite forbids.
    least, most
        Window for a turf's load; ``most`` is never passed except by a single stop, ``least`` gives way
        at a price.
    turf_price, short
        Price of one more turf; what one that weighs nothing costs besides.

    Returns
    -------
    Beginnings, ascending, the first 0.
    """
    count = len(load)
    if count == 0:
        return np.zeros(0, np.int64)
    loads = np.concatenate([[0.0], np.cumsum(load)])
    leg_loads = np.concatenate([[0.0], np.cumsum(leg_load)])
    leg_prices = np.concatenate([[0.0], np.cumsum(leg_price)])
    begins = _split(loads, leg_loads, leg_prices, cut_price, least, most, turf_price, short)
    return np.flatnonzero(begins)


@njit(cache=True)
def _split(loads, leg_loads, leg_prices, cut_price, least, most, turf_price, short):  # type: ignore[no-untyped-def]  # compiled
    count = len(loads) - 1
    best = np.full(count + 1, np.inf)  # best[i]: the first i stops are divided
    came = np.zeros(count + 1, np.int64)
    best[0] = 0.0
    low = 0
    for end in range(1, count + 1):
        # Beginnings from which the turf begin…end-1 is not too heavy.
        while (
            low < end - 1 and loads[end] - loads[low] + leg_loads[end - 1] - leg_loads[low] > most
        ):
            low += 1
        for begin in range(end - 1, low - 1, -1):
            if best[begin] == np.inf:
                continue
            turf_load = loads[end] - loads[begin] + leg_loads[end - 1] - leg_loads[begin]
            price = best[begin] + turf_price + leg_prices[end - 1] - leg_prices[begin]
            if turf_load < least:
                price += short * (1.0 - turf_load / least)
            if end < count:
                price += cut_price[end - 1]
            if price < best[end]:
                best[end] = price
                came[end] = begin
        if best[end] == np.inf and end - 1 >= low:
            came[end] = low
            best[end] = best[low]  # a stop too heavy for any turf is one
    begins = np.zeros(count, np.bool_)
    at = count
    while at > 0:
        begins[came[at]] = True
        at = came[at]
    return begins
