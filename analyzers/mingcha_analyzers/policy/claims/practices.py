"""Claims: what the policy says it does with data, one per sentence, act and polarity."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mingcha_analyzers.policy.claims.actors import Actor, Passages, Scene, find_actor, settle_actor
from mingcha_analyzers.policy.claims.circumstances import (
    find_condition,
    find_function,
    find_purpose,
    find_recipient,
    function_ranges,
)
from mingcha_analyzers.policy.claims.mentions import Mention, find_mentions
from mingcha_analyzers.policy.claims.polarity import clause_end, clause_start, find_polarity, is_denying_lead
from mingcha_analyzers.policy.claims.sdknames import SdkName, find_sdk_names
from mingcha_analyzers.policy.claims.sentences import refers_back
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.verbs import Verb, chain_verbs, find_verbs, govern
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument
from mingcha_analyzers.policy.values import Action, BusinessFunction, Claim, Document, Polarity
from mingcha_analyzers.values import Span

DEFINITIONS = "D.x.definitions"
COLLECTION = "D.1.collect"
FEWEST = 2
MOSTLY = 0.6
ENUMERATED = 12  # Letters between two members of an enumeration.
ENUMERATING = re.compile(r"包括|如|例如|以及|including|such as")
ASIDE = re.compile(r"[(（][^()（）]*[)）]")
# These acts matter without a data item too (“不会与任何第三方共享您的个人信息”).
ITEMLESS = frozenset({Action.SHARE, Action.ENTRUST, Action.TRANSFER, Action.DISCLOSE, Action.EXPORT})


@dataclass(frozen=True, slots=True)
class Practice:
    """One act of a statement, before its circumstances are read."""

    action: Action
    polarity: Polarity
    mentions: tuple[Mention, ...]
    verb: int
    actor: Actor = Actor.OWN


def find_claims(
    document: ReadDocument, statements: Sequence[Statement], scene: Scene, rows: Sequence[Span] = ()
) -> Iterator[Claim]:
    """Yield the claims of ``document`` in text order; what stands in ``rows`` of SDK lists is no claim of its own."""
    ranges = function_ranges(document)
    listed = Passages([(row.start, row.end) for row in rows])
    for index, statement in enumerate(statements):
        if listed.covers(statement.start) or not states_practice(statement):
            continue
        following = statements[index + 1] if index + 1 < len(statements) else None
        for practice in merge(attribute(statement, find_practices(statement, following), scene)):
            claim = make_claim(document.document, statement, practice, ranges)
            if claim:
                yield claim


def attribute(statement: Statement, practices: Iterator[Practice], scene: Scene) -> Iterator[Practice]:
    """Yield the practices with who acts; what others do not collect is no denial of the controller's."""
    for practice in practices:
        actor = Actor.OWN
        if practice.action is Action.COLLECT:
            actor = settle_actor(statement, practice.verb, scene)
        elif practice.polarity is Polarity.DENIED:
            actor = find_actor(statement, practice.verb)
        if actor is not Actor.OTHER or practice.polarity is not Polarity.DENIED:
            yield replace(practice, actor=actor)


def states_practice(statement: Statement) -> bool:
    """Return whether the statement can hold a practice: no heading, table cell, definition or list of law."""
    if statement.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW) or statement.section == DEFINITIONS:
        return False
    if pattern("context", "question", statement.lang).search(statement.text):
        return False
    if pattern("context", "definition_heading", statement.lang).search(plain_heading(statement)):
        return False
    return explains_kind(statement) or not any(is_vocabulary(part) for part in (statement, *statement.leads()))


def explains_kind(statement: Statement) -> bool:
    """Return whether the words explain a kind of data where the policy says what is collected."""
    return (
        statement.section == COLLECTION
        and pattern("context", "kind_of_data", statement.lang).match(statement.text) is not None
    )


def is_vocabulary(statement: Statement) -> bool:
    """Return whether the sentence defines a word or lists what the law allows."""
    return any(
        pattern("context", key, statement.lang).search(statement.text) for key in ("definition", "legal_exception")
    )


