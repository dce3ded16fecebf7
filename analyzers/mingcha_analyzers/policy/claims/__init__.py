"""What the documents of a policy say: claims, SDKs, permissions, rights, contacts, dates and the rest, with places.

Says what is written and where; whether it suffices is for the rules.
"""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.actors import find_scene
from mingcha_analyzers.policy.claims.collected_tables import find_collected
from mingcha_analyzers.policy.claims.contacts import find_contacts
from mingcha_analyzers.policy.claims.contradictions import find_contradictions
from mingcha_analyzers.policy.claims.controller import find_controller
from mingcha_analyzers.policy.claims.dates import find_dates
from mingcha_analyzers.policy.claims.minors import find_minors
from mingcha_analyzers.policy.claims.permission_mentions import find_permissions
from mingcha_analyzers.policy.claims.practices import find_claims
from mingcha_analyzers.policy.claims.region import find_cross_border, find_region
from mingcha_analyzers.policy.claims.retention import find_retention
from mingcha_analyzers.policy.claims.rights import find_rights
from mingcha_analyzers.policy.claims.sdk_lists import find_listed, find_sdks
from mingcha_analyzers.policy.claims.sentences import find_statements
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.extracted import Extracted
from mingcha_analyzers.policy.layout import ReadDocument
from mingcha_analyzers.policy.values import Claim, SdkDisclosure


def extract(documents: Sequence[ReadDocument]) -> Extracted:
    """Return what ``documents`` say, read as one policy, in text order."""
    by_document = [(document, find_statements(document), find_listed(document)) for document in documents]
    statements = [statement for _, found, _ in by_document for statement in found]
    claims = tuple(claim for document, found, listed in by_document for claim in claims_of(document, found, listed))
    sdks = find_sdks([row for _, _, listed in by_document for row in listed], statements)
    contacts = find_contacts(statements, sdks)
    return Extracted(
        controller=find_controller(statements, sdks),
        dates=find_dates(statements),
        claims=claims,
        sdk_disclosures=sdks,
        permissions=tuple(find_permissions(statements, documents)),
        rights=find_rights(statements, documents, contacts),
        contacts=contacts,
        retention=tuple(find_retention(statements)),
        storage_region=find_region(statements),
        cross_border=find_cross_border(statements),
        minors=find_minors(statements),
        contradictions=tuple(find_contradictions(claims, sdks, [read.document for read in documents])),
    )


def claims_of(
    document: ReadDocument, statements: Sequence[Statement], listed: Sequence[SdkDisclosure]
) -> tuple[Claim, ...]:
    """Return the claims of the sentences and tables of one document, in text order."""
    rows = [row.span for row in listed]
    scene = find_scene(document, statements, rows)
    return tuple(
        sorted(
            (*find_claims(document, statements, scene, rows), *find_collected(document, scene)),
            key=lambda claim: (claim.span.start, claim.span.end),
        )
    )


__all__ = ["extract"]
