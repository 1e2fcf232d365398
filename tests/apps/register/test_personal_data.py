"""The register of personal data: no column about a person without a purpose, a basis, a source and an end."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

DECLARED = tomllib.loads(
    (Path(__file__).parents[3] / "docs/reference/personal-data.toml").read_text(encoding="utf-8")
)
OURS = {
    "people_household", "people_person", "people_contactpoint", "people_consent",
    "people_donotcontact", "register_registerentry", "register_absentvote",
    "register_importproblem", "register_beforeimage",
}  # fmt: skip
NOT_PERSONAL = {
    "id", "campaign_id", "person_id", "batch_id", "entry_id", "row_id", "origin", "channel", "table",
    "door_id", "status_at", "recorded_at", "lifted_at", "added_in", "removed_in", "row",
}  # fmt: skip
"""Keys, times and words of ours, which say nothing about anybody by themselves."""
KIND_IS_OURS = {("people_contactpoint", "kind"), ("register_importproblem", "kind")}


@pytest.mark.trust(28)
@pytest.mark.parametrize("table", sorted(OURS))
def test_every_column_about_a_person_is_declared_with_purpose_basis_source_and_end(
    table: str,
) -> None:
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    columns = {f.column for f in model._meta.concrete_fields if f.column}

    declared = set(DECLARED[table])

    assert declared <= columns, "Declared, but not there any more."
    left = {c for c in columns - declared - NOT_PERSONAL if (table, c) not in KIND_IS_OURS}
    assert left == set()
    for name, entry in DECLARED[table].items():
        assert set(entry) == {"purpose", "basis", "source", "retention"}, name
        assert all(entry.values()), name
