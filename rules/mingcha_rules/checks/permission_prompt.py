"""Code that asks for dangerous permissions in a way that the user has to bear, one gap for each owner of the code.

Parameter: ``case``, what is looked for: ``at_launch`` (before any function, and so before any consent), ``in_bulk`` (so
many families at once as ``families`` says, at launch), ``refusal_ends``, ``asks_again``, ``no_purpose`` (told beside
it; what is asked at launch is the graver finding).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from mingcha_analyzers.app.values import App, BeforeConsent, OnRefusal, PermissionGrade, PermissionPrompt
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import chain_words, owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import family_of, permission_words
from mingcha_rules.values import AppEvidence, Severity
from mingcha_rules.verdicts import SURE

_EARLY = frozenset({BeforeConsent.YES, BeforeConsent.GUARDED})
# Behind a stored flag, or with names that only stand beside the call, a person has to look.
_GUARDED, _SHOWN = 0.7, 5

Case = Callable[[PermissionPrompt, Card], bool]


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each owner whose code asks so."""
    if facts.package.prompts is None:
        yield Blind("accesses_not_analysed")
        return
    grouped: dict[str, list[PermissionPrompt]] = {}
    for prompt in _effective(facts.package):
        if _CASES[card.params["case"]](prompt, card):
            grouped.setdefault(prompt.owner, []).append(prompt)
    for owner in sorted(grouped):
        yield _gap(facts.package, card, owner, grouped[owner])


def _effective(app: App) -> Iterator[PermissionPrompt]:
    """Yield the requests with their dangerous permissions; others than the manifest's are refused without a word."""
    declared = {request.name for request in app.permissions}
    for prompt in app.prompts or ():
        names = tuple(name for name in prompt.permissions if name in declared and family_of(name) is not None)
        if names:
            yield replace(prompt, permissions=names)


def _gap(app: App, card: Card, owner: str, prompts: list[PermissionPrompt]) -> Gap:
    prompts = sorted(prompts, key=lambda prompt: (-_confidence(prompt), prompt.caller))
    names = tuple(sorted({name for prompt in prompts for name in prompt.permissions}))
    return Gap(
        subject=f"permission:{card.params['case']}",
        params={
            "who": owner_words(app, owner),
            "permissions": tuple(map(permission_words, names)),
            "way": chain_words((*(prompts[0].reach.chain or (prompts[0].caller,)), prompts[0].api)),
        },
        owner=owner,
        responsible=("operator", owner) if owner.startswith("sdk:") else ("operator",),
        confidence=_confidence(prompts[0]),
        severity=_severity(card, prompts),
        parts=tuple(PartKey(name) for name in names),
        app=tuple(_evidence(prompt) for prompt in prompts[:_SHOWN]),
    )


def _confidence(prompt: PermissionPrompt) -> float:
    return prompt.confidence if prompt.reach.before_consent is BeforeConsent.YES else min(prompt.confidence, _GUARDED)


def _severity(card: Card, prompts: list[PermissionPrompt]) -> Severity:
    """Return the card's severity; medium at most where a purpose is told or a person has to look first."""
    milder = all(prompt.purpose or _confidence(prompt) < SURE for prompt in prompts)
    return Severity.MEDIUM if milder and card.severity is Severity.HIGH else card.severity


def _evidence(prompt: PermissionPrompt) -> AppEvidence:
    way = chain_words((*(prompt.reach.chain or (prompt.caller,)), prompt.api)).en
    return AppEvidence(kind="call", value=way, file=prompt.place.dex, place=prompt.place)


def _at_launch(prompt: PermissionPrompt, _card: Card) -> bool:
    return prompt.reach.before_consent in _EARLY


def _in_bulk(prompt: PermissionPrompt, card: Card) -> bool:
    families = {family_of(name) for name in prompt.permissions}
    return _at_launch(prompt, card) and len(families) >= card.params["families"]


def _refusal_ends(prompt: PermissionPrompt, _card: Card) -> bool:
    return prompt.grade is PermissionGrade.REFUSAL_ENDS


def _asks_again(prompt: PermissionPrompt, _card: Card) -> bool:
    return OnRefusal.ASKS_AGAIN in prompt.on_refusal


def _no_purpose(prompt: PermissionPrompt, card: Card) -> bool:
    return prompt.purpose is None and not _at_launch(prompt, card)


_CASES: Mapping[str, Case] = {
    "asks_again": _asks_again,
    "at_launch": _at_launch,
    "in_bulk": _in_bulk,
    "no_purpose": _no_purpose,
    "refusal_ends": _refusal_ends,
}
