"""Opening a polling day, and what a teller types."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.models import Campaign
from hustings.apps.polling.models import VotedMark

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER_ASKED = "never-asked"
"""Stands for "" in a form, where an empty value means nothing was chosen."""
TOLD_FOR = timedelta(days=28)
"""How long what tellers heard is kept where nobody says otherwise."""


class DayForm(forms.Form):
    """One election's day of voting."""

    name = forms.CharField(label=_("What is voted on"), max_length=80)
    held_on = forms.DateField(
        label=_("Polling day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    turn_out = forms.MultipleChoiceField(
        label=_("Who is turned out, besides those who promised"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    told_until = forms.DateField(
        label=_("Delete what tellers heard after"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Who voted is kept only as long as it is needed to turn people out."),
    )

    def __init__(self, campaign: Campaign, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        levels = (
            campaign.support_scale
            if campaign.support_as == Campaign.SupportAs.SCALE
            else campaign.parties
        )
        turn_out = self.fields["turn_out"]
        if isinstance(turn_out, forms.MultipleChoiceField):
            turn_out.choices = [
                *((level["code"], level["label"]) for level in levels),
                (NEVER_ASKED, _("Never asked")),
            ]
        self.fields["told_until"].initial = timezone.localdate() + TOLD_FOR

    def clean_turn_out(self) -> list[str]:
        return ["" if code == NEVER_ASKED else code for code in self.cleaned_data["turn_out"]]


class TellForm(forms.Form):
    """A number, as a voter says it; the district stays from one to the next."""

    district = forms.CharField(label=_("Polling district"), required=False, max_length=12)
    number = forms.CharField(
        label=_("Number on the poll card"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "decimal", "autocomplete": "off", "autofocus": True,
                "enterkeyhint": "send", "class": "number-told",
            }
        ),
    )  # fmt: skip
    source = forms.ChoiceField(
        choices=VotedMark.Source, initial=VotedMark.Source.TELLER, required=False,
        label=_("How we know"),
    )  # fmt: skip
    report_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, districts: Sequence[str], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        named = [name for name in districts if name]
        if named:
            self.fields["district"] = forms.ChoiceField(
                label=_("Polling district"), choices=[(name, name) for name in named],
                required=False,
            )  # fmt: skip
            self.order_fields(["district", "number", "source", "report_id"])
        else:
            self.fields["district"].widget = forms.HiddenInput()

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or VotedMark.Source.TELLER
