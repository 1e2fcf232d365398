"""
Signatures on JSON that stay readable: W3C Data Integrity proofs of the suite ``eddsa-jcs-2022``.

What is signed is SHA-256 of the canonical proof options, then SHA-256 of the canonical document without
its proof. An ``@context`` of the document is repeated in the options.
Source: W3C Data Integrity EdDSA Cryptosuites 1.0 (Recommendation, 15 May 2025), section 3.3.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.keys import SIGNATURE_BYTES
from hustings.core.ledger.multibase import from_multibase, to_multibase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.ledger.keys import PublicKey, SecretKey

SUITE = "eddsa-jcs-2022"
_FIXED = {"type": "DataIntegrityProof", "cryptosuite": SUITE, "proofPurpose": "assertionMethod"}
_KNOWN = {*_FIXED, "@context", "created", "verificationMethod", "proofValue"}


def signed(
    document: Mapping[str, Any], secret: SecretKey, method: str, *, created: str | None = None
) -> dict[str, Any]:
    """The document with one more proof; ``method`` names the key that verifies it."""
    options: dict[str, Any] = _FIXED | {"verificationMethod": method}
    if created is not None:
        options["created"] = created
    if "@context" in document:
        options["@context"] = document["@context"]
    value = to_multibase(secret.sign(signed_bytes(document, options)))
    proofs = [*proofs_of(document), options | {"proofValue": value}]
    return {**document, "proof": proofs[0] if len(proofs) == 1 else proofs}


def proofs_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The proofs of a document: none, one, or a list of two or more."""
    found = document.get("proof")
    if found is None:
        return []
    proofs = found if isinstance(found, list) else [found]
    if not all(isinstance(proof, dict) for proof in proofs) or found == [] or len(proofs) > 16:
        raise BadInput("The proof of this record is not an object, nor a list of some objects.")
    return proofs


def method_of(proof: Mapping[str, Any]) -> str:
    """The name of the key that is said to verify this proof."""
    method = proof.get("verificationMethod")
    if not isinstance(method, str):
        raise BadInput("The proof does not name the key that verifies it (verificationMethod).")
    return method


def verify_proof(document: Mapping[str, Any], proof: Mapping[str, Any], key: PublicKey) -> None:
    """Nothing, if ``key`` signed the document so; otherwise ``BadInput`` says what is wrong."""
    for name, wanted in _FIXED.items():
        if proof.get(name) != wanted:
            raise BadInput(
                f"The proof says {name} «{str(proof.get(name))[:40]}»; only {wanted} is read here."
            )
    if unknown := sorted(set(proof) - _KNOWN):
        raise BadInput(f"The proof has a field «{unknown[0][:40]}» that is not known here.")
    if proof.get("@context") != document.get("@context"):
        raise BadInput("The proof has another @context than the document.")
    value = proof.get("proofValue")
    signature = from_multibase(value) if isinstance(value, str) else b""
    if len(signature) != SIGNATURE_BYTES:
        raise BadInput("The proof holds no Ed25519 signature (proofValue).")
    options = {name: part for name, part in proof.items() if name != "proofValue"}
    if not key.verifies(signature, signed_bytes(document, options)):
        raise BadInput(
            "The signature does not fit the text: one of the two was changed, or another key signed it."
        )


def signed_bytes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """The 64 bytes that the key signs."""
    bare = {name: part for name, part in document.items() if name != "proof"}
    return b"".join(hashlib.sha256(canonical(part)).digest() for part in (dict(options), bare))
