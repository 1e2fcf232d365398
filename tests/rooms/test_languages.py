"""Every text that is marked for translation is said in every language, with all that was put into it."""

from __future__ import annotations

import ast
import re
from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[2] / "src/hustings"
LANGUAGES = sorted(path.name for path in (SOURCE / "server/locale").iterdir())
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
TWO = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(rf"\b({'|'.join(sorted(ONE | TWO | IN_CONTEXT, key=len, reverse=True))})\(")
PUT_IN = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{[^{}]*\}|<[^<>]+>")


class Text(NamedTuple):
    """A text in the source, its plural and its context, each where there is one."""

    one: str
    many: str = ""
    context: str = ""


def in_code(path: Path) -> Iterator[Text]:
    """What a module says."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        yield from text_of(name, node.args)


def in_a_template(path: Path) -> Iterator[Text]:
    """What a template says, by Django's own reading of it."""
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in CALL.finditer(calls):
        # The end of the arguments is the first bracket at which they can be read.
        for end in re.finditer(r"\)", calls[call.end() :]):
            try:
                read = ast.parse(calls[call.start() : call.end() + end.end()].strip(), mode="eval")
            except SyntaxError:
                continue
            assert isinstance(read.body, ast.Call)
            yield from text_of(call.group(1), read.body.args)
            break


def text_of(name: str, arguments: list[ast.expr]) -> Iterator[Text]:
    """The text of a call, where it is written out."""
    said = [
        one.value
        for one in arguments
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    if name in ONE and said:
        yield Text(said[0])
    elif name in TWO and len(said) > 1:
        yield Text(said[0], said[1])
    elif name in IN_CONTEXT and len(said) > 1:
        yield Text(said[1], context=said[0])


def every_text() -> set[Text]:
    """Of all modules and templates."""
    modules = {text for path in SOURCE.rglob("*.py") for text in in_code(path)}
    return modules | {text for path in SOURCE.rglob("*.html") for text in in_a_template(path)}


@pytest.fixture(scope="module")
def texts() -> set[Text]:
    """All of them, read once; a text of nothing says nothing."""
    return {text for text in every_text() if text.one}


def said_in(language: str) -> GNUTranslations:
    """The compiled catalogue, which is what the program reads."""
    compiled = SOURCE / "server/locale" / language / "LC_MESSAGES/django.mo"
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def told(catalogue: GNUTranslations, text: Text) -> tuple[str, str]:
    """For one and for many; empty where it is not said."""
    known = catalogue._catalog  # type: ignore[attr-defined]  # the standard library tells it no other way
    key = f"{text.context}\x04{text.one}" if text.context else text.one
    one = known.get((key, 0), "") if text.many else known.get(key, known.get((key, 0), ""))
    return one, known.get((key, 1), "") if text.many else ""


def test_there_are_texts_to_look_for(texts: set[Text]) -> None:
    assert len(texts) > 3000
    assert any(text.many for text in texts)
    assert any("<" in text.one for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_said(language: str, texts: set[Text]) -> None:
    catalogue = said_in(language)

    missing = sorted(
        text for text in texts if "" in (told(catalogue, text)[: 2 if text.many else 1])
    )

    assert missing == [], f"{len(missing)} of {len(texts)}: run script/messages and say them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_into_a_text_is_put_into_its_translation(
    language: str, texts: set[Text]
) -> None:
    catalogue, wrong = said_in(language), []
    for text in texts:
        one, many = told(catalogue, text)
        for source, said in ((text.one, one), (text.many, many)):
            put_in, missing = set(PUT_IN.findall(source)), set(PUT_IN.findall(said))
            # For one, the number itself may be a word.
            if (
                said
                and put_in != missing
                and not (text.many and source is text.one and missing < put_in)
            ):
                wrong.append((source, said))

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_compiled_from_what_is_written(language: str) -> None:
    written = SOURCE / "server/locale" / language / "LC_MESSAGES/django.po"
    said = {
        ast.literal_eval(line.partition(" ")[2])
        for line in written.read_text(encoding="utf-8").splitlines()
        if re.match(r'msgstr(\[\d\])? "[^"]', line)
    }
    compiled = set(said_in(language)._catalog.values())  # type: ignore[attr-defined]

    assert len(said) > 2500
    assert {line for line in said if line not in compiled} == set()
