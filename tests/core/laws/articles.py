"""Texts that are hard to read: marks, names, dates and tags in any order."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    "“", "”", '"', "‘", "’", "'", "`", "``", "''", "«", "»", "„", ",", ".", "…", ":", ";", "—", " - ", "(", ")", "!", "?",
    " said ", "told the Courier", " he said", "she added", "Tom Barrow", "Mr Barrow", "Mrs Barrow", "A spokesman for Ms Quill",
    "the Harbour Party", "Harbour Party candidate", " who is standing for ", "according to ", "KELBY", "yesterday",
    "on Monday", "31 February 2031", "3 June 2031", "6/7/2031", "denied", "hopes", "We had a message", "withdrawn the claim",
    "book tour", "the voters’", "didn't", "'90s", '14"', "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u00ad", "\u200b", "\ufffc",
    "Advertisement", "ENDS", "By Ines Fallow", "Published 3 June 2031", " as saying: ", "his brother, Owen", "⟨P0⟩",
]  # fmt: skip
TAGS = [
    "<p>", "</p>", "<div class='ad'>", "</div>", "<h1>", "</h1>", "<br>", "<blockquote>", "<article>", "</article>",
    "<script>", "</script>", "<a href=x>", "</a>", "<li>", "&ldquo;", "&rsquo;", "&amp;", "&#0;", "<", "<!--", "-->",
    "<table><tr><td>", "<html><body>", "<time datetime='2031-05-14'>", "<script type='application/ld+json'>{",
]  # fmt: skip

words = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))
texts = st.lists(words, max_size=60).map("".join)
pages = st.lists(st.one_of(words, st.sampled_from(TAGS)), max_size=60).map("".join)
sources = st.one_of(
    texts, pages, texts.map(lambda text: f"<html><body><p>{text}</p></body></html>")
)
