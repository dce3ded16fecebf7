"""What the policy says about minors: the age it names and whether a guardian's consent is asked."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.numbers import read_number
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import Minors

SECTION = "D.6.children"
OLDEST = 18
SHORTEST = 16  # A shorter line that says no age and no consent is one of a list of contents.


def find_minors(statements: Sequence[Statement]) -> Minors | None:
    """Return what is said about minors, at the sentence that says most; their own section counts first."""
    anywhere = [statement for statement in statements if is_about_minors(statement)]
    about = [statement for statement in anywhere if statement.section == SECTION] or anywhere
    if not about:
        return None
    consent = [statement for statement in about if asks_consent(statement)]
    # Of two ages the one below which consent is asked is the policy's line.
    ages = find_ages(consent) or find_ages(about) or find_ages(anywhere)
    best = max(about, key=lambda statement: (statement in consent, find_age(statement) is not None, -statement.start))
    return Minors(min(ages) if ages else None, bool(consent), best.span())


def is_about_minors(statement: Statement) -> bool:
    """Return whether the sentence says something of minors: no heading, definition or line of a list of contents."""
    lang, text = statement.lang, statement.text
    if statement.kind is BlockKind.HEADING or pattern("minors", "minor", lang).search(text) is None:
        return False
    if pattern("context", "definition", lang).search(text):
        return False
    return len(text) >= SHORTEST or find_age(statement) is not None or asks_consent(statement)


def asks_consent(statement: Statement) -> bool:
    """Return whether the sentence asks for a guardian's consent."""
    return pattern("minors", "consent", statement.lang).search(statement.text) is not None


def find_ages(statements: Sequence[Statement]) -> list[int]:
    """Return the ages that the sentences name."""
    return [age for statement in statements if (age := find_age(statement)) is not None]


def find_age(statement: Statement) -> int | None:
    """Return the age the sentence names; null where somebody is but treated as of that age."""
    if pattern("minors", "assumed", statement.lang).search(statement.text):
        return None
    for hit in pattern("minors", "age", statement.lang).finditer(statement.text):
        number = read_number(hit["number"])
        if number is not None and 3 < number <= OLDEST:
            return number
    return None
