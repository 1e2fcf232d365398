"""Files and functions that a page names are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import FENCE, PAGES, ROOT, named, text

if TYPE_CHECKING:
    from pathlib import Path

PLACES = [ROOT, ROOT / "src/hustings", ROOT / "src/hustings/apps"]
SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]*/[\w.-]+\.(?:py|md|toml|css|js|txt|html)|script/[a-z-]+|\.ci/run")
APPS = "campaigns|audit|accounts|jobs|exports|statements|exchange|clippings|contributions|materials|lending|places|people|volunteers|shifts|register|polling|scripts|outings|canvass|safety|dispatch|followups|results|contests|today|erasure"
FUNCTION = re.compile(rf"((?:{APPS})\.[a-z_]+)\.([a-z_]+)")
MODULE = re.compile(r"python -m ((?:bench|hustings)[\w.]+)")
EXAMPLES = {"utils.py"}


def spans(page: Path) -> list[str]:
    return SPAN.findall(FENCE.sub("", text(page)))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_a_page_names_is_there(page: Path) -> None:
    for name in spans(page):
        if FILE.fullmatch(name) and name not in EXAMPLES:
            assert any((place / name).exists() for place in PLACES), name


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_function_and_module_a_page_names_is_there(page: Path) -> None:
    for name in spans(page):
        if found := FUNCTION.fullmatch(name):
            file = ROOT / "src/hustings/apps" / f"{found[1].replace('.', '/')}.py"
            assert re.search(rf"^(?:def|class) {found[2]}\b", text(file), re.MULTILINE), name
    for module in MODULE.findall(text(page)):
        path = module.replace(".", "/")
        assert any(
            (place / path).with_suffix(".py").exists() or (place / path / "__main__.py").exists()
            for place in (ROOT, ROOT / "src")
        ), module


def test_every_page_that_the_code_names_is_there() -> None:
    for source in [*ROOT.glob("src/**/*.py"), *ROOT.glob("script/*")]:
        for page in re.findall(r"\bdocs/[\w/-]+\.(?:md|toml)\b", text(source)):
            assert (ROOT / page).exists(), f"{source.name}: {page}"
