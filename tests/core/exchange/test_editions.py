"""Versions only count up, whatever order they come in; a number with two contents is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.exchange.editions import Edition, NotNewer, check_next, newest

EDITIONS = st.builds(
    Edition, st.sampled_from("ab"), st.sampled_from("xy"), st.integers(1, 6), st.sampled_from("12")
)


def taken(coming: list[Edition]) -> tuple[list[Edition], int]:
    """What is kept of these, in this order, and how many were refused."""
    kept: list[Edition] = []
    refused = 0
    for one in coming:
        try:
            check_next(one, kept)
        except NotNewer:
            refused += 1
        else:
            kept += [one] if one not in kept else []
    return kept, refused


@given(st.lists(EDITIONS))
def test_what_is_kept_counts_up_and_has_each_number_once(coming: list[Edition]) -> None:
    kept, _refused = taken(coming)

    for series in {one.series for one in kept}:
        numbers = [one.version for one in kept if one.series == series]
        assert numbers == sorted(set(numbers))
        assert newest(kept)[series] == numbers[-1]


@given(st.lists(EDITIONS), st.integers(1, 5))
def test_whatever_comes_again_changes_nothing(coming: list[Edition], times: int) -> None:
    kept, _refused = taken(coming)

    again, refused = taken(kept * times)

    assert (again, refused) == (kept, 0)


@given(st.lists(EDITIONS, min_size=1))
def test_the_newest_that_was_first_of_its_number_is_never_lost(coming: list[Edition]) -> None:
    """The highest number of a design is kept whenever it came, and only its first content."""
    kept, _refused = taken(coming)

    for series in {one.series for one in coming}:
        top = max(one.version for one in coming if one.series == series)
        (first,) = [one for one in coming if one.series == series and one.version == top][:1]
        assert first in kept


def a_release(**more: Any) -> dict[str, Any]:
    return {
        "id": "1", "created": "x", "issuer": "node:a", "design": "d", "title": "T", "version": 1,
        "files": [], **more,
    }  # fmt: skip


def test_a_record_made_anew_with_the_same_content_is_the_same_edition() -> None:
    assert Edition.of(a_release()) == Edition.of(a_release(id="2", created="y", proof={}))
    for more in ({"licence": "other"}, {"files": [{"hash": "0a"}]}, {"title": "U"}):
        assert Edition.of(a_release()) != Edition.of(a_release(**more))


def test_a_release_of_no_design_is_refused() -> None:
    with pytest.raises(BadInput, match="which design"):
        Edition.of(a_release(design=""))
