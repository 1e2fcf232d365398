"""What the verbs of ``hustings count`` write alike: the count file, and how a lot is handed in."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EXITS = (
    "Exit codes: 0 counted; 1 the judge found something wrong, or a replay is not the same; "
    "2 the input cannot be used; 3 something is not decided: a lot or a ruling is needed."
)
HAND_IN = "Write on whom each lot fell into a file, for «?», and count again with --lots FILE; this line is that file:"


def write_file(text: str) -> None:
    """The same bytes on every machine: UTF-8, and lines that end with one newline."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)


def to_hand_in(ties: Sequence[Mapping[str, Any]]) -> list[str]:
    """What to do about ties, and a line to paste; nothing where there are none."""
    if not ties:
        return []
    lots = [
        {"step": tie["step"], "among": list(tie["among"]), "chosen": ["?"] * tie["choose"]}
        for tie in ties
    ]
    return [HAND_IN, json.dumps(lots, ensure_ascii=False, separators=(",", ":"))]


def odd_in_words(findings: Sequence[tuple[str, str, str]]) -> list[str]:
    """Each with its unit, where it has one."""
    return [": ".join(part for part in one if part) for one in findings]
