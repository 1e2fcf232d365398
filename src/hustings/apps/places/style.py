"""How the map looks: ink on paper, a dozen layers, no glyph or sprite fetched from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.formats.osm_tiles import MOST_ZOOM

if TYPE_CHECKING:
    from hustings.apps.places.models import TownMap

PAPER, GREEN, WATER, BUILDING = "#f4efe4", "#e2e8d3", "#b9d3de", "#ddd5c6"
CASING, ROAD, WALK, RAIL, INK = "#cfc5b0", "#fffdf8", "#c9bda6", "#a89f8f", "#56615d"
TEXT = ["sans-serif"]


def style_without_map() -> dict[str, Any]:
    """Paper alone: doors and walks are drawn on it all the same."""
    return {"version": 8, "sources": {}, "layers": [_background()]}


def style_of(town: TownMap, tiles_url: str) -> dict[str, Any]:
    """
    The MapLibre style of a town's map.

    Parameters
    ----------
    tiles_url
        Absolute, with ``{z}``, ``{x}`` and ``{y}``.
    """
    return {
        "version": 8,
        "sources": {
            "town": {
                "type": "vector",
                "tiles": [tiles_url],
                "minzoom": 8,
                "maxzoom": MOST_ZOOM,
                "attribution": town.credit,
                "bounds": [town.west, town.south, town.east, town.north],
            }
        },
        "layers": [
            _background(),
            _fill("ground", GREEN),
            {**_fill("water", WATER), "filter": ["==", ["get", "kind"], "area"]},
            _line("rivers", "water", WATER, [8, 1, 14, 5, 17, 18], kinds=["river", "canal"]),
            _line("streams", "water", WATER, [12, 0.5, 17, 3], kinds=["stream"]),
            _fill("buildings", BUILDING),
            _line("walks", "streets", WALK, [14, 0.8, 18, 2.5], kinds=["walk"], dash=[2, 1.5]),
            _line("sides-edge", "streets", CASING, [12, 1, 15, 5, 18, 18], kinds=["side"]),
            _line("mains-edge", "streets", CASING, [8, 1, 13, 4, 15, 8, 18, 26], kinds=["main"]),
            _line("sides", "streets", ROAD, [12, 0.5, 15, 3.6, 18, 15.5], kinds=["side"]),
            _line("mains", "streets", ROAD, [8, 0.5, 13, 2.8, 15, 6.4, 18, 23], kinds=["main"]),
            _line("rails", "rails", RAIL, [10, 0.8, 16, 2.4], dash=[4, 2]),
            {
                "id": "street-names",
                "type": "symbol",
                "source": "town",
                "source-layer": "streets",
                "minzoom": 14,
                "filter": ["has", "name"],
                "layout": {
                    "symbol-placement": "line",
                    "text-field": ["get", "name"],
                    "text-font": TEXT,
                    "text-size": ["interpolate", ["linear"], ["zoom"], 14, 10.5, 18, 14],
                    "symbol-spacing": 260,
                },
                "paint": _ink(),
            },
            {
                "id": "numbers",
                "type": "symbol",
                "source": "town",
                "source-layer": "numbers",
                "minzoom": 17,
                "layout": {"text-field": ["get", "n"], "text-font": TEXT, "text-size": 10},
                "paint": _ink(),
            },
            {
                "id": "names",
                "type": "symbol",
                "source": "town",
                "source-layer": "names",
                "maxzoom": 15,
                "layout": {"text-field": ["get", "name"], "text-font": TEXT, "text-size": 13},
                "paint": _ink(),
            },
        ],
    }


def _background() -> dict[str, Any]:
    return {"id": "paper", "type": "background", "paint": {"background-color": PAPER}}


def _fill(layer: str, colour: str) -> dict[str, Any]:
    return {
        "id": layer,
        "type": "fill",
        "source": "town",
        "source-layer": layer,
        "paint": {"fill-color": colour},
    }


def _line(
    name: str,
    layer: str,
    colour: str,
    widths: list[float],
    *,
    kinds: list[str] | None = None,
    dash: list[float] | None = None,
) -> dict[str, Any]:
    """A line whose width grows with the zoom: zoom, width, zoom, width …"""
    drawn: dict[str, Any] = {
        "id": name,
        "type": "line",
        "source": "town",
        "source-layer": layer,
        "layout": {"line-cap": "butt" if dash else "round", "line-join": "round"},
        "paint": {
            "line-color": colour,
            "line-width": ["interpolate", ["exponential", 1.4], ["zoom"], *widths],
        },
    }
    if kinds:
        drawn["filter"] = ["in", ["get", "kind"], ["literal", kinds]]
    if dash:
        drawn["paint"]["line-dasharray"] = dash
    return drawn


def _ink() -> dict[str, Any]:
    return {"text-color": INK, "text-halo-color": PAPER, "text-halo-width": 1.4}
