"""Tokens: what is remembered of code, made of what each body names; a token fits in 40 bits and says its kind.

A *text* is a string constant. A *pair* is two platform members that a body names one after the other. A *body* is the
set of all platform members that a body names, if there are several: it stands for a method, whatever its name and
parameters. A *source* is the name of a source file.
"""

from dataclasses import dataclass

import numpy as np

from mingcha_analyzers.app.code.hashing import Keys, Numbers, mix, pair

TEXT, PAIR, BODY, SOURCE = range(4)
KIND_BITS = 2
_KEPT_BITS = 40
# A body that names fewer members is like too many others.
_LEAST_MEMBERS = 3
# A text of so few bytes is anybody's.
LEAST_TEXT = 5


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Platform members in the order of code: the body that names each (sorted) and its key."""

    body: Numbers
    key: Keys


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Distinct pairs of a token and the class that shows it, sorted by token."""

    token: Keys
    class_: Numbers

    def __len__(self) -> int:
        return len(self.token)


def text_tokens(keys: Keys) -> Keys:
    """Return the tokens of texts."""
    return _finish(keys, TEXT)


def source_tokens(keys: Keys) -> Keys:
    """Return the tokens of names of source files."""
    return _finish(keys, SOURCE)


def pair_tokens(members: Members) -> tuple[Keys, Numbers]:
    """Return tokens of neighbours, and their bodies."""
    body, key = members.body, members.key
    beside = (body[1:] == body[:-1]) & (key[1:] != key[:-1])
    return _finish(pair(key[:-1][beside], key[1:][beside]), PAIR), body[1:][beside]


def body_tokens(members: Members) -> tuple[Keys, Numbers]:
    """Return tokens of bodies that name enough different members, and the bodies."""
    if not len(members.body):
        return members.key, members.body
    order = np.lexsort((members.key, members.body))
    body, key = members.body[order], members.key[order]
    fresh = np.append(True, (body[1:] != body[:-1]) | (key[1:] != key[:-1]))
    body, key = body[fresh], key[fresh]
    first = np.flatnonzero(np.append(True, body[1:] != body[:-1]))
    size = np.diff(np.append(first, len(body)))
    # The sum does not depend on the order; members are spread keys already.
    sums = np.add.reduceat(mix(key), first)
    enough = size >= _LEAST_MEMBERS
    return _finish(sums[enough], BODY), body[first[enough]]


def join_tokens(parts: list[tuple[Keys, Numbers]]) -> Tokens:
    """Return the distinct pairs of token and class of all parts."""
    token = np.concatenate([np.zeros(0, np.uint64), *(part for part, _ in parts)])
    class_ = np.concatenate([np.zeros(0, np.int64), *(part for _, part in parts)])
    order = np.lexsort((class_, token))
    token, class_ = token[order], class_[order]
    fresh = np.append(True, (token[1:] != token[:-1]) | (class_[1:] != class_[:-1]))[: len(token)]
    return Tokens(token[fresh], class_[fresh])


def _finish(keys: Keys, kind: int) -> Keys:
    spread = mix(keys + np.uint64(kind)) >> np.uint64(64 - _KEPT_BITS)
    return spread & ~np.uint64((1 << KIND_BITS) - 1) | np.uint64(kind)
