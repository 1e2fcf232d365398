"""Ten thousand requests of campaigns in turn over sixteen shared connections: none sees another's rows."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import current_campaign_id, tenant
from hustings.apps.jobs.models import Job
from hustings.server.middleware import behind_the_wall
from tests.apps.pool import CONNECTIONS

THREADS, REQUESTS, CAMPAIGNS = 32, 10_000, 5


@pytest.mark.trust(5)
@pytest.mark.slow
def test_ten_thousand_requests_in_turn_over_sixteen_connections_leak_nothing(pooled: None) -> None:
    campaigns = [create_campaign(f"campaign-{number}") for number in range(CAMPAIGNS)]
    for campaign in campaigns:
        with tenant(campaign.pk):
            Job.objects.create(
                campaign=campaign, kind=campaign.slug, asked_kind="x", asked_label="x"
            )
    connection.close()
    leaks: list[object] = []
    backends: set[int] = set()
    answered = 0
    counting = threading.Lock()

    def view(request: HttpRequest) -> HttpResponse:
        if request.GET.get("breaks"):
            raise ZeroDivisionError
        return HttpResponse(" ".join(Job.objects.values_list("kind", flat=True)))  # no filter

    def serve(thread: int) -> None:
        nonlocal answered
        for step in range(thread, REQUESTS, THREADS):
            campaign = campaigns[step % CAMPAIGNS]
            breaks = step % 97 == 0  # a request that ends in an error returns its connection too
            request = RequestFactory().get("/", {"breaks": "1"} if breaks else {})
            try:
                seen = behind_the_wall(campaign.pk, request, view).content.decode()
                expected = campaign.slug
            except ZeroDivisionError:
                seen = expected = ""
            after = current_campaign_id()
            with counting:
                answered += 1
                if seen != expected or after is not None:
                    leaks.append((expected, seen, after))
            assert connection.connection is not None
            backends.add(connection.connection.info.backend_pid)
            connection.close()  # at the end of a request: back into the pool

    threads = [threading.Thread(target=serve, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert leaks == []
    assert answered == REQUESTS
    assert 1 < len(backends) <= CONNECTIONS
