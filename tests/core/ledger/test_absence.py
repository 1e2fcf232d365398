"""That nothing is on record is said only of a whole log; and what must be erasable is only a hash in it."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.absence import search_log
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.merkle import leaf_hash
from hustings.core.ledger.salted import commit, is_of
from tests.core.ledger.campaigns import greeting_bundle


def test_the_whole_log_is_searched_and_says_how_much() -> None:
    alder, birch, _ = greeting_bundle()
    entries = [*map(canonical, birch.records)]
    head = Checkpoint.of_text(birch.head().text)

    greetings = search_log(entries, head, lambda one: one["kind"] == "greeting")
    support = search_log(entries, head, lambda one: one["kind"] == "support")

    assert greetings.found == (11,)
    assert str(greetings) == "1 on record (searched 13 of 13 records of birch.example/log)."
    assert str(support) == (
        "No message on record (searched 13 of 13 records of birch.example/log)."
    )
    assert alder.log.size == 11


def test_a_place_that_is_hidden_leads_to_the_root_and_is_counted_and_not_read() -> None:
    _, birch, _ = greeting_bundle()
    entries = [*map(canonical, birch.records)]
    head = Checkpoint.of_text(birch.head().text)
    shown = [*entries[:11], leaf_hash(entries[11]), *entries[12:]]

    greetings = search_log(shown, head, lambda one: one["kind"] == "greeting", hidden={11})

    assert (greetings.found, greetings.read, greetings.records, greetings.hidden) == ((), 12, 13, 1)
    assert "searched 12 of 13 records" in str(greetings)
    for wrong in (set(), {10}, {11, 12}):
        with pytest.raises(BadInput):
            search_log(shown, head, lambda _: True, hidden=wrong)


def test_a_log_with_a_record_kept_back_changed_or_moved_says_nothing() -> None:
    _, birch, _ = greeting_bundle()
    entries = [*map(canonical, birch.records)]
    head = Checkpoint.of_text(birch.head().text)

    for wrong in (
        entries[:-1], entries[1:], entries[:11] + entries[12:], entries[::-1],
        [*entries, entries[0]], [*entries[:-1], entries[0]],
    ):  # fmt: skip
        with pytest.raises(BadInput):
            search_log(wrong, head, lambda _: True)


def test_a_commitment_is_of_its_words_alone_and_says_nothing_without_the_salt() -> None:
    salt, other = b"s" * 32, b"t" * 32
    words = {"name": "Ann Example", "may": ["ring"]}
    commitment = commit(salt, words)

    assert is_of(commitment, salt, {"may": ["ring"], "name": "Ann Example"})
    assert not is_of(commitment, salt, {"name": "Ann Example", "may": []})
    assert not is_of(commitment, other, words)
    with pytest.raises(BadInput, match="32 bytes of chance"):
        commit(b"short", words)
