"""Calls of scripts that read personal data: names looked for in the text, neither reached nor followed.

A name inside a text or built at run time is not told apart: the confidence is that of a text.
"""

import re
from collections.abc import Iterator, Sequence

from mingcha_analyzers.app.hybrid.tables import ScriptFact, load_script_facts
from mingcha_analyzers.app.values import BeforeConsent, Observation, Place, Reach, Stage

_BEFORE = re.compile(rb"([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,2})\Z")
_LONGEST_OBJECT = 60
_CONFIDENCE = 0.6
OWNER = "app"


def observe_scripts(files: Sequence[tuple[str, bytes]]) -> Iterator[Observation]:
    """Yield one observation for each item and call of each script."""
    facts = load_script_facts()
    for name, data in files:
        seen: set[tuple[str, str]] = set()
        for match in facts.pattern.finditer(data):
            before = _BEFORE.search(data, max(0, match.start() - _LONGEST_OBJECT), match.start())
            object_ = before[1] if before is not None else b""
            for fact in facts.by_name[match[1]]:
                api = b".".join(part for part in (_shown(fact, object_), match[1]) if part).decode()
                if _fits(fact, object_, data) and (fact.data_item, api) not in seen:
                    seen.add((fact.data_item, api))
                    yield _observation(name, fact.data_item, api)


def _fits(fact: ScriptFact, object_: bytes, data: bytes) -> bool:
    if fact.objects is not None and not any(_ends_with(object_, wanted) for wanted in fact.objects):
        return False
    return fact.beside in data


def _ends_with(object_: bytes, wanted: bytes) -> bool:
    return object_ == wanted or object_.endswith(b"." + wanted)


def _shown(fact: ScriptFact, object_: bytes) -> bytes:
    """Return the object of a call where it says something; compilers rename others."""
    return object_ if fact.objects is not None else b""


def _observation(name: str, item: str, api: str) -> Observation:
    return Observation(
        data_item=item,
        act=None,
        api=api,
        caller=name,
        owner=OWNER,
        stage=Stage.PRESENT,
        facets=(),
        place=Place(name, None, None, None, None),
        reach=Reach(None, (), BeforeConsent.UNKNOWN, None),
        effective=True,
        confidence=_CONFIDENCE,
    )
