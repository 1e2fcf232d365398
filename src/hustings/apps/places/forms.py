"""Bringing a map in, and putting doors where they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.apps.places.actions import MAP_ENDINGS

ENDINGS = (*MAP_ENDINGS, ".csv", ".txt")


class PlacesFile(forms.Form):
    """A map or a list."""

    file = forms.FileField(
        label=_("Map (.osm.pbf, .osm.gz), addresses or postcodes (.csv)"),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        name = file.name.lower()
        self.ending = next((ending for ending in ENDINGS if name.endswith(ending)), "")
        if not self.ending:
            raise forms.ValidationError(
                _("A map ends in .osm.pbf or .osm.gz, a list in .csv; this file does neither.")
            )
        return file


class PointOnTheMap(forms.Form):
    """Where some doors of a street are: a point, or the place of another door."""

    doors = forms.TypedMultipleChoiceField(label=_("Doors"), coerce=int, required=True)
    same_as = forms.TypedChoiceField(
        label=_("At the same place as"), coerce=int, required=False, empty_value=None
    )
    lon = forms.FloatField(
        label=_("Longitude, degrees"), required=False, min_value=-180, max_value=180
    )
    lat = forms.FloatField(
        label=_("Latitude, degrees"), required=False, min_value=-90, max_value=90
    )

    def __init__(
        self,
        *arguments: Any,
        doors: list[tuple[int, str]],
        placed: list[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["doors"].choices = doors  # type: ignore[attr-defined]  # a choice field
        self.fields["same_as"].choices = [("", _("a point that I give")), *placed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("same_as") is None and (
            cleaned.get("lon") is None or cleaned.get("lat") is None
        ):
            self.add_error(
                "same_as", _("Choose a door that is placed already, or give both degrees.")
            )
        return cleaned
