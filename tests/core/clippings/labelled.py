"""
The labelled articles, in three sets, and how a reading is measured against its labels.

The first articles and their labels were written before the reader; the hash of a name put each into one of two halves.
One half was looked at while the reader was built: ``seen``. The other was measured once, and only then looked at:
``opened``. The later articles were written and labelled before that, and nobody has looked at what the reader makes
of each of them: ``unseen``.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hustings.core.clippings.read import Reading, read

ARTICLES = Path(__file__).parent / "articles"
ELLIPSIS = " … "
STOPS = ".,"
"""Labels were written with and without the stop that British papers put inside the marks."""
STOPS = ".,"
"""Labels were written with and without the stop that British papers put inside the marks."""


@dataclass(frozen=True)
class Labelled:
    """One article with what a person found in it."""

    name: str
    source: str
    labels: dict[str, Any]

    folder: str

    @property
    def half(self) -> str:
        """The set an article belongs to, by its folder and its name alone."""
        if self.folder == "later":
            return "unseen"
        return ("seen", "opened")[int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 2]


@dataclass
class Score:
    """How many were found rightly, how many were found, how many there were to find."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f} ({self.right} of {self.found}), "
            f"recall {self.recall:.3f} ({self.right} of {self.wanted})"
        )


def labelled(half: str | None = None) -> list[Labelled]:
    """Every labelled article, or one set of them."""
    found = [
        Labelled(
            path.stem,
            next(path.parent.glob(f"{path.stem}.[th][xt]*")).read_text(encoding="utf-8"),
            tomllib.loads(path.read_text(encoding="utf-8")),
            path.parent.name,
        )
        for path in sorted(ARTICLES.glob("*/*.toml"))
    ]
    return [article for article in found if half in {None, article.half}]


def is_text(label: str, words: str) -> bool:
    """Whether ``words`` are those of a label, which may leave out the middle."""
    first, _, last = label.partition(ELLIPSIS)
    if not last:
        return words.rstrip(STOPS) == first.rstrip(STOPS)
    return words.startswith(first) and words.rstrip(STOPS).endswith(last.rstrip(STOPS))


def is_speaker(label: str, quote: Any) -> bool:
    """A name must be the full name; «~» and words must all be among the article's words for the speaker."""
    speaker = quote.speaker
    if speaker is None:
        return False
    if label.startswith("~"):
        words = f"{speaker.name} {speaker.described}".lower()
        return all(word.lower() in words for word in label[1:].split())
    return bool(speaker.name == label or (not speaker.name and speaker.described == label))


def measure(articles: list[Labelled]) -> dict[str, Score]:
    """Scores over ``articles``: quotes, speakers, roles and relays of the right speakers, proposals, posts …"""
    names = ("quotes", "speakers", "roles", "relays", "proposals", "posts", "relations", "dates")
    scores = {name: Score() for name in names}
    for article in articles:
        reading = read(article.source)
        _quotes(article, reading, scores)
        _proposals(article, reading, scores)
        _facts(article, reading, scores)
        _dates(article, reading, scores["dates"])
    return scores


