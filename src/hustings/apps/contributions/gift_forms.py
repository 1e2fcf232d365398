"""A gift, what is done about it, and what others spend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.contributions.forms import UNITED_STATES, CountryField, an_amount
from hustings.apps.contributions.gift_models import Gift, GiftStep, Spending

if TYPE_CHECKING:
    from django.utils.functional import Promise

A_DAY = {"type": "date"}


class _WithAmount(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """An amount with its currency, as two fields."""

    amount = forms.CharField(
        label=_("What it is worth"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        written = str(cleaned.get("amount") or "").strip()
        amount = an_amount(self, "amount", written, cleaned.get("currency") or "")
        if amount:
            cleaned |= {"amount_minor": amount.minor, "currency": amount.currency}
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The row's own fields."""
        names = {*list(self._meta.fields or ()), "amount_minor", "currency"}
        return {name: value for name, value in self.cleaned_data.items() if name in names}


class GiftForm(_WithAmount):
    """Something that came."""

    country = CountryField(label=_("Country of the campaign that is given it, in two letters"))
    giver_country = CountryField(label=_("The giver’s country, in two letters"), required=False)
    field_order = ["form", "amount", "currency"]  # noqa: RUF012  # Django declares it on the instance

    class Meta:
        model = Gift
        fields = (
            "form", "what", "giver_kind", "giver", "giver_country", "details", "us_status",
            "recipient", "country", "received_on",
        )  # fmt: skip
        labels: ClassVar[dict[str, str | Promise]] = {
            "form": _("What it is"),
            "what": _("In words"),
            "giver_kind": _("Who gives it"),
            "giver": _("Their name"),
            "details": _("Their address, and what else the law wants to be kept"),
            "us_status": _("In the United States: what is this person?"),
            "recipient": _("Who is given it"),
            "received_on": _("Received on"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "what": forms.TextInput(),
            "giver": forms.TextInput(),
            "details": forms.TextInput(),
            "received_on": forms.DateInput(attrs=A_DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["us_status"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("country") != UNITED_STATES or cleaned.get("giver_kind") != "person":
            cleaned["us_status"] = ""
        received_on = cleaned.get("received_on")
        if received_on and received_on > timezone.localdate():
            self.add_error("received_on", _("This day is still to come."))
        return cleaned


class StepForm(forms.Form):
    """What was done about a gift, and when."""

    kind = forms.ChoiceField(choices=GiftStep.Kind.choices)
    permissible = forms.NullBooleanField(required=False)
    on = forms.DateField()
    why = forms.CharField(required=False, max_length=500)


class SpendingForm(_WithAmount):
    """What somebody else spends."""

    country = CountryField(label=_("Country of the campaigning, in two letters"))
    field_order = ["name", "spender", "what", "amount", "currency"]  # noqa: RUF012  # Django declares it on the instance

    class Meta:
        model = Spending
        fields = ("name", "spender", "what", "part", "notified", "spent_on", "country")
        labels: ClassVar[dict[str, str | Promise]] = {
            "name": _("Who spends it"),
            "spender": _("They are"),
            "what": _("For what"),
            "part": _("The campaigning is"),
            "notified": _("They have notified the Electoral Commission"),
            "spent_on": _("Day"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "name": forms.TextInput(),
            "what": forms.TextInput(),
            "spent_on": forms.DateInput(attrs=A_DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["amount"].label = _("Amount")
