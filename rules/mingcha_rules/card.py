"""Rule cards: what a rule looks for, how grave it is, on which clauses it rests and how it is worded."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import parse_yaml
from mingcha_rules.catalogue import load_clauses
from mingcha_rules.gap import Ceiling
from mingcha_rules.values import Severity, Words


class Needs(StrEnum):
    """The inputs without which a card cannot be judged."""

    POLICY = "policy"
    APP = "app"
    BOTH = "both"

    @property
    def policy(self) -> bool:
        """Tell whether the policy is needed."""
        return self is not Needs.APP

    @property
    def app(self) -> bool:
        """Tell whether the package is needed."""
        return self is not Needs.POLICY


@dataclass(frozen=True, slots=True)
class Card:
    """One rule. ``covers``: clauses that are met if every card covering them ran and stayed silent.

    ``hints``: clauses that a finding does not decide but makes worth a review; findings do not cite them.

    ``check`` names the module of ``checks`` that looks, ``params`` are what it looks for.
    """

    id: str
    name: str
    check: str
    params: Mapping[str, Any]
    severity: Severity
    severity_source: str
    clauses: tuple[str, ...]
    covers: tuple[str, ...]
    ceiling: Ceiling
    scene: str | None
    appid: str | None
    needs: Needs
    title: Words
    message: Words
    remedy: Words
    since: str
    hints: tuple[str, ...] = ()

    def counterparts(self, chosen_only: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return the clauses in force that answer to those of the card, or to the chosen ones of them.

        The standard's mapping goes first.
        """
        clauses = load_clauses()
        own = [clauses[ref] for ref in (self.clauses if chosen_only is None else chosen_only)]
        chosen = [clause for clause in own if clause.standard == "gbt35273-2019d"] or own
        return tuple(dict.fromkeys(ref for clause in chosen for ref in clause.counterparts()))


_FIELDS = tuple(Card.__dataclass_fields__)
_CHOICES: Mapping[str, type[StrEnum]] = {"severity": Severity, "ceiling": Ceiling, "needs": Needs}
_TEXTS = ("id", "name", "check", "severity_source", "since")
_WORDS = ("title", "message", "remedy")
_LISTS = ("clauses", "covers", "hints")
_OPTIONAL: Mapping[str, Any] = {"hints": []}


@cache
def load_cards() -> Mapping[str, Card]:
    """Return every shipped card by id, sorted."""
    import yaml  # Loaded only when a judgement is made.

    folder = files("mingcha_rules").joinpath("cards")
    cards = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        try:
            row = parse_yaml(file.read_text(encoding="utf-8"))
        except yaml.YAMLError as fault:
            raise _damaged(file.name, "", str(fault)) from fault
        card = parse_card(row, file.name)
        cards[card.id] = card
    return MappingProxyType(cards)


def parse_card(row: object, file: str) -> Card:
    """Return the card that ``row`` describes; ``file`` is named when it is at fault."""
    values = _fields(row, file)
    for name in _TEXTS:
        values[name] = _text(values[name], file, name)
    for name, kind in _CHOICES.items():
        values[name] = _choice(values[name], kind, file, name)
    for name in _LISTS:
        values[name] = _clauses(values[name], file, name)
    for name in _WORDS:
        values[name] = _words(values[name], file, name)
    for name in ("scene", "appid"):
        values[name] = None if values[name] is None else _text(values[name], file, name)
    if not isinstance(values["params"], dict):
        raise _damaged(file, "params", "not a mapping")
    values["params"] = MappingProxyType(values["params"])
    return Card(**values)


def _fields(row: object, file: str) -> dict[str, Any]:
    """Return the fields of the card, all there and none beside them."""
    if not isinstance(row, dict):
        raise _damaged(file, "", "not a mapping")
    row = {**_OPTIONAL, **row}
    for name in _FIELDS:
        if name not in row:
            raise _damaged(file, name, "missing")
    for name in row:
        if name not in _FIELDS:
            raise _damaged(file, str(name), "unknown field")
    if file.removesuffix(".yaml") != row["id"]:
        raise _damaged(file, "id", "differs from the name of the file")
    return dict(row)


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a message."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _text(value: object, file: str, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _damaged(file, name, "not a text")
    return value


def _choice(value: object, kind: type[StrEnum], file: str, name: str) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError as fault:
        raise _damaged(file, name, str(fault)) from fault


def _clauses(value: object, file: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _damaged(file, name, "not a list")
    for ref in value:
        if ref not in load_clauses():
            raise _damaged(file, name, f"no such clause: {ref}")
    return tuple(value)


def _words(value: object, file: str, name: str) -> Words:
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise _damaged(file, name, "needs zh and en")
    words = Words(_text(value["zh"], file, f"{name}.zh"), _text(value["en"], file, f"{name}.en"))
    if placeholders(words.zh) != placeholders(words.en):
        raise _damaged(file, name, "zh and en differ in their placeholders")
    return words


def _damaged(file: str, field: str, fault: str) -> KnowledgeError:
    """Return the error; a card is short, so the field stands for the line."""
    return KnowledgeError("knowledge_damaged", path=f"rules/cards/{file}", line=field or "1", fault=fault)
