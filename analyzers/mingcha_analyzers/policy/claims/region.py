"""Where data is stored, and whether the policy says that it goes abroad."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.polarity import find_polarity, judge_denial, mask
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import CrossBorder, Polarity, StorageRegion

MAINLAND, ABROAD, BOTH = "mainland_china", "abroad", "both"


def find_region(statements: Sequence[Statement]) -> StorageRegion | None:
    """Return the first statement on the place of storage; ``both`` when another one names another place."""
    found: list[StorageRegion] = []
    for statement in statements:
        if statement.kind is BlockKind.HEADING:
            continue
        text = mask(statement.text, statement.lang)
        found.extend(
            StorageRegion(region, statement.span())
            for region in (MAINLAND, ABROAD)
            if pattern("region", region, statement.lang).search(text)
        )
    if not found:
        return None
    regions = {region.region for region in found}
    return found[0] if len(regions) == 1 else StorageRegion(BOTH, found[0].span)


def find_cross_border(statements: Sequence[Statement]) -> CrossBorder | None:
    """Return what is said about providing data abroad; a plain statement counts before a conditional one."""
    found: list[CrossBorder] = []
    for index, statement in enumerate(statements):
        if statement.kind is BlockKind.HEADING:
            continue
        hit = pattern("actions", "export", statement.lang).search(statement.text)
        if hit is None:
            continue
        following = statements[index + 1] if index + 1 < len(statements) else None
        found.append(CrossBorder(judge(statement, hit.start(), hit.end(), following), statement.span()))
    order = (Polarity.AFFIRMED, Polarity.DENIED, Polarity.DENIED_EXCEPT, Polarity.CONDITIONAL)
    return min(found, key=lambda border: (order.index(border.polarity), border.span)) if found else None


def judge(statement: Statement, start: int, end: int, following: Statement | None) -> Polarity:
    """Return the polarity of the words on export at ``start`` … ``end``."""
    if pattern("region", "supposed", statement.lang).search(statement.text, 0, start + 4):
        return Polarity.CONDITIONAL
    text = mask(statement.text, statement.lang)
    denied = pattern("region", "denied", statement.lang).search(text)
    if denied and denied.start() < end:
        return judge_denial(statement, text, denied.start(), denied.end(), following)
    return find_polarity(statement, start, following) or Polarity.CONDITIONAL
