"""docs/reference/commands.md and the program name the same commands and the same options."""

from __future__ import annotations

import argparse
import re
from importlib import import_module, metadata
from typing import TYPE_CHECKING, NoReturn

import pytest

from hustings.cli.main import PURE
from tests.docs.pages import DOCS, text

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = text(DOCS / "reference/commands.md")
SECTION = re.compile(r"^### `hustings ([a-z ]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"--[a-z][a-z-]*")


class Found(BaseException):
    """Carries the parser out of the command that built it."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.parser = parser


def parser_of(name: str, monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    """The parser of ``hustings <name>``, as its own main builds it."""

    def found(parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        raise Found(parser)

    if name in PURE:
        main = import_module(PURE[name][0]).main
    else:
        (point,) = metadata.entry_points(group="hustings.commands", name=name)
        main = point.load()
    with monkeypatch.context() as patched:
        patched.setattr(argparse.ArgumentParser, "parse_args", found)
        with pytest.raises(Found) as caught:
            main([])
    return caught.value.parser


def verbs(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, set[str]]]:
    """Each command below a name with the options it takes, ``--help`` aside."""
    children = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in children:
        for verb, child in action.choices.items():
            yield from verbs(f"{name} {verb}", child)
    if not children:
        options = {o for action in parser._actions for o in action.option_strings}
        yield name, {o for o in options if o.startswith("--")} - {"--help"}


def test_every_command_and_option_is_in_the_reference_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [*PURE, *(point.name for point in metadata.entry_points(group="hustings.commands"))]
    program = {
        verb: options
        for name in names
        for verb, options in verbs(name, parser_of(name, monkeypatch))
    }

    documented = {name: set(OPTION.findall(section)) for name, section in SECTION.findall(PAGE)}

    assert documented == program


def test_every_command_says_its_usage_and_how_it_ends() -> None:
    for name, section in SECTION.findall(PAGE):
        assert f"```\nhustings {name}" in section, name
        assert re.search(r"^Exit 0", section, re.MULTILINE), name


@pytest.mark.parametrize("name", ["turf", "clippings", "register", "places"])
def test_a_page_of_its_own_names_no_option_that_is_not_there(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {o for _, found in verbs(name, parser_of(name, monkeypatch)) for o in found}
    town = {o for _, found in verbs("town", parser_of("town", monkeypatch)) for o in found}

    named = set(OPTION.findall(text(DOCS / f"reference/{name}.md")))

    assert options <= named
    assert named <= options | town