def find_practices(statement: Statement, following: Statement | None) -> Iterator[Practice]:
    """Yield the practices of one statement, verb by verb."""
    verbs = find_verbs(statement)
    mentions = find_mentions(statement, near_verb=bool(verbs) or any(find_verbs(lead) for lead in statement.leads()))
    verbs = find_verbs(statement, mentions)
    if not verbs:
        yield from inherit_practice(statement, mentions)
        return
    chains = chain_verbs(verbs)
    governed = govern(statement, chains, mentions)
    for index, chain in enumerate(chains):
        for verb in chain:
            polarity = settle(statement, verb, find_polarity(statement, verb.start, following))
            items = denied_items(statement, verb, governed.get(index, ()), polarity)
            if polarity is Polarity.DENIED and not items:
                items = referred_items(statement, verb, mentions)
            if polarity and (items or verb.action in ITEMLESS):
                yield Practice(verb.action, polarity, items, verb.start)


def denied_items(
    statement: Statement, verb: Verb, items: tuple[Mention, ...], polarity: Polarity | None
) -> tuple[Mention, ...]:
    """Return the items it holds for: those of the clause of a denied verb and of an enumeration after it.

    An ordinary word before the verb may be part of a name (咪咕视频).
    """
    if polarity is not Polarity.DENIED:
        return items
    text = statement.text
    start, end = clause_start(text, verb.start), clause_end(text, verb.end)
    return tuple(
        item
        for item in items
        if start <= item.start
        and (not item.ambiguous or item.start > verb.start or text[item.start - 1 : item.start] in ("的", "、"))
        and (item.start < end or ENUMERATING.match(text, clause_start(text, item.start)))
    )


