"""The register's forms: sending a file, and naming its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.apps.register import wording
from hustings.apps.register.models import ImportBatch

if TYPE_CHECKING:
    from hustings.formats.register import Recognised, Table


class Upload(forms.Form):
    """A file to look through."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, in any encoding, or a ZIP with one CSV inside. Any size."),
        allow_empty_file=True,
    )
    whole = forms.BooleanField(
        label=_("This is the whole register: who is not in it is no longer on it"), required=False
    )


class Columns(forms.Form):
    """What each column means; the guesses are filled in."""

    kind = forms.ChoiceField(label=_("What the file holds"), choices=ImportBatch.Kind.choices)
    dates = forms.ChoiceField(label=_("How dates are written"), choices=list(wording.DATES.items()))

    def __init__(self, table: Table, found: Recognised, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.names = list(found.header)
        choices = list(wording.MEANINGS.items())
        for position, (name, guess) in enumerate(zip(found.header, found.guesses, strict=True)):
            seen = [
                row[position] for row in table.sample[:50] if position < len(row) and row[position]
            ]
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=name or _("(no name)"),
                choices=choices,
                required=False,
                initial=guess.meaning,
                help_text=_("for example: %(cells)s") % {"cells": " · ".join(seen[:3])[:120]}
                if seen
                else _("empty in the first rows"),
            )

    def mapping(self) -> dict[str, Any]:
        """The layout that was made, as it is kept with the batch."""
        meaning = {
            name: self.cleaned_data[f"column_{position}"]
            for position, name in enumerate(self.names)
            if self.cleaned_data[f"column_{position}"]
        }
        return {
            "name": "by-hand",
            "title": "by hand",
            "source": "by hand",
            "kind": self.cleaned_data["kind"],
            "columns": {name: m for name, m in meaning.items() if m != wording.ADDRESS},
            "lines": [[name] for name, m in meaning.items() if m == wording.ADDRESS],
            "dates": list(wording.SHAPES[self.cleaned_data["dates"]]),
        }
