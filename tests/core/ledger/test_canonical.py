"""One value has one sequence of bytes, and what could be read in two ways is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical, digest, read_canonical, read_json
from tests.core.conftest import Vectors

FILES = ("arrays", "french", "structures", "values")


@pytest.mark.parametrize("name", FILES)
def test_the_published_files_come_out_byte_for_byte(name: str, vectors: Vectors) -> None:
    value = read_json(vectors.bytes(f"jcs_rfc8785/input/{name}.json"))

    assert canonical(value) == vectors.bytes(f"jcs_rfc8785/output/{name}.json").rstrip(b"\n")
    assert canonical(value) == bytes.fromhex(vectors.text(f"jcs_rfc8785/outhex/{name}.txt"))


@pytest.mark.parametrize("name", FILES)
def test_what_is_canonical_is_read_as_canonical_and_nothing_else_is(
    name: str, vectors: Vectors
) -> None:
    text = bytes.fromhex(vectors.text(f"jcs_rfc8785/outhex/{name}.txt"))

    assert canonical(read_canonical(text)) == text
    for changed in (text + b" ", b" " + text, json.dumps(json.loads(text)).encode()):
        with pytest.raises(BadInput, match="canonical form"):
            read_canonical(changed)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a":1,"b":2,"a":3}', "The key «a» comes twice"),
        (r'{"outer":{"a":1,"\u0061":2}}', "The key «a» comes twice"),
        (r'["\ud800"]', "half of a surrogate pair"),
        (r'{"\udfff":1}', "half of a surrogate pair"),
        ("[9007199254740992]", "larger than 2\\^53"),
        ("[-9007199254740992]", "larger than 2\\^53"),
        ("[" + "9" * 5000 + "]", "larger than 2\\^53"),
        ("[1e400]", "too large for a double"),
        ("[NaN]", "no number in JSON"),
        ("[Infinity]", "no number in JSON"),
        ("[1,]", "This is no JSON"),
        ("", "This is no JSON"),
        ("[1] [2]", "This is no JSON"),
        ("[" * 66 + "]" * 66, "nested deeper than 64"),
        ("[" * 100_000, "nested deeper than 64"),
        ('"' + "x" * 1_000_000 + '"', "more than 1,000,000 characters"),
        (b'["\xff"]', "Byte 3 is not UTF-8"),
    ],
)
def test_what_two_programs_could_read_differently_is_refused_in_a_sentence(
    text: str | bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_json(text)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53, "\ud800", {"\udc00": 1}, {1: 2}, {1, 2}, b"bytes"]
)
def test_a_value_without_canonical_bytes_is_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        canonical([value])


def test_the_largest_whole_numbers_are_read() -> None:
    assert canonical(read_json("[9007199254740991,-9007199254740991]")) == (
        b"[9007199254740991,-9007199254740991]"
    )


def test_the_name_of_a_value_does_not_depend_on_how_it_was_written() -> None:
    assert digest(read_json('{ "b": 1.0, "a": "\\u00e9" }')) == digest({"a": "é", "b": 1})
