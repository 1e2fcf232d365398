"""Whatever the records: what may be announced is a word of theirs that stands, in their words, and no more than they gave."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.ledger.announcing import Announcement, may_announce
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.check_states import Plain
from hustings.core.ledger.records import KINDS
from hustings.core.ledger.states import fold, strongest
from tests.core.laws.busy import BUSY
from tests.core.laws.words import NOW, PARTIES, conversations

ORDER = ["greeting", "support", "endorsement"]


def theirs(plain: Plain, us: str, by: str) -> list[dict[str, Any]]:
    """By definition: public statements of ``by`` to us, signed or called back, not ended, past their embargo."""
    found = []
    for record in plain.records:
        words = plain.words(record)
        if (
            words["type"] == "statement" and plain.who(record) == by and words["public"]
            and plain.how(record) in ("signed", "called_back") and not plain.ended(record)
            and words.get("notBefore", "") <= NOW and (words["to"] == [] or us in words["to"])
        ):  # fmt: skip
            found.append(record)
    return found


@given(conversations(), st.data())
@settings(BUSY, max_examples=200)
def test_an_allowed_announcement_rests_on_their_word(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    us = data.draw(st.sampled_from(PARTIES))
    by = data.draw(st.sampled_from(PARTIES))
    standing, plain = fold(records, NOW, us=us), Plain(records, us, NOW)
    names = [digest(record) for record in records] + ["", "0" * 64]
    standing_words = {digest(record): plain.words(record) for record in theirs(plain, us, by)}

    for name in names:
        for kind in KINDS:
            for quote in ("Be well.", "well", "Be well!", ""):
                wanted = Announcement(us, by, kind, quote, name)
                allowed = may_announce(standing, wanted, NOW).allowed
                basis = [standing_words[name]] if name in standing_words else []
                may = any(
                    quote and quote in words["body"]
                    and (
                        kind == words["kind"]
                        or (kind in ORDER and words["kind"] in ORDER
                            and ORDER.index(kind) < ORDER.index(words["kind"]))
                    )
                    for words in basis
                )  # fmt: skip
                assert allowed is may


@given(conversations())
@settings(BUSY)
def test_the_strongest_kind_counts_only_what_stands(records: list[dict[str, Any]]) -> None:
    standing, plain = fold(records, NOW, us="alder"), Plain(records, "alder", NOW)
    kinds = [
        plain.words(record)["kind"]
        for record in records
        if plain.words(record)["type"] == "statement" and plain.who(record) == "birch"
        and plain.how(record) in ("signed", "called_back") and not plain.ended(record)
        and (plain.words(record)["to"] == [] or "alder" in plain.words(record)["to"])
    ]  # fmt: skip
    ordered = [kind for kind in ORDER if kind in kinds]

    assert strongest(standing, "birch", "alder") == (ordered[-1] if ordered else "")
