"""Statements in a text are found as they are written, and nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.ledger.announcing import may_quote
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.embedded import check_tokens, names_in, parts_of, token
from tests.core.ledger.test_states import NOW, A, at, record, report, statement

NAME = "0f1e2d3c4b5a6978" * 4


def test_a_text_falls_into_words_and_statements() -> None:
    text = f"Good evening. {token(NAME)} {token(NAME)} Thank you."

    parts = parts_of(text)

    assert [part.name for part in parts] == ["", NAME[:16], "", NAME[:16], ""]
    assert names_in(text) == [NAME[:16]]


@given(st.text(alphabet="[] statemn0f1", max_size=60))
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    assert "".join(part.text for part in parts_of(text)) == text


@pytest.mark.parametrize(
    "text", ["[[statement 0f1e]]", "[[ statement 0f1e2d3c4b5a6978]]", "[[Statement]]"]
)
def test_what_only_looks_like_a_statement_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="16 of them"):
        check_tokens(f"Hello {text}")
    check_tokens(f"Hello {token(NAME)}")


def test_only_a_word_that_stands_may_be_quoted() -> None:
    ours, theirs = statement(A), statement()
    told = report(statement(), "told")
    hope = record("expectation", A, about="birch", kind="support", quote="q")
    over = statement(A, expires=NOW)
    silent = statement(A, notBefore="2016-08-25T00:00:00Z")
    private = statement(A, public=False)
    back = statement(A, "withdrawal", supersedes=digest(ours))
    reasons = {
        "ours": (ours, [ours]), "signed": (theirs, [theirs]), "not-confirmed": (told, [told]),
        "a-hope": (hope, [hope]), "expired": (over, [over]), "embargoed": (silent, [silent]),
        "not-public": (private, [private]), "withdrawn": (ours, [ours, back]),
        "not-on-record": (ours, []),
    }  # fmt: skip

    for reason, (one, records) in reasons.items():
        said = may_quote(at(*records), A, digest(one), NOW)
        assert (said.reason, said.allowed) == (reason, reason in ("ours", "signed"))
