"""Who acts: a member at the desk, a phone, a command of the host, a job, somebody with a link of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts, as it will be written into the audit line.

    Parameters
    ----------
    kind
        What sort of actor; decides what ``id`` names.
    id
        Membership, device or job; empty for a command.
    label
        What a person reads, at the time: a name, a phone's label, a command's name.
    """

    kind: Literal["member", "device", "command", "job", "link"]
    id: str
    label: str


def command(name: str) -> Actor:
    """The host at the command line, by the command's name."""
    return Actor("command", "", f"hustings {name}")
