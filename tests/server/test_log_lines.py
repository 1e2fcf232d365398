"""Whoever reads the log learns what was refused, and gets no link that still opens something."""

from __future__ import annotations

import io
import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.utils.log import configure_logging

from hustings.server.log_lines import WithoutSecrets, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

SECRET = "0f2c.Zq7-secret_Zq7"
NAMED = re.compile(
    r"<str:(?:token|secret|code)>|\(\?P<uidb36>.*\(\?P<key>[^)]*\)|\(\?P<key>[^)]*\)"
)
KEY_OF_A_MEETING = re.compile(r"<\w+:\w+>")


@pytest.fixture(autouse=True)
def as_it_is_set_up() -> None:
    """Other tests run commands in this process, and a web server's own set-up of the log may have gone before."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    logging.getLogger("django.server").disabled = False


def addresses(within: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of this installation, as it is written in its urls."""
    for one in within.url_patterns:
        here = before + str(one.pattern).replace("^", "").replace("$", "").replace("\\", "")
        if isinstance(one, URLResolver):
            yield from addresses(one, here)
        else:
            yield here


def test_no_address_that_a_secret_opens_is_written_with_it() -> None:
    opened = [one for one in addresses(get_resolver()) if NAMED.search(one)]
    lines = [NAMED.sub(SECRET, one) for one in opened]

    assert len(lines) > 20
    assert [one for one in lines if SECRET in without_secrets(f"Not Found: {one}")] == []
    assert [one for one in lines if SECRET in without_secrets(f"from https://a.example{one} on")] == []  # fmt: skip


def test_every_other_address_is_written_as_it_is() -> None:
    others = [
        KEY_OF_A_MEETING.sub("12", one) for one in addresses(get_resolver()) if not NAMED.search(one)
    ]  # fmt: skip

    assert len(others) > 200
    assert [one for one in others if without_secrets(f'"GET {one} HTTP/1.1"') != f'"GET {one} HTTP/1.1"'] == []  # fmt: skip


@contextmanager
def written(logger: logging.Logger) -> Iterator[io.StringIO]:
    """What our own handler of this logger writes meanwhile."""
    (handler,) = (
        one for one in logger.handlers
        if isinstance(one, logging.StreamHandler) and isinstance(one.formatter, WithoutSecrets)
    )  # fmt: skip
    found = io.StringIO()
    before = handler.setStream(found)
    try:
        yield found
    finally:
        handler.setStream(before)


@pytest.mark.parametrize("name", ["", "django.server"])
def test_each_log_that_prints_addresses_leaves_their_secrets_out(name: str) -> None:
    logger = logging.getLogger(name)

    with written(logger) as found:
        logger.error('"%s %s HTTP/1.1" %s', "POST", f"/night/{SECRET}/events/", 503)

    assert found.getvalue() == '"POST /night/***/events/ HTTP/1.1" 503\n'


@pytest.mark.django_db
def test_a_refused_request_is_logged_without_the_link_it_came_by(client: Client) -> None:
    with written(logging.getLogger()) as found:
        for path in (f"/night/{SECRET}/facts/", f"/night/{SECRET}/no/", f"/sign-in/link/{SECRET}/no/"):  # fmt: skip
            assert client.get(path).status_code == 404

    assert found.getvalue().count("Not Found: /") == 3
    assert "/night/***/facts/" in found.getvalue()
    assert SECRET not in found.getvalue()
