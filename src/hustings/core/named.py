"""Whether a text that people typed names somebody: what erasing looks for in notes, names of files and messages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hustings.core.register.names import fold

_BETWEEN = re.compile(r"[\W_]+")
LEAST_DIGITS = 7
"""The end of a telephone number that is still one; shorter runs of digits are anything."""


@dataclass(frozen=True, slots=True)
class Named:
    """
    What one person may be called by.

    Parameters
    ----------
    names
        Pairs of forenames and surname, however they were written down over time.
    numbers
        Elector numbers, or ids of voter files.
    values
        Telephone numbers and e-mail addresses.
    """

    names: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """
        Whether the text names this person: forename and surname, a number, or a way to reach them.

        Where only one of the names is known, the text must consist of it.

        >>> Named((("Ada Mary", "Byron"),)).is_in("Ring at Byron's, ask for Ada")
        True
        >>> Named((("Ada", "Byron"),)).is_in("Ada Lovelace")
        False
        """
        words = _words(text)
        return (
            any(_called(words, forename, surname) for forename, surname in self.names)
            or any(_follow(words, _words(number)) for number in self.numbers)
            or any(_reached(text, value) for value in self.values)
        )

    def is_hinted_in(self, cell: str) -> bool:
        """Whether a cell of a file may be theirs: one of the names is enough there."""
        words = _words(cell)
        parts = (_words(part) for pair in self.names for part in pair)
        return self.is_in(cell) or any(_follow(words, part) for part in parts)


def _words(text: str) -> list[str]:
    """Folded, and without commas, brackets and strokes."""
    return _BETWEEN.sub(" ", fold(text)).split()


def _called(words: list[str], forename: str, surname: str) -> bool:
    first, last = _words(forename)[:1], _words(surname)
    if not (first and last):
        return bool(first or last) and words == [*_words(forename), *_words(surname)]
    # A genitive loses its apostrophe when it is folded.
    said = {*words, *(word.removesuffix("s") for word in words)}
    return said.issuperset((*first, *last))


def _follow(words: list[str], wanted: list[str]) -> bool:
    return bool(wanted) and any(
        words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1)
    )


def _reached(text: str, value: str) -> bool:
    if "@" in value:
        return value.casefold() in text.casefold()
    digits = "".join(filter(str.isdigit, value))[-9:]
    return len(digits) >= LEAST_DIGITS and digits in "".join(filter(str.isdigit, text))
