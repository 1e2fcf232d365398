"""What an organiser asks a volunteer, what a volunteer ticks, and a file of another campaign."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.queries import members_of
from hustings.apps.lending.wording import DETAILS
from hustings.apps.materials.queries import imprints_of

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party

ANSWER_WITHIN = timedelta(days=14)
MOST_LETTERS = 300


def country_field(label: Any) -> forms.CharField:
    """A country in two letters."""
    return forms.RegexField(
        r"^[A-Za-z]{2}$", label=label, strip=True,
        error_messages={"invalid": _("Write the country in two letters, like GB.")},
    )  # fmt: skip


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day of the calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class PartyChoice(forms.Form):
    """Which campaign, of those we have met."""

    party = forms.TypedChoiceField(label=_("Which campaign"), coerce=int)

    def __init__(self, *arguments: Any, peers: list[Party], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["party"].choices = [(one.pk, one.name) for one in peers]  # type: ignore[attr-defined]  # a choice field's


class OfferForm(PartyChoice):
    """Whom is asked, what for, and within which days."""

    person_name = forms.CharField(
        label=_("Who is asked"), max_length=120,
        help_text=_("A member, or the name they go by. It stays here; the other campaign gets only what they tick themselves."),
        widget=forms.TextInput(attrs={"list": "members", "autocomplete": "off"}),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What the help is for"), max_length=MOST_LETTERS,
        help_text=_("No names: these words stand in our public log. For example: knocking on doors."),
    )  # fmt: skip
    from_country = country_field(_("Our country, in two letters (GB, US)"))
    to_country = country_field(_("The country of the other campaign, in two letters"))
    starts_on = day_field(_("First day of help"))
    ends_on = day_field(_("Last day of help"))
    keep_until = day_field(
        _("Last day on which they may keep the details"),
        help_text=_("After it both sides delete them by themselves."),
    )
    answer_on = day_field(_("Last day to say yes"))

    def __init__(self, campaign: Campaign, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        own = imprints_of(campaign)
        self.fields["from_country"].initial = own[0].country if own else ""
        self.fields["answer_on"].initial = timezone.localdate() + ANSWER_WITHIN
        self.members = [str(one.user) for one in members_of(campaign)]

    def clean_from_country(self) -> str:
        return str(self.cleaned_data["from_country"]).upper()

    def clean_to_country(self) -> str:
        return str(self.cleaned_data["to_country"]).upper()

    @property
    def asked(self) -> dict[str, Any]:
        """The fields of an offer."""
        said = self.cleaned_data
        end = datetime.combine(said["answer_on"], time(23, 59, 59))
        names = ("purpose", "from_country", "to_country", "starts_on", "ends_on", "keep_until")
        return {
            **{name: said[name] for name in names},
            "answer_by": timezone.make_aware(end),
        }


class TickForm(forms.Form):
    """
    What a volunteer gives, each detail by itself.

    Nothing is ticked before they do, nothing is filled in, and what is written without a tick is not sent.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, label in DETAILS.items():
            self.fields[f"tick_{name}"] = forms.BooleanField(label=label, required=False)
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=MOST_LETTERS
            )
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["agreed"] = forms.BooleanField(required=False)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The tick and the words of each detail."""
        return [(self[f"tick_{name}"], self[name]) for name in DETAILS]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        ticked = [name for name in DETAILS if cleaned.get(f"tick_{name}")]
        for name in ticked:
            if not cleaned.get(name):
                self.add_error(name, _("You ticked this: write it here, or take the tick away."))
        if not ticked:
            self.add_error(
                None, _("Tick at least one thing, so that they can reach you or find you.")
            )
        if not cleaned.get("agreed"):
            self.add_error("agreed", _("Without this tick nothing is sent."))
        return cleaned

    @property
    def ticked(self) -> dict[str, str]:
        """What was written, for each detail that was ticked."""
        said = self.cleaned_data
        return {name: said[name] for name in DETAILS if said[f"tick_{name}"]}


class ParcelForm(forms.Form):
    """A file that another campaign sent."""

    file = forms.FileField(label=_("The file they sent"), help_text=_("A parcel (.zip), or a record with its proof (.bundle)."))  # fmt: skip
