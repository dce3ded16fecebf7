"""The rights the policy grants: the ways to each, the time to answer, and what is asked of the user before."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.rights.granting import grant
from mingcha_analyzers.policy.claims.rights.parts import Parts
from mingcha_analyzers.policy.claims.rights.passages import find_passages
from mingcha_analyzers.policy.claims.rights.references import Directory
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.layout import ReadDocument
from mingcha_analyzers.policy.values import Contact, Right


def find_rights(
    statements: Sequence[Statement], documents: Sequence[ReadDocument], contacts: Sequence[Contact]
) -> tuple[Right, ...]:
    """Return each right once for each way, in text order; without a way only where it has none at all."""
    parts = {document.document.id: Parts(document) for document in documents}
    directory = Directory(statements, parts, contacts)
    return grant(tuple(find_passages(statements, parts)), directory)


__all__ = ["find_rights"]
