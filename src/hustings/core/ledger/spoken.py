"""
Bytes as words that can be read over a telephone: two bytes a word, consonant and vowel in turn.

``lusab babad`` is 127.0.0.1. No list of words is needed, and no language is favoured.
Eight words hold 128 bits, so that nobody finds two pairs of campaigns with the same eight.
Source: Daniel S. Wilkerson, A Proposal for Proquints, arXiv:0901.4016.
"""

from __future__ import annotations

import hashlib

from hustings.core.errors import BadInput

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
WORDS_TO_COMPARE = 8
_CHECK_BYTES = 2


def to_words(data: bytes) -> list[str]:
    """One word for each two bytes."""
    if len(data) % 2:
        raise BadInput(f"Words are made of two bytes each; {len(data)} bytes leave one over.")
    return [_word(int.from_bytes(data[at : at + 2])) for at in range(0, len(data), 2)]


def from_words(words: list[str]) -> bytes:
    """The bytes that these words are; ``BadInput`` names the first that is none."""
    return b"".join(_number(word).to_bytes(2) for word in words)


def words_of_both(one: str, other: str) -> list[str]:
    """The eight words that two nodes see alike: the hash of both their names, whichever is ours."""
    both = "\n".join(sorted((one, other))).encode()
    return to_words(hashlib.sha256(both).digest()[: 2 * WORDS_TO_COMPARE])


def written_down(secret: bytes) -> list[str]:
    """A secret as words for paper, with one more that finds a word copied wrong."""
    return to_words(secret + _check(secret))


def read_back(text: str) -> bytes:
    """The secret that was written down."""
    data = from_words(text.lower().replace("-", " ").split())
    secret, check = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
    if not secret or _check(secret) != check:
        raise BadInput("These are not the words of the sheet: one was copied wrong or left out.")
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"written down" + secret).digest()[:_CHECK_BYTES]


def _word(number: int) -> str:
    return (
        CONSONANTS[number >> 12] + VOWELS[number >> 10 & 3] + CONSONANTS[number >> 6 & 15]
        + VOWELS[number >> 4 & 3] + CONSONANTS[number & 15]
    )  # fmt: skip


def _number(word: str) -> int:
    number = 0
    for place, letter in enumerate(word):
        letters, bits = (VOWELS, 2) if place % 2 else (CONSONANTS, 4)
        if letter not in letters or len(word) != 5:
            raise BadInput(f"«{word[:20]}» is none of these words; copy it again.")
        number = number << bits | letters.index(letter)
    return number
