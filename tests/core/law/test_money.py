"""Money is whole minor units and a currency."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.law.money import Money


@pytest.mark.parametrize(
    ("text", "minor", "said"),
    [
        ("500.00 GBP", 50000, "500.00 GBP"),
        ("500.01 GBP", 50001, "500.01 GBP"),
        ("500.1 GBP", 50010, "500.10 GBP"),
        ("24,422 USD", 2442200, "24,422.00 USD"),
        ("0 EUR", 0, "0.00 EUR"),
        ("1200 JPY", 1200, "1,200 JPY"),
        ("1.234 KWD", 1234, "1.234 KWD"),
    ],
)
def test_an_amount_is_read_and_written(text: str, minor: int, said: str) -> None:
    amount = Money.written(text)

    assert amount.minor == minor
    assert str(amount) == said


@pytest.mark.parametrize(
    "text",
    ["", "500", "GBP 500", "500.001 GBP", "1.5 JPY", "-1 GBP", "1e3 GBP", "5,00 GBP", "500 gbp",
     "nan GBP", "٥ GBP", "500.00 GBP\n"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        Money.written(text)


@pytest.mark.parametrize(
    ("minor", "currency"), [(1.0, "GBP"), (True, "GBP"), (-1, "GBP"), (1, "GB")]
)
def test_money_is_never_a_float_or_below_nothing(minor: Any, currency: str) -> None:
    with pytest.raises(BadInput):
        Money(minor, currency)


def test_two_currencies_are_not_added() -> None:
    with pytest.raises(BadInput, match="one currency"):
        Money.written("1 GBP") + Money.written("1 USD")


@given(st.integers(0, 10**12), st.sampled_from(["GBP", "JPY", "KWD", "USD"]))
def test_what_is_written_is_read_as_the_same(minor: int, currency: str) -> None:
    assert Money.written(str(Money(minor, currency))) == Money(minor, currency)
