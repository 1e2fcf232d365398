"""Data Integrity proofs: the published example step by step, and every change of it."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.keys import PublicKey, SecretKey
from hustings.core.ledger.multibase import to_multibase
from hustings.core.ledger.proof import method_of, proofs_of, signed, signed_bytes, verify_proof
from tests.core.conftest import Vectors

SECRET = SecretKey(bytes(range(32)))


@pytest.fixture
def published(vectors: Vectors) -> tuple[dict[str, Any], PublicKey]:
    pair = vectors.json("eddsa_jcs_2022/keyPair.json")
    return vectors.json("eddsa_jcs_2022/signedJCS.json"), PublicKey.of_multikey(
        pair["publicKeyMultibase"]
    )


def test_every_step_of_the_published_example_is_reached(vectors: Vectors) -> None:
    def of(name: str) -> str:
        return vectors.text(f"eddsa_jcs_2022/{name}.txt").strip()

    document = vectors.json("eddsa_jcs_2022/unsigned.json")
    options = vectors.json("eddsa_jcs_2022/proofConfigJCS.json")
    secret = SecretKey.of_multikey(
        vectors.json("eddsa_jcs_2022/keyPair.json")["privateKeyMultibase"]
    )

    assert canonical(document).decode() == of("canonDocJCS")
    assert canonical(options).decode() == of("proofCanonJCS")
    assert hashlib.sha256(canonical(document)).hexdigest() == of("docHashJCS")
    assert hashlib.sha256(canonical(options)).hexdigest() == of("proofHashJCS")
    assert signed_bytes(document, options).hex() == of("combinedHashJCS")
    assert secret.sign(signed_bytes(document, options)).hex() == of("sigHexJCS")
    made = signed(document, secret, options["verificationMethod"], created=options["created"])
    assert made["proof"]["proofValue"] == of("sigBTC58JCS")
    assert made == vectors.json("eddsa_jcs_2022/signedJCS.json")


def test_the_published_proof_verifies(published: tuple[dict[str, Any], PublicKey]) -> None:
    document, key = published

    verify_proof(document, document["proof"], key)

    assert method_of(document["proof"]).endswith(key.multikey)


def every_change(value: Any) -> list[Any]:
    """The value with each of its parts changed, left out, or doubled."""
    if isinstance(value, dict):
        inner = [{**value, key: changed} for key in value for changed in every_change(value[key])]
        left = [{k: v for k, v in value.items() if k != key} for key in value]
        return [*inner, *left, {**value, "more": 1}]
    if isinstance(value, list):
        inner = [
            [*value[:n], changed, *value[n + 1 :]]
            for n, part in enumerate(value)
            for changed in every_change(part)
        ]
        return [*inner, value[:-1], [*value, value[-1]], value[::-1]]
    text = str(value)
    return [text + "x", text[:-1], text.swapcase()]


def test_every_change_of_the_published_example_is_found(
    published: tuple[dict[str, Any], PublicKey],
) -> None:
    document, key = published
    changes = [one for one in every_change(document) if one != document]

    assert len(changes) > 60
    for changed in changes:
        with pytest.raises(BadInput):
            verify_proof(changed, (proofs_of(changed) or [{}])[0], key)


def test_another_key_does_not_fit(published: tuple[dict[str, Any], PublicKey]) -> None:
    document, _ = published

    with pytest.raises(BadInput, match="does not fit"):
        verify_proof(document, document["proof"], SECRET.public)


def test_a_proof_for_another_context_is_refused_though_its_signature_fits() -> None:
    document = {"@context": ["a"], "body": "hello"}
    options = signed(document, SECRET, "one")["proof"] | {"@context": ["b"]}
    del options["proofValue"]
    proof = options | {"proofValue": to_multibase(SECRET.sign(signed_bytes(document, options)))}

    with pytest.raises(BadInput, match="another @context"):
        verify_proof(document, proof, SECRET.public)


def test_two_people_can_sign_one_document_and_neither_covers_the_other() -> None:
    other = SecretKey(bytes(32))
    once = signed({"body": "hello"}, SECRET, "one")

    twice = signed(once, other, "two")

    first, second = proofs_of(twice)
    assert proofs_of(once) == [first]
    verify_proof(twice, first, SECRET.public)
    verify_proof(twice, second, other.public)
    assert deepcopy(once)["proof"] == first


@pytest.mark.parametrize("proof", ["text", [], ["text"], [{}] * 17])
def test_what_is_no_proof_is_refused(proof: Any) -> None:
    with pytest.raises(BadInput, match="not an object"):
        proofs_of({"proof": proof})
