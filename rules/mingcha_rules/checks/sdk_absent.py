"""SDKs that the policy names and the package does not show. No parameters.

Where code is hidden, or names of classes were shortened, an SDK may be there unseen: then nothing is told.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import SdkDisclosure
from mingcha_corpora.sdks import load_sdk_base
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts, code_hidden, names_shortened
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.values import Words

_SHOWN = 5


def check(facts: Facts, _card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap that lists the SDKs named and not found; those without known signs are left out."""
    hidden = code_hidden(facts.package)
    if hidden is not None:
        yield Blind(hidden)
        return
    if names_shortened(facts.package):
        yield Blind("names_shortened")
        return
    records = load_sdk_base().records
    found = {item.id for item in facts.package.sdks}
    absent: dict[str, SdkDisclosure] = {}
    for row in facts.told.sdk_disclosures:
        record = records.get(row.sdk or "")
        if record is not None and record.id not in found and (record.packages or record.components):
            absent.setdefault(record.id, row)
    if absent:
        names = sorted(absent)
        yield Gap(
            subject="policy:sdk_absent",
            params={"sdks": tuple(Words(absent[name].name, absent[name].name) for name in names)},
            owner="policy",
            confidence=0.6,
            parts=tuple(PartKey(f"sdk:{name}") for name in names),
            policy=tuple(absent[name].span for name in names[:_SHOWN]),
        )
