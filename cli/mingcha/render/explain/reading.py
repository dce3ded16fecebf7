"""One thing that was read of a policy, as the page shows it."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.policy.values import Action
from mingcha_analyzers.values import Span


class Kind(StrEnum):
    """What a mark in the text stands for, in the order of the legend."""

    COLLECT = "collect"
    USE = "use"
    SHARE = "share"
    STORE = "store"
    DENIED = "denied"
    SDK = "sdk"
    PERMISSION = "permission"
    RIGHT = "right"
    CONTACT = "contact"
    DATE = "date"
    RETENTION = "retention"
    REGION = "region"
    MINORS = "minors"
    CONTRADICTION = "contradiction"
    FINDING = "finding"
    ELEMENT = "element"


KIND_OF_ACTION = {
    Action.COLLECT: Kind.COLLECT,
    Action.USE: Kind.USE,
    Action.STORE: Kind.STORE,
    Action.DELETE: Kind.STORE,
    Action.SHARE: Kind.SHARE,
    Action.ENTRUST: Kind.SHARE,
    Action.TRANSFER: Kind.SHARE,
    Action.DISCLOSE: Kind.SHARE,
    Action.EXPORT: Kind.SHARE,
}

Row = tuple[str, str]
"""The key of a label, and the words beside it, which are shown as they stand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact, a finding or an element at one place; ``words``: the places inside it that tell most.

    ``title`` and ``rows`` are words of ours and of the policy alike; nothing in them is markup.
    """

    kind: Kind
    span: Span
    title: str
    rows: tuple[Row, ...] = ()
    words: tuple[Span, ...] = ()
