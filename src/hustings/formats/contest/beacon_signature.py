"""
A beacon's signature, verified without a network where the optional library ``py-arkworks-bls12381`` is installed.

Quicknet signs SHA-256 of a round's number by BLS12-381, with the signature in G1 and the key in G2 (RFC 9380).
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from hustings.core.contest.drawing.beacon import QUICKNET

if TYPE_CHECKING:
    from hustings.core.contest.lot import Lot

LIBRARY = "py_arkworks_bls12381"
KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
"""Quicknet's public key, which does not change as long as that beacon runs."""
TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
MOST_ROUNDS = 2**64
Verdict = Literal["verified", "not verified", "wrong"]


def signature_of(lot: Lot) -> Verdict:
    """
    Whether the round's signature is the beacon's own.

    ``not verified`` where the library is not installed, or for another beacon than quicknet.
    """
    record = lot.record
    if record.get("beacon") != QUICKNET.name:
        return "not verified"
    try:
        curve = import_module(LIBRARY)
    except ImportError:
        return "not verified"
    number = record.get("round")
    if not isinstance(number, int) or not 0 < number < MOST_ROUNDS:
        return "wrong"
    try:
        signature = curve.G1Point.from_compressed_bytes(bytes.fromhex(record["signature"]))
    except (ValueError, KeyError, TypeError):  # no point of the curve
        return "wrong"
    said = curve.G1Point.hash_to_curve(hashlib.sha256(number.to_bytes(8, "big")).digest(), TAG)
    key = curve.G2Point.from_compressed_bytes(KEY)
    holds = curve.GT.pairing_check([signature, -said], [curve.G2Point(), key])
    return "verified" if holds else "wrong"
