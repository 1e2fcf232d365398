"""A web page, block by block, without what stands round an article."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|table)\b[^<>]*>", re.I
)
NEVER_TEXT = frozenset(
    (
        "script style noscript template head title iframe object svg canvas audio video figure figcaption "
        "form button select option input textarea label nav aside footer dialog menu"
    ).split()
)
BLOCKS = frozenset(
    (
        "address article blockquote body center dd div dl dt fieldset h1 h2 h3 h4 h5 h6 header hr li main "
        "ol p pre section table tbody td tfoot th thead tr ul br"
    ).split()
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
FURNITURE_WORDS = frozenset(
    (
        "ad ads advert adverts advertisement advertising sponsor sponsored promo promos promotion "
        "newsletter newsletters signup subscribe subscription paywall regwall donate donation appeal "
        "membership related recommended recommendations recommendation popular trending mostread cookie "
        "cookies consent gdpr share sharing social comments comment commenting disqus caption credit "
        "credits taboola outbrain breadcrumb breadcrumbs nav navigation menu sidebar skip toolbar banner "
        "embed embedded twitter tweet instagram tiktok pullquote pull-quote tags taglist topics readmore "
        "seealso widget gallery teaser teasers hidden modal popup overlay masthead crosspromo"
    ).split()
)
FURNITURE_PAIRS = frozenset(
    [
        "most read",
        "read more",
        "read next",
        "see also",
        "more on",
        "more from",
        "pull quote",
        "sign up",
        "author bio",
        "sign in",
        "up next",
        "screen reader",
        "visually hidden",
        "sr only",
        "site header",
        "site footer",
        "page footer",
    ]
)
HOLDS_AN_ARTICLE = "h1, main, article, [itemprop=articleBody]"
MOSTLY_LINK, LINK_LENGTH = 0.9, 300
"""A paragraph that is nothing but a link, and no longer than a headline or two, leads elsewhere."""
DATE_PLACES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("meta[name=date]", "content"),
    ("meta[name=pubdate]", "content"),
    ("meta[name='dc.date']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("[itemprop=datePublished]", "datetime"),
    ("time[datetime]", "datetime"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading, before white space is put in order."""

    text: str
    heading: bool = False


def is_html(source: str) -> bool:
    """Whether this is a page, or a part of one, and not plain text."""
    return HTML.search(source) is not None


def blocks_of(source: str) -> tuple[list[Block], str]:
    """The blocks of the article's part of a page, and the date its head gives, or nothing."""
    tree = LexborHTMLParser(source)
    root = tree.root
    if root is None:
        return [], ""
    published = next(_dates(tree), "")
    return list(_blocks(_article(tree) or root)), published


def _article(tree: LexborHTMLParser) -> LexborNode | None:
    """The one part of the page that says it is the article, if exactly one does and it has a headline."""
    for selector in ("article", "main"):
        found = tree.css(selector)
        if len(found) == 1 and found[0].css_first("h1, h2") is not None:
            return found[0]
    return None


def _blocks(root: LexborNode) -> Iterator[Block]:
    """Walk the tree without recursion, since pages may be nested to any depth."""
    buffer: list[str] = []
    links = heading = linked = 0
    # Each entry: a node to enter, or the name of an element to leave.
    waiting: list[LexborNode | str] = [root]

    def flush() -> Iterator[Block]:
        nonlocal linked
        text = " ".join("".join(buffer).split())
        if text and not (linked >= MOSTLY_LINK * len(text) and len(text) <= LINK_LENGTH):
            yield Block(text, heading > 0)
        buffer.clear()
        linked = 0

    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if node in BLOCKS:
                yield from flush()
            heading -= node in HEADINGS
            links -= node == "a"
            continue
        tag = node.tag or ""
        if tag == "-text":
            words = node.text_content or ""
            buffer.append(words)
            linked += len(" ".join(words.split())) if links else 0
            continue
        if tag.startswith(("-", "_", "!")) or is_furniture_element(node):
            continue
        if tag in BLOCKS:
            yield from flush()
        heading += tag in HEADINGS
        links += tag == "a"
        waiting.append(tag)
        waiting.extend(reversed(list(node.iter(include_text=True))))
    yield from flush()


def is_furniture_element(node: LexborNode) -> bool:
    """Whether an element is furniture by its name or by what its class and id call it."""
    tag = node.tag or ""
    if tag in {"html", "body", "main", "article"}:
        return False
    given = node.attributes
    if tag in NEVER_TEXT:
        return True
    hidden = "hidden" in given or given.get("aria-hidden") == "true"
    hidden = hidden or "display:none" in (given.get("style") or "").replace(" ", "")
    named = _names_furniture(f"{given.get('class') or ''} {given.get('id') or ''}")
    role = (given.get("role") or "") in {"navigation", "banner", "complementary", "contentinfo"}
    if not (hidden or named or role or tag == "header"):
        return False
    return node.css_first(HOLDS_AN_ARTICLE) is None


def _names_furniture(names: str) -> bool:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)
    for name in parted.split():
        words = [word for word in re.split(r"[^a-z]+", name.lower()) if word]
        if FURNITURE_WORDS.intersection(words):
            return True
        if any(f"{one} {two}" in FURNITURE_PAIRS for one, two in pairwise(words)):
            return True
    return False


def _dates(tree: LexborHTMLParser) -> Iterator[str]:
    for selector, attribute in DATE_PLACES[:-1]:
        for node in tree.css(selector):
            if value := node.attributes.get(attribute):
                yield value
    for node in tree.css("script[type='application/ld+json']"):
        try:
            yield from _published_in(json.loads(node.text() or ""))
        except (ValueError, RecursionError):
            continue
    selector, attribute = DATE_PLACES[-1]
    for node in tree.css(selector):
        if value := node.attributes.get(attribute):
            yield value


def _published_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for inner in value.values():
            yield from _published_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _published_in(inner)
