"""The prompts that ship, and which one to offer now."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from integrate.domain.prompts import Occasion, Prompt, PromptPack, choose_prompt, parse_anchors, parse_pack
from integrate.journal.opening import Journal
from integrate.resources import load
from integrate.storage.entries import EntryReader


def built_in_pack() -> PromptPack:
    """The pack that ships with the program; read once."""
    return load(_parse, "prompts", "integrate.toml")


def prompt_uses(journal: Journal) -> Mapping[str, int]:
    """How often each prompt has been answered, by its id; entries in Recently deleted do not count."""
    with journal.vault.database.read() as session:
        return EntryReader(session).prompt_uses()


def offer_prompt(journal: Journal, occasion: Occasion, hidden: Collection[str] = ()) -> Prompt | None:
    """The prompt to offer on this occasion: the least used, then the lowest id; None when all are hidden."""
    return choose_prompt(built_in_pack().prompts, occasion, prompt_uses(journal), hidden)


def _parse(data: Mapping[str, object]) -> PromptPack:
    return parse_pack(data, load(parse_anchors, "prompts", "anchors.toml"))
