"""A witness co-signs what goes on from what it saw, and keeps the evidence of what does not."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.checkpoint import Checkpoint, cosigned_at
from hustings.core.ledger.merkle import EMPTY_ROOT
from hustings.core.ledger.note import Note
from hustings.core.ledger.witness import Equivocation, Witness
from tests.core.ledger.campaigns import NOON, Campaign, pair, secret


def asked(
    watcher: Campaign, watched: Campaign, shown: Note, last: Note | None, path: list[bytes]
) -> Note:
    line = Witness(watcher.origin, watcher.witness_key).consider(
        shown, path, log=watched.history.now.log, last=last, time=NOON
    )
    return shown.with_lines([line])


def test_a_log_that_grows_is_co_signed_each_time() -> None:
    alder, birch = pair()
    for number in range(40):
        note = alder.watch(birch, time=NOON + number)
        assert cosigned_at(note, alder.history.now.witness) == NOON + number
        for _ in range(number % 4):
            birch.add(birch.statement("fact", f"More {number}."))


def test_a_fork_of_the_same_size_is_refused_with_both_heads() -> None:
    alder, birch = pair()
    seen = birch.head()
    _, other = pair()
    other.records.pop()
    forked = Checkpoint(birch.origin, 11, b"f" * 32).sign(birch.log_key)

    with pytest.raises(Equivocation, match="is forked") as refused:
        asked(alder, birch, forked, seen, [])

    assert (refused.value.seen, refused.value.shown) == (seen, forked)
    assert refused.value.shown.signed_by(birch.history.now.log)


def test_a_log_that_shrank_is_refused_with_both_heads() -> None:
    alder, birch = pair()
    before = birch.head()
    birch.add(birch.statement("fact", "More."))
    seen = birch.head()

    with pytest.raises(Equivocation, match="it shrank") as refused:
        asked(alder, birch, before, seen, [])

    assert (refused.value.seen, refused.value.shown) == (seen, before)


def test_a_longer_log_with_another_past_is_refused() -> None:
    alder, birch = pair()
    alder.watch(birch)
    fork = Campaign("Birch")
    for number in range(15):
        fork.add(fork.statement("fact", f"Another past {number}."))

    with pytest.raises(BadInput, match="forked"):
        alder.watch(fork)
    assert alder.saw[birch.node].text.split("\n")[1] == "11"


def test_the_second_of_two_branches_is_refused() -> None:
    alder, birch = pair()
    _, twin = pair()
    birch.add(birch.statement("greeting", "To Alder.", to=alder))
    twin.add(twin.statement("denial", "To the press."))
    alder.watch(birch)

    with pytest.raises(Equivocation):
        alder.watch(twin)


def test_a_head_of_another_log_or_with_another_key_is_refused() -> None:
    alder, birch = pair()
    wrong_key = Checkpoint(birch.origin, 3, b"x" * 32).sign(secret("stranger"))

    with pytest.raises(BadInput, match="is not signed by"):
        asked(alder, birch, wrong_key, None, [])
    with pytest.raises(BadInput, match="is not signed by"):
        asked(alder, birch, alder.head(), None, [])
    with pytest.raises(BadInput, match="remembered is of"):
        asked(alder, birch, birch.head(), alder.head(), [])


def test_an_empty_log_is_the_beginning_of_any() -> None:
    alder, birch = Campaign("Alder"), Campaign("Birch")
    empty = birch.head()

    assert Checkpoint.of_text(empty.text).root == EMPTY_ROOT
    assert len(alder.watch(birch).signatures) == 2
    assert len(alder.watch(birch).signatures) == 2
    birch.add(birch.statement("fact", "First."))
    assert len(alder.watch(birch).signatures) == 2
