"""Every verb that the program writes into the audit has words, and every one that has words is written."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from hustings.apps.accounts.wording import VERBS

APPS = Path(__file__).parents[3] / "src/hustings/apps"
VERB = re.compile(r"[a-z]+\.[a-z_]+")


def verbs_in(source: str) -> set[str]:
    """What stands as a verb in calls of ``record`` or ``audit``."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        word.value
        for call in calls
        if ast.unparse(call.func).split(".")[-1] in {"record", "audit"}
        for part in (*call.args, *(named.value for named in call.keywords))
        for word in ast.walk(part)
        if isinstance(word, ast.Constant)
        and isinstance(word.value, str)
        and VERB.fullmatch(word.value)
    }


def test_every_verb_has_words_and_every_word_its_verb() -> None:
    sources = [file.read_text() for file in APPS.rglob("*.py") if file.name != "wording.py"]
    written = set().union(*map(verbs_in, sources))

    assert len(written) > 30
    assert written <= set(VERBS)
    assert [verb for verb in VERBS if not any(f'"{verb}"' in text for text in sources)] == []


def test_a_verb_is_found() -> None:
    assert verbs_in('audit(by, "turf.lose" if lost else "turf.find", count=1)') == {
        "turf.lose",
        "turf.find",
    }
    assert verbs_in('say(by, "turf.lose")') == set()
