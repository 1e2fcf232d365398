"""Telephone numbers and e-mail addresses, as people type them, made into ones that can be used."""

from __future__ import annotations

import re

_TWO = re.compile(r"\d[\d ().-]{6,}\s*(?:/|,|;|&|\bor\b|\band\b)\s*\+?[\d(][\d ().-]{6,}\d")
_NOTE = re.compile(r"\s+[-–]\s+[A-Za-z].*$")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_LOCAL = r"(?![.'])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+(?<!\.)"
"""What RFC 5322 calls a dot-atom: what is taken here must be what a mail can be sent to. A quotation mark before it is a spreadsheet's."""
_EMAIL = re.compile(_LOCAL + r"@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")


def clean_phone(text: str, region: str) -> str | None:
    """
    The number in the form +447700900123, or nothing where it cannot be used.

    ``region`` (two letters) is where a number without a country belongs.
    Two numbers in one cell, and what a spreadsheet turned into 4.47E+11, give nothing.
    """
    import phonenumbers  # here: only a contacts file needs its tables

    text = _NOTE.sub("", text.strip())
    if _TWO.search(text) or _SCIENTIFIC.search(text):
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or len(set(str(number.national_number))) < 2:
        return None
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_email(text: str) -> str | None:
    """The address with its domain in lower case, or nothing where it is none."""
    text = text.strip().removeprefix("mailto:")
    if len(text) > 254 or not _EMAIL.fullmatch(text) or ".." in text:
        return None
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"
