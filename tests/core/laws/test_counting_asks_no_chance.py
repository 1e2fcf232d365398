"""Counting calls no random generator, reads no clock, and holds nothing that is not exact."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from hypothesis import given, settings

import hustings.core.contest
from tests.core.laws.contests import Contest, contests

SOURCES = sorted(Path(hustings.core.contest.__file__).parent.rglob("*.py"))
CHANCE = {
    "random", "secrets", "uuid", "uuid1", "uuid4", "urandom", "getrandom", "token_bytes", "SystemRandom",
    "shuffle", "randint", "randrange", "randbits", "choice", "choices", "time", "time_ns", "now", "today",
    "perf_counter", "monotonic", "id", "hash", "float", "numpy", "decimal",
}  # fmt: skip


def asked(tree: ast.AST) -> set[str]:
    """Every module, name and attribute that the source imports or calls, and floats that stand in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {part for alias in node.names for part in alias.name.split(".")}
        elif isinstance(node, ast.ImportFrom):
            found |= {*(node.module or "").split("."), *(alias.name for alias in node.names)}
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                found.add(called.attr)
            elif isinstance(called, ast.Name):
                found.add(called.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.add("float")
    return found


def test_no_source_of_counting_calls_for_chance_the_clock_or_a_float() -> None:
    assert len(SOURCES) > 20
    for path in SOURCES:
        assert asked(ast.parse(path.read_text("utf-8"))) & CHANCE == set(), path.name


def test_the_scan_finds_each_way_to_ask() -> None:
    for source in (
        "import random", "from secrets import token_bytes", "import os\nos.urandom(4)", "x = 0.5",
        "rng.shuffle(names)", "float(3)", "hash('a')", "from time import time_ns",
    ):  # fmt: skip
        assert asked(ast.parse(source)) & CHANCE, source


def exact(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and exact(inner) for name, inner in value.items())
    if isinstance(value, list):
        return all(map(exact, value))
    return value is None or isinstance(value, int | str | bool)


@settings(deadline=None)
@given(contests())
def test_a_count_holds_whole_numbers_and_words_alone(contest: Contest) -> None:
    assert exact(contest.count().as_json())
