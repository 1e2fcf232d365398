"""Commit and reveal, and a beacon's round: the outcome follows, and anyone can work it out again."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.contest.drawing.beacon import DEFAULT, QUICKNET, drawn_by_beacon, randomness
from hustings.core.contest.drawing.check import check_lot, check_record
from hustings.core.contest.drawing.choosing import SIZE, chosen, index_below, numbers
from hustings.core.contest.drawing.commit_reveal import commitment, missing, reveal
from hustings.core.contest.drawing.context import context_hash, context_of
from hustings.core.contest.lot import Lot
from hustings.core.contest.tie import Tie
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from tests.core.conftest import Vectors

TIE = Tie("one less, turn 1", ("Ash", "Birch", "Cedar"), 1, "loses one delegate", "a rule")
CONTEXT = context_of("Mill Lane", TIE)
NONCES = {"Alice": b"a" * 16, "Charlie": b"c" * 20}
COMMITTED = {side: commitment(nonce, CONTEXT) for side, nonce in NONCES.items()}


def test_the_rounds_and_the_randomness_of_the_vectors(vectors: Vectors) -> None:
    told = vectors.json("randomness/drand.json")

    quicknet = told["quicknet"]
    assert (QUICKNET.genesis, QUICKNET.period) == (quicknet["genesis"], quicknet["period"])
    for moment, number in quicknet["round_at"]:
        at = int(datetime.fromisoformat(moment).timestamp())
        assert QUICKNET.round_at(at) == number
        assert QUICKNET.moment_of(number) <= at < QUICKNET.moment_of(number + 1)
    for chain in (quicknet, told["mainnet_default"]):
        assert randomness(bytes.fromhex(chain["signature"])).hex() == chain["randomness"]
    assert (DEFAULT.genesis, DEFAULT.period) == (
        told["mainnet_default"]["genesis"],
        told["mainnet_default"]["period"],
    )


def test_the_context_is_what_anyone_can_write_down() -> None:
    assert CONTEXT == (
        b'{"contest":"Mill Lane","step":"one less, turn 1","among":["Ash","Birch","Cedar"],"choose":1}'
    )
    assert COMMITTED["Alice"] == hashlib.sha256(b"a" * 16 + CONTEXT).hexdigest()


def test_the_lot_follows_from_all_nonces_in_their_own_order() -> None:
    lot = reveal("Mill Lane", TIE, COMMITTED, NONCES)

    first = int.from_bytes(hashlib.sha256(CONTEXT + b"a" * 16 + b"c" * 20).digest(), "big")
    assert lot.chosen == (TIE.among[first % 3],)
    assert lot.record["context"] == context_hash(CONTEXT)
    turned = reveal("Mill Lane", TIE, COMMITTED, dict(reversed(NONCES.items())))
    assert turned.chosen == lot.chosen
    assert check_lot(lot, TIE) == []


@pytest.mark.parametrize(
    ("commitments", "nonces", "sentence"),
    [
        (COMMITTED, {"Alice": NONCES["Alice"]}, "Charlie did not reveal; the beacon"),
        (COMMITTED, {**NONCES, "Alice": b"b" * 16}, "Alice reveals another nonce"),
        (COMMITTED, {**NONCES, "Olive": b"o" * 16}, "Olive reveals without having committed"),
        ({"Alice": COMMITTED["Alice"]}, {"Alice": NONCES["Alice"]}, "two must commit"),
        (
            {"Alice": COMMITTED["Alice"], "Charlie": COMMITTED["Alice"]},
            {"Alice": NONCES["Alice"], "Charlie": NONCES["Alice"]},
            "one copied the other",
        ),
    ],
)
def test_nobody_bends_a_reveal(
    commitments: dict[str, str], nonces: dict[str, bytes], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        reveal("Mill Lane", TIE, commitments, nonces)


def test_a_short_nonce_is_refused() -> None:
    with pytest.raises(BadInput, match="needs 16 bytes"):
        commitment(b"short", CONTEXT)
    assert missing(COMMITTED, {"Alice": b"a" * 16}) == ("Charlie",)


def test_a_round_that_was_out_when_it_was_named_is_refused(vectors: Vectors) -> None:
    told = vectors.json("randomness/drand.json")["quicknet"]
    number, signature = told["round"], bytes.fromhex(told["signature"])
    published = QUICKNET.moment_of(number)

    lot = drawn_by_beacon("Mill Lane", TIE, QUICKNET, number, signature, logged_at=published - 1)

    assert lot.record["verified"] == "no"
    assert check_lot(lot, TIE) == []
    assert QUICKNET.first_after(published - 1) == number
    assert QUICKNET.first_after(published) == number + 1
    with pytest.raises(BadInput, match="was published before it was named"):
        drawn_by_beacon("Mill Lane", TIE, QUICKNET, number, signature, logged_at=published)
    with pytest.raises(BadInput, match="did not run yet"):
        QUICKNET.round_at(QUICKNET.genesis - 1)
    with pytest.raises(BadInput, match="has no round 0"):
        QUICKNET.moment_of(0)


def test_a_lot_that_was_turned_afterwards_is_found() -> None:
    lot = reveal("Mill Lane", TIE, COMMITTED, NONCES)
    other = next(name for name in TIE.among if name not in lot.chosen)

    assert check_lot(replace(lot, chosen=(other,)), TIE)[0].startswith(
        "The lot for «one less, turn 1» fell on"
    )
    assert (
        "drawn for something else"
        in check_lot(replace(lot, record={**lot.record, "context": "0" * 64}), TIE)[0]
    )
    for broken in ({}, {**lot.record, "nonces": 4}, {**lot.record, "nonces": {"Alice": "xyz"}}):
        assert "does not hold" in check_lot(replace(lot, record=broken), TIE)[0]
    assert "does not hold" in check_lot(Lot(TIE.step, TIE.among, (other,), "beacon", {}), TIE)[0]


def test_a_physical_lot_says_what_a_witness_would_ask_for() -> None:
    whole = {
        "device": "coin",
        "called_by": "Ash",
        "order": ["Ash"],
        "witnesses": ["Bob"],
        "photo": "0" * 64,
    }

    assert check_lot(Lot(TIE.step, TIE.among, ("Ash",), "physical", whole), TIE) == []
    assert check_lot(Lot(TIE.step, TIE.among, ("Ash",), "physical", {"device": "coin"}), TIE) == [
        f"The lot for «{TIE.step}» does not say its {name}."
        for name in ("called_by", "order", "witnesses", "photo")
    ]
    assert "no more is known" in check_lot(Lot(TIE.step, TIE.among, ("Ash",)), TIE)[0]


def test_what_would_favour_the_first_is_passed_over() -> None:
    assert index_below(3, iter([SIZE - 1, SIZE - SIZE % 3, 5])) == 2
    assert index_below(4, iter([SIZE - 1])) == 3
    with pytest.raises(ValueError, match="no number below 0"):
        index_below(0, numbers(b""))


def test_each_of_three_comes_up_about_as_often() -> None:
    often = Counter(chosen(TIE.among, 1, str(seed).encode())[0] for seed in range(6_000))

    # Six standard deviations of a fair draw are 219.
    assert all(abs(times - 2_000) < 219 for times in often.values())


@settings(deadline=None)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=9, unique=True), st.binary(), st.data())
def test_as_many_are_chosen_as_asked_and_nobody_twice(
    among: list[str], seed: bytes, data: st.DataObject
) -> None:
    how_many = data.draw(st.integers(1, len(among) - 1))

    drawn = chosen(among, how_many, seed)

    assert len(set(drawn)) == how_many
    assert set(drawn) <= set(among)
    assert chosen(among, how_many, seed) == drawn


def test_a_record_alone_shows_whether_its_lot_was_bent() -> None:
    lot = reveal("Mill Lane", TIE, COMMITTED, NONCES)
    other = next(name for name in TIE.among if name not in lot.chosen)

    assert check_record(lot) == []
    assert "fell on" in check_record(replace(lot, chosen=(other,)))[0]
    assert "does not hold" in check_record(replace(lot, record={}))[0]
    assert "must choose some" in check_record(replace(lot, among=(other,), chosen=(other,)))[0]


def test_a_lot_of_one_unit_among_many_may_have_been_drawn_under_either_name() -> None:
    alone = reveal("Mill Lane", TIE, COMMITTED, NONCES)
    named = replace(alone, step=f"Mill Lane: {TIE.step}")

    assert check_record(named, "Mill Lane") == []
    assert "does not hold" in check_record(named)[0]


def test_the_hash_of_a_photograph_may_be_called_so() -> None:
    whole = {"device": "coin", "called_by": "Ash", "order": ["Ash"], "witnesses": ["Bob"]}
    lot = Lot(TIE.step, TIE.among, ("Ash",), "physical", {**whole, "photo_sha256": "0" * 64})

    assert check_record(lot) == []
    assert check_record(replace(lot, record=whole)) == [
        f"The lot for «{TIE.step}» does not say its photo."
    ]
