"""What the claim finders draw from the documents of a policy, before it is joined into a ``Policy``."""

from dataclasses import dataclass

from mingcha_analyzers.policy.values import (
    Claim,
    Contact,
    Contradiction,
    CrossBorder,
    Dates,
    Minors,
    PermissionMention,
    Retention,
    Right,
    SdkDisclosure,
    StorageRegion,
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """Claims and their kin, in text order, over all documents of a policy."""

    controller: str | None
    dates: Dates
    claims: tuple[Claim, ...]
    sdk_disclosures: tuple[SdkDisclosure, ...]
    permissions: tuple[PermissionMention, ...]
    rights: tuple[Right, ...]
    contacts: tuple[Contact, ...]
    retention: tuple[Retention, ...]
    storage_region: StorageRegion | None
    cross_border: CrossBorder | None
    minors: Minors | None
    contradictions: tuple[Contradiction, ...]
