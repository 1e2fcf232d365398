"""A design comes out of its file as it went in, and nothing else is one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.formats.design_file import (
    TravellingDesign,
    TravellingQuote,
    read_design,
    write_design,
)

QUOTE = TravellingQuote(
    "sha256:5f2d", "We will keep it open.", "https://riverside.example/s/1", True
)
DESIGN = TravellingDesign("A library", "It stays.", "printed", "a5", "foot", 8, "0a" * 32, (QUOTE,))


def test_a_design_comes_out_as_it_went_in() -> None:
    assert read_design(write_design(DESIGN)) == DESIGN
    assert read_design(write_design(replace(DESIGN, quotes=()))) == replace(DESIGN, quotes=())


@pytest.mark.parametrize(
    "change",
    [
        {"medium": "carved"}, {"paper": "a0"}, {"imprint_points": 2}, {"imprint_points": True},
        {"headline": 5}, {"text": "\0"}, {"quotes": None}, {"quotes": [{}]}, {"more": 1},
        {"quotes": [{"statement": "x", "words": "y", "proof_address": "javascript:1"}]},
    ],
)  # fmt: skip
def test_what_no_design_says_is_refused(change: dict[str, object]) -> None:
    said = json.loads(write_design(DESIGN)) | change

    with pytest.raises(BadInput, match=r"design\.json"):
        read_design(json.dumps(said).encode())


@given(st.binary(max_size=200))
def test_no_bytes_at_all_fail_otherwise_than_in_a_sentence(noise: bytes) -> None:
    with pytest.raises(BadInput):
        read_design(noise)
