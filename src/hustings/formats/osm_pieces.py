"""
Streets that hang together: what an extract or its mappers left apart is joined, or left out.

A footway that was drawn up to a pavement we do not keep, or a street cut at the extract's border, would
be an island that nobody can walk to.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from hustings.core.geo import LocalPlane
from hustings.core.walk.network import StreetKind, StreetNetwork

JOIN_WITHIN_M = 60.0
"""A piece this near to the rest is joined to it on foot."""
KEEP_FROM_M = 2_000.0
"""A piece further away is kept, as a place of its own, from this much street on."""


def joined_up(streets: StreetNetwork) -> StreetNetwork:
    """The same streets, with small pieces joined to the largest where they are near, and else left out."""
    count, piece = connected_components(
        coo_matrix(
            (np.ones(streets.edge_count), (streets.edge_from, streets.edge_to)),
            shape=(streets.node_count, streets.node_count),
        ),
        directed=False,
    )
    if count == 1:
        return streets
    metres = np.bincount(piece[streets.edge_from], weights=streets.edge_length_m, minlength=count)
    largest = int(np.argmax(metres))
    x, y = LocalPlane.around(streets.node_lon, streets.node_lat).metres(
        streets.node_lon, streets.node_lat
    )
    in_largest = np.flatnonzero(piece == largest)
    elsewhere = np.flatnonzero(piece != largest)
    found = cKDTree(np.column_stack([x[in_largest], y[in_largest]])).query(
        np.column_stack([x[elsewhere], y[elsewhere]])
    )
    away_m, at = np.asarray(found[0]), np.asarray(found[1])
    order = np.lexsort((elsewhere, away_m, piece[elsewhere]))
    first = np.unique(piece[elsewhere[order]], return_index=True)[1]
    link_from, link_to = elsewhere[order][first], in_largest[at[order][first]]
    link_m = away_m[order][first]
    near = link_m <= JOIN_WITHIN_M
    kept = metres >= KEEP_FROM_M
    kept[largest] = True
    kept[piece[link_from[near]]] = True
    return _with_links(
        _only(streets, kept[piece[streets.edge_from]]), link_from[near], link_to[near], link_m[near]
    )


def _only(streets: StreetNetwork, wanted: np.ndarray) -> StreetNetwork:
    """Some of the edges; junctions keep their numbers, so that links still fit."""
    lengths = np.diff(streets.shape_start)
    points = np.repeat(wanted, lengths)
    start = np.concatenate([[0], np.cumsum(lengths[wanted])]).astype(np.int64)
    return replace(
        streets,
        edge_from=streets.edge_from[wanted],
        edge_to=streets.edge_to[wanted],
        edge_length_m=streets.edge_length_m[wanted],
        edge_street=streets.edge_street[wanted],
        edge_kind=streets.edge_kind[wanted],
        shape_start=start,
        shape_lon=streets.shape_lon[points],
        shape_lat=streets.shape_lat[points],
    )


def _with_links(
    streets: StreetNetwork, link_from: np.ndarray, link_to: np.ndarray, link_m: np.ndarray
) -> StreetNetwork:
    """More edges on foot, straight between two junctions."""
    links = len(link_from)
    ends = np.column_stack([link_from, link_to]).ravel()
    begin = streets.shape_start[-1]
    return replace(
        streets,
        edge_from=np.concatenate([streets.edge_from, link_from.astype(np.int32)]),
        edge_to=np.concatenate([streets.edge_to, link_to.astype(np.int32)]),
        edge_length_m=np.concatenate([streets.edge_length_m, np.maximum(link_m, 0.1)]),
        edge_street=np.concatenate([streets.edge_street, np.full(links, -1, np.int32)]),
        edge_kind=np.concatenate([streets.edge_kind, np.full(links, StreetKind.FOOT, np.uint8)]),
        shape_start=np.concatenate([streets.shape_start, begin + 2 * np.arange(1, links + 1)]),
        shape_lon=np.concatenate([streets.shape_lon, streets.node_lon[ends]]),
        shape_lat=np.concatenate([streets.shape_lat, streets.node_lat[ends]]),
    )
