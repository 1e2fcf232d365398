"""Words to be read over a telephone: every pair of bytes has one, and a slip of the tongue is found."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.spoken import (
    from_words,
    read_back,
    to_words,
    words_of_both,
    written_down,
)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", "lusab babad"),
        ("63.84.220.193", "gutih tugad"),
        ("63.118.7.35", "gutuk bisog"),
        ("140.98.193.141", "mudof sakat"),
        ("64.255.6.200", "haguz biram"),
        ("147.67.119.2", "natag lisaf"),
    ],
)
def test_the_words_are_those_of_the_proposal(address: str, words: str) -> None:
    data = bytes(map(int, address.split(".")))

    assert to_words(data) == words.split()
    assert from_words(words.split()) == data


def test_every_word_there_is_reads_back_as_itself() -> None:
    data = b"".join(number.to_bytes(2) for number in range(2**16))

    words = to_words(data)

    assert len(set(words)) == 2**16
    assert from_words(words) == data


def test_both_ends_see_the_same_eight_words_and_a_third_sees_others() -> None:
    assert words_of_both("node:zA", "node:zB") == words_of_both("node:zB", "node:zA")
    assert len(words_of_both("node:zA", "node:zB")) == 8
    assert words_of_both("node:zA", "node:zB") != words_of_both("node:zA", "node:zC")


def test_a_sheet_reads_back_also_with_hyphens_and_capitals() -> None:
    secret = bytes(range(32))
    sheet = "-".join(written_down(secret)).upper()

    assert read_back(sheet) == secret


def test_a_sheet_copied_wrong_is_not_read() -> None:
    words = written_down(bytes(range(32)))
    wrong = 0
    for place, word in enumerate(words):
        other = ("z" if word[0] != "z" else "b") + word[1:]
        with pytest.raises(BadInput, match="copied wrong"):
            read_back(" ".join([*words[:place], other, *words[place + 1 :]]))
        with pytest.raises(BadInput, match="copied wrong"):
            read_back(" ".join(words[:place] + words[place + 1 :]))
        wrong += 1
    assert wrong == 17
    with pytest.raises(BadInput, match="none of these words"):
        read_back("hello there")
    with pytest.raises(BadInput, match="leave one over"):
        to_words(b"abc")
