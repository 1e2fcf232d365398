"""A design, its next version, an imprint, a place, and what happened to copies."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from hustings.apps.materials.actions import Quoted
from hustings.apps.materials.models import (
    IMPRINT,
    CampaignImprint,
    Design,
    Release,
    StockMove,
    StockPlace,
)
from hustings.core.materials.imprint import LEAST_POINTS, MOST_POINTS
from hustings.core.materials.stock import MOST_COPIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import Promise

LABELS: dict[str, str | Promise] = {
    "country": _("Country, in two letters (GB, US)"),
    "publisher": _("Who publishes"),
    "promoter_name": _("Promoter: name"),
    "promoter_address": _("Promoter: address"),
    "for_another": _("It is published on behalf of somebody else"),
    "behalf_name": _("On behalf of: name"),
    "behalf_address": _("On behalf of: address"),
    "printer_name": _("Printer: name"),
    "printer_address": _("Printer: address"),
    "paid_for_by": _("The words that say who paid, where the country wants them"),
}


class ImprintForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """What the campaign says in one country."""

    class Meta:
        model = CampaignImprint
        fields = IMPRINT
        labels = LABELS
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.TextInput()
            for name in IMPRINT
            if name.endswith(("_name", "_address", "_by"))
        }

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Write the country in two letters, like GB."))
        return country


class BlockForm(ImprintForm):
    """The same on one version, for a country that the campaign has an imprint for."""

    shown = forms.BooleanField(required=False, initial=True)
    field_order = ["shown"]  # noqa: RUF012  # Django declares it on the instance

    class Meta(ImprintForm.Meta):
        fields = tuple(name for name in IMPRINT if name != "country")

    def __init__(self, country: str, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.country = country
        self.fields["shown"].label = _("It is shown in %(country)s") % {"country": country}

    @property
    def values(self) -> dict[str, Any]:
        """The block's fields, by name."""
        said = {name: value for name, value in self.cleaned_data.items() if name in IMPRINT}
        return {**said, "country": self.country}


class VersionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """What is on it, where it is seen, and under which terms."""

    file = forms.FileField(
        label=_("Artwork"),
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 20 MB. The imprint is set on its first page. Without a file the sheet is made of the headline and the text."),
    )  # fmt: skip
    without_file = forms.BooleanField(label=_("Leave the earlier artwork out"), required=False)
    quote_words = forms.CharField(label=_("Words it quotes"), required=False, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    quote_statement = forms.ChoiceField(
        label=_("The statement they are from"), required=False,
        help_text=_("What stands on our public page. The short address of its proof is printed below the words. If it is taken back later, this version is not printed any more, and its copies are found by it."),
    )  # fmt: skip
    quote_qr = forms.BooleanField(label=_("With a QR code of that address"), required=False)
    quote_proof = forms.BooleanField(
        label=_("With a QR code of the whole proof, 62 mm wide, that verifies without any network"),
        required=False,
    )

    class Meta:
        model = Release
        fields = (
            "headline", "text", "medium", "paper", "language", "licence", "uses", "paid",
            "imprint_place", "imprint_points", "expires_on",
        )  # fmt: skip
        labels: ClassVar[dict[str, str | Promise]] = {
            "headline": _("Headline"),
            "text": _("Text"),
            "medium": _("It is"),
            "paper": _("Paper"),
            "language": _("Language"),
            "licence": _("Licence"),
            "uses": _("Who may use it"),
            "paid": _("Somebody is paid to show it"),
            "imprint_place": _("The imprint stands"),
            "imprint_points": _("Height of the imprint’s type, in points"),
            "expires_on": _("Last day of use"),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "text": _("An empty line begins a new paragraph."),
            "language": _("As a code: en-GB, cy, es."),
            "imprint_points": _("6 at least. 12 are on the safe side in the United States."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "headline": forms.TextInput(),
            "licence": forms.TextInput(),
            "text": forms.Textarea(attrs={"rows": 5}),
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    field_order = ["headline", "text", "file", "without_file"]  # noqa: RUF012  # Django declares it on the instance

    def __init__(
        self,
        *arguments: Any,
        has_artwork: bool = False,
        quotable: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["quote_statement"].choices = [("", "–"), *quotable]  # type: ignore[attr-defined]  # a choice field
        self.fields["expires_on"].required = False
        if not has_artwork:
            del self.fields["without_file"]
        self.fields["language"].validators.append(
            RegexValidator(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", _("Write a code like en-GB."))
        )

    def clean_imprint_points(self) -> int:
        points = int(self.cleaned_data["imprint_points"])
        if not LEAST_POINTS <= points <= MOST_POINTS:
            raise forms.ValidationError(
                _("Write %(least)s to %(most)s.") % {"least": LEAST_POINTS, "most": MOST_POINTS}
            )
        return points

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        said = [bool(cleaned.get(f"quote_{name}")) for name in ("words", "statement")]
        if any(said) and not all(said):
            self.add_error(
                "quote_words",
                _("A quote needs its words, and the statement they are from."),
            )
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The version's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def quotes(self) -> list[Quoted]:
        """What it quotes."""
        said = self.cleaned_data
        if not said["quote_words"]:
            return []
        return [
            Quoted(
                said["quote_statement"],
                said["quote_words"],
                said["quote_qr"],
                said["quote_proof"],
            )
        ]


class DesignForm(VersionForm):
    """A new design with its first version."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is"), choices=Design.Kind.choices)
    field_order = ["name", "kind", *VersionForm.field_order]  # noqa: RUF012  # Django declares it on the instance


class PlaceForm(forms.Form):
    """Another place where copies lie."""

    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Where it is"), max_length=300, required=False)


class CountForm(forms.Form):
    """What happened to copies."""

    kind = forms.ChoiceField(label=_("What happened"), choices=StockMove.Kind.choices)
    count = forms.IntegerField(label=_("How many copies"), min_value=1, max_value=MOST_COPIES)
    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    holder = forms.CharField(
        label=_("Who takes or brings them"), max_length=120, required=False,
        help_text=_("Needed for what is given out and comes back."),
    )  # fmt: skip
    form_id = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)

    def __init__(self, places: Sequence[StockPlace], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["place"].choices = [(place.pk, place.name) for place in places]  # type: ignore[attr-defined]  # a choice field


class WithdrawForm(forms.Form):
    """Why a version must not be used any more."""

    why = forms.CharField(label=_("Why is it withdrawn?"), max_length=500)
