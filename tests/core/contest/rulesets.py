"""The rulesets as plain values; the core's tests read the files themselves, since the core reads none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import hustings

FOLDER = Path(hustings.__file__).parent / "formats/contest/rules"


def ruleset(name: str) -> dict[str, Any]:
    rules = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return {key: value for key, value in rules.items() if key not in {"source", "not_known"}}


IOWA_2016, IOWA_2020, NEVADA_2020 = map(ruleset, ("iowa-2016", "iowa-2020", "nevada-2020"))
DNC, UK_PARLIAMENT, OMOV, THIRDS = map(
    ruleset,
    ("dnc-proportional", "uk-parliament", "one-member-one-vote", "electoral-college-thirds"),
)
