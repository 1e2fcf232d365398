"""The campaign's settings, and adding a member."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.models import StatusAnswer
from hustings.apps.accounts.roles import Role
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.precision import Precision

if TYPE_CHECKING:
    from django.utils.functional import Promise


class WalkSettings(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """How long things take, and what an organiser would rather not have."""

    class Meta:
        model = Campaign
        fields: ClassVar[list[str]] = [
            "balance_by",
            "doors_per_walk",
            "minutes_per_walk",
            "minutes_per_door",
            "metres_per_minute",
            "seconds_per_floor",
            "price_split_street_minutes",
            "price_street_change_minutes",
            "price_mid_block_crossing_minutes",
            "price_extra_turf_minutes",
            "never_split_streets",
            "cross_districts",
        ]
        labels: ClassVar[dict[str, str | Promise]] = {
            "balance_by": _("Make walks equal in"),
            "doors_per_walk": _("Doors in a walk"),
            "minutes_per_walk": _("Minutes of a walk"),
            "minutes_per_door": _("Minutes at a door, no answers included"),
            "metres_per_minute": _("Walking pace, metres a minute"),
            "seconds_per_floor": _("Seconds to climb one floor"),
            "price_split_street_minutes": _("A split street is worth how many minutes of walking"),
            "price_street_change_minutes": _("A change of street, in minutes"),
            "price_mid_block_crossing_minutes": _("Crossing between junctions, in minutes"),
            "price_extra_turf_minutes": _("One more walk, in minutes"),
            "never_split_streets": _("Never split a street that fits into one walk"),
            "cross_districts": _("Let walks cross ward and polling district borders"),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, value in self.initial.items():
            if isinstance(value, float):
                self.initial[name] = f"{value:g}"  # 12, not 12.0

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, least in (
            ("minutes_per_door", 0.1),
            ("metres_per_minute", 10.0),
            ("seconds_per_floor", 0.0),
            ("price_split_street_minutes", 0.0),
            ("price_street_change_minutes", 0.0),
            ("price_mid_block_crossing_minutes", 0.0),
            ("price_extra_turf_minutes", 0.0),
        ):
            value = cleaned.get(name)
            if value is not None and value < least:
                self.add_error(name, _("Write %(least)s or more.") % {"least": least})
        return cleaned


class DoorSettings(forms.Form):
    """What is asked at a door."""

    script_wording = forms.CharField(
        label=_("What the volunteer says"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "A statement of the press desk is quoted by what its page shows, like [[statement …]]. When it is taken back, it is gone from every phone within a minute."
        ),
    )
    phones_need_letting_in = forms.BooleanField(
        label=_("A phone with a printed code shows people only after an organiser lets it in"),
        required=False,
    )
    precision = forms.ChoiceField(
        label=_("What new rounds keep"), choices=Precision.choices, required=False,
        help_text=_("Each round can keep more or less. What a round does not keep is stored nowhere."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, branches: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if branches:  # one text could not say them; the script's own room changes it
            del self.fields["script_wording"]


class SpeakingUntil(forms.Form):
    """Until the end of which day somebody speaks for the candidate; no day: until it is taken back."""

    until = forms.DateField(
        label=_("Until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def moment(self) -> datetime | None:
        """The end of that day, in the campaign's own time."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class LawSettings(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """Which law the campaign is under, and how long copies of the register are kept."""

    class Meta:
        model = Campaign
        fields: ClassVar[list[str]] = ["country", "foreigners_cut_lists", "copies_kept_days"]
        labels: ClassVar[dict[str, str | Promise]] = {
            "country": _("Country of the campaign and its register, in two letters"),
            "foreigners_cut_lists": _("Foreign nationals may cut lists here (United States; take advice first)"),
            "copies_kept_days": _("Days after which a copy of register rows is destroyed"),
        }  # fmt: skip

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Write the country in two letters, like GB."))
        return country


class StatusForm(forms.Form):
    """What somebody answered, asked once."""

    us_status = forms.ChoiceField(
        label=_("Are they a citizen of the United States, a US national, or a permanent resident there?"),
        choices=[("", _("not asked")), *StatusAnswer.Status.choices],
    )  # fmt: skip


class NewMember(forms.Form):
    """Somebody to add, by e-mail address; asked who they are only where the campaign's law wants it."""

    def __init__(self, *arguments: Any, asks: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if asks:
            field = StatusForm().fields["us_status"]
            field.required = False
            field.help_text = _("Asked once, kept with its date, no documents. Organisers and press officers decide, so it must be answered.")  # fmt: skip
            self.fields["us_status"] = field

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
