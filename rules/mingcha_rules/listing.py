"""What ``mingcha rules list`` shows of each card."""

from dataclasses import dataclass

from mingcha_rules.card import load_cards
from mingcha_rules.values import Severity, Words


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One line of the list; ``ceiling`` is the gravest verdict the rule may give."""

    id: str
    name: str
    title: Words
    severity: Severity
    ceiling: str
    needs: str
    clauses: tuple[str, ...]


def list_rules() -> tuple[RuleRow, ...]:
    """Return every rule, sorted by id."""
    return tuple(
        RuleRow(card.id, card.name, card.title, card.severity, card.ceiling.value, card.needs.value, card.clauses)
        for card in load_cards().values()
    )
