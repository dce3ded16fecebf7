"""How to reach the controller: mail, phone, postal address and web form; not what SDK lists give for others."""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import Contact, ContactKind, SdkDisclosure

CONTACT_SECTIONS = frozenset({"D.9.contact", "D.0.controller"})


def find_contacts(statements: Sequence[Statement], sdks: Sequence[SdkDisclosure]) -> tuple[Contact, ...]:
    """Return the contacts in text order, each value once."""
    lists = [(sdk.span.doc, sdk.span.start, sdk.span.end) for sdk in sdks]
    found: dict[tuple[ContactKind, str], Contact] = {}
    for statement in statements:
        if any(doc == statement.doc and start <= statement.start < end for doc, start, end in lists):
            continue
        for contact in state_contacts(statement):
            found.setdefault((contact.kind, contact.value.lower()), contact)
    return tuple(sorted(found.values(), key=lambda contact: contact.span))


def state_contacts(statement: Statement) -> Iterator[Contact]:
    """Yield the contacts one statement gives."""
    if pattern("contacts", "others", statement.lang).search(statement.text):
        return
    for kind in ContactKind:
        if kind in (ContactKind.ADDRESS, ContactKind.URL) and statement.kind is BlockKind.TABLE_ROW:
            continue
        if kind is ContactKind.URL and not speaks_of_contact(statement):
            continue
        for hit in pattern("contacts", kind.value, statement.lang).finditer(statement.text):
            start, end = hit.span("value")
            if kind in (ContactKind.EMAIL, ContactKind.URL):
                start, end = unbroken(statement, start, end)
            value = statement.words(start, end).strip(" ,，。;；:：")
            if value:
                yield Contact(kind, value, statement.span(start, end))


def unbroken(statement: Statement, start: int, end: int) -> tuple[int, int]:
    """Return the part without blanks as written, around the @ or else from the start; folding has joined the words."""
    anchor = statement.text.find("@", start, end)
    breaks = [place for place in range(start + 1, end) if not statement.adjoining(place)]
    left = max((place for place in breaks if place <= anchor), default=start)
    right = min((place for place in breaks if place > max(anchor, start)), default=end)
    return left, right


def speaks_of_contact(statement: Statement) -> bool:
    """Return whether a link in the statement is a way to write to the controller."""
    return statement.section in CONTACT_SECTIONS or (
        pattern("contacts", "reach", statement.lang).search(statement.text) is not None
    )
