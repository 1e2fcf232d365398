"""
Making many tables on an empty database without drawing all of them anew for each.

While it migrates, Django keeps a class for every table as it was at that point. For a new table it makes the classes
of all others that are related to it anew as well, and here all are, by their campaign; a first migration spent two
thirds of its time on that. Nothing can point at a table that was not there, so that its own class is enough.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.migrations.state import ModelState


def _add_model(state: ProjectState, model: ModelState) -> None:
    """As Django does it, but for the others."""
    key = model.app_label, model.name_lower
    is_new = key not in state.models
    state.models[key] = model
    if state._relations is not None:  # type: ignore[attr-defined]  # Django's own, which its stubs leave out
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:  # else the classes are made together when they are first asked for
        if is_new:
            state.apps.render_multiple([model])
        else:
            state.reload_model(*key)


@contextmanager
def drawn_alone() -> Iterator[None]:
    """Within it, a table that a migration makes is drawn by itself."""
    with mock.patch.object(ProjectState, "add_model", _add_model):
        yield
