"""The wall stands round the whole request: lazy templates, streams, errors and shared connections."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import current_campaign_id, tenant
from hustings.apps.jobs.models import Job
from hustings.server.middleware import behind_the_wall, errors_as_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def with_a_job(campaign: Campaign) -> Campaign:
    with tenant(campaign.pk):
        Job.objects.create(campaign=campaign, kind="seen", asked_kind="command", asked_label="x")
    return campaign


def request() -> HttpRequest:
    return RequestFactory().get("/c/riverside/")


def test_a_stream_sees_its_campaign_after_the_view_is_over(with_a_job: Campaign) -> None:
    def rows() -> Iterator[str]:
        yield from Job.objects.values_list("kind", flat=True)

    response = behind_the_wall(with_a_job.pk, request(), lambda _: StreamingHttpResponse(rows()))

    assert current_campaign_id() is None
    assert b"".join(response) == b"seen"


def test_a_lazy_template_sees_its_campaign(with_a_job: Campaign) -> None:
    template = engines["django"].from_string("{% for job in jobs %}{{ job.kind }}{% endfor %}")

    def lazy(_: HttpRequest) -> TemplateResponse:
        return TemplateResponse(request(), template, {"jobs": Job.objects.all()}).render()

    response = behind_the_wall(with_a_job.pk, request(), lazy)

    assert response.content == b"seen"


def test_a_page_that_ends_in_500_writes_nothing(with_a_job: Campaign) -> None:
    def breaks(_: HttpRequest) -> HttpResponse:
        Job.objects.all().delete()
        return HttpResponse(status=500)

    behind_the_wall(with_a_job.pk, request(), breaks)

    with tenant(with_a_job.pk):
        assert Job.objects.count() == 1


def test_an_error_of_ours_is_a_page_with_its_sentence() -> None:
    from hustings.core.errors import BadInput

    handler = errors_as_sentences(lambda _: HttpResponse())

    page = handler.process_exception(request(), BadInput("The file is empty.", where="a.csv"))

    assert page.status_code == 422
    assert b"a.csv: The file is empty." in page.content


@pytest.mark.trust(5)
@pytest.mark.django_db(transaction=True)
def test_shared_connections_never_carry_one_campaigns_view_into_anothers_request() -> None:
    campaigns = [create_campaign(f"campaign-{number}") for number in range(4)]
    for campaign in campaigns:
        with tenant(campaign.pk):
            Job.objects.create(
                campaign=campaign, kind=campaign.slug, asked_kind="x", asked_label="x"
            )
    leaks: list[object] = []

    def ask(turn: int) -> None:
        try:
            for step in range(50):
                campaign = campaigns[(turn + step) % len(campaigns)]
                with tenant(campaign.pk):
                    seen = list(Job.objects.values_list("kind", flat=True))
                if seen != [campaign.slug] or current_campaign_id() is not None:
                    leaks.append((campaign.slug, seen))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert leaks == []
