"""A beacon's signature is verified where the library is, and otherwise shown as not verified."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from hustings.core.contest.drawing.beacon import DEFAULT, QUICKNET, drawn_by_beacon
from hustings.core.contest.lot import Lot
from hustings.core.contest.tie import Tie
from hustings.formats.contest.beacon_signature import KEY, LIBRARY, TAG, signature_of

# Round 657,413 of quicknet, as it was published.
NUMBER = 657_413
SIGNATURE = bytes.fromhex(
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
TIE = Tie("one less, turn 1", ("Ash", "Birch"), 1, "loses one delegate", "a rule")


def lot(signature: bytes = SIGNATURE, number: int = NUMBER) -> Lot:
    before = QUICKNET.moment_of(number) - 60
    return drawn_by_beacon("Mill Lane", TIE, QUICKNET, number, signature, logged_at=before)


@dataclass(frozen=True)
class Point:
    """A stand-in that keeps what it was made of: it knows one signature, and no mathematics."""

    made_of: object = "generator"
    negative: bool = False

    def __neg__(self) -> Point:
        return replace(self, negative=not self.negative)

    @staticmethod
    def from_compressed_bytes(raw: bytes) -> Point:
        if len(raw) not in {48, 96} or not any(raw):
            raise ValueError("no point of the curve")
        return Point(raw)

    @staticmethod
    def hash_to_curve(message: bytes, tag: bytes) -> Point:
        return Point((message, tag))


def stand_in(asked: list[object]) -> SimpleNamespace:
    def pairing_check(ones: list[Point], others: list[Point]) -> bool:
        asked.append((ones, others))
        return ones[0].made_of == SIGNATURE

    return SimpleNamespace(
        G1Point=Point, G2Point=Point, GT=SimpleNamespace(pairing_check=pairing_check)
    )


def test_without_the_library_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, LIBRARY, None)

    assert signature_of(lot()) == "not verified"
    assert lot().record["verified"] == "no"


def test_the_library_is_asked_about_this_round_by_the_beacons_own_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setitem(sys.modules, LIBRARY, stand_in(asked))

    assert signature_of(lot()) == "verified"
    message = hashlib.sha256((657_413).to_bytes(8, "big")).digest()
    assert asked == [
        ([Point(SIGNATURE), Point((message, TAG), negative=True)], [Point(), Point(KEY)])
    ]
    assert signature_of(lot(SIGNATURE[:-1] + b"\0")) == "wrong"


def test_what_is_no_point_or_no_round_is_wrong_and_nothing_falls_over_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, LIBRARY, stand_in([]))

    assert signature_of(lot(b"\0" * 48)) == "wrong"
    for name, value in (("round", "657413"), ("round", 0), ("round", 2**64), ("signature", "xy"), ("signature", 7)):  # fmt: skip
        said = lot()
        assert signature_of(replace(said, record={**said.record, name: value})) == "wrong"


def test_another_beacon_is_not_verified() -> None:
    before = DEFAULT.moment_of(9) - 60
    other = drawn_by_beacon("Mill Lane", TIE, DEFAULT, 9, SIGNATURE, logged_at=before)

    assert signature_of(other) == "not verified"


def test_the_library_itself_verifies_and_without_it_nothing_is_said_to_be_verified() -> None:
    installed = find_spec(LIBRARY) is not None

    assert signature_of(lot()) == ("verified" if installed else "not verified")
    for other in (
        lot(SIGNATURE[:-1] + b"\0"),
        lot(number=NUMBER + 1),
        lot(b"\xc0" + b"\0" * 47),
    ):
        assert signature_of(other) == ("wrong" if installed else "not verified")
