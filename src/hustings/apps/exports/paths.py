"""Every path on which rows of the register leave, with what a copy on it is for unless somebody says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Path:
    """
    One way out.

    Parameters
    ----------
    name, label
        Its name in rows, and for people.
    routes, commands
        The addresses and commands that go this way.
    purpose, receiver
        As the rules name them, unless somebody says otherwise.
    helpers_are_told
        Whether it tells a helper that the limits of the register bind them too.
    ends_by_itself
        Whether nothing is left of the copy once its time is over.
    """

    name: str
    label: str | Promise
    routes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    purpose: str = "campaigning"
    receiver: str = "own-campaign"
    helpers_are_told: bool = False
    ends_by_itself: bool = False


PATHS = {
    path.name: path
    for path in (
        Path("pack", _("walks on paper"), routes=("outings:cut-pack", "outings:walk-pack")),
        Path(
            "phone", _("a walk on a phone"), receiver="own-helper",
            routes=("phone:door", "phone:building"),
            helpers_are_told=True, ends_by_itself=True,
        ),
        Path("problems", _("rows of a file with a problem"), routes=("register:problems",)),
        Path("doors", _("addresses of doors, without people"), routes=("places:doors",), commands=("places export",)),
        Path("backup", _("a backup of everything"), commands=("backup",), purpose="backup"),
    )
}  # fmt: skip
"""A new way out is another line here, and calls ``leaving.leave`` by its name."""