def _quotes(article: Labelled, reading: Reading, scores: dict[str, Score]) -> None:
    text = reading.article.text
    wanted = list(article.labels["quotes"])
    scores["quotes"].wanted += len(wanted)
    scores["speakers"].wanted += sum(bool(label[1]) for label in wanted)
    for quote in reading.quotes:
        if quote.kind in {"scare", "headline"}:
            continue
        words = text[quote.start : quote.end]
        scores["quotes"].found += 1
        scores["speakers"].found += quote.speaker is not None
        label = next((label for label in wanted if is_text(label[0], words)), None)
        said = f"{article.name}: «{words[:50]}» {quote.kind} {quote.speaker}"
        if label is None:
            scores["quotes"].wrong.append(said)
            if quote.speaker:
                scores["speakers"].wrong.append(said)
            continue
        wanted.remove(label)
        scores["quotes"].right += 1
        if not is_speaker(label[1], quote):
            (scores["speakers"].wrong if quote.speaker else scores["speakers"].missed).append(
                f"{said} is {label[1]}"
            )
            continue
        scores["speakers"].right += 1
        scores["roles"].wanted += bool(label[2])
        scores["roles"].found += bool(quote.speaker.role)
        if quote.speaker.role == label[2]:
            scores["roles"].right += bool(label[2])
        else:
            scores["roles"].wrong.append(f"{said} is {label[2]}")
        relay = [name.removeprefix("the ").removeprefix("The ") for name in quote.relay]
        scores["relays"].wanted += len(label[3])
        scores["relays"].found += len(relay)
        right = sum(name.removeprefix("the ").removeprefix("The ") in relay for name in label[3])
        scores["relays"].right += right
        if right < max(len(label[3]), len(relay)):
            scores["relays"].wrong.append(f"{said} {quote.relay} is {label[3]}")
    scores["quotes"].missed += [f"{article.name}: {label}" for label in wanted]
    scores["speakers"].missed += [f"{article.name}: {label}" for label in wanted]


def _proposals(article: Labelled, reading: Reading, scores: dict[str, Score]) -> None:
    text = reading.article.text
    score = scores["proposals"]
    wanted = list(article.labels["proposals"])
    score.wanted += len(wanted)
    for proposal in reading.proposals:
        if proposal.post or proposal.relation:
            continue
        score.found += 1
        words = text[proposal.start : proposal.end]
        label = next((lab for lab in wanted if lab[0] == proposal.kind and lab[1] in words), None)
        if label:
            wanted.remove(label)
            score.right += 1
        else:
            cue = text[proposal.cue_start : proposal.cue_end]
            score.wrong.append(f"{article.name}: {proposal.kind} «{cue}» in «{words[:90]}»")
    score.missed += [f"{article.name}: {label}" for label in wanted]


def _facts(article: Labelled, reading: Reading, scores: dict[str, Score]) -> None:
    wanted = [tuple(label) for label in article.labels.get("posts", [])]
    score = scores["posts"]
    score.wanted += len(wanted)
    for proposal in reading.proposals:
        if post := proposal.post:
            score.found += 1
            label = next(
                (
                    lab
                    for lab in wanted
                    if lab[:2] == (post.person, post.party)
                    and (len(lab) == 2 or lab[2] in {post.since, post.until})
                ),
                None,
            )
            if label:
                wanted.remove(label)
                score.right += 1
            else:
                score.wrong.append(f"{article.name}: {post}")
    score.missed += [f"{article.name}: {label}" for label in wanted]
    related = [tuple(label) for label in article.labels.get("relations", [])]
    score = scores["relations"]
    score.wanted += len(related)
    for proposal in reading.proposals:
        if relation := proposal.relation:
            score.found += 1
            made = (relation.person, relation.relation, relation.other)
            if made in related:
                related.remove(made)
                score.right += 1
            else:
                score.wrong.append(f"{article.name}: {made}")
    score.missed += [f"{article.name}: {label}" for label in related]


def _dates(article: Labelled, reading: Reading, score: Score) -> None:
    text = reading.article.text
    score.wanted += 1
    score.found += reading.article.published is not None
    if reading.article.published == article.labels.get("date"):
        score.right += 1 if reading.article.published else 0
        score.wanted -= 0 if reading.article.published else 1
    else:
        score.wrong.append(f"{article.name}: published {reading.article.published}")
    for words, day in article.labels.get("dates", []):
        place = text.find(words)
        score.wanted += 1
        when = next(
            (w for w in reading.whens if w.start < place + len(words) and place < w.end), None
        )
        score.found += when is not None
        if when and when.first == day:
            score.right += 1
        else:
            score.wrong.append(f"{article.name}: «{words}» {when} is {day}")
