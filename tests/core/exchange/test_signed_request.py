"""A request is believed only if its signature covers all of it, and only for a few minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from hustings.core.errors import BadInput
from hustings.core.exchange.signed_request import (
    COVERED,
    WINDOW_S,
    Request,
    sign_request,
    verify_raw,
    verify_request,
)
from hustings.core.ledger.keys import PublicKey, SecretKey
from tests.core.conftest import Vectors

SECRET = SecretKey(bytes(range(32)))
KEYS = {"node:zA#z6Mk": SECRET.public}
NOW = 1_472_040_000
NONCE = "n" * 22


def request(**more: Any) -> Request:
    fields: dict[str, Any] = {
        "method": "POST", "url": "https://birch.example/exchange/inbox?from=alder",
        "headers": {"Content-Type": "application/json"}, "body": b'{"records":[]}',
    } | more  # fmt: skip
    return Request(**fields)


def signed(**more: Any) -> Request:
    return sign_request(request(**more), SECRET, "node:zA#z6Mk", created_s=NOW, nonce=NONCE)


@pytest.fixture
def published(vectors: Vectors) -> tuple[Request, dict[str, PublicKey]]:
    case = vectors.json("http_signatures_rfc9421/B26_ed25519.json")
    sent = case["request"]
    headers = dict(sent["headers"]) | {
        "Signature-Input": case["signature_input"], "Signature": case["signature"],
    }  # fmt: skip
    key: Any = load_pem_public_key(case["public_key_pem"].encode())
    secret: Any = load_pem_private_key(case["private_key_pem"].encode(), None)
    assert SecretKey(secret.private_bytes_raw()).public.raw == key.public_bytes_raw()
    return (
        Request(
            sent["method"], f"https://example.com{sent['target']}", headers, sent["body"].encode()
        ),
        {"test-key-ed25519": PublicKey(key.public_bytes_raw())},
    )


def test_the_published_signature_verifies_raw(
    published: tuple[Request, dict[str, PublicKey]],
) -> None:
    found = verify_raw(*published)

    assert found.key_id == "test-key-ed25519"
    assert found.created_s == 1_618_884_473
    assert '"@method"' in found.covers


def test_the_published_signature_is_refused_since_it_leaves_the_body_out(
    published: tuple[Request, dict[str, PublicKey]],
) -> None:
    with pytest.raises(BadInput, match="does not cover @target-uri, content-digest"):
        verify_request(*published, now_s=1_618_884_473)


@pytest.mark.parametrize(
    "header", ["Date", "Content-Type", "Content-Length", "Signature", "Signature-Input"]
)
def test_the_published_signature_with_a_covered_field_changed_does_not_verify(
    header: str, published: tuple[Request, dict[str, PublicKey]]
) -> None:
    sent, keys = published
    value = sent.headers[header]
    at = len(value) // 2

    for changed in (value[:at] + value[at + 1 :], value[:at] + "1" + value[at:]):
        with pytest.raises(BadInput):
            verify_raw(replace(sent, headers=sent.headers | {header: changed}), keys)
    without = {name: part for name, part in sent.headers.items() if name != header}
    with pytest.raises(BadInput):
        verify_raw(replace(sent, headers=without), keys)
    with pytest.raises(BadInput):
        verify_raw(replace(sent, method="PUT"), keys)


def test_a_request_signed_here_says_who_when_and_its_nonce() -> None:
    found = verify_request(signed(), KEYS, now_s=NOW)

    assert (found.key_id, found.created_s, found.nonce) == ("node:zA#z6Mk", NOW, NONCE)
    assert {f'"{name}"' for name in COVERED} <= set(found.covers)


@pytest.mark.parametrize(
    "change",
    [
        {"body": b'{"records":[1]}'}, {"body": b""}, {"method": "PUT"},
        {"url": "https://birch.example/exchange/inbox?from=cedar"},
        {"url": "https://cedar.example/exchange/inbox?from=alder"},
        {"url": "http://birch.example/exchange/inbox?from=alder"},
        {"url": "https://birch.example/witness/add-checkpoint?from=alder"},
    ],
)  # fmt: skip
def test_a_request_changed_on_its_way_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        verify_request(replace(signed(), **change), KEYS, now_s=NOW)


def test_every_byte_of_the_three_signature_headers_flipped_is_refused() -> None:
    good = signed()
    missed = []
    for name in ("Content-Digest", "Signature-Input", "Signature"):
        value = good.headers[name]
        for at in range(len(value)):
            other = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
            try:
                verify_request(replace(good, headers=good.headers | {name: other}), KEYS, now_s=NOW)
                missed.append((name, at))
            except BadInput:
                pass

    # The label only joins the two headers, so changing one of them parts them.
    assert missed == []


def test_a_request_is_good_for_five_minutes_either_way() -> None:
    good = signed()

    for now_s in (NOW - WINDOW_S, NOW + WINDOW_S):
        verify_request(good, KEYS, now_s=now_s)
    for now_s in (NOW - WINDOW_S - 1, NOW + WINDOW_S + 1):
        with pytest.raises(BadInput, match="Set the clocks"):
            verify_request(good, KEYS, now_s=now_s)


def test_a_key_that_is_not_known_or_another_one_is_refused() -> None:
    with pytest.raises(BadInput, match="does not hold"):
        verify_request(signed(), {}, now_s=NOW)
    with pytest.raises(BadInput, match="does not hold"):
        verify_request(signed(), {"node:zA#z6Mk": SecretKey(bytes(32)).public}, now_s=NOW)


@pytest.mark.parametrize("nonce", ["", "short", "n" * 129])
def test_a_request_without_a_proper_nonce_is_refused(nonce: str) -> None:
    sent = sign_request(request(), SECRET, "node:zA#z6Mk", created_s=NOW, nonce=nonce)

    with pytest.raises(BadInput, match="needs a nonce"):
        verify_request(sent, KEYS, now_s=NOW)


def test_an_empty_body_is_signed_too() -> None:
    verify_request(signed(method="GET", body=b""), KEYS, now_s=NOW)
    with pytest.raises(BadInput):
        verify_request(replace(signed(method="GET", body=b""), body=b"x"), KEYS, now_s=NOW)


def test_a_request_without_a_signature_is_refused() -> None:
    with pytest.raises(BadInput, match="does not hold"):
        verify_request(request(), KEYS, now_s=NOW)


def test_signing_again_replaces_what_was_signed_before() -> None:
    again = sign_request(signed(), SECRET, "node:zA#z6Mk", created_s=NOW + 9, nonce=NONCE)

    assert verify_request(again, KEYS, now_s=NOW).created_s == NOW + 9
