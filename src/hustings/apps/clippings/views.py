"""The clippings desk: articles come in, and a person confirms or dismisses what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.clippings import access, confirming, dropping, forgetting, queries
from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.filling import Filling
from hustings.apps.clippings.forms import DropForm, SourceForm
from hustings.apps.statements.queries import parties_of
from hustings.core.errors import BadInput
from hustings.formats.clipping_file import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.clippings.forms import MarkForm, TakenForm
    from hustings.apps.clippings.models import Article

SHOWN_AT_ONCE = 12
"""Forms on one page; the next proposals come when these are done."""
TOLD_AT_ONCE = 6
"""Files that are named one by one where several could not be read."""


@require_http_methods(["GET", "POST"])
def desk(request: CampaignRequest) -> HttpResponse:
    """Paste or drop; what waits; and the timelines."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    sent = request.method == "POST"
    form = DropForm(request.POST, request.FILES) if sent else DropForm()
    if sent and form.is_valid():
        taken = _drop(request, form)
        if len(taken) == 1:
            return redirect("clippings:article", slug=campaign.slug, article_id=taken[0].pk)
        return redirect("clippings:desk", slug=campaign.slug)
    clippings = queries.clippings_of(campaign)
    context = {
        "form": form,
        "articles": queries.articles_of(campaign),
        "parties": [
            (party, sum(party in one.sides for one in clippings)) for party in parties_of(campaign)
        ],
        "alone": sum(one.sides == {US} for one in clippings),
        "newest": sorted(clippings, key=lambda one: one.excerpt.pk, reverse=True)[:SHOWN_AT_ONCE],
        "days": forgetting.KEPT_FOR.days,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "clippings/desk.html", context, status=status)


def _drop(request: CampaignRequest, form: DropForm) -> list[Article]:
    said = form.cleaned_data
    sources: list[tuple[str, Callable[[], str]]] = [
        (file.name, lambda file=file: text_of(file.read(), where=""))  # type: ignore[misc]  # bound at once
        for file in said["saved"]
    ]
    if said["text"]:
        sources.insert(0, ("", lambda: said["text"]))
    taken, known, refused = [], 0, []
    for name, source in sources:
        try:
            article, new = dropping.drop(
                request.campaign,
                source(),
                publication=said["publication"],
                url=said["url"] if len(sources) == 1 else "",
                published_on=said["published_on"],
                by=request.member.actor,
            )
        except BadInput as error:
            refused.append(f"{name}: {error}" if name else str(error))
        else:
            taken.append(article)
            known += not new
    _tell(request, len(taken) - known, known, refused)
    return taken


def _tell(request: CampaignRequest, new: int, known: int, refused: list[str]) -> None:
    if new:
        words = ngettext("%(n)s article was read.", "%(n)s articles were read.", new)
        messages.success(request, words % {"n": new})
    if known:
        words = ngettext(
            "%(n)s article was here already.", "%(n)s articles were here already.", known
        )
        messages.info(request, words % {"n": known})
    for line in refused[:TOLD_AT_ONCE]:
        messages.error(request, line)
    more = len(refused) - TOLD_AT_ONCE
    if more > 0:
        words = ngettext(
            "%(n)s more file could not be read.", "%(n)s more files could not be read.", more
        )
        messages.error(request, words % {"n": more})


@require_GET
def article(request: CampaignRequest, article_id: int) -> HttpResponse:
    """One article: what it proposes, and what became of each."""
    require(request.member, Right.STATEMENTS)
    return _article_page(request, access.article_for(request.campaign, article_id))


