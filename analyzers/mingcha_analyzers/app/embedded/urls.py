"""Addresses of privacy policies that strings and code of a package name."""

import re
from collections.abc import Iterable, Iterator

from mingcha_analyzers.app.code.owners import APP, Owners
from mingcha_analyzers.app.code.texts import CodeText
from mingcha_analyzers.app.embedded.signs import load_signs
from mingcha_analyzers.app.embedded.values import PolicyUrl
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.ui.layouts import LANGUAGES

_MAX_URLS = 50
_LONGEST = 500
_MAX_NAME = 100


def find_policy_urls(resources: ResourceTable, code: Iterable[CodeText], owners: Owners) -> tuple[PolicyUrl, ...]:
    """Return the addresses, each once where it is first named, the app's own first."""
    found = sorted((*_in_strings(resources), *_in_code(code, owners)), key=lambda each: (each.owner != APP, each.url))
    distinct = {each.url: each for each in reversed(found)}
    return tuple(sorted(distinct.values(), key=lambda each: (each.owner != APP, each.url)))[:_MAX_URLS]


def _in_strings(resources: ResourceTable) -> Iterator[PolicyUrl]:
    pattern = re.compile(load_signs()["policy_url"])
    for text in resources.texts(LANGUAGES, lambda text: "://" in text and pattern.search(text) is not None):
        for match in pattern.finditer(text.text):
            yield PolicyUrl(match[0][:_LONGEST], f"{text.type}/{text.name[:_MAX_NAME]}", APP)


def _in_code(code: Iterable[CodeText], owners: Owners) -> Iterator[PolicyUrl]:
    pattern = re.compile(load_signs()["policy_url"])
    for text in code:
        for match in pattern.finditer(text.text):
            owner = owners.of(text.class_[1:-1].replace("/", "."))
            yield PolicyUrl(match[0][:_LONGEST], f"{text.class_}->{text.method}", owner)
