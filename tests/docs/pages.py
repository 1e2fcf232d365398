"""The pages of the documentation, and what counts as prose in them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])

FENCE = re.compile(r"^ {0,3}```.*?^ {0,3}```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")


def named(page: Path) -> str:
    """How a page is called in a failure."""
    return str(page.relative_to(ROOT))


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def without_code(markdown: str) -> str:
    """The same, with blocks and spans of code blanked, line for line."""
    blank = FENCE.sub(lambda found: "\n" * found[0].count("\n"), markdown)
    return CODE.sub("`code`", blank)
