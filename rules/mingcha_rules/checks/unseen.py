"""What of the package could not be seen, so that silence about it proves nothing.

Parameters: ``stage`` and ``reasons`` of the limits that are told.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import App
from mingcha_corpora.packers import load_packers
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import AppEvidence, Words
from mingcha_rules.words import load_words

_SHOWN = 5
_OWNERS = ("sdk:", "unknown:")


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the limits."""
    stage, reasons = card.params["stage"], frozenset(card.params["reasons"])
    details = [each.detail for each in facts.package.limits if each.stage == stage and each.reason in reasons]
    if details:
        yield Gap(
            subject=f"app:unseen:{card.name}",
            params={"details": tuple(_words(facts.package, detail) for detail in details[:_SHOWN])},
            confidence=0.9,
            app=tuple(AppEvidence("limit", detail, None, None) for detail in details[:_SHOWN]),
        )


def _words(app: App, detail: str) -> Words:
    """Return a detail in words: a packer by its name, an owner with how many calls, anything else as it stands."""
    owner, _, count = detail.rpartition(" ")
    if count.isdecimal() and (owner == "app" or owner.startswith(_OWNERS)):
        words, who = load_words("gaps")["calls"], owner_words(app, owner)
        return Words(words.zh.format(who=who.zh, n=count), words.en.format(who=who.en, n=count))
    return Words(next((each.name_zh for each in load_packers() if each.name == detail), "") or detail, detail)
