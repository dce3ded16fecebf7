"""Who runs the app: the registered company the policy introduces as “we”."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.sdknames import is_vendor
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import SdkDisclosure

OTHERS_SECTIONS = frozenset({"D.1.collect", "D.2.cookie", "D.3.share", "D.4.protect", "D.x.sdk_annex"})


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
            if name in vendors or not is_name(statement.text[start:end], statement.lang):
                continue
            if introduces_itself(statement, start, end):
                return name
            if first is None and is_own(statement, name):
                first = name
    return first


def is_name(name: str, lang: str) -> bool:
    """Return whether ``name`` is a whole company name, not the end of one (“统有限公司”) or a kind of company."""
    return pattern("controller", "no_name", lang).search(name) is None


def is_own(statement: Statement, name: str) -> bool:
    """Return whether a company that is only mentioned can be the controller: not beside third parties or SDKs."""
    if statement.section in OTHERS_SECTIONS or speaks_of_others(statement):
        return False
    return not is_vendor(name)


def trim(name: str, lang: str) -> int:
    """Return how many letters before the name proper were taken with it (“更新为…公司”)."""
    cut = 0
    while found := pattern("controller", "before", lang).match(name, cut):
        if found.end() == cut:
            break
        cut = found.end()
    return cut


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
