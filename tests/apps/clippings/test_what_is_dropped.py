"""Whatever is pasted or dropped is answered in a sentence."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.models import Article
from tests.apps.cast import signed_in
from tests.apps.clippings.cuttings import HOPED, PHANTOM

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.clippings.cuttings import Cutter


def file(content: bytes, name: str = "page.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def dropped(cutter: Cutter, form: dict[str, Any]) -> tuple[int, str]:
    answer = cutter.sends("desk", form)
    return answer.status_code, answer.content.decode()


def articles(cutter: Cutter) -> list[Article]:
    with tenant(cutter.campaign.pk):
        return list(Article.objects.of(cutter.campaign).order_by("pk"))


def test_one_article_that_is_pasted_opens_at_once(cutter: Cutter) -> None:
    status, page = dropped(
        cutter,
        {"text": PHANTOM, "publication": "Northmere Courier", "url": "https://courier.example/1"},
    )

    assert status == 200
    assert "1 article was read." in page
    assert "What it may say, for you to confirm (7 of 7)" in page
    assert "Sign up to our Politics Weekly newsletter" in page, "left out, and listed"
    (article,) = articles(cutter)
    assert "Politics Weekly" not in article.text
    assert (article.url, str(article.published_on)) == ("https://courier.example/1", "2031-08-26")


def test_the_same_article_twice_is_here_once(cutter: Cutter) -> None:
    dropped(cutter, {"text": PHANTOM})
    _status, page = dropped(cutter, {"text": PHANTOM.replace("\n", "\r\n") + "\n\n"})

    assert "1 article was here already." in page
    assert len(articles(cutter)) == 1


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Paste an article, or drop files."),
        ({"text": "   \n "}, "Paste an article, or drop files."),
        ({"text": "— … 12 — 4\n\n* * *"}, "There is no article in it."),
        ({"text": "<html><body><nav>Home</nav></body></html>"}, "There is no article in it."),
        ({"text": "word " * 400_000}, "This is longer than any article: 1,999,999 characters."),
        ({"text": "It rains in Kelby.\n\n" * 5_000}, "at most 60,000 are read. Paste it in parts."),
        ({"text": "It rains in Kelby. " * 300}, "at most 4,000 are read. Part it by empty lines."),
        ({"text": PHANTOM, "url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"text": PHANTOM, "published_on": "yesterday"}, "Enter a valid date."),
        ({"text": "It rains.\0"}, "A text has a character in it that cannot be kept (NUL)."),
        ({"saved": file(b"")}, "page.html: There is no article in it."),
        ({"saved": file(bytes(range(256)) * 40)}, "this is no text; save the article as text"),
        ({"saved": file(b"a" * (5 << 20))}, "the file is larger than 4 MB"),
    ],
    ids=[
        "nothing", "blanks", "no-letters", "no-article", "two-megabytes", "a-book", "no-empty-lines", "a-script",
        "no-date", "null", "empty-file", "a-picture", "five-megabytes",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(
    cutter: Cutter, form: dict[str, Any], sentence: str
) -> None:
    status, page = dropped(cutter, form)

    assert status in (200, 422)
    assert sentence in page, page[-4000:]
    assert articles(cutter) == []


def test_a_page_in_a_broken_encoding_is_read_as_far_as_it_goes(cutter: Cutter) -> None:
    body = PHANTOM.replace("\n\n", "</p><p>").replace("'", "’")
    page = f'<html><head><meta charset="utf-8"></head><body><article><h1>Birch</h1><p>{body}</p></article>'
    broken = page.encode("cp1252").replace(b"Kelby", b"K\xe9lby\xff\x9d", 1) + b"\xc3"

    status, shown = dropped(cutter, {"saved": file(broken)})

    assert (status, len(articles(cutter))) == (200, 1)
    assert "didn’t send a message" in articles(cutter)[0].text
    assert "1 article was read." in shown


def test_fifty_articles_at_once_are_read_and_those_that_cannot_be_are_named(cutter: Cutter) -> None:
    good = [file(HOPED.replace("Kelby", f"Kelby{n}").encode(), f"{n}.txt") for n in range(47)]
    bad = [
        file(b"", "empty.txt"),
        file(b"\0\0\0\0", "zero.txt"),
        file(b"a" * (5 << 20), "huge.html"),
    ]
    began = time.monotonic()

    status, page = dropped(cutter, {"saved": [*good, *bad]})

    assert status == 200
    assert time.monotonic() - began < 60
    assert "47 articles were read." in page
    assert "empty.txt: There is no article in it." in page
    assert "zero.txt: this is no text" in page
    assert "huge.html: the file is larger than 4 MB" in page
    assert len(articles(cutter)) == 47


def test_more_files_than_fifty_are_refused_together(cutter: Cutter) -> None:
    status, page = dropped(cutter, {"saved": [file(b"It rains.", f"{n}.txt") for n in range(51)]})

    assert status == 422
    assert "These are 51 files; drop at most 50 at a time." in page


def test_more_than_the_server_takes_is_answered_in_a_sentence_too(cutter: Cutter) -> None:
    for form in (
        {"text": "word " * 1_000_000},
        {"saved": [file(b"It rains.", f"{n}.txt") for n in range(101)]},
    ):
        status, page = dropped(cutter, form)

        assert status == 400
        assert "That was too much at once" in page


def test_a_canvasser_and_another_campaign_see_no_desk(
    cutter: Cutter, bob: Membership, charlie: Membership, campaign: Campaign
) -> None:
    article = cutter.drop(PHANTOM)
    for who in (bob, charlie):
        assert signed_in(who).get(cutter.at("article", article_id=article.pk)).status_code == 404
    where = f"/c/{campaign.slug}/statements/clippings/"
    assert signed_in(bob).get(where).status_code == 403
