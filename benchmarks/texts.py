"""Entries of invented words, the same in every run, with the frequencies of a natural language."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.times import ZonedTime

VOCABULARY = 20_000
RARE = "zyxomel"  # planted in few entries; the syllables below cannot spell it
_RARE_ENTRIES = 12
_FLATTENING = 2.7  # Mandelbrot's correction to Zipf's law for the most frequent words
_ONE_SYLLABLE, _TWO_SYLLABLES = 150, 3_000  # ranks: frequent words are short
_ACCENTED_EVERY = 60
_FIRST_DAY = datetime(2016, 1, 1, 8, tzinfo=UTC)
_APART = timedelta(minutes=53)
_TAGS = 40
_SESSIONS = 60
_LONG_ENTRY = 150  # words of the entry that is saved


class Texts:
    """A stream of drafts, two of three about a session of a course: ``entries`` of them go from the first to the last.

    Two streams with the same numbers are the same.
    """

    def __init__(self, entries: int, sessions: int = _SESSIONS) -> None:
        self._random = random.Random(20_000)  # the same texts in every run
        self._words = _vocabulary(self._random)
        self._weights = list(accumulate(1 / (rank + _FLATTENING) for rank in range(1, VOCABULARY + 1)))
        self._number = 0
        self._sessions = sessions
        self._entries = entries
        self._rare_every = max(1, entries // _RARE_ENTRIES)

    def word(self, rank: int) -> str:
        """The word with this rank, 1 being the most frequent."""
        return self._words[rank - 1]

    def next_draft(self) -> Draft:
        """An entry as people write them: 30 to 260 words, 120 on average, often with a title and tags."""
        number = self._number
        self._number += 1
        body = self._body(int(self._random.triangular(30, 260, 80)))
        if number % self._rare_every == self._rare_every // 2:
            body += f" {RARE.capitalize()}."
        return Draft(
            body=body,
            at=ZonedTime(_FIRST_DAY + number * _APART, "Europe/Lisbon"),
            title=" ".join(self._pick(4)).capitalize() if number % 2 else "",
            phase=tuple(Phase)[number % 3],
            session=SessionRef(1, min(1 + number * self._sessions // self._entries, self._sessions))
            if number % 3
            else None,
            prompt_id=None if number % 4 else "E12",
            tags=self._tags(number % 3),
            mood_then=None if number % 5 else number % 11,
        )

    def long_draft(self) -> Draft:
        """The entry of the benchmarks of saving: 150 words, a title, two tags."""
        draft = self.next_draft()
        title = " ".join(self._pick(4)).capitalize()
        return Draft(self._body(_LONG_ENTRY), draft.at, title, draft.phase, draft.session, tags=self._tags(2))

    def more(self, draft: Draft) -> Draft:
        """The same entry with a sentence more, as it is saved again while a person writes on."""
        body = f"{draft.body} {self._body(8)}"
        return Draft(body, draft.at, draft.title, draft.phase, draft.session, tags=draft.tags)

    def _pick(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)

    def _tags(self, count: int) -> tuple[str, ...]:
        return tuple(self.word(500 + number) for number in self._random.sample(range(_TAGS), count))

    def _body(self, words: int) -> str:
        picked, sentences = self._pick(words), []
        while picked:
            length = self._random.randint(6, 18)
            sentences.append(" ".join(picked[:length]).capitalize() + ".")
            del picked[:length]
        paragraphs = (" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))
        return "\n\n".join(paragraphs)


def _vocabulary(source: random.Random) -> list[str]:
    syllables = [onset + vowel + coda for onset in "bdfglmnprst" for vowel in "aeiou" for coda in ("", "n", "r", "s")]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        rank = len(words)
        length = 1 if rank < _ONE_SYLLABLE else 2 if rank < _TWO_SYLLABLES else 3
        word = "".join(source.choices(syllables, k=length))
        words[word.replace("a", "á") if rank > _TWO_SYLLABLES and rank % _ACCENTED_EVERY == 0 else word] = None
    return list(words)
