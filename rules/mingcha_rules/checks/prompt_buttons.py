"""Consent prompts whose buttons leave no clear choice.

Parameter ``lacks``: ``refuse``, prompts that can only be agreed to, or ``agree``, prompts with no more than 好的 or
我知道了. ``not_buttons``: words of texts that belong to a box. A prompt with a box and no button to agree is a form to
sign in, which people leave by not signing in.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.ui.values import ConsentPrompt, UiRole
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.screens import place_words, prompt_evidence, quoted, screens_of
from mingcha_rules.values import Words

_CLEAR_REFUSALS = ("不同意", "disagree", "decline", "reject")


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each such prompt; none where a refusal stands on another screen, put in by code perhaps."""
    if card.params["lacks"] == "refuse" and _refuses_elsewhere(facts):
        return
    for prompt in screens_of(facts.package).prompts:
        buttons = _buttons(prompt, card)
        if buttons:
            yield Gap(
                subject=f"screen:{prompt.place}",
                params={
                    "who": owner_words(facts.package, prompt.owner),
                    "place": place_words(prompt),
                    "buttons": tuple(Words(text, text) for text in buttons),
                    "text": quoted(prompt.policy),
                },
                owner=prompt.owner,
                confidence=float(card.params["confidence"]),
                app=(prompt_evidence(prompt),),
            )


def _buttons(prompt: ConsentPrompt, card: Card) -> list[str]:
    """Return the buttons of a prompt that has this fault."""
    if prompt.refuse or prompt.basic_mode:
        return []
    agree = [text for text in prompt.agree if not any(word in text for word in card.params["not_buttons"])]
    if card.params["lacks"] == "refuse":
        return agree
    return [] if agree or prompt.agree or prompt.boxes else list(prompt.weak_buttons)


def _refuses_elsewhere(facts: Facts) -> bool:
    texts = screens_of(facts.package).texts
    refusals = [text.text.lower() for text in texts if text.role is UiRole.REFUSE and text.owner == "app"]
    return any(word in text for text in refusals for word in _CLEAR_REFUSALS)
