"""The verbs of a statement and the data items each of them governs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.claims.mentions import Mention
from mingcha_analyzers.policy.claims.polarity import clause_end, clause_start, mask
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import Action

KEYS = {**{action.value: action for action in Action}, "upload": Action.COLLECT, "record": Action.COLLECT}
# Where the user is the one who acts, these are rights or uses of the app, not practices of the controller.
OURS_ONLY = frozenset({Action.USE, Action.STORE, Action.SHARE, Action.DISCLOSE, Action.DELETE, Action.TRANSFER})
TO_US = ("您", "你", "用户", "请", "要求", "我们")
BRACKETED = re.compile(r"\([^()]*\)")
CHAIN_GAP = 6
ENUMERATED = 8


@dataclass(frozen=True, slots=True)
class Verb:
    """A word for an act at ``start`` … ``end`` of the folded text; ``key`` names its word list."""

    action: Action
    key: str
    start: int
    end: int


def find_verbs(statement: Statement, mentions: Sequence[Mention] = ()) -> tuple[Verb, ...]:
    """Return the verbs of ``statement`` in order, without those inside the name of a data item (浏览记录)."""
    taken = [(mention.start, mention.end) for mention in mentions]
    found = []
    for key, action in KEYS.items():
        for hit in pattern("actions", key, statement.lang).finditer(statement.text):
            if any(start <= hit.start() and hit.end() <= end for start, end in taken):
                continue
            if action in OURS_ONLY and is_users_act(statement, hit.start()):
                continue
            if action is Action.COLLECT and is_misled(statement, hit.start(), hit.group()):
                continue
            found.append(Verb(action, key, hit.start(), hit.end()))
    return tuple(sorted(found, key=lambda verb: (verb.start, verb.end, verb.key)))


def is_users_act(statement: Statement, verb: int) -> bool:
    """Return whether the user is the subject of the verb at ``verb``."""
    before = statement.text[clause_start(statement.text, verb) : verb]
    return pattern("actions", "user_acts", statement.lang).search(before) is not None


def is_misled(statement: Statement, verb: int, words: str) -> bool:
    """Return whether another than the controller gets the data: the user (您可以访问…), or the one it is given to."""
    start = clause_start(statement.text, verb)
    if pattern("actions", "passive", statement.lang).search(statement.text, start, verb):
        return True
    if pattern("actions", "gets", statement.lang).match(words):
        return pattern("actions", "user_gets", statement.lang).search(statement.text[start:verb]) is not None
    if pattern("actions", "gives", statement.lang).search(words) is None or any(word in words for word in TO_US):
        return False
    return last_place("we_give", statement, verb) > last_place("giver", statement, verb)


def last_place(key: str, statement: Statement, end: int) -> int:
    """Return where a word of ``key`` last stands before ``end``; -1 where none does."""
    hits = pattern("actions", key, statement.lang).finditer(statement.text, 0, end)
    return max((hit.start() for hit in hits), default=-1)


def chain_verbs(verbs: Sequence[Verb]) -> tuple[tuple[Verb, ...], ...]:
    """Return the verbs grouped where several share their object (收集、使用和存储您的…)."""
    chains: list[list[Verb]] = []
    for verb in verbs:
        if chains and verb.start - max(last.end for last in chains[-1]) <= CHAIN_GAP and not crosses(chains[-1], verb):
            chains[-1].append(verb)
        else:
            chains.append([verb])
    return tuple(tuple(chain) for chain in chains)


def crosses(chain: Sequence[Verb], verb: Verb) -> bool:
    """Return whether ``verb`` begins anew rather than overlapping the chain."""
    return verb.start < chain[-1].start


def govern(
    statement: Statement, chains: Sequence[tuple[Verb, ...]], mentions: Sequence[Mention]
) -> dict[int, tuple[Mention, ...]]:
    """Return for each chain (by index) the items it governs.

    In its own clause an item belongs to the verb before it, else to the one after it; a clause without a verb
    goes on with the verb of the clause before, and failing that waits for the next.
    """
    governed: dict[int, list[Mention]] = {}
    previous = None
    for mention in mentions:
        index = governor(statement, chains, mention, previous)
        previous = mention
        if index is not None:
            governed.setdefault(index, []).append(mention)
    return {index: tuple(items) for index, items in governed.items()}


def governor(
    statement: Statement, chains: Sequence[tuple[Verb, ...]], mention: Mention, previous: Mention | None
) -> int | None:
    """Return the index of the chain that governs ``mention``."""
    text = statement.text
    start, end = clause_start(text, mention.start), clause_end(text, mention.end)
    if is_purpose(statement, start, mention.start):
        return None
    before = [index for index, chain in enumerate(chains) if chain[0].start < mention.start]
    if before and is_barred(statement, chains[before[-1]][-1].end, mention.start):
        return None
    inside = [index for index in before if chains[index][-1].end > start]
    if inside:
        return inside[-1]
    after = [index for index, chain in enumerate(chains) if mention.end <= chain[0].start]
    if after and chains[after[0]][0].start < end:
        return after[0]
    if pattern("context", "aside", statement.lang).search(text[start:end]):
        return None
    if mention.ambiguous and (previous is None or mention.start - previous.end > ENUMERATED):
        return None  # An ordinary word counts only beside its verb or in a list that has begun.
    if before:
        return nearest_of_data(chains, before)
    if after and is_topic(statement, start, mention, previous, end):
        return after[0]
    return None


def is_barred(statement: Statement, verb: int, mention: int) -> bool:
    """Return whether a negation stands between the verb and the words: they are denied by another verb or left out."""
    text = mask(statement.text, statement.lang)
    start = max(verb, clause_start(text, mention), *(text.rfind(mark, 0, mention) + 1 for mark in ",("))
    return pattern("polarity", "negator", statement.lang).search(text, start, mention) is not None


def is_topic(statement: Statement, start: int, mention: Mention, previous: Mention | None, end: int) -> bool:
    """Return whether a clause only names the data that the next one speaks of (“您的手机号码，我们会收集”)."""
    begun = previous.end if previous and previous.end > start else start
    if mention.start - begun > ENUMERATED:
        return False
    return pattern("context", "circumstance", statement.lang).search(statement.text, start, end) is None


def nearest_of_data(chains: Sequence[tuple[Verb, ...]], before: Sequence[int]) -> int:
    """Return the chain that a clause without a verb goes on with: data is collected before it is used or stored."""
    for index in reversed(before):
        actions = {verb.action for verb in chains[index]}
        if Action.COLLECT in actions:
            return index
        if not actions <= {Action.USE, Action.STORE}:
            break
    return before[-1]


def is_purpose(statement: Statement, start: int, end: int) -> bool:
    """Return whether the words from ``start`` to ``end`` already tell what data is used for, not what is collected."""
    plain = BRACKETED.sub(lambda hit: "□" * len(hit.group()), statement.text)
    found = pattern("context", "used_for", statement.lang).search(plain, start, end)
    if found is None:
        return False
    return pattern("actions", "collect", statement.lang).search(statement.text, found.end(), end) is None
