"""
HTTP message signatures: whether a request is whole, fresh, and from who it says.

The signature must cover the method, the whole address and the digest of the body, and the digest must be the
body's; one that covers less may verify and is refused all the same, since whoever relays it could change the rest.
It is good for :data:`WINDOW_S` seconds before and after it was made; its nonce is for the caller to remember so long.
The library makes and verifies the signature; the clock is brought by the caller, never asked for here.
Sources: RFC 9421 (signatures), RFC 9530 (Content-Digest).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.core.ledger.keys import PublicKey, SecretKey

COVERED = ("@method", "@target-uri", "content-digest")
WINDOW_S = 300
NONCE_CHARACTERS = range(16, 129)
LABEL = "hustings"


@dataclass(slots=True)
class Request:
    """A request as it came or will go: ``url`` whole, ``body`` as the bytes on the wire."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature says, once it has verified: who, when, and the word that is used once."""

    key_id: str
    created_s: int
    nonce: str
    covers: tuple[str, ...]


def sign_request(
    request: Request, secret: SecretKey, key_id: str, *, created_s: int, nonce: str
) -> Request:
    """The request with Content-Digest, Signature-Input and Signature, by the policy of this module."""
    given = {name: value for name, value in request.headers.items() if name.lower() not in _OURS}
    signed = Request(request.method, request.url, given, request.body)
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519, key_resolver=_Secrets(key_id, secret)
    )
    try:
        signer.sign(
            signed,
            key_id=key_id,
            created=datetime.fromtimestamp(created_s, UTC),
            nonce=nonce,
            label=LABEL,
            covered_component_ids=COVERED,
            body=signed.body,
        )
    except HTTPMessageSignaturesException as error:
        raise BadInput(f"This request cannot be signed ({error}).") from error
    return signed


def verify_raw(request: Request, keys: dict[str, PublicKey]) -> Signed:
    """Whether the one signature verifies, whatever it covers and however old it is; trust nothing for it alone."""
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(keys))
    try:
        (result,) = verifier.verify(request, max_age=None)
    except HTTPMessageSignaturesException as error:
        raise BadInput(f"The signature of this request does not hold ({error}).") from error
    covers = tuple(name for name in result.covered_components if name != '"@signature-params"')
    said: dict[str, Any] = result.parameters
    return Signed(
        str(said["keyid"]), int(said.get("created", -1)), str(said.get("nonce", "")), covers
    )


def verify_request(request: Request, keys: dict[str, PublicKey], *, now_s: int) -> Signed:
    """
    Who sent this request; ``BadInput`` if it is not whole, not fresh, or signs too little.

    Whether the nonce was seen before is the caller's to ask, after this.
    """
    signed = verify_raw(request, keys)
    missing = [name for name in COVERED if f'"{name}"' not in signed.covers]
    if missing:
        raise BadInput(
            f"The signature does not cover {', '.join(missing)}, so the request could have been changed; "
            f"sign {', '.join(COVERED)}."
        )
    if not -WINDOW_S <= now_s - signed.created_s <= WINDOW_S:
        raise BadInput(
            f"The request was signed {abs(now_s - signed.created_s)} seconds from now; more than {WINDOW_S} are "
            "not taken. Set the clocks of both servers and sign it again."
        )
    if len(signed.nonce) not in NONCE_CHARACTERS:
        raise BadInput("The request needs a nonce of 16 to 128 characters, used once.")
    try:
        HTTPMessageVerifier.content_digest_class.verify(_digest_of(request), request.body)
    except HTTPMessageSignaturesException as error:
        raise BadInput(f"The body is not the one that was signed ({error}).") from error
    return signed


_OURS = {"content-digest", "signature", "signature-input"}


def _digest_of(request: Request) -> str:
    found = [value for name, value in request.headers.items() if name.lower() == "content-digest"]
    return ", ".join(found)


class _Verifier(HTTPMessageVerifier):  # type: ignore[misc, unused-ignore]
    """The library's, without its clock: times are judged by who brings the time."""

    require_created = False

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Nothing; see :func:`verify_request`."""


class _Keys(HTTPSignatureKeyResolver):  # type: ignore[misc, unused-ignore]
    def __init__(self, keys: dict[str, PublicKey]) -> None:
        self.keys = keys

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        key = self.keys.get(key_id)
        return Ed25519PublicKey.from_public_bytes(key.raw) if key else None


class _Secrets(HTTPSignatureKeyResolver):  # type: ignore[misc, unused-ignore]
    def __init__(self, key_id: str, secret: SecretKey) -> None:
        self.key_id, self.secret = key_id, secret

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        if key_id != self.key_id:
            raise BadInput(f"There is no secret for the key «{key_id[:60]}».")
        return Ed25519PrivateKey.from_private_bytes(self.secret.raw)
