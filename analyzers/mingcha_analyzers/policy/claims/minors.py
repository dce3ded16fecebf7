"""What the policy says about minors: the age it names and whether a guardian's consent is asked."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.numbers import read_number
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import Minors

OLDEST = 18


def find_minors(statements: Sequence[Statement]) -> Minors | None:
    """Return what is said about minors, at the sentence that says most."""
    about = [
        statement
        for statement in statements
        if statement.kind is not BlockKind.HEADING
        and pattern("minors", "minor", statement.lang).search(statement.text)
        and not pattern("context", "definition", statement.lang).search(statement.text)
    ]
    if not about:
        return None
    ages = [age for statement in about if (age := find_age(statement)) is not None]
    consent = [statement for statement in about if pattern("minors", "consent", statement.lang).search(statement.text)]
    best = max(about, key=lambda statement: (statement in consent, find_age(statement) is not None, -statement.start))
    return Minors(min(ages) if ages else None, bool(consent), best.span())


def find_age(statement: Statement) -> int | None:
    """Return the age the sentence names."""
    for hit in pattern("minors", "age", statement.lang).finditer(statement.text):
        number = read_number(hit["number"])
        if number is not None and 3 < number <= OLDEST:
            return number
    return None
