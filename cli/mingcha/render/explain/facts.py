"""What was read of a policy, fact by fact, in words."""

from collections.abc import Iterator

from mingcha.render.explain.reading import KIND_OF_ACTION, Kind, Reading, Row
from mingcha.render.naming import MAX_VALUE, item_name, item_names, joined, sdk_name
from mingcha.render.untrusted import visible
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Claim, Polarity, Policy, Right, SdkDisclosure
from mingcha_analyzers.values import Span

_DENIED = frozenset({Polarity.DENIED, Polarity.DENIED_EXCEPT})


def find_facts(policy: Policy, words: Phrases) -> Iterator[Reading]:
    """Yield everything that was read of the policy, kind by kind."""
    for claim in policy.claims:
        yield _claim(claim, policy, words)
    for row in policy.sdk_disclosures:
        yield _sdk(row, policy, words)
    for right in policy.rights:
        yield _right(right, words)
    yield from _mentions(policy, words)
    yield from _single(policy, words)
    for contradiction in policy.contradictions:
        pair = (contradiction.a, contradiction.b)
        for here, there in (pair, pair[::-1]):
            rows = (("against", visible(policy.quote(there), MAX_VALUE)),)
            yield Reading(Kind.CONTRADICTION, here, words("kind.contradiction"), rows)


def _claim(claim: Claim, policy: Policy, words: Phrases) -> Reading:
    act = words.or_key("action", claim.action.value)
    rows = [
        ("act", act),
        ("polarity", words.or_key("polarity", claim.polarity.value)),
        ("items", item_names(claim.data_items, claim.surface, words)),
        *_written(purpose=claim.purpose, recipient=claim.recipient, condition=claim.condition),
    ]
    if claim.sdk:
        rows.append(("sdk", sdk_name(claim.sdk, words)))
    if claim.function:
        rows.append(("function", words.or_key("function", claim.function.value)))
    if claim.emphasis:
        rows.append(("emphasis", words("value.yes")))
    kind = Kind.DENIED if claim.polarity in _DENIED else KIND_OF_ACTION[claim.action]
    title = words("explain.denied", act=act) if kind is Kind.DENIED else act
    return Reading(kind, claim.span, title, _filled(rows), _places(claim.surface, claim.span, policy))


def _sdk(row: SdkDisclosure, policy: Policy, words: Phrases) -> Reading:
    rows = [
        ("sdk", visible(row.name, MAX_VALUE)),
        *_written(vendor=row.vendor, purpose=row.purpose),
        ("items", item_names(row.data_items, row.surface, words)),
        *_written(mode=row.mode, url=row.url),
    ]
    if row.match is not None:
        known = joined([sdk_name(sdk, words) for sdk in row.match.ids], words)
        how = words.or_key("matched", row.match.how.value)
        rows.append(("known_as", words("explain.match", names=known, score=f"{row.match.score:.2f}", how=how)))
    return Reading(Kind.SDK, row.span, words("kind.sdk"), _filled(rows), _places((row.name,), row.span, policy))


def _right(right: Right, words: Phrases) -> Reading:
    rows = [
        ("right", words.judged("rights", right.kind.value)),
        ("mechanism", words.or_key("mechanism", right.mechanism.value)),
        *_written(path=right.path),
    ]
    if right.days is not None:
        unit = right.day_kind.value if right.day_kind is not None else "calendar"
        rows.append(("response", words(f"value.days_{unit}", count=right.days)))
    return Reading(Kind.RIGHT, right.span, words.judged("rights", right.kind.value), _filled(rows))


def _mentions(policy: Policy, words: Phrases) -> Iterator[Reading]:
    for mention in policy.permissions:
        rows = [("permission", mention.name), *_written(purpose=mention.purpose)]
        places = _places((mention.surface,), mention.span, policy)
        yield Reading(Kind.PERMISSION, mention.span, words("kind.permission"), _filled(rows), places)
    for contact in policy.contacts:
        rows = [("contact", visible(contact.value, MAX_VALUE))]
        yield Reading(Kind.CONTACT, contact.span, words.or_key("contact", contact.kind.value), _filled(rows))
    for retention in policy.retention:
        of_what = item_name(retention.item, words) if retention.item else ""
        rows = [("period", visible(retention.period, MAX_VALUE)), ("items", of_what)]
        yield Reading(Kind.RETENTION, retention.span, words("kind.retention"), _filled(rows))


def _single(policy: Policy, words: Phrases) -> Iterator[Reading]:
    dates = policy.dates
    for name, day, span in (
        ("updated", dates.updated, dates.updated_span),
        ("effective", dates.effective, dates.effective_span),
    ):
        if day and span:
            yield Reading(Kind.DATE, span, words(f"date.{name}"), (("date", day),))
    if policy.storage_region is not None:
        region = policy.storage_region
        rows: tuple[Row, ...] = (("region", words.or_key("region", region.region)),)
        yield Reading(Kind.REGION, region.span, words("region.storage"), rows)
    if policy.cross_border is not None:
        rows = (("polarity", words.or_key("polarity", policy.cross_border.polarity.value)),)
        yield Reading(Kind.REGION, policy.cross_border.span, words("region.cross_border"), rows)
    if policy.minors is not None:
        minors = policy.minors
        consent = words(f"value.{'yes' if minors.guardian_consent else 'no'}")
        told = [("age", "" if minors.age is None else str(minors.age)), ("guardian", consent)]
        yield Reading(Kind.MINORS, minors.span, words("kind.minors"), _filled(told))


def _written(**values: str | None) -> list[Row]:
    return [(label, visible(value, MAX_VALUE)) for label, value in values.items() if value]


def _filled(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row[1])


def _places(surface: tuple[str, ...], span: Span, policy: Policy) -> tuple[Span, ...]:
    """Return where the words stand inside ``span``; words that were joined from several lines are not found again."""
    text = policy.document(span.doc).text
    starts = ((text.find(written, span.start, span.end), len(written)) for written in dict.fromkeys(surface) if written)
    return tuple(Span(span.doc, start, start + length) for start, length in starts if start >= 0)
