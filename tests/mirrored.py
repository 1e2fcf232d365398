"""
A language that is written from right to left and says the same in other letters.

Every text that is marked for translation comes in Hebrew letters, as long as before, with its placeholders and
tags as they are. So a screen that stands only on left and right shows itself, and so does a text that was
written into a page by hand: it stays as it was.
"""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Any

import pytest
from django.utils.translation import trans_real

LANGUAGE = "he"
KEPT = re.compile(r"%\(\w+\)[sdif]|%[sd%]|\{[^{}]*\}|<[^<>]+>|&#?\w+;|https?://\S+")
"""Placeholders, tags, entities, addresses: what a translator leaves alone."""
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "אבגדהוזחטיכלמנסעפצקרשתאבגד" * 2,
)


def mirrored_text(text: str) -> str:
    """The same in other letters."""
    done, at = [], 0
    for kept in KEPT.finditer(text):
        done += [text[at : kept.start()].translate(LETTERS), kept.group()]
        at = kept.end()
    return "".join([*done, text[at:].translate(LETTERS)])


class Mirrored(NullTranslations):
    """The catalogue of that language, which holds everything."""

    domain = "django"

    def language(self) -> str:
        """Its tag."""
        return LANGUAGE

    def to_language(self) -> str:
        """Its tag, as Django asks for it."""
        return LANGUAGE

    def gettext(self, message: str) -> str:
        """One text."""
        # A context stands before the text, kept apart by a byte of its own.
        return mirrored_text(message.rpartition("\x04")[2])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One text of two, by number."""
        return mirrored_text((msgid1 if n == 1 else msgid2).rpartition("\x04")[2])


@pytest.fixture
def mirrored(settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whoever asks for Hebrew is answered in it; gives the tag for a browser."""
    settings.LANGUAGES = [*settings.LANGUAGES, (LANGUAGE, "mirrored")]
    told = trans_real.translation
    catalogue = Mirrored()
    monkeypatch.setattr(
        trans_real,
        "translation",
        lambda language: catalogue if language == LANGUAGE else told(language),
    )
    return LANGUAGE
