"""Turns a gap into a finding: fills the words of the card, quotes the evidence and gives it its fingerprint."""

from collections.abc import Mapping

from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import Span
from mingcha_rules.card import Card
from mingcha_rules.fingerprint import fingerprint
from mingcha_rules.gap import Gap
from mingcha_rules.values import Finding, Part, PolicyEvidence, Words
from mingcha_rules.words import join_words

_QUOTED = 240
"""Longest quotation, in characters; a longer span is cut at its end."""


def word_finding(card: Card, gap: Gap, policy: Policy | None) -> Finding:
    """Return the finding that ``gap`` is under the words of ``card``."""
    params = {key: join_words(value) if isinstance(value, tuple) else value for key, value in gap.params.items()}
    return Finding(
        rule_id=card.id,
        severity=gap.severity or card.severity,
        confidence=gap.confidence,
        clauses=card.clauses if gap.clauses is None else gap.clauses,
        counterparts=card.counterparts(gap.clauses),
        scene=card.scene,
        appid=card.appid,
        owner=gap.owner,
        responsible=gap.responsible,
        subject=gap.subject,
        data_items=gap.data_items,
        params={key: params[key].zh for key in sorted(params)},
        message=_fill(card.message, params),
        remedy=_fill(card.remedy, params),
        parts=tuple(Part(part.data_item, fingerprint(card.id, gap.owner, gap.subject, part.key)) for part in gap.parts),
        policy_evidence=tuple(quote_place(policy, span) for span in gap.policy) if policy else (),
        app_evidence=gap.app,
        fingerprint=fingerprint(card.id, gap.owner, gap.subject),
        suppressed=None,
    )


def _fill(words: Words, params: Mapping[str, Words]) -> Words:
    return Words(
        words.zh.format(**{key: value.zh for key, value in params.items()}),
        words.en.format(**{key: value.en for key, value in params.items()}),
    )


def quote_place(policy: Policy, span: Span) -> PolicyEvidence:
    """Return the place with its words, as evidence."""
    cut = Span(span.doc, span.start, min(span.end, span.start + _QUOTED))
    document = policy.document(span.doc)
    line, column = document.place(span.start)
    return PolicyEvidence(policy.quote(cut), cut, line, column, document.page(span.start))
