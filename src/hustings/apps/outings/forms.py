"""Whom to visit, how to cut, whom to give a walk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.precision import Precision
from hustings.apps.outings import sources
from hustings.apps.outings.actions import precision_for
from hustings.apps.outings.models import Action
from hustings.apps.outings.universe import NOT_ASKED, Choice
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.outings.learning import Offer

NEVER_ASKED = "never-asked"
"""Stands for :data:`NOT_ASKED` in a form, where an empty value means nothing was chosen."""


class ChoiceForm(forms.Form):
    """Whom to visit; empty asks for nothing."""

    districts = forms.MultipleChoiceField(
        label=_("Polling districts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    support = forms.MultipleChoiceField(
        label=_("Support"), required=False, widget=forms.CheckboxSelectMultiple
    )
    not_contacted_days = forms.IntegerField(
        label=_("Not spoken to for this many days"), required=False, min_value=0, max_value=36500
    )
    absent = forms.ChoiceField(
        label=_("Absent voters"),
        choices=[
            ("any", _("with everybody else")),
            ("only", _("only them")),
            ("none", _("leave them out")),
        ],
        initial="any",
        required=False,
    )
    streets = forms.CharField(
        label=_("Streets"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. Leave empty for all."),
    )
    area = forms.CharField(
        label=_("Area"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("A polygon as GeoJSON, or one corner a line: longitude, latitude."),
    )

    def __init__(self, campaign: Campaign, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._campaign = campaign
        districts = self.fields["districts"]
        if isinstance(districts, forms.MultipleChoiceField):
            districts.choices = [
                (name, f"{name} ({count})") for name, count in sources.districts_of(campaign)
            ]
            if not districts.choices:
                del self.fields["districts"]
        levels = (
            campaign.support_scale
            if campaign.support_as == Campaign.SupportAs.SCALE
            else campaign.parties
        )
        support = self.fields["support"]
        if isinstance(support, forms.MultipleChoiceField):
            support.choices = [
                *((level["code"], level["label"]) for level in levels),
                (NEVER_ASKED, _("Never asked")),
            ]

    @staticmethod
    def initial_of(choice: Choice) -> dict[str, Any]:
        """The form's fields for a choice that was made before."""
        return {
            "districts": list(choice.districts),
            "streets": "\n".join(choice.streets),
            "area": "\n".join(f"{lon}, {lat}" for lon, lat in choice.area),
            "support": [code or NEVER_ASKED for code in choice.support],
            "not_contacted_days": choice.not_contacted_days,
            "absent": choice.absent,
        }

    def clean_streets(self) -> tuple[str, ...]:
        """Names as they stand at the doors; a name that no door has is said."""
        names = [line.strip() for line in self.cleaned_data["streets"].splitlines() if line.strip()]
        if not names:  # a city has thousands of streets: asked for only where one was written
            return ()
        known = {name.casefold(): name for name in sources.street_names_of(self._campaign)}
        unknown = [name for name in names if name.casefold() not in known]
        if unknown:
            raise forms.ValidationError(
                _("No door is in %(street)s."), params={"street": ", ".join(unknown[:5])}
            )
        return tuple(sorted({known[name.casefold()] for name in names}))

    def clean_area(self) -> tuple[tuple[float, float], ...]:
        """Corners, from a GeoJSON polygon or from lines of two numbers."""
        text = self.cleaned_data["area"].strip()
        if not text:
            return ()
        try:
            return corners_of(text)
        except (
            ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError
        ) as error:  # fmt: skip
            raise forms.ValidationError(
                _("This is neither a GeoJSON polygon nor lines of longitude and latitude.")
            ) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.choice = Choice(
                    area=cleaned["area"],
                    districts=tuple(cleaned.get("districts", ())),
                    streets=cleaned["streets"],
                    support=tuple(
                        NOT_ASKED if code == NEVER_ASKED else code for code in cleaned["support"]
                    ),
                    not_contacted_days=cleaned["not_contacted_days"],
                    absent=cleaned["absent"] or "any",
                )
            except BadInput as error:
                self.add_error("area", error.message)
        return cleaned


def corners_of(text: str) -> tuple[tuple[float, float], ...]:
    """The outer ring of a GeoJSON polygon (bare, a feature, or the first of a collection), or lines of numbers."""
    if text.startswith("{"):
        shape = json.loads(text)
        if shape.get("type") == "FeatureCollection":
            shape = shape["features"][0]
        if shape.get("type") == "Feature":
            shape = shape["geometry"]
        if shape["type"] != "Polygon":
            raise ValueError(shape["type"])
        ring = shape["coordinates"][0]
        return tuple((float(corner[0]), float(corner[1])) for corner in ring)
    corners = []
    for line in text.splitlines():
        if line.strip():
            lon, lat = line.replace(";", ",").split(",")
            corners.append((float(lon), float(lat)))
    return tuple(corners)


def place_in(text: str) -> tuple[float, float] | None:
    """«-0.01, 51.58» as longitude and latitude; None for anything else."""
    parts = text.replace(";", ",").split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


