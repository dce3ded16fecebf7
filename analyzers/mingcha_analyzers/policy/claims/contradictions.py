"""Places of a policy that cannot both hold: an item denied without exception and elsewhere said to be collected."""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.values import Action, Claim, Contradiction, Polarity


def find_contradictions(claims: Sequence[Claim]) -> Iterator[Contradiction]:
    """Yield each pair once; only the controller's own collection counts, and only the same item."""
    affirmed: dict[str, Claim] = {}
    for claim in claims:
        if claim.action is Action.COLLECT and claim.polarity is Polarity.AFFIRMED and is_own(claim):
            for item in claim.data_items:
                affirmed.setdefault(item, claim)
    seen = set()
    for claim in claims:
        if claim.action is not Action.COLLECT or claim.polarity is not Polarity.DENIED or not is_own(claim):
            continue
        for item in claim.data_items:
            other = affirmed.get(item)
            if other and other.span != claim.span and (claim.span, other.span) not in seen:
                seen.add((claim.span, other.span))
                yield Contradiction(claim.span, other.span)


def is_own(claim: Claim) -> bool:
    """Return whether the controller itself acts."""
    return claim.sdk is None and claim.recipient is None
