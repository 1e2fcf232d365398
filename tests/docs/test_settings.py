"""docs/reference/settings.md names every setting that is read, and no page names one that is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT, named, text

if TYPE_CHECKING:
    from pathlib import Path

PAGE = text(DOCS / "reference/settings.md")
NAME = re.compile(r"\b(?:HUSTINGS_[A-Z][A-Z_]*[A-Z]|DATABASE_(?:OWNER_)?URL)\b")
BY_THE_READERS = re.compile(r"\benv\.(?:text|flag|number|words|choice)\(\s*\"([A-Z_]+)\"")
BY_HAND = re.compile(r"environ(?:\.get|\.setdefault)?[\[(]\s*\"((?:HUSTINGS|DATABASE)_[A-Z_]+)\"")
IN_A_SCRIPT = re.compile(r"\$\{(HUSTINGS_[A-Z_]+)")
TABLE = re.compile(r"^\| `((?:HUSTINGS|DATABASE)_[A-Z_]+)` \|", re.MULTILINE)


def read_by_the_program() -> set[str]:
    """Every setting that our code or a script asks the environment for."""
    found: set[str] = set()
    for source in [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        code = text(source)
        found |= {f"HUSTINGS_{name}" for name in BY_THE_READERS.findall(code)}
        found |= set(BY_HAND.findall(code))
    for script in ROOT.glob("script/*"):
        found |= set(IN_A_SCRIPT.findall(text(script)))
    return found


def test_every_setting_that_is_read_is_in_the_reference_and_nothing_else() -> None:
    assert {"HUSTINGS_SECRET_KEY", "DATABASE_URL", "HUSTINGS_PYTHON"} <= read_by_the_program()

    assert sorted(TABLE.findall(PAGE)) == sorted(read_by_the_program())


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_names_a_setting_that_does_not_exist(page: Path) -> None:
    used = {name.removesuffix("_FILE") for name in NAME.findall(text(page))}

    assert used <= set(TABLE.findall(PAGE))


def test_what_the_environment_module_cannot_read_from_a_file_is_said_to_be_so() -> None:
    from_file = {
        f"HUSTINGS_{name}"
        for source in ROOT.glob("src/**/*.py")
        for name in BY_THE_READERS.findall(text(source))
    }
    first_four = PAGE.split("## The embedded server")[0]

    in_tables = set(TABLE.findall(first_four))

    assert in_tables - from_file == {"DATABASE_URL", "DATABASE_OWNER_URL", "HUSTINGS_DATABASE_ROLE"}
    assert from_file <= in_tables
