"""
Elector numbers: ``AB-123``, ``AB-123/1``, ``AB 123.1``, or their three parts in three columns.

A polling district's letters, a number that runs within it, and a suffix for whoever was put in after the numbering.
A suffix of 0 is no suffix.
Source: the layouts read in ``docs/reference/register.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHOLE = re.compile(
    r"""\s*(?:(?P<district>[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]*[A-Za-z][0-9]*(?=[-\s]))[-\s]*)?
        (?P<number>[0-9]+)\s*(?:[/.]\s*(?P<suffix>[0-9]+|[A-Za-z]))?\s*""",
    re.VERBOSE,
)
_GLUED = re.compile(r"\s*(?P<district>[A-Za-z]+)(?P<number>[0-9]+)(?:[/.](?P<suffix>[0-9]+))?\s*")


@dataclass(frozen=True, slots=True)
class ElectorNumber:
    """The letters of the polling district, the number in it, and the suffix ("" for none)."""

    district: str
    number: str
    suffix: str = ""

    def __str__(self) -> str:
        return join(self.district, self.number, self.suffix)

    @classmethod
    def parse(cls, text: str) -> ElectorNumber | None:
        """The number in ``text``, or nothing where it holds none."""
        found = _GLUED.fullmatch(text) or _WHOLE.fullmatch(text)
        if not found:
            return None
        return cls.of_parts(found["district"] or "", found["number"], found["suffix"] or "")

    @classmethod
    def of_parts(cls, district: str, number: str, suffix: str) -> ElectorNumber | None:
        """The number with these three parts; a number column may carry the suffix itself (``888/8``)."""
        district, number, suffix = district.strip().upper(), number.strip(), suffix.strip().upper()
        for mark in "/.":
            if mark in number:
                number, _, late = number.partition(mark)
                suffix = late.strip().upper() if suffix in ("", "0") else suffix
        number = number.strip().lstrip("0") or ("0" if number.strip() else "")
        if not number.isdigit() or not number.isascii() or len(number) > 9:
            return None
        if suffix and not (suffix.isalnum() and suffix.isascii() and len(suffix) <= 4):
            return None
        return cls(district, number, suffix.lstrip("0"))


def join(district: str, number: str, suffix: str) -> str:
    """``AB-123/1`` out of three clean parts."""
    head = f"{district}-{number}" if district else number
    return f"{head}/{suffix}" if suffix else head
