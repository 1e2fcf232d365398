"""Column names, made comparable."""

from __future__ import annotations

import re

_NOT_WORD = re.compile(r"[^0-9a-z#]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def column_key(name: str) -> str:
    """``Elector Number Prefix``, ``ElectorNumberPrefix`` and ``elector_number_prefix`` are one column."""
    return _NOT_WORD.sub("", name.strip().casefold())


def words_of(name: str) -> frozenset[str]:
    """The words of a column name: ``PropertyPostCode`` gives property, post, code."""
    return frozenset(_NOT_WORD.sub(" ", _HUMP.sub(" ", name).casefold()).split())
