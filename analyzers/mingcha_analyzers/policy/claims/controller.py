"""Who runs the app: the registered company the policy introduces as “we”."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.sdk_names import load_vendor_names, normalise
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import SdkDisclosure


def find_controller(statements: Sequence[Statement], sdks: Sequence[SdkDisclosure]) -> str | None:
    """Return the company that introduces itself; failing that the first named outside the SDK lists.

    A company that only an SDK disclosure names is a vendor, never the controller.
    """
    vendors = {sdk.vendor for sdk in sdks if sdk.vendor}
    lists = [(sdk.span.doc, sdk.span.start, sdk.span.end) for sdk in sdks]
    first = None
    for statement in statements:
        if statement.kind is BlockKind.TABLE_ROW or is_covered(statement, lists):
            continue
        for hit in pattern("controller", "company", statement.lang).finditer(statement.text):
            start, end = hit.span("name")
            start += trim(statement.text[start:end], statement.lang)
            name = statement.words(start, end).strip(" ,，:：")
            if not name or name in vendors:
                continue
            if introduces_itself(statement, start, end):
                return name
            if first is None and not speaks_of_others(statement) and normalise(name) not in load_vendor_names():
                first = name
    return first


def trim(name: str, lang: str) -> int:
    """Return how many letters before the name proper were taken with it (“更新为…公司”)."""
    found = pattern("controller", "before", lang).match(name)
    return found.end() if found else 0


def is_covered(statement: Statement, lists: Sequence[tuple[str, int, int]]) -> bool:
    """Return whether the statement is part of an SDK list."""
    return any(doc == statement.doc and start <= statement.start < end for doc, start, end in lists)


def introduces_itself(statement: Statement, start: int, end: int) -> bool:
    """Return whether the words around the company say that it is “we”."""
    around = statement.text[max(0, start - 30) : start] + "@" + statement.text[end : end + 40]
    return pattern("controller", "ourselves", statement.lang).search(around) is not None


def speaks_of_others(statement: Statement) -> bool:
    """Return whether the sentence is about third parties."""
    return pattern("controller", "others", statement.lang).search(statement.text) is not None