class ActionForm(ChoiceForm):
    """A new action: its name, what is done, when, and whom to visit."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What is done"),
        choices=[(kind, capfirst(label)) for kind, label in Action.Kind.choices],
    )
    held_on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    precision = forms.ChoiceField(
        label=_("What is kept"), choices=Precision.choices, required=False,
        help_text=_("What a round does not keep is stored nowhere; a leaflet round keeps doors only."),
    )  # fmt: skip
    field_order = ("name", "kind", "held_on", "precision")

    def __init__(self, campaign: Campaign, *arguments: Any, **options: Any) -> None:
        super().__init__(campaign, *arguments, **options)
        self.initial.setdefault("precision", campaign.precision)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            precision_for(
                cleaned.get("kind", ""), cleaned.get("precision") or self._campaign.precision
            )
        except BadInput as error:
            self.add_error("precision", error.message)
        return cleaned


class DialForm(forms.Form):
    """What a round keeps from now on."""

    precision = forms.ChoiceField(label=_("From now on, keep"), choices=Precision.choices)


class CutForm(forms.Form):
    """How the doors are to be cut; begins with the campaign's settings."""

    units = forms.ChoiceField(label=_("Make walks equal in"), choices=Campaign.Units.choices)
    size = forms.FloatField(label=_("Doors, or minutes, in a walk"), min_value=1, max_value=100_000)
    split_street = forms.FloatField(
        label=_("A split street is worth how many minutes of walking"),
        min_value=0,
        max_value=10_000,
        help_text=_("More keeps more streets whole and makes longer ways."),
    )
    never_split_streets = forms.BooleanField(
        label=_("Never split a street that fits into one walk"), required=False
    )
    cross_districts = forms.BooleanField(
        label=_("Let walks cross ward and polling district borders"), required=False
    )
    loop = forms.BooleanField(label=_("End each walk where it began"), required=False)
    start = forms.CharField(
        label=_("Where everybody sets out from"),
        required=False,
        max_length=120,
        help_text=_(
            "An address with a door here, or longitude, latitude. "
            "Leave empty when walks may begin anywhere."
        ),
    )
    beside = forms.BooleanField(
        label=_("Also doors that are in a live walk already: a draft beside those walks"),
        required=False,
        help_text=_("Nobody who is out is touched; publishing takes only what is free then."),
    )

    use_learned = forms.BooleanField(label=_("Use what your teams took a door"), required=False)
    learned_minutes = forms.FloatField(
        required=False, min_value=0.1, max_value=60, widget=forms.HiddenInput
    )

    def __init__(
        self, *arguments: Any, campaign: Campaign, offer: Offer | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self._campaign = campaign
        if offer is not None:
            self.initial["learned_minutes"] = offer.minutes
            self.fields["use_learned"].label = _said_of(offer, campaign)
        elif not self.is_bound:
            del self.fields["use_learned"], self.fields["learned_minutes"]

    def clean(self) -> dict[str, Any]:
        """What was learned is used where that was ticked, and as it was shown."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.pop("use_learned", False):
            cleaned["learned_minutes"] = None
        return cleaned

    def clean_start(self) -> tuple[float, float] | None:
        """A place in degrees; None where nothing was said."""
        text = self.cleaned_data["start"].strip()
        if not text:
            return None
        place = place_in(text) or sources.place_of_address(self._campaign, text)
        if place is None:
            raise forms.ValidationError(
                _(
                    "No placed door has this address; write it as on the register, or as "
                    "longitude, latitude."
                )
            )
        return place

    @staticmethod
    def initial_of(campaign: Campaign) -> dict[str, Any]:
        """The campaign's settings as the form's fields."""
        by_doors = campaign.balance_by == Campaign.Units.DOORS
        return {
            "units": campaign.balance_by,
            "size": campaign.doors_per_walk if by_doors else campaign.minutes_per_walk,
            "split_street": f"{campaign.price_split_street_minutes:g}",
            "never_split_streets": campaign.never_split_streets,
            "cross_districts": campaign.cross_districts,
        }


def _said_of(offer: Offer, campaign: Campaign) -> str:
    learned = offer.learned
    said = {
        "minutes": number_format(offer.minutes, 1), "low": number_format(learned.low, 1),
        "high": number_format(learned.high, 1), "doors": number_format(learned.doors),
        "shifts": number_format(learned.shifts), "now": number_format(campaign.minutes_per_door, 1),
    }  # fmt: skip
    if offer.here:
        return str(
            _(
                "Your teams took %(minutes)s minutes a door here (%(doors)s doors in %(shifts)s shifts, middle shift between %(low)s and %(high)s). Use it instead of %(now)s"
            )
            % said
        )
    return str(
        _(
            "Your teams took %(minutes)s minutes a door elsewhere (%(doors)s doors in %(shifts)s shifts, middle shift between %(low)s and %(high)s; too few here). Use it instead of %(now)s"
        )
        % said
    )


class ExtendForm(forms.Form):
    """Until when a walk may stay out."""

    hours = forms.IntegerField(
        label=_("Back in how many hours from now"), min_value=1, max_value=24 * 60, initial=24
    )


class CheckOutForm(forms.Form):
    """Whom a walk is given to, and until when."""

    holder = forms.CharField(label=_("Who takes it"), max_length=80)
    hours = forms.IntegerField(
        label=_("Back in how many hours"), min_value=1, max_value=24 * 60, initial=48
    )
