"""Places of a policy that cannot both hold: a denial without exception, and what is declared elsewhere.

After PolicyLint: who denies a wider word denies what lies below it; who denies a narrow one says nothing of the wide
word. Denials of one place, mode or function are left out, for they can hold beside the declaration.
"""

from collections.abc import Iterator, Mapping, Sequence

from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.values import (
    Action,
    Claim,
    Contradiction,
    ContradictionKind,
    Document,
    Polarity,
    SdkDisclosure,
)
from mingcha_analyzers.values import Span
from mingcha_corpora.taxonomy import Taxonomy, load_taxonomy

Declared = Mapping[str, Span]


def find_contradictions(
    claims: Sequence[Claim], sdks: Sequence[SdkDisclosure], documents: Sequence[Document]
) -> Iterator[Contradiction]:
    """Yield each pair of places once, the denial first."""
    texts = {document.id: document for document in documents}
    collected = find_collected(claims)
    shared = find_shared(claims, sdks, texts)
    seen: set[tuple[Span, Span]] = set()
    for claim in claims:
        for pair in contradict(claim, texts[claim.span.doc], collected, shared):
            if pair.a != pair.b and (pair.a, pair.b) not in seen:
                seen.add((pair.a, pair.b))
                yield pair


def contradict(claim: Claim, document: Document, collected: Declared, shared: Declared) -> Iterator[Contradiction]:
    """Yield what ``claim`` contradicts if it denies without exception or limit."""
    if claim.polarity is not Polarity.DENIED or is_limited(claim, document):
        return
    if claim.action is Action.COLLECT and claim.sdk is None:
        for item in claim.data_items:
            found = find_below(item, collected, load_taxonomy())
            if found:
                same = found == collected.get(item)
                kind = ContradictionKind.SAME_ITEM if same else ContradictionKind.BROADER_DENIED
                yield Contradiction(kind, claim.span, found)
    elif claim.action is Action.SHARE and denies_sharing(claim, document):
        denied = [find_below(item, shared, load_taxonomy()) for item in claim.data_items]
        places = denied if claim.data_items else list(shared.values())[:1]
        yield from (Contradiction(ContradictionKind.SHARING, claim.span, place) for place in places if place)


def find_collected(claims: Sequence[Claim]) -> Declared:
    """Return the items that the controller itself says it collects, with the first place of each."""
    found: dict[str, Span] = {}
    for claim in claims:
        if claim.action is Action.COLLECT and claim.polarity is Polarity.AFFIRMED and claim.sdk is None:
            for item in claim.data_items:
                found.setdefault(item, claim.span)
    return found


def find_shared(claims: Sequence[Claim], sdks: Sequence[SdkDisclosure], texts: Mapping[str, Document]) -> Declared:
    """Return the items that others are given, by sentences and SDK lists, with the first place of each."""
    found: dict[str, Span] = {}
    for claim in claims:
        given = claim.action is Action.SHARE and claim.polarity is Polarity.AFFIRMED and claim.recipient is not None
        if given and not says(claim, texts[claim.span.doc], "excused"):
            for item in claim.data_items:
                found.setdefault(item, claim.span)
    for row in sdks:
        for item in row.data_items:
            found.setdefault(item, row.span)
    return found


def find_below(item: str, declared: Declared, taxonomy: Taxonomy) -> Span | None:
    """Return where ``item`` or one below it is declared, the item itself before others."""
    if item in declared:
        return declared[item]
    return next((span for other, span in declared.items() if is_below(other, item, taxonomy)), None)


def is_below(item: str, wider: str, taxonomy: Taxonomy) -> bool:
    """Return whether ``wider`` stands above ``item`` in its own tree."""
    parent = taxonomy.items[item].parent if item in taxonomy.items else None
    return parent is not None and (parent == wider or is_below(parent, wider, taxonomy))


def is_limited(claim: Claim, document: Document) -> bool:
    """Return whether the denial holds in one place, manner or respect only."""
    return claim.condition is not None or says(claim, document, "limited")


def denies_sharing(claim: Claim, document: Document) -> bool:
    """Return whether data is said to be given to nobody: the denial speaks of anyone, and not of sale alone."""
    if not says(claim, document, "anyone"):
        return False
    return says(claim, document, "given") or not says(claim, document, "sale")


def says(claim: Claim, document: Document, key: str) -> bool:
    """Return whether the words of the claim's place hold one of ``key``."""
    lang = spoken(document.language)
    words, _ = fold(document.text[claim.span.start : claim.span.end], blanks=lang == "en")
    return pattern("contradictions", key, lang).search(words) is not None
