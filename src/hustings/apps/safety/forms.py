"""The two forms of the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OfferForm(forms.Form):
    """Whether volunteers may check in, and whom they call."""

    lead_phone = forms.CharField(
        label=_("Phone number of the lead"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_(
            "Shown to whoever checks in, to call when there is no signal for anything else."
        ),
    )


class SettleForm(forms.Form):
    """What an organiser found."""

    note = forms.CharField(label=_("What you found"), max_length=300)