def _article_page(
    request: CampaignRequest,
    article: Article,
    bound: dict[int, TakenForm] | None = None,
    mark: MarkForm | None = None,
    source: SourceForm | None = None,
) -> HttpResponse:
    filling = Filling(request.campaign, article)
    proposals = queries.proposals_of(request.campaign, article, filling.known)
    waiting = [one for one in proposals if one.waits]
    bound = bound or {}
    shown = [
        (one, bound.get(one.number) or filling.of_proposal(one))
        for one in waiting
        if one.number in bound or one in waiting[:SHOWN_AT_ONCE]
    ]
    context = {
        "article": article,
        "paragraphs": article.text.split("\n\n"),
        "waiting": shown,
        "more": len(waiting) - len(shown),
        "confirmed": [one.confirmed for one in proposals if one.confirmed]
        + [
            one
            for one in filling.known
            if one.excerpt.sha256 == article.sha256 and not one.excerpt.proposed
        ],
        "put_aside": [one for one in proposals if one.put_aside and not one.confirmed],
        "total": len(proposals),
        "mark": mark or filling.of_words(),
        "source": source
        or SourceForm(initial=model_to_dict(article, list(SourceForm.base_fields))),
        "parties": filling.parties,
    }
    wrong = bool(bound) or mark is not None or source is not None
    return render(request, "clippings/article.html", context, status=422 if wrong else 200)


@require_POST
def confirm(request: CampaignRequest, article_id: int, number: int) -> HttpResponse:
    """One proposal is what its form says."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    article = access.article_for(campaign, article_id)
    proposals = queries.proposals_of(campaign, article)
    if number >= len(proposals):
        raise NotHere
    form = Filling(campaign, article).of_proposal(proposals[number], request.POST)
    if not form.is_valid():
        return _article_page(request, article, bound={number: form})
    confirming.confirm(campaign, article, number, form.taken(), by=request.member.actor)
    messages.success(request, _("Confirmed, with your name and the hour. It can be taken back."))
    return redirect("clippings:article", slug=campaign.slug, article_id=article.pk)


@require_POST
def source(request: CampaignRequest, article_id: int) -> HttpResponse:
    """Where the article was printed."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    article = access.article_for(campaign, article_id)
    form = SourceForm(request.POST)
    if not form.is_valid():
        return _article_page(request, article, source=form)
    dropping.say_where(campaign, article, **form.cleaned_data, by=request.member.actor)
    messages.success(request, _("Written down; what is confirmed from now on has it."))
    return redirect("clippings:article", slug=campaign.slug, article_id=article.pk)


@require_POST
def mark(request: CampaignRequest, article_id: int) -> HttpResponse:
    """Words that the reader passed over."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    article = access.article_for(campaign, article_id)
    form = Filling(campaign, article).of_words(request.POST)
    if form.is_valid():
        try:
            confirming.mark(
                campaign, article, form.cleaned_data["words"], form.taken(), by=request.member.actor
            )
        except BadInput as error:
            form.add_error("words", str(error))
        else:
            messages.success(
                request, _("Confirmed, with your name and the hour. It can be taken back.")
            )
            return redirect("clippings:article", slug=campaign.slug, article_id=article.pk)
    return _article_page(request, article, mark=form)


@require_POST
def dismiss(request: CampaignRequest, article_id: int, number: int) -> HttpResponse:
    """One proposal is nothing to keep."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    article = access.article_for(campaign, article_id)
    if number >= len(article.reading["proposals"]):
        raise NotHere
    confirming.put_aside(campaign, article, number, by=request.member.actor)
    return redirect("clippings:article", slug=campaign.slug, article_id=article.pk)


@require_POST
def bring_back(request: CampaignRequest, article_id: int, number: int) -> HttpResponse:
    """A dismissed proposal waits again."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    article = access.article_for(campaign, article_id)
    confirming.bring_back(campaign, article, number, by=request.member.actor)
    return redirect("clippings:article", slug=campaign.slug, article_id=article.pk)


@require_POST
def throw_away(request: CampaignRequest, article_id: int) -> HttpResponse:
    """The article goes at once; what was confirmed of it stays."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    article = access.article_for(campaign, article_id)
    forgetting.throw_away(campaign, article, by=request.member.actor)
    messages.success(request, _("The article is gone. What was confirmed of it stays."))
    return redirect("clippings:desk", slug=campaign.slug)
