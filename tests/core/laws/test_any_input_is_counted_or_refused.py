"""Whatever stands in one place of an input or of its rules, the answer is a count or one sentence."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.formats.contest.json_text import read_json
from hustings.formats.count_file import Counted, count_all, replay
from tests.core.laws.contests import Contest, contests

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([10**9, 10**12, -(10**30), "", "4", "1/0", "7/5", "0.15", "Ash", "x" * 300, "\x00"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just([]),
    st.just({}),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["Ash", "Birch", "step", ""]), st.integers(-1, 4), max_size=2),
)  # fmt: skip
FIELDS = (
    "lots",
    "candidates",
    "parties",
    "rounds",
    "sde",
    "eligible",
    "issued",
    "pool",
    "kind",
    "unit",
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in it."""
    found = [path] if path else []
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, one in inner:
        found += places(one, (*path, key))
    return found


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The same with another value in one place."""
    changed = copy.deepcopy(value)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return changed


@settings(deadline=None, max_examples=300)
@given(contests(), st.data(), VALUES, st.booleans())
def test_one_place_changed(contest: Contest, data: st.DataObject, new: Any, in_rules: bool) -> None:
    whole = contest.rules if in_rules else contest.said
    added = [(field,) for field in FIELDS]
    path = data.draw(st.sampled_from(places(whole) if in_rules else [*places(whole), *added]))
    said, rules = (
        (contest.said, put(whole, path, new))
        if in_rules
        else (put(whole, path, new), contest.rules)
    )

    said, rules = (read_json(json.dumps(one).encode(), "a.json") for one in (said, rules))

    counted = answered(contest.rules["method"], rules, said)

    if isinstance(counted, BadInput):
        assert counted.message.endswith(".")
        assert "\n" not in str(counted)
        return
    assert counted.checks is not None
    assert counted.checks.wrong == ()
    assert replay(counted.text().encode("utf-8"), "count.json")[1]


def answered(method: str, rules: Any, said: Any) -> Counted | BadInput:
    try:
        return count_all(method, rules, said, checked=True)
    except BadInput as error:
        return error
