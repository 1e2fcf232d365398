"""What can go wrong, as sentences."""

from __future__ import annotations


class HustingsError(Exception):
    """Something went wrong that a person can act on; the message says what, where and what next."""


class BadInput(HustingsError):
    """The input cannot be used; ``where`` names the file, the row and the field."""

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where
