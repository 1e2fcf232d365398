"""What is entered in the room: where a peer is called, and a file that they sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.apps.exchange.parcels import MOST_FILE_BYTES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class AddressForm(forms.Form):
    """Where a peer is called."""

    address = forms.CharField(
        label=_("Their address"),
        help_text=_(
            "As it stands in their browser on their public page: https://HOST/says/CAMPAIGN/. Leave it empty to end the calls."
        ),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class FileForm(forms.Form):
    """A parcel, as the file that they sent."""

    file = forms.FileField(label=_("The file that they sent"))

    def clean_file(self) -> UploadedFile[Any]:
        """No more than is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than any parcel; it is none."))
        return file
