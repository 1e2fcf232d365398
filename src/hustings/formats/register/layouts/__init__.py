"""The layouts we know, one small file each: what the columns of one source mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from hustings.core.errors import BadInput
from hustings.core.register.layout import Layout


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Every layout, by name."""
    folder = files(__name__)
    return tuple(
        _read(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text("utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    )


def layout_named(name: str) -> Layout:
    """The layout of this name; ``absent`` and ``contacts`` among them."""
    for layout in all_layouts():
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in all_layouts())
    raise BadInput(f"There is no layout {name!r}. There are: {known}.")


def _read(name: str, facts: dict[str, Any]) -> Layout:
    lines = tuple(tuple(line) for line in facts.pop("lines", ()))
    return Layout(
        name=name,
        lines=lines,
        header=tuple(facts.pop("header", ())),
        dates=tuple(facts.pop("dates", ())),
        markers=frozenset(facts.pop("markers", "")),
        required=frozenset(facts.pop("required", ())),
        **facts,
    )
