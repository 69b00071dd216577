"""Prompts: those that ship, the person's own, and which one to offer now."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from integrate.domain.entry import Phase
from integrate.domain.own_prompts import OwnPrompt, clean_question, free_id
from integrate.domain.prompts import (
    Occasion,
    Prompt,
    PromptPack,
    another_prompt,
    choose_prompt,
    parse_anchors,
    parse_pack,
)
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.journal.preferences import read_preferences
from integrate.resources import load
from integrate.storage.entries import EntryReader
from integrate.storage.settings import change_setting, read_setting

_KEY = "own_prompts"
_ID_BITS = 32


def built_in_pack() -> PromptPack:
    """The pack that ships with the program; read once."""
    return load(_parse, "prompts", "integrate.toml")


def prompt_uses(journal: Journal) -> Mapping[str, int]:
    """How often each prompt has been answered, by its id; entries in Recently deleted do not count."""
    with journal.vault.database.read() as session:
        return EntryReader(session).prompt_uses()


def offer_prompt(journal: Journal, occasion: Occasion, hidden: Collection[str] = ()) -> Prompt | None:
    """The built-in prompt to offer on this occasion: the least used, then the lowest id; None when all are hidden."""
    return choose_prompt(built_in_pack().prompts, occasion, prompt_uses(journal), hidden)


def prompt_for(journal: Journal, occasion: Occasion, after: str | None = None) -> Prompt | None:
    """The prompt to offer, own ones among them; with ``after`` the one that follows the prompt with that id.

    None when prompts are switched off or all on offer are hidden, and when none follows.

    Raises:
        RecordDamaged: the person's own prompts cannot be read.
    """
    chosen = read_preferences(journal)
    if not chosen.prompts_on:
        return None
    prompts, uses = all_prompts(journal), prompt_uses(journal)
    if after is None:
        return choose_prompt(prompts, occasion, uses, chosen.hidden_prompts)
    return another_prompt(prompts, occasion, uses, after, chosen.hidden_prompts)


def all_prompts(journal: Journal) -> tuple[Prompt, ...]:
    """Every prompt that can be offered or hidden: those that ship, then the person's own in the order they were made.

    Raises:
        RecordDamaged: the person's own prompts cannot be read.
    """
    own = _own(read_setting(journal.vault.database, _KEY))
    return (*built_in_pack().prompts, *(prompt.as_prompt() for prompt in own if not prompt.removed))


def prompt_by_id(journal: Journal, prompt_id: str) -> Prompt | None:
    """The prompt that an entry answered, also a hidden or a removed one; None for one that is not known here.

    Raises:
        RecordDamaged: it may be one of the person's own, and these cannot be read.
    """
    built_in = next((prompt for prompt in built_in_pack().prompts if prompt.id == prompt_id), None)
    if built_in is not None:
        return built_in
    own = _own(read_setting(journal.vault.database, _KEY))
    return next((prompt.as_prompt() for prompt in own if prompt.id == prompt_id), None)


def add_own_prompt(journal: Journal, text: str, phase: Phase) -> Prompt:
    """Keep a new prompt of the person's own; durable when this returns. Its id is for ever.

    Raises:
        WrongUsage: ``text`` is not one line.
        RecordDamaged, ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    question = clean_question(text)

    def added(own: list[OwnPrompt]) -> list[OwnPrompt]:
        numbers = iter(lambda: secrets.randbits(_ID_BITS), None)
        return [*own, OwnPrompt(free_id((prompt.id for prompt in own), numbers), question, phase)]

    return _change(journal, added)[-1].as_prompt()


def change_own_prompt(journal: Journal, prompt_id: str, text: str, phase: Phase) -> None:
    """Give a prompt of the person's own another text and phase; entries that answered it show the new text.

    Raises:
        WrongUsage: ``text`` is not one line, or there is no such prompt.
        RecordDamaged, ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    _replace(journal, prompt_id, OwnPrompt(prompt_id, clean_question(text), phase))


def remove_own_prompt(journal: Journal, prompt_id: str) -> None:
    """Offer a prompt of the person's own no more. Its text stays for the entries that answered it.

    Raises:
        WrongUsage: there is no such prompt.
        RecordDamaged, ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    _replace(journal, prompt_id, None)


def restore_own_prompt(journal: Journal, prompt_id: str) -> None:
    """Offer a removed prompt of the person's own again, as it was; one that was not removed stays as it is.

    Raises:
        RecordDamaged, ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """

    def restored(own: list[OwnPrompt]) -> list[OwnPrompt]:
        return [replace(prompt, removed=False) if prompt.id == prompt_id else prompt for prompt in own]

    _change(journal, restored)


def _replace(journal: Journal, prompt_id: str, by: OwnPrompt | None) -> None:
    def replaced(own: list[OwnPrompt]) -> list[OwnPrompt]:
        if not any(prompt.id == prompt_id and not prompt.removed for prompt in own):
            raise WrongUsage(reason=_("There is no such prompt any more."))
        return [
            (by or OwnPrompt(prompt.id, prompt.text, prompt.phase, removed=True)) if prompt.id == prompt_id else prompt
            for prompt in own
        ]

    _change(journal, replaced)


def _change(journal: Journal, change: Callable[[list[OwnPrompt]], list[OwnPrompt]]) -> list[OwnPrompt]:
    """Change the own prompts in one transaction; what they are afterwards."""
    after: list[OwnPrompt] = []

    def changed(kept: Any) -> Any:
        after[:] = change(_own(kept))
        return [prompt.as_json() for prompt in after]

    change_setting(journal.vault.database, _KEY, changed, journal.clock.now())
    return after


def _own(kept: Any) -> list[OwnPrompt]:
    try:
        return [OwnPrompt.from_json(data) for data in kept or []]
    except (ValueError, TypeError):
        raise RecordDamaged from None


def _parse(data: Mapping[str, object]) -> PromptPack:
    return parse_pack(data, load(parse_anchors, "prompts", "anchors.toml"))
