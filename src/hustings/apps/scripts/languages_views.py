"""A version in another language, side by side, and who checked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.scripts import access, translating
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def choose(request: CampaignRequest, number: int) -> HttpResponse:
    """Begin with another language."""
    require(request.member, Right.SETTINGS)
    version = access.version_for(request.campaign, number)
    language = request.GET.get("language", "")
    if language not in dict(translating.languages()):
        return redirect("scripts:version", slug=request.campaign.slug, number=version.number)
    return redirect(
        "scripts:words", slug=request.campaign.slug, number=version.number, language=language
    )


@require_http_methods(["GET", "POST"])
def words(request: CampaignRequest, number: int, language: str) -> HttpResponse:
    """Every text of a version beside its words in this language."""
    require(request.member, Right.SETTINGS)
    version = access.version_for(request.campaign, number)
    if language not in dict(translating.languages()):
        raise NotHere
    here = next((one for one in translating.languages_of(version) if one.code == language), None)
    typed = dict(here.newest.texts) if here else {}
    trouble = ""
    if request.method == "POST":
        typed = {
            key.removeprefix("text-"): str(value)
            for key, value in request.POST.items()
            if key.startswith("text-")
        }
        try:
            translating.translate(version, language, typed, by=request.member.actor)
        except BadInput as error:
            trouble = error.message
        else:
            messages.success(
                request, _("Kept as a draft. Phones offer it once somebody who speaks it has checked it.")
            )  # fmt: skip
            return HttpResponseRedirect(request.path)
    context = {
        "version": version,
        "language": language,
        "name": translating.name_of(language),
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "here": here,
        "texts": [
            (key, said, typed.get(key, ""), "/" in key)
            for key, said in translating.originals(version.script).items()
        ],
        "trouble": trouble,
    }
    return render(request, "scripts/words.html", context, status=422 if trouble else 200)


@require_POST
def check(request: CampaignRequest, translation_id: int) -> HttpResponse:
    """Somebody who speaks the language says that it is right."""
    require(request.member, Right.SETTINGS)
    translation = access.translation_for(request.campaign, translation_id)
    translating.check(translation, by=request.member.actor)
    slug, number = request.campaign.slug, translation.version.number
    if number == request.campaign.script_version:
        said = _("Checked. Phones offer this language from now on.")
    else:
        said = _("Checked. Version %(n)s is not what is said now, so phones do not offer it.") % {"n": number}  # fmt: skip
    messages.success(request, said)
    return HttpResponseRedirect(reverse("scripts:version", kwargs={"slug": slug, "number": number}))
