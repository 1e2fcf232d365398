"""Every property of ``tests/trust.py`` has a test that is marked with its number."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.trust import PROPERTIES

TESTS = Path(__file__).resolve().parents[1]


def marked(source: str) -> set[int]:
    """The numbers in ``pytest.mark.trust(…)`` of a test file."""
    return {
        number.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.trust"
        for number in call.args
        if isinstance(number, ast.Constant) and isinstance(number.value, int)
    }


def test_every_property_has_a_test_and_every_mark_a_property() -> None:
    numbers = {n for file in TESTS.glob("**/test_*.py") for n in marked(file.read_text())}

    assert numbers == set(PROPERTIES)


def test_a_mark_is_found_and_its_absence_too() -> None:
    assert marked("@pytest.mark.trust(4, 17)\ndef test_it(): ...") == {4, 17}
    assert marked("# pytest.mark.trust(4)\ndef test_it(): ...") == set()
