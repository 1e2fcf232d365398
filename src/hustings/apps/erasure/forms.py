"""What an organiser says before somebody is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hustings.apps.people.models import Erasure

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device, Membership


class EraseForm(forms.Form):
    """On whose request, who of the team it is as well, and a word, since it cannot be undone."""

    request = forms.ChoiceField(
        label=_("On whose request"),
        choices=[("", _("choose")), *Erasure.Request.choices],
    )
    members = forms.TypedMultipleChoiceField(
        label=_("This member is the same person: the membership goes too"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phones = forms.TypedMultipleChoiceField(
        label=_("This phone is the same person’s: its name goes, and it shows nothing more"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    word = forms.CharField(
        label=_("Type the word “erase”"),
        help_text=_("This cannot be undone."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(
        self, *arguments: Any, members: list[Membership], phones: list[Device], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        for name, choices in (
            ("members", [(one.pk, f"{one.called} ({one.user.email})") for one in members]),
            ("phones", [(one.pk, one.label) for one in phones]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choices
            if not choices:
                del self.fields[name]

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip()
        if word.casefold() != gettext("erase"):
            raise forms.ValidationError(_("Type “erase”, or leave this page: nothing was erased."))
        return word
