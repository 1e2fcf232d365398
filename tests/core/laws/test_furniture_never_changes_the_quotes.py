"""Whatever furniture a paper adds to an article, its text, its quotes and its speakers stay the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.clippings.read import Reading, read
from tests.core.clippings.labelled import Labelled, labelled

LINES = st.sampled_from(
    [
        "Advertisement", "ADVERTISEMENT", "Hide Ad", "Story continues below", "Read more: ‘I quit,’ says mayor",
        "Related: “It was hell,” says driver", "Sign up to our newsletter", "Subscribe for £1 a week",
        "Join our commenting forum", "Join thought-provoking conversations, follow other readers and see their replies",
        "Your support makes all the difference.", "Support our journalism", "From as little as £1 you can help.",
        "We use cookies to improve your experience.", "Share this article", "Follow us on Chirp", "Most read",
        "Photo: Sam Reece", "Pictured: Tom Barrow said ‘hello’", "Image source, Kelby Gazette", "© Kelby Gazette 2019",
        "Comments (14)", "Have your say in the comments below", "You may also like: “I lost it all”",
        "Get the latest stories sent straight to your inbox", "This article is more than 3 months old",
        "What do you think? Have your say", "All rights reserved", "Unsubscribe | Manage your preferences",
        "More from the Courier", "Click here for more", "Text size: A A A",
    ]
)  # fmt: skip
ELEMENTS = st.sampled_from(
    [
        "<aside><h3>‘No way,’ says Mr Brown</h3></aside>", "<nav><p>“Home,” said Mr Brown</p></nav>",
        "<div class='related-stories'><p>“It was hell,” said Mr Brown.</p></div>",
        "<div id='ad-slot-3'><p>“Buy,” said Mr Brown.</p></div>", "<p><a href='/x'>‘I quit,’ says Mr Brown</a></p>",
        "<figure><figcaption>“Cheers,” said Mr Brown.</figcaption></figure>", "<script>var x = '“no”';</script>",
        "<div class='newsletterSignup'><p>“Sign,” said Mr Brown.</p></div>", "<form><p>“Pay,” said Mr Brown.</p></form>",
        "<section class='comments-section'><p>“First!” said Mr Brown.</p></section>", "<style>p{quotes:'“'}</style>",
        "<footer><p>“Legal,” said Mr Brown.</p></footer>", "<!-- “hidden,” said Mr Brown -->",
        "<blockquote class='pull-quote'>“Big words”</blockquote>", "<p hidden>“Hidden,” said Mr Brown.</p>",
        "<div class='cookie-consent'><p>“Accept,” said Mr Brown.</p></div>", "<noscript><p>“Off”</p></noscript>",
    ]
)  # fmt: skip
TEXTS = [article for article in labelled() if "<" not in article.source]
PAGES = [article for article in labelled() if "</article>" in article.source]


def essence(reading: Reading) -> tuple[object, ...]:
    article = replace(reading.article, left_out=())
    return article, reading.quotes, reading.proposals, reading.conflicts


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(TEXTS), st.lists(LINES, min_size=1, max_size=5))
def test_appended_to_a_text(article: Labelled, lines: list[str]) -> None:
    with_furniture = article.source + "\n" + "\n\n".join(lines) + "\n"

    assert essence(read(with_furniture)) == essence(read(article.source))


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(PAGES), st.lists(ELEMENTS, min_size=1, max_size=5), st.booleans())
def test_appended_to_a_page(article: Labelled, elements: list[str], inside: bool) -> None:
    end = "</article>" if inside else "</body>"
    with_furniture = article.source.replace(end, "\n".join(elements) + end)

    assert with_furniture != article.source
    assert essence(read(with_furniture)) == essence(read(article.source))


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(TEXTS), LINES, st.data())
def test_set_between_two_paragraphs(article: Labelled, line: str, data: st.DataObject) -> None:
    parts = article.source.split("\n\n")
    place = data.draw(st.integers(1, len(parts)))
    with_furniture = "\n\n".join([*parts[:place], line, *parts[place:]])

    assert essence(read(with_furniture)) == essence(read(article.source))
