"""Far-reaching permissions outside the dangerous ones that the policy does not speak of.

Parameters: ``permissions``: Android name → ``zh``, ``en``, ``severity``, ``phrases`` that speak of it and ``items``
it reaches. Permissions that begin with ``BIND_`` guard a service of the app's own: the service counts, a request of
them does nothing.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import MANIFEST, permission_evidence
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import AppEvidence, Severity, Words


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each of the permissions in use of which the policy is silent."""
    told = {mention.name for mention in facts.told.permissions}
    for name, row in sorted(card.params["permissions"].items()):
        signs = _signs(facts, name)
        short = name.rpartition(".")[2]
        phrases = (short, *row["phrases"])
        if signs and name not in told and not any(map(facts.says, phrases)):
            yield Gap(
                subject=f"permission:{name}",
                params={"permission": Words(f"{short}（{row['zh']}）", f"{short} ({row['en']})")},
                confidence=0.8,
                severity=Severity(row["severity"]),
                data_items=tuple(row["items"]),
                app=signs,
            )


def _signs(facts: Facts, name: str) -> tuple[AppEvidence, ...]:
    if not name.rpartition(".")[2].startswith("BIND_"):
        asked = any(request.name == name for request in facts.package.permissions)
        return (permission_evidence(name),) if asked else ()
    bound = [part.name for part in facts.package.components if part.permission == name]
    return tuple(AppEvidence("component", value, MANIFEST, None) for value in sorted(bound)[:3])
