"""What an organiser asks a volunteer, what a volunteer ticks, and a file of another campaign."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.queries import members_of, volunteers_of
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
        help_text=_("A member, somebody with a phone, or the name they go by. It stays here; the other campaign gets only what they tick themselves."),
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
        members = (one.called for one in members_of(campaign))
        self.members = list(dict.fromkeys((*members, *volunteers_of(campaign))))

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


def _moment_field(label: Any) -> forms.DateTimeField:
    # The seconds of a time that is filled in already would be refused by the browser's own check.
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class EventForm(forms.Form):
    """An event of ours, and who is invited to it."""

    title = forms.CharField(label=_("What it is"), max_length=120)
    starts = _moment_field(_("It begins"))
    ends = _moment_field(_("It ends"))
    place = forms.CharField(label=_("Where"), max_length=MOST_LETTERS, required=False)
    words = forms.CharField(
        label=_("What else they should know"), max_length=2000, required=False,
        help_text=_("No e-mail addresses or telephone numbers of anybody: this travels."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    campaign_event = forms.ChoiceField(
        label=_("Is it a campaign event?"),
        choices=[("yes", _("yes")), ("no", _("no: a book tour, a lecture, a private visit"))],
        help_text=_("What is no campaign event is shown as none, here and there."),
    )
    imprint = forms.CharField(label=_("Imprint, where your country wants one"), max_length=MOST_LETTERS, required=False)  # fmt: skip
    nodes = forms.MultipleChoiceField(
        label=_("Who is invited"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *arguments: Any, peers: list[Party], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["nodes"].choices = [(one.code, one.name) for one in peers]  # type: ignore[attr-defined]  # a choice field's

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("title", "place", "words"):
            if "@" in cleaned.get(name, ""):
                self.add_error(
                    name, _("This looks like an e-mail address; nobody's stands in a record.")
                )
        return cleaned

    @property
    def planned(self) -> dict[str, Any]:
        """The event's own fields."""
        said = self.cleaned_data
        names = ("title", "starts", "ends", "place", "words", "imprint")
        fields = {name: said[name] for name in names}
        return {**fields, "campaign_event": said["campaign_event"] == "yes"}

    @property
    def nodes_invited(self) -> list[str]:
        """Whom it is for."""
        return list(self.cleaned_data["nodes"])