def referred_items(statement: Statement, verb: Verb, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the items named earlier in the sentence that a pronoun before the verb stands for (不会对其留存)."""
    start = clause_start(statement.text, verb.start)
    if pattern("polarity", "refers", statement.lang).search(statement.text, start, verb.start) is None:
        return ()
    return tuple(item for item in mentions if item.end <= start and not item.ambiguous)


def settle(statement: Statement, verb: Verb, polarity: Polarity | None) -> Polarity | None:
    """Return the polarity after the lead-in sentence and the kind of verb have had their say."""
    if polarity is Polarity.DENIED and verb.key == "upload":
        return Polarity.CONDITIONAL  # What stays on the device may still be read.
    if polarity is not Polarity.AFFIRMED and verb.key == "record":
        return None  # Of what is not kept nothing is said.
    lead = statement.lead
    if polarity is Polarity.AFFIRMED and lead and is_denying_lead(lead) is Polarity.DENIED:
        return Polarity.DENIED if not find_verbs(lead) else Polarity.CONDITIONAL
    return polarity


def inherit_practice(statement: Statement, mentions: tuple[Mention, ...]) -> Iterator[Practice]:
    """Yield the practice of a list item that has no verb of its own and takes that of its lead-in sentence."""
    if not mentions or is_own_sentence(statement):
        return
    for lead in statement.leads():
        verbs = find_verbs(lead, find_mentions(lead, near_verb=True))
        if verbs:
            polarity = find_polarity(lead, verbs[-1].start, None)
            if polarity is Polarity.DENIED_EXCEPT:
                polarity = Polarity.CONDITIONAL  # The list may hold the exceptions or the things denied.
            if polarity:
                for action in acts_of(lead, verbs):
                    yield Practice(action, polarity, mentions, mentions[0].start)
            return
    if lists_collected(statement, mentions):
        yield Practice(Action.COLLECT, Polarity.AFFIRMED, mentions, mentions[0].start)


def is_own_sentence(statement: Statement) -> bool:
    """Return whether the words are a sentence of their own rather than an item of a list or an explanation."""
    if refers_back(statement) and not pattern("context", "example", statement.lang).match(statement.text):
        return False
    return pattern("context", "own_sentence", statement.lang).search(statement.text) is not None


def acts_of(lead: Statement, verbs: Sequence[Verb]) -> tuple[Action, ...]:
    """Return the acts that an introduction says of its list; where it announces uses, nothing is collected below."""
    acts = dict.fromkeys(verb.action for verb in verbs)
    if pattern("context", "uses", lead.lang).search(lead.text) and Action.USE in acts:
        acts.pop(Action.COLLECT, None)
    return tuple(acts)


def lists_collected(statement: Statement, mentions: Sequence[Mention]) -> bool:
    """Return whether the words are but an enumeration of data where the policy says what is collected."""
    plain = [mention for mention in mentions if not mention.ambiguous]
    if statement.lead is not None or len(plain) < FEWEST:
        return False
    if explains_kind(statement):
        return True
    if pattern("context", "tells_more", statement.lang).search(statement.text):
        return False
    if pattern("context", "collecting_heading", statement.lang).search(plain_heading(statement)):
        return any(other.start - one.end <= ENUMERATED for one, other in pairwise(mentions))
    named = sum(mention.end - mention.start + 1 for mention in mentions)
    return statement.section == COLLECTION and named >= MOSTLY * len(statement.text)


def plain_heading(statement: Statement) -> str:
    """Return the heading of the section folded, without what stands in brackets."""
    return ASIDE.sub("", fold(statement.heading, blanks=statement.lang == "en")[0])


def merge(practices: Iterator[Practice]) -> tuple[Practice, ...]:
    """Return one practice for each act and polarity, its items in order and once each."""
    merged: dict[tuple[Action, Polarity, Actor], Practice] = {}
    for practice in practices:
        key = practice.action, practice.polarity, practice.actor
        held = merged.get(key)
        if held:
            practice = replace(held, mentions=tuple(dict.fromkeys((*held.mentions, *practice.mentions))))
        merged[key] = practice
    return tuple(merged.values())


def make_claim(
    document: Document,
    statement: Statement,
    practice: Practice,
    ranges: Sequence[tuple[int, int, BusinessFunction]],
) -> Claim | None:
    """Return the claim for ``practice`` with its circumstances; null where another party acts that is not named.

    What another party than an SDK collects is shared with it, as the controller's policy has it.
    """
    mentions = first_of_each(practice.mentions)
    named = find_named(statement, practice)
    recipient = find_recipient(statement) or find_third_party(statement, practice.verb)
    action = practice.action
    if practice.actor is Actor.OTHER and (named is None or named.sdk is None):
        if named is None and recipient is None:
            return None
        action = Action.SHARE
    return Claim(
        action=action,
        data_items=tuple(mention.item for mention in mentions),
        surface=tuple(statement.words(mention.start, mention.end) for mention in mentions),
        polarity=practice.polarity,
        purpose=find_purpose(statement),
        function=find_function(statement, ranges),
        recipient=recipient or (named.words if named else None),
        sdk=named.sdk if named else None,
        condition=find_condition(statement),
        emphasis=find_emphasis(document, statement, mentions),
        span=statement.span(),
    )


def find_named(statement: Statement, practice: Practice) -> SdkName | None:
    """Return the one SDK the sentence names; what the controller collects before it is named is its own."""
    sdks = find_sdk_names(statement)
    if len({name.sdk for name in sdks}) != 1:
        return None
    own = practice.action is Action.COLLECT and practice.actor is Actor.OWN
    return None if own and sdks[0].start > practice.verb else sdks[0]


def first_of_each(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the first mention of each item."""
    return tuple({mention.item: mention for mention in reversed(mentions)}.values())[::-1]


def find_third_party(statement: Statement, verb: int) -> str | None:
    """Return the words for a third party that is itself the subject of the verb."""
    start = clause_start(statement.text, verb)
    found = pattern("actions", "third_party", statement.lang).search(statement.text, start, verb)
    if found is None or pattern("circumstances", "controller_acts", statement.lang).search(found.group()):
        return None
    modal = pattern("actors", "modal", statement.lang).search(statement.text, found.start(), verb)
    return statement.words(start, modal.start() if modal else verb) or None


def find_emphasis(document: Document, statement: Statement, mentions: Sequence[Mention]) -> bool | None:
    """Return whether any of the items stands in conspicuous type; null where the format cannot show it."""
    if document.marked is None:
        return None
    places = [statement.span(mention.start, mention.end) for mention in mentions] or [statement.span()]
    return any(start < place.end and place.start < end for start, end in document.marked for place in places)
