"""Telephone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from hustings.formats.register.contact_points import clean_email, clean_phone

if TYPE_CHECKING:
    from pathlib import Path


def test_every_messy_number_gives_what_its_row_expects(test_data: Path) -> None:
    with (test_data / "phones/messy_phone_cases.csv").open(newline="") as source:
        for case in csv.DictReader(source):
            found = clean_phone(case["raw"], case["default_region"])
            assert found == (case["expected_e164"] or None), case["note"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Jo.Doe+x@Example.ORG ", "Jo.Doe+x@example.org"),
        ("mailto:a@b.co", "a@b.co"),
        ("jo@", None),
        ("jo@example", None),
        ("a@b.co, c@d.co", None),
        ("n/a", None),
        ("a@b..co", None),
        ("o'brien@example.org", "o'brien@example.org"),
        ("'jo@example.org", None),
        ("jürgen@example.org", None),
        ("vera.@example.org", None),
        (".vera@example.org", None),
        ("ve\x00ra@example.org", None),
    ],
)
def test_an_address_is_one_address_or_none(text: str, address: str | None) -> None:
    assert clean_email(text) == address
