"""A table that a migration makes is drawn alone, and the others know of it all the same."""

from __future__ import annotations

from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from hustings.server.new_tables import drawn_alone


def a_table(name: str, /, **fields: models.Field) -> ModelState:
    return ModelState(
        "towns", name, [("id", models.BigAutoField(primary_key=True)), *fields.items()]
    )


def test_tables_that_point_at_one_another_know_each_other() -> None:
    with drawn_alone():
        state = ProjectState()
        state.add_model(a_table("Street"))
        first = state.apps.get_model("towns", "Street")  # from here on each is drawn as it comes
        state.add_model(a_table("Door", street=models.ForeignKey("towns.Street", models.CASCADE)))
        state.add_model(
            a_table("Note", about=models.ForeignKey("self", models.CASCADE, null=True),
                    door=models.ForeignKey("towns.Door", models.CASCADE))
        )  # fmt: skip

    street, door, note = (
        state.apps.get_model("towns", name) for name in ("Street", "Door", "Note")
    )
    assert street is first
    assert door._meta.get_field("street").related_model is street
    assert [one.related_model for one in street._meta.related_objects] == [door]
    assert [one.related_model for one in door._meta.related_objects] == [note]
    assert note._meta.get_field("about").related_model is note


def test_a_table_that_was_there_is_drawn_with_what_points_at_it() -> None:
    with drawn_alone():
        state = ProjectState()
        state.add_model(a_table("Street"))
        state.add_model(a_table("Door", street=models.ForeignKey("towns.Street", models.CASCADE)))
        before = state.apps.get_model("towns", "Door")
        state.add_model(a_table("Street", name=models.TextField()))

    street, door = (state.apps.get_model("towns", name) for name in ("Street", "Door"))
    assert door is not before
    assert door._meta.get_field("street").related_model is street
    assert street._meta.get_field("name")


def test_outside_django_draws_as_it_does() -> None:
    own = ProjectState.add_model
    with drawn_alone():
        assert ProjectState.add_model is not own
    assert ProjectState.add_model is own
