"""What is sealed is read by one node alone, beside one record alone, and only as it was promised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.exchange.sealed import HEADER, MOST_BYTES, open_sealed, seal
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.multibase import to_multibase
from hustings.core.ledger.salted import commit
from hustings.core.ledger.seal_keys import SealKey, SealSecret

SALT = bytes(range(32))
WORDS = {"name": "Asha Malik", "telephone": "01632 960 001", "to": "Harbour"}
PROMISED = commit(SALT, WORDS)
OURS, OTHERS = SealSecret(b"\1" * 32), SealSecret(b"\2" * 32)
RECORD = digest({"a": "record"})


def opened(part: bytes, *secrets: SealSecret, of: str = RECORD, promised: str = PROMISED) -> object:
    return open_sealed(part, with_=secrets or (OURS,), of=of, commitment=promised)


def sealed() -> bytes:
    return seal(SALT, WORDS, to=OURS.public, of=RECORD)


def test_the_holder_of_the_key_reads_the_words() -> None:
    assert opened(sealed()) == WORDS
    assert opened(sealed(), OTHERS, OURS) == WORDS


def test_a_part_shows_none_of_its_words_and_is_another_each_time() -> None:
    assert not any(word.encode() in sealed() for word in WORDS.values())
    assert sealed() != sealed()


def test_another_key_reads_nothing() -> None:
    with pytest.raises(BadInput, match="sealed to other keys than ours"):
        opened(sealed(), OTHERS)
    with pytest.raises(BadInput, match="sealed to other keys than ours"):
        open_sealed(sealed(), with_=(), of=RECORD, commitment=PROMISED)


def test_moved_to_another_record_it_cannot_be_opened() -> None:
    with pytest.raises(BadInput, match="belongs to another record"):
        opened(sealed(), of=digest({"another": "record"}))


def test_what_the_record_does_not_promise_is_refused_though_it_opens() -> None:
    """Whoever knows our public key can seal to it; only the signed hash says that it is from them."""
    forged = seal(SALT, WORDS | {"name": "Somebody Else"}, to=OURS.public, of=RECORD)

    with pytest.raises(BadInput, match="not what the signed record promises"):
        opened(forged)
    with pytest.raises(BadInput, match="not what the signed record promises"):
        opened(seal(b"\0" * 32, WORDS, to=OURS.public, of=RECORD))


def test_every_byte_that_is_flipped_and_every_cut_is_found() -> None:
    part = sealed()
    for at in range(len(part)):
        with pytest.raises(BadInput):
            opened(part[:at] + bytes([part[at] ^ 1]) + part[at + 1 :])
        with pytest.raises(BadInput):
            opened(part[:at])
    for more in (part + b"\0", part + part, b"\0" * len(part), HEADER + b"\0" * (MOST_BYTES + 1)):
        with pytest.raises(BadInput):
            opened(more)


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=40), max_size=8))
def test_any_words_come_out_as_they_went_in(words: dict[str, str]) -> None:
    part = seal(SALT, words, to=OURS.public, of=RECORD)

    assert opened(part, promised=commit(SALT, words)) == words


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_fail_otherwise_than_in_a_sentence(noise: bytes) -> None:
    for part in (noise, HEADER + noise):
        with pytest.raises(BadInput):
            opened(part)


def test_a_key_of_small_order_is_refused_before_anything_is_sealed_to_it() -> None:
    with pytest.raises(BadInput, match="ask for a new card"):
        seal(SALT, WORDS, to=SealKey(b"\0" * 32), of=RECORD)


def test_a_key_is_written_as_a_multikey_and_nothing_else_is_one() -> None:
    text = OURS.public.multikey

    assert text.startswith("z6LS")
    assert SealKey.of_multikey(text) == OURS.public
    for wrong in ("z6Mk", to_multibase(b"\xed\x01" + b"\3" * 32), text[:-1], ""):
        with pytest.raises(BadInput):
            SealKey.of_multikey(wrong)


def test_the_public_key_of_rfc_7748_comes_out_as_published() -> None:
    """Section 6.1: Alice's secret and her public key."""
    alice = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
    published = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"

    assert SealSecret(bytes.fromhex(alice)).public.raw.hex() == published
