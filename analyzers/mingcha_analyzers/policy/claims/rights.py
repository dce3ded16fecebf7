"""The rights the policy grants and the way to exercise each: path in the app, mail, phone, form, days to respond."""

import re
from collections.abc import Iterator, Sequence, Set

from mingcha_analyzers.policy.claims.numbers import read_number
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import DayKind, Mechanism, Right, RightKind

RIGHTS_SECTION = "D.5.rights"
CONTACT_SECTION = "D.9.contact"
KEPT = 3  # The best places of each kind; a policy repeats “您可以删除” many times.


def find_rights(statements: Sequence[Statement]) -> tuple[Right, ...]:
    """Return the best-evidenced mentions of each right, in text order."""
    found: dict[RightKind, list[tuple[int, Right]]] = {}
    for index, statement in enumerate(statements):
        if statement.kind is not BlockKind.HEADING:
            for right in state_rights(statements, index):
                found.setdefault(right.kind, []).append((rank(statement, right), right))
    kept = [right for ranked in found.values() for right in best(ranked)]
    return tuple(sorted(kept, key=lambda right: (right.span, right.kind)))


def state_rights(statements: Sequence[Statement], index: int) -> Iterator[Right]:
    """Yield the rights one statement speaks of, with the way found in it or in the sentences after it."""
    statement = statements[index]
    grants = pattern("rights", "grants", statement.lang).search(context_text(statement)) is not None
    for kind in RightKind:
        hit = pattern("rights", kind.value, statement.lang).search(statement.text)
        if hit is None or not (grants or pattern("rights", "always", statement.lang).search(hit.group())):
            continue
        passage = [statement, *following_in_block(statements, index, kind)]
        if kind is not RightKind.COMPLAINT and answers_in_general(statement):
            continue
        mechanism, path = find_mechanism(passage)
        days = next((days for part in passage if (days := find_days(part))), None)
        yield Right(kind, mechanism, path, days[0] if days else None, days[1] if days else None, statement.span())


def answers_in_general(statement: Statement) -> bool:
    """Return whether the sentence only says when requests are answered (“我们将在15个工作日内答复您的删除请求”)."""
    granted = pattern("rights", "granted", statement.lang).search(statement.text)
    return granted is None and find_days(statement) is not None


def context_text(statement: Statement) -> str:
    """Return the words of the statement, its leads and its heading, folded."""
    return "\n".join((statement.text, *(lead.text for lead in statement.leads())))


def following_in_block(statements: Sequence[Statement], index: int, kind: RightKind) -> Iterator[Statement]:
    """Yield the next sentences of the same block, up to the next right.

    An objection to an automated decision is the way to that right (7.12) and not a right of its own.
    """
    statement = statements[index]
    passed = {kind, RightKind.COMPLAINT} if kind is RightKind.AUTOMATED_DECISION else set()
    for other in statements[index + 1 : index + 3]:
        if other.block != statement.block or starts_right(other, passed):
            return
        yield other


def starts_right(statement: Statement, passed: Set[RightKind]) -> bool:
    """Return whether a right begins here that is not one of ``passed``."""
    kinds = (kind for kind in RightKind if kind not in passed)
    return any(pattern("rights", kind.value, statement.lang).search(statement.text) for kind in kinds)


def find_mechanism(passage: Sequence[Statement]) -> tuple[Mechanism, str | None]:
    """Return how the right is exercised and the path as written; the way in the app counts most."""
    for part in passage:
        hit = pattern("rights", "path", part.lang).search(part.text)
        if hit:
            return Mechanism.IN_APP_PATH, tidy_path(part.words(*hit.span("path")))
    for mechanism in (Mechanism.EMAIL, Mechanism.PHONE, Mechanism.FORM):
        if any(pattern("rights", mechanism.value, part.lang).search(part.text) for part in passage):
            return mechanism, None
    return Mechanism.UNSPECIFIED, None


def tidy_path(words: str) -> str:
    """Return the path without the quotation marks around it and what is done at its end (“个人信息中修改密码”)."""
    words = re.sub(r"(?<=[^\-—>→])(?:中|来)[^\-—–>→]*$", "", words)
    return words.strip(" “”\"'「」【】[]《》‘’『』,，。;；的中下里内")


def find_days(statement: Statement) -> tuple[int, DayKind] | None:
    """Return the period in which a request is answered."""
    if not pattern("rights", "answers", statement.lang).search(statement.text):
        return None
    hit = pattern("rights", "days", statement.lang).search(statement.text)
    number = read_number(hit["number"]) if hit else None
    if hit is None or number is None or not 0 < number <= 365:
        return None
    working = re.search("工作|business|working", hit.group()) is not None
    return number, DayKind.WORKING if working else DayKind.CALENDAR


def rank(statement: Statement, right: Right) -> int:
    """Return how good the evidence is: the section on rights, a named way, days."""
    return (
        2 * (statement.section == RIGHTS_SECTION)
        + (statement.section == CONTACT_SECTION)
        + 3 * (right.mechanism is Mechanism.IN_APP_PATH)
        + (right.mechanism is not Mechanism.UNSPECIFIED)
        + (right.days is not None)
    )


def best(ranked: Sequence[tuple[int, Right]]) -> list[Right]:
    """Return the best few, one for each way and path."""
    ordered = sorted(ranked, key=lambda pair: (-pair[0], pair[1].span))
    distinct = {(right.mechanism, right.path): right for _, right in reversed(ordered)}
    kept = [right for _, right in ordered if distinct[(right.mechanism, right.path)] is right]
    specified = [right for right in kept if right.mechanism is not Mechanism.UNSPECIFIED]
    return (specified or kept)[:KEPT]
