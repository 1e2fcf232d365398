"""``hustings law`` as somebody at a terminal meets it, where Django is not installed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_turf import ROOT, hustings, in_its_own_process

if TYPE_CHECKING:
    from pathlib import Path

RULE = """
[[rule]]
id = "X-1"
title = "A rule to try"
jurisdiction = "IE"
citation = "An Act"
source = "a page"
read_on = 2026-01-01
since = 2027-01-01

[[rule.case]]
name = "always"
act = "shift"
severity = "warn"
when = [{ fact = "country", is = "IE" }]
advice = "Knock softly."
"""


def listed(*arguments: str | Path) -> dict[str, Any]:
    done = hustings("law", "rules", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_rule_is_listed_with_its_law_source_and_day() -> None:
    done = in_its_own_process("law", "rules")

    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"^(?:US|UK|OWN)-\d+ \(", done.stdout, re.MULTILINE)) == 27
    assert "US-3 (US, block): Nobody outside the United States pays for a helper." in done.stdout
    assert "  Law: 52 USC 30121(a)(2); FEC Matter Under Review 7035." in done.stdout
    assert "secondment, paid-from-abroad: block; may be overridden by nobody." in done.stdout
    assert "secondment, paid-from-abroad: warn; from memory." in done.stdout
    assert "{" not in done.stdout
    assert done.stdout.endswith("27 rules. This is not legal advice.\n")


def test_on_a_day_only_what_is_in_force_is_listed() -> None:
    before = {rule["id"] for rule in listed("--on", "2023-10-31")["rules"]}
    after = {rule["id"] for rule in listed("--on", "2023-11-01")["rules"]}

    assert after - before == {"UK-5"}
    assert before - after == set()


def test_a_case_that_begins_later_than_its_rule_is_listed_from_its_day() -> None:
    def cases(day: str) -> set[str]:
        (rule,) = [one for one in listed("--on", day)["rules"] if one["id"] == "US-8"]
        return {case["name"] for case in rule["cases"]}

    assert cases("2023-07-20") - cases("2023-07-19") == {"fourth-recorded-call"}


def test_a_rule_of_ones_own_is_listed_from_its_first_day(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(RULE, encoding="utf-8")

    with_it = listed("--add", tmp_path / "own.toml", "--on", "2027-01-01")
    without = listed("--add", tmp_path / "own.toml", "--on", "2026-12-31")

    assert "X-1" in {rule["id"] for rule in with_it["rules"]}
    assert "X-1" not in {rule["id"] for rule in without["rules"]}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--on", "tomorrow"], "«tomorrow» is no day; write it like 2026-11-26"),
        (["--on", "20261126"], "is no day"),
        (["--add", "none.toml"], "none.toml: This file cannot be opened"),
        (["--add", "bad.toml"], "rule X-1: it has no «citation»"),
    ],
)
def test_bad_input_exits_with_two_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text(RULE.replace('citation = "An Act"', ""), encoding="utf-8")

    done = hustings("law", "rules", *arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_reference_names_every_json_key() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    part = page.split("### `hustings law rules`")[1].split("### ")[0]
    answer = listed()
    (rule, *_) = answer["rules"]
    (due, *_) = [case["due"] for case in rule["cases"] if case["due"]]
    named = set(re.findall(r"`(\w+)`", part.split("The JSON has")[1]))

    assert named == set(answer) | set(rule) | set(rule["cases"][0]) | set(due)
