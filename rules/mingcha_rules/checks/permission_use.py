"""Families of dangerous permissions by whose code uses them.

Parameter: ``case``: ``no_function`` (asked for in code, used by none that was seen), ``declared_only`` (neither asked
for nor used), ``sdk_only`` (used by the code of SDKs alone). A use that is unknown counts as a use; so does that of
another permission of the family.
"""

from collections.abc import Iterator, Mapping

from mingcha_analyzers.app.values import PermissionGrade, PermissionRequest
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import owner_words, permission_evidence
from mingcha_rules.facts import Facts, code_hidden
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import Family, family_of, permission_words

# Reflection, native code and code loaded later are not followed.
_CONFIDENCE = 0.6

Requests = list[PermissionRequest]


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each family in that case."""
    hidden = code_hidden(facts.package)
    if hidden or facts.package.prompts is None:
        # What is not seen may use the permission.
        yield Blind(hidden or "accesses_not_analysed")
        return
    for family, requests in sorted(_by_family(facts).items(), key=lambda pair: pair[0].id):
        if _case(requests) == card.params["case"]:
            yield _gap(facts, family, requests)


def _by_family(facts: Facts) -> Mapping[Family, Requests]:
    found: dict[Family, Requests] = {}
    for request in facts.package.permissions:
        family = family_of(request.name)
        if family is not None:
            found.setdefault(family, []).append(request)
    return found


def _case(requests: Requests) -> str | None:
    if any(request.used_by is None for request in requests):
        return None
    owners = {owner for request in requests for owner in request.used_by or ()}
    if owners:
        return "sdk_only" if all(owner.startswith("sdk:") for owner in owners) else None
    asked = any(request.grade is not PermissionGrade.DECLARED for request in requests)
    return "no_function" if asked else "declared_only"


def _gap(facts: Facts, family: Family, requests: Requests) -> Gap:
    names = tuple(sorted(request.name for request in requests))
    owners = sorted({owner for request in requests for owner in request.used_by or ()})
    return Gap(
        subject=f"permission_group:{family.id}",
        params={
            "permissions": tuple(map(permission_words, names)),
            "users": tuple(owner_words(facts.package, owner) for owner in owners),
        },
        confidence=_CONFIDENCE,
        parts=tuple(PartKey(name) for name in names),
        app=tuple(map(permission_evidence, names)),
    )
