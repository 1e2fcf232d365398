"""A ruleset is a TOML file by docs/methods/contests.md; what it means is read by the method that it names."""

from __future__ import annotations

import tomllib
from datetime import date, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hustings.core.errors import BadInput

ENDING = ".toml"
MOST_BYTES = 200_000
MOST = 2**63 - 1
"""TOML knows no whole number above this."""


@cache
def own_rulesets() -> dict[str, dict[str, Any]]:
    """The rulesets that come with Hustings, by name."""
    folder = files("hustings.formats.contest") / "rules"
    return {
        entry.name.removesuffix(ENDING): _plain(
            tomllib.loads(entry.read_text("utf-8"), parse_float=str)
        )
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(ENDING)
    }


def own_ruleset(name: str) -> dict[str, Any]:
    """One that comes with Hustings."""
    found = own_rulesets().get(name)
    if found is None:
        known = ", ".join(own_rulesets())
        raise BadInput(f"There are no rules «{name[:60]}»; there are {known}, or name a file.")
    return found


def read_ruleset(chosen: str) -> dict[str, Any]:
    """One of ours by its name, or a file of your own."""
    if not chosen.endswith(ENDING):
        return own_ruleset(chosen)
    try:
        raw = Path(chosen).read_bytes()
    except OSError as error:
        raise BadInput(
            f"This file cannot be opened ({error.strerror}); check its name.", where=chosen
        ) from error
    if len(raw) > MOST_BYTES:
        raise BadInput(
            f"A ruleset has at most {MOST_BYTES} bytes; this is another file.", where=chosen
        )
    try:
        said = tomllib.loads(raw.decode("utf-8"), parse_float=str)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"This is no TOML: {error}.", where=chosen) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "This TOML holds a number or a nesting that no ruleset has.", where=chosen
        ) from error
    for needed in ("name", "method"):
        if not isinstance(said.get(needed), str):
            raise BadInput(f"«{needed}» is missing: it must be text.", where=chosen)
    try:
        plain: dict[str, Any] = _plain(said)
    except BadInput as error:
        raise BadInput(error.message, where=chosen) from error
    return plain


def _plain(value: Any) -> Any:
    """As JSON holds it: a day and a time become their text."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, int) and abs(value) > MOST:
        raise BadInput("This TOML holds a number that no ruleset has.")
    return value.isoformat() if isinstance(value, date | time) else value
