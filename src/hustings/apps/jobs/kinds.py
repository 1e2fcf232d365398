"""The kinds of work there are: a name, and the function that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


class Progress(Protocol):
    """Told by the work how far it is: ``progress(0.4, "Finding the way through 1,200 doors")``."""

    def __call__(self, share_done: float, note: str = "") -> None: ...


class JobFunction(Protocol):
    """Does the work inside the campaign's transaction and returns what can be shown as JSON."""

    def __call__(
        self, campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any
    ) -> dict[str, Any]: ...


class NoSuchKind(HustingsError):
    """A job of a kind that nothing here can do."""


_KINDS: dict[str, JobFunction] = {}


def kind(name: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the one that does jobs of this kind; put it into the app's ``background.py``."""

    def register(function: JobFunction) -> JobFunction:
        _KINDS[name] = function
        return function

    return register


def function_of(name: str) -> JobFunction:
    """The function that does jobs of this kind."""
    if name not in _KINDS:
        raise NoSuchKind(f"Nothing here can do a job of the kind «{name}».")
    return _KINDS[name]
