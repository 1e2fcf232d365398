"""
Bytes as text that can be copied by hand: multibase with base58btc (the leading ``z``).

The alphabet has no 0, O, I or l. Leading zero bytes are leading ``1`` characters.
Source: W3C Controlled Identifiers 1.0, section 2.4 (multibase).
"""

from __future__ import annotations

from hustings.core.errors import BadInput

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
MOST_LETTERS = 256


def to_multibase(data: bytes) -> str:
    """``z`` and the base58btc letters of ``data``."""
    number = int.from_bytes(data)
    letters = ""
    while number:
        number, rest = divmod(number, 58)
        letters = ALPHABET[rest] + letters
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + letters


def from_multibase(text: str) -> bytes:
    """The bytes that ``text`` writes; every sequence of bytes has exactly one text."""
    letters = text[1:]
    if not text.startswith("z") or not letters or len(text) > MOST_LETTERS:
        raise BadInput(f"«{text[:40]}» is no base58 text; it should begin with z.")
    number = 0
    for letter in letters:
        if letter not in _VALUE:
            raise BadInput(f"«{letter}» in «{text[:40]}» is no letter of base58; copy it again.")
        number = number * 58 + _VALUE[letter]
    zeros = len(letters) - len(letters.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
