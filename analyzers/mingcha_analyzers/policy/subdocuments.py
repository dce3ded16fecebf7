"""Documents that a policy links to and that were not supplied: lists of SDKs or collected items, rules for minors."""

import re
from collections.abc import Sequence

from mingcha_analyzers.policy.layout import Link, ReadDocument
from mingcha_analyzers.policy.roles import tell_role
from mingcha_analyzers.policy.values import DocumentRole
from mingcha_analyzers.values import Limit

_SUB_ROLES = frozenset({DocumentRole.SDK_LIST, DocumentRole.COLLECTED_LIST, DocumentRole.MINORS})
_LONGEST = 40
_SHOWN = 200
_ON_PAGE = re.compile(r"#[^/!]|javascript:|mailto:|tel:", re.IGNORECASE)
_FEW_ROWS = 3


def find_missing(documents: Sequence[ReadDocument], rows: int) -> tuple[Limit, ...]:
    """Return one limit for each linked document of a role that no document has; ``rows``: SDKs that were listed."""
    supplied = {read.document.role for read in documents}
    if rows >= _FEW_ROWS:
        supplied.add(DocumentRole.SDK_LIST)
    missing: dict[tuple[DocumentRole, str], str] = {}
    for read in documents:
        for link in read.links:
            role = _role_of(link, read.document.language)
            if role is not None and role not in supplied:
                missing.setdefault((role, link.target), link.words)
    return tuple(
        Limit("sub_document", "not_supplied", f"{words} {target}"[:_SHOWN]) for (_, target), words in missing.items()
    )


def _role_of(link: Link, language: str) -> DocumentRole | None:
    if not link.target or _ON_PAGE.match(link.target) or len(link.words) > _LONGEST:
        return None
    role = tell_role(link.words, language)
    return role if role in _SUB_ROLES else None
