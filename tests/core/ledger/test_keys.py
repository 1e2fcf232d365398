"""Ed25519: every published case, and keys that copy well and are refused where they prove nothing."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.keys import SMALL_ORDER, PublicKey, SecretKey
from hustings.core.ledger.multibase import from_multibase, to_multibase
from tests.core.conftest import Vectors

FIELD = 2**255 - 19


def test_the_cases_of_rfc_8032_sign_to_the_published_bytes(vectors: Vectors) -> None:
    for case in vectors.json("ed25519/rfc8032_tests.json")["tests"]:
        secret = SecretKey(bytes.fromhex(case["secret"]))
        message, signature = bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])

        assert secret.public.raw.hex() == case["public"]
        assert secret.sign(message) == signature
        assert secret.public.verifies(signature, message)
        assert not secret.public.verifies(signature, message + b"\0")


def test_every_case_of_wycheproof_is_judged_as_published(vectors: Vectors) -> None:
    judged = {"valid": 0, "invalid": 0}
    for group in vectors.json("ed25519/wycheproof_ed25519.json")["testGroups"]:
        key = PublicKey(bytes.fromhex(group["publicKey"]["pk"]))
        for case in group["tests"]:
            verified = key.verifies(bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
            assert verified is (case["result"] == "valid"), case
            judged[case["result"]] += 1

    assert min(judged.values()) > 25


def times_eight_is_nothing(y: int) -> bool | None:
    """Whether the point with this y is of small order, by the curve's own arithmetic; None where no point has it."""
    d = -121665 * pow(121666, -1, FIELD) % FIELD
    square = (y * y - 1) * pow(d * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if x * x % FIELD != square:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    if x * x % FIELD != square:
        return None
    for _ in range(3):
        both = d * x * x * y * y
        x, y = (
            2 * x * y * pow(1 + both, -1, FIELD) % FIELD,
            (y * y + x * x) * pow(1 - both, -1, FIELD) % FIELD,
        )
    return (x, y) == (0, 1)


def test_the_refused_keys_are_those_of_small_order() -> None:
    assert all(times_eight_is_nothing(y) for y in SMALL_ORDER)
    assert len(SMALL_ORDER) == 5
    assert not any(times_eight_is_nothing(y) for y in range(2, 40))


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [*sorted(SMALL_ORDER), FIELD, FIELD + 1, 2**255 - 1])
def test_a_key_that_anybody_can_sign_for_is_refused(y: int, sign: int) -> None:
    with pytest.raises(BadInput, match="anybody can sign for"):
        PublicKey((y | sign << 255).to_bytes(32, "little"))


def test_a_key_is_read_back_from_its_letters(vectors: Vectors) -> None:
    pair = vectors.json("eddsa_jcs_2022/keyPair.json")

    secret = SecretKey.of_multikey(pair["privateKeyMultibase"])

    assert secret.public.multikey == pair["publicKeyMultibase"]
    assert PublicKey.of_multikey(pair["publicKeyMultibase"]) == secret.public


def test_a_secret_is_not_printed_and_not_repeated_when_it_is_mistyped(vectors: Vectors) -> None:
    letters = vectors.json("eddsa_jcs_2022/keyPair.json")["privateKeyMultibase"]

    assert letters not in repr(SecretKey.of_multikey(letters))
    with pytest.raises(BadInput) as refused:
        SecretKey.of_multikey(letters[:-1])
    assert letters[5:20] not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "begin with z"),
        ("z", "begin with z"),
        ("m6Mk", "begin with z"),
        ("z6Mk0", "no letter of base58"),
        ("z6Mk", "is not a public Ed25519 key"),
        ("z" + "1" * 300, "begin with z"),
    ],
)
def test_a_mistyped_key_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        PublicKey.of_multikey(text)


@pytest.mark.parametrize("data", [b"\0", b"\0\0\1", b"\xff" * 40, b"abc"])
def test_bytes_come_back_from_base58(data: bytes) -> None:
    assert from_multibase(to_multibase(data)) == data
