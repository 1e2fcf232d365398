"""Who may go on all the same, and what is kept of it."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.law.check import check_answer
from hustings.core.law.judging import Answer, judge
from hustings.core.law.overriding import MayNotOverride, override
from hustings.formats.law import own_tables, the_book
from tests.core.law.good import DAY, GOOD

BOOK = the_book()
NOBODY = {
    ("US-2", "paid"), ("US-3", "paid-from-abroad"), ("US-4", "decides"), ("US-5", "value"),
    ("US-7", "no-notice"), ("UK-4", "no-imprint"), ("UK-4", "no-behalf"), ("UK-5", "paid"),
    ("UK-5", "organic"), ("UK-5", "for-another"),
    ("US-8", "automatic-to-mobile"), ("US-8", "fourth-recorded-call"), ("US-8", "asked-to-stop"),
    ("US-9", "own-list"), ("UK-1", "not-checked"), ("UK-1", "not-permissible"), ("UK-1", "day-30-over"),
    ("UK-3", "not-notified"), ("UK-3", "foreign-over-700"), ("UK-6", "on-tps"), ("UK-6", "said-stop"),
    ("UK-7", "automatic-call"), ("UK-7", "message"), ("UK-9", "no-consent"),
    ("UK-9", "stop-request"), ("UK-11", "objection"), ("UK-12", "other-receiver"),
    ("UK-12", "other-country"), ("UK-12", "other-purpose"), ("UK-12", "expired"),
    ("UK-14", "no-consent"), ("UK-14", "too-much"), ("UK-14", "withdrawn"),
    ("OWN-1", "other-receiver"), ("OWN-1", "other-country"), ("OWN-1", "expired"),
}  # fmt: skip


@pytest.fixture
def no_box() -> Answer:
    changed = {"notice_boxed": False, "notice_points": 8}
    said = judge(BOOK, "release", {**GOOD["release", "US"], **changed}, DAY)
    assert not said.allowed
    return said


def test_who_may_override_is_what_the_rules_say() -> None:
    blocks = [(r.id, c.name, c.overrides) for r in BOOK.rules for c in r.cases if c.severity == "block"]  # fmt: skip

    assert {(rule, case) for rule, case, who in blocks if not who} == NOBODY
    assert {who for _, _, who in blocks} == {(), ("organiser",)}


def test_an_organiser_goes_on_with_a_reason_and_both_are_kept(no_box: Answer) -> None:
    gone_on = override(
        no_box, "US-7", "no-box", by="Alice", role="organiser", reason=" The box is cut ", on=DAY
    )

    assert gone_on.allowed
    (kept,) = gone_on.overrides
    assert (kept.by, kept.role, kept.reason, kept.on) == ("Alice", "organiser", "The box is cut", DAY)  # fmt: skip
    assert gone_on.findings == no_box.findings
    assert check_answer(own_tables(), gone_on) == ()


@pytest.mark.parametrize("role", ["canvasser", "observer", ""])
def test_another_role_may_not(no_box: Answer, role: str) -> None:
    with pytest.raises(MayNotOverride, match="by organiser only"):
        override(no_box, "US-7", "no-box", by="Bob", role=role, reason="In a hurry", on=DAY)


@pytest.mark.parametrize(("by", "reason"), [("Alice", "  "), ("", "The box is cut")])
def test_without_a_name_or_a_reason_nothing_is_set_aside(
    no_box: Answer, by: str, reason: str
) -> None:
    with pytest.raises(BadInput, match="say who you are and why"):
        override(no_box, "US-7", "no-box", by=by, role="organiser", reason=reason, on=DAY)


@pytest.mark.parametrize("case", ["no-notice", "small-type"])
def test_what_does_not_block_cannot_be_set_aside(no_box: Answer, case: str) -> None:
    with pytest.raises(BadInput, match="nothing to set aside"):
        override(no_box, "US-7", case, by="Alice", role="organiser", reason="Why not", on=DAY)


def test_what_was_set_aside_is_not_set_aside_again(no_box: Answer) -> None:
    gone_on = override(
        no_box, "US-7", "no-box", by="Alice", role="organiser", reason="The box is cut", on=DAY
    )

    with pytest.raises(BadInput, match="nothing to set aside"):
        override(gone_on, "US-7", "no-box", by="Alice", role="organiser", reason="Again", on=DAY)


def test_setting_one_aside_leaves_the_others() -> None:
    facts = {**GOOD["release", "GB"], "imprint_visible": False, "imprint_place": "elsewhere"}
    said = judge(BOOK, "release", facts, DAY)

    gone_on = override(
        said, "UK-4", "hidden", by="Alice", role="organiser", reason="It is large", on=DAY
    )

    assert [one.case for one in said.stopping] == ["hidden", "one-sided"]
    assert [one.case for one in gone_on.stopping] == ["one-sided"]
    assert not gone_on.allowed
