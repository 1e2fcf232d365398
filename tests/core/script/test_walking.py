"""Where one stands after these answers; the same cases hold the phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hustings.core.script.as_json import from_json
from hustings.core.script.walking import held, stands_at, walked

CASES = json.loads(
    (Path(__file__).parents[2] / "js" / "script_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["walks"], ids=lambda case: str(case["called"]))
def test_a_walk_through_the_script_stands_where_the_case_says(case: dict[str, Any]) -> None:
    script = from_json(CASES["scripts"][case["script"]])
    here = stands_at(script, case["taken"])

    assert (here.name if here else None) == case["at"]
    assert [step.name for step, _answer in walked(script, case["taken"])] == case["behind"]
    assert [list(one) for one in held(script, case["taken"])] == case["held"]
