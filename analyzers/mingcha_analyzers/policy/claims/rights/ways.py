"""The ways that a sentence gives: menu path or named place in the app, mail, phone, page of the web."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import Mechanism
from mingcha_analyzers.values import Span

LONGEST_PATH = 80
VALUES = frozenset({"address", "number", "form"})
QUOTES = " “”\"'「」【】[]《》‘’『』,，。;；、"


@dataclass(frozen=True, slots=True)
class Way:
    """A way at ``span``, which is ``Statement.text[start:end]``; ``value``: the address or menu itself is given."""

    mechanism: Mechanism
    path: str | None
    span: Span
    start: int
    end: int
    value: bool = True


def group_span(hit: re.Match[str], name: str) -> tuple[int, int] | None:
    """Return where the group ``name``, ``name_2`` … that took part in ``hit`` lies."""
    for key, value in hit.groupdict().items():
        if value is not None and (key == name or key.startswith(f"{name}_")):
            return hit.span(key)
    return None


def way_at(
    statement: Statement, mechanism: Mechanism, place: tuple[int, int], *, path: str | None = None, value: bool = True
) -> Way:
    """Return the way whose words are ``statement.text[place]``."""
    return Way(mechanism, path, statement.span(*place), *place, value)


def find_ways(statement: Statement) -> tuple[Way, ...]:
    """Return the ways in text order."""
    found = list(_menus(statement))
    inside = [(way.start, way.end) for way in found]
    for mechanism, keys in (
        (Mechanism.EMAIL, ("address", "email")),
        (Mechanism.PHONE, ("number", "phone")),
        (Mechanism.FORM, ("form",) if found else ("form", "page")),
    ):
        for key in keys:
            hits = pattern("right_ways", key, statement.lang).finditer(statement.text)
            free = [hit for hit in hits if not any(start <= hit.start() < end for start, end in inside)]
            if free:
                value = key in VALUES
                found.append(way_at(statement, mechanism, free[0].span(), value=value))
                break
    return tuple(sorted(found, key=lambda way: way.start))


def app_names(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the names that the text gives to the app, folded; in quotation marks they look like a place in it."""
    return frozenset(
        hit["name"]
        for statement in statements
        for hit in pattern("right_ways", "app_name", statement.lang).finditer(statement.text)
    )


def _menus(statement: Statement) -> Iterator[Way]:
    """Yield the menu paths, or without any the first place named in the app."""
    chains = list(pattern("right_ways", "chain", statement.lang).finditer(statement.text))
    for hit in chains:
        chain = group_span(hit, "path") or hit.span()
        words = tidy_path(statement.words(*chain))
        if words:
            yield way_at(statement, Mechanism.IN_APP_PATH, chain, path=words)
    if not chains:
        places = [
            (tidy_path(statement.words(*span)) if (span := group_span(hit, "path")) else "", hit.span())
            for hit in pattern("right_ways", "place", statement.lang).finditer(statement.text)
        ]
        for path, span in sorted(places, key=lambda place: not place[0])[:1]:
            yield way_at(statement, Mechanism.IN_APP_PATH, span, path=path or None, value=False)


def tidy_path(words: str) -> str:
    """Return the path without the quotation marks around it and what is done at its end (“个人信息中修改密码”)."""
    words = re.sub(r"(?<=[^\-—>→])(?:中(?!心)|来)[^\-—–>→]*$", "", words[:LONGEST_PATH])
    return re.sub(r"(?:(?<!我)的|[中下里内])+$", "", words.strip(QUOTES)).strip(QUOTES) or words.strip(QUOTES)
