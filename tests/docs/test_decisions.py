"""Every decision says what house style asks: its status, forces, choice, price, and what would change our mind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, named, text

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS = sorted(DOCS.glob("decisions/*.md"))
PARTS = ["Status", "Context", "Decision", "Consequences", "What would change our mind"]


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_has_all_its_parts_in_order_and_each_says_something(page: Path) -> None:
    markdown = text(page)
    parts = re.findall(r"^## (.+)$", markdown, re.MULTILINE)

    assert re.match(r"# \S.+\n", markdown)
    assert parts == PARTS
    for part in re.split(r"^## .+$", markdown, flags=re.MULTILINE)[1:]:
        assert part.strip()


def test_decisions_are_numbered_and_no_number_is_used_twice() -> None:
    numbers = [page.name[:5] for page in DECISIONS]

    assert all(re.fullmatch(r"\d{4}-", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
