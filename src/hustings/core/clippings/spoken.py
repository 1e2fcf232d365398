"""A quote and who spoke it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    Who spoke, as far as the article says.

    ``name`` is empty where it gives none; ``described`` are the article's words for the speaker, ``role`` is one of
    :data:`hustings.core.clippings.words.ROLES` or empty, ``start`` is where the article names the speaker.
    """

    name: str
    described: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """
    ``text[start:end]`` are the exact words. ``kind`` is speech, fragment, scare or headline.

    ``utterance`` is the same number for parts that were said in one go; ``relay`` says through whom the words
    came, the one nearest to the speaker first.
    """

    start: int
    end: int
    kind: str
    speaker: Speaker | None
    relay: tuple[str, ...]
    utterance: int
